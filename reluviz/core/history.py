"""The course of the loss, kept in bounded memory whatever the number of steps."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from reluviz.core.arrays import FloatArray, frozen


@dataclass(frozen=True)
class Break:
    """From `step` on losses are of something else than before, since `what` changed then, as "target"."""

    step: int
    what: str


@dataclass(frozen=True, eq=False)
class LossCurve:
    """Losses at some steps, both of shape (points,), steps ascending strictly, read-only.

    `validation` are the losses over the validation samples, of the same shape, or empty where there are none. Losses
    before and after one of the `breaks`, in their order, are not to be compared.
    """

    steps: FloatArray = field(default_factory=lambda: frozen([]))
    losses: FloatArray = field(default_factory=lambda: frozen([]))
    validation: FloatArray = field(default_factory=lambda: frozen([]))
    breaks: tuple[Break, ...] = ()

    @property
    def latest(self) -> LossCurve:
        """What came since the last break."""
        if not self.breaks:
            return self
        first = int(np.searchsorted(self.steps, self.breaks[-1].step))
        return LossCurve(self.steps[first:], self.losses[first:], self.validation[first:])


class LossHistory:
    """Records every `stride`-th step; when `capacity` points are there, every second goes and the stride doubles."""

    def __init__(self, capacity: int = 2048, stride: int = 1) -> None:
        if capacity < 4 or stride < 1:
            raise ValueError("a history needs a capacity of at least 4 and a stride of at least 1")
        self._steps = np.empty(capacity)
        self._losses = np.empty(capacity)
        self._validation = np.empty(capacity)
        self._capacity = capacity
        self.points = 0
        self.stride = stride
        # All that is recorded lies on multiples of it: finer than the stride is what was recorded before `coarsen`.
        self._finest = stride
        self.breaks: tuple[Break, ...] = ()

    def record_more(self, stride: int) -> None:
        """Record at least every `stride`-th step from here on."""
        self.stride = min(self.stride, stride)
        self._finest = min(self._finest, self.stride)

    def steps_until_due(self, step: int) -> int:
        """How many more steps to make from `step` before the next record, at least 1."""
        return self.stride - step % self.stride

    def record(self, step: int, loss: float, validation: float | None = None) -> None:
        """Take the losses at `step`; a step recorded before, or before the last one, replaces what came since."""
        self.points = self._before(step)
        self._steps[self.points] = step
        self._losses[self.points] = loss
        self._validation[self.points] = np.nan if validation is None else validation
        self.points += 1
        while self.points >= self._capacity:
            self._thin_out()

    def coarsen(self, stride: int) -> None:
        """Record no more often than every `stride`-th step from now on. What is recorded stays while there is room."""
        while self.stride < stride:
            self.stride *= 2

    def _before(self, step: int) -> int:
        return int(np.searchsorted(self._steps[: self.points], step))

    def _thin_out(self) -> None:
        self._finest *= 2
        self.stride = max(self.stride, self._finest)
        kept = self._steps[: self.points] % self._finest == 0
        kept[-1:] = True
        self.points = int(kept.sum())
        for values in (self._steps, self._losses, self._validation):
            values[: self.points] = values[: len(kept)][kept]

    def curve(self, step: int, loss: float, validation: float | None = None) -> LossCurve:
        """The records before `step`, and the present one behind them, as a frozen value.

        Without a present validation loss there is none of before either.
        """
        past = self._before(step)
        held_out = np.zeros(0) if validation is None else np.append(self._validation[:past], validation)
        first = self._steps[0] if past else step
        return LossCurve(
            frozen(np.append(self._steps[:past], step)),
            frozen(np.append(self._losses[:past], loss)),
            frozen(held_out),
            tuple(at for at in self.breaks if first < at.step <= step),
        )


def first_stride(samples: int, per_step: int = 1) -> int:
    """A stride at which recording, one pass over the samples each, stays a small part of training.

    `per_step` is how many samples a step looks at.
    """
    return int(max(1, samples // max(8192, per_step)))


def stretches(points: FloatArray, breaks: tuple[Break, ...]) -> list[FloatArray]:
    """Rows of (step, …) cut at the breaks, one part more than there are of these; a part may be empty."""
    at = np.searchsorted(points[:, 0], [mark.step for mark in breaks])
    return np.split(points, at)


def thinned_log(steps: FloatArray, losses: FloatArray) -> FloatArray:
    """Steps and log10 of losses, shape (points, 2); points where the loss is 0 or not finite are left out."""
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.log10(losses)
    good = np.isfinite(logs)
    return np.column_stack((steps[good], logs[good]))


def joined(earlier: LossCurve, later: LossCurve) -> LossCurve:
    """What `earlier` has before the first step of `later`, and all of `later`."""
    before = int(np.searchsorted(earlier.steps, later.steps[0])) if len(later.steps) else len(earlier.steps)
    # As of a history: what there was before counts as long as there is such a loss now.
    held_out = len(later.validation) > 0
    past = earlier.validation[:before] if len(earlier.validation) else np.full(before, np.nan)
    return LossCurve(
        frozen(np.append(earlier.steps[:before], later.steps)),
        frozen(np.append(earlier.losses[:before], later.losses)),
        frozen(np.append(past, later.validation) if held_out else []),
        later.breaks,
    )
