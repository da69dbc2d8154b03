"""When a run comes to rest by itself: after so many steps or epochs, at a loss, on a plateau."""

from __future__ import annotations

from reluviz.core.frame import Stop
from reluviz.core.settings import TrainingSettings

# A plateau is looked at so many times within its own length: a check costs a pass over the samples.
_CHECKS_PER_PLATEAU = 20
# At a loss a run stops within this part of its steps so far, or at least within so many samples' worth of steps.
_LOSS_CHECKS = 200
_SAMPLES_PER_CHECK = 8192


class Stopping:
    """Watches a run on `samples` samples from step `step` on: wants its loss from time to time, and says when it ends.

    The one who runs it makes at most `steps_left(step)` steps and then asks `verdict`. Divergence is not its business:
    `Trainer.run` finds it.
    """

    def __init__(self, settings: TrainingSettings, samples: int, step: int = 0) -> None:
        self._settings = settings
        self._last = settings.last_step(samples)
        if self._last is not None and step >= self._last:
            # Who trains on past the end means it.
            self._last = None
        self._per_check = max(1, samples // _SAMPLES_PER_CHECK)
        self._best = float("inf")
        self._best_before = float("inf")
        self._since = step

    def steps_left(self, step: int) -> int | None:
        """How many steps to make before the next verdict; None: as many as one likes."""
        due = [] if self._last is None else [self._last - step]
        if self._settings.loss_goal is not None:
            due.append(max(self._per_check, step // _LOSS_CHECKS))
        plateau = self._settings.plateau
        if plateau is not None:
            due.append(min(max(1, plateau.steps // _CHECKS_PER_PLATEAU), self._since + plateau.steps - step))
        return min(due, default=None)

    def verdict(self, step: int, loss: float) -> Stop | None:
        """Why the run ends at `step` with this training loss; None where it goes on."""
        if self._settings.loss_goal is not None and loss <= self._settings.loss_goal:
            return Stop.LOSS
        if self._is_plateau(step, loss):
            return Stop.PLATEAU
        if self._last is not None and step >= self._last:
            return Stop.STEPS if self._settings.steps == self._last else Stop.EPOCHS
        return None

    def _is_plateau(self, step: int, loss: float) -> bool:
        plateau = self._settings.plateau
        if plateau is None:
            return False
        self._best = min(self._best, loss)
        if step - self._since < plateau.steps:
            return False
        # At the end of a stretch: was its best better than that of all stretches before?
        improved = self._best < self._best_before * (1.0 - plateau.tolerance)
        self._best_before = min(self._best, self._best_before)
        self._best, self._since = float("inf"), step
        return not improved
