"""What the worker is told to train."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from reluviz.core.dataset import Sampling
from reluviz.core.network import Network
from reluviz.core.parameter import Locks
from reluviz.core.settings import TrainingSettings
from reluviz.core.start import Start
from reluviz.core.target import Target
from reluviz.core.timeline import Course, Timeline


@dataclass(frozen=True, eq=False)
class Job:
    """A document's training side. `network` at `step` is where to go on from; None goes on with the one in training.

    `timeline` are the recorded runs of a document that has been opened; None goes on recording.
    """

    target: Target
    sampling: Sampling
    start: Start
    settings: TrainingSettings
    locks: Locks = field(default_factory=Locks)
    network: Network | None = None
    step: int = 0
    timeline: Timeline | None = None

    @property
    def course(self) -> Course:
        """What a run by this job is trained on."""
        return Course(self.target, self.sampling, self.settings.loss)

    def after(self, unfinished: Job | None) -> Job:
        """This job in the place of one before it that was never begun: where that meant to go on from holds still."""
        if unfinished is None:
            return self
        timeline = unfinished.timeline if self.timeline is None else self.timeline
        if self.network is not None:
            return replace(self, timeline=timeline)
        return replace(self, network=unfinished.network, step=unfinished.step, timeline=timeline)
