"""The training side as the window sees it: orders go in, each with a new revision, and frames come out."""

from __future__ import annotations

from functools import partial

from reluviz.core.frame import Frame
from reluviz.core.parameter import Parameter
from reluviz.core.timeline import Timeline
from reluviz.training.job import Job
from reluviz.training.mailbox import Mailbox
from reluviz.training.worker import Worker


class TrainingSession:
    """Owns the worker. All methods return at once; call them from one thread."""

    def __init__(self) -> None:
        self._mailbox: Mailbox[Frame] = Mailbox()
        self._refusals: Mailbox[str] = Mailbox()
        self._timelines: Mailbox[tuple[int, Timeline]] = Mailbox()
        self._worker = Worker(self._mailbox, self._refusals, self._timelines)
        self._revision = 0
        self._recorded_from = 0
        self._shown_from = 0
        self._worker.start()

    @property
    def is_compiled(self) -> bool:
        """Whether the kernels are ready; before, training waits."""
        return self._worker.is_compiled

    @property
    def preparing(self) -> int:
        """How many samples are being got for the newest job; 0 where none are."""
        return self._worker.preparing

    def compile_kernels(self) -> None:
        """Start to make the kernels ready, in the background."""
        self._worker.compile_kernels()

    def close(self) -> None:
        """End the worker's thread."""
        self._worker.close()

    def take_frame(self) -> Frame | None:
        """The newest frame since the last call; None where there is none, or only one that an order has overtaken."""
        frame = self._mailbox.take()
        return frame if frame is not None and frame.revision >= self._shown_from else None

    def take_timeline(self) -> Timeline | None:
        """What is recorded by now, a few times a second; None where that is nothing new, or of another document."""
        revision, timeline = self._timelines.take() or (-1, None)
        return timeline if revision >= self._recorded_from else None

    def take_refusal(self) -> str | None:
        """Why the last order that could not be followed was not; the state before it was kept."""
        return self._refusals.take()

    def _next_revision(self, overtakes: bool = True) -> int:
        self._revision += 1
        if overtakes:
            self._shown_from = self._revision
        return self._revision

    def follow(self, job: Job) -> None:
        """Train what `job` says from now on."""
        self._worker.order(self._worker.follow(job), self._next_revision())
        if job.timeline is not None:
            self._recorded_from = self._revision

    def hold(self, values: dict[Parameter, float]) -> None:
        """Keep these parameters at these values while the rest trains; {} lets go of all.

        Holding does not overtake frames on their way, or a fast hand would see none: the holder shows its own values.
        """
        self._worker.order(partial(self._worker.hold, dict(values)), self._next_revision(overtakes=not values))

    def discard(self, number: int) -> None:
        """Forget a recorded run that is not the present one."""
        self._worker.order(partial(self._worker.discard, number), self._next_revision())

    def play(self) -> None:
        self._worker.order(self._worker.play, self._next_revision())

    def pause(self) -> None:
        self._worker.order(self._worker.pause, self._next_revision())

    def make_steps(self, steps: int) -> None:
        """Make that many steps as fast as possible, then rest."""
        self._worker.order(partial(self._worker.make_steps, steps), self._next_revision())

    def set_speed(self, speed: float | None) -> None:
        """Steps per second; None is as fast as it goes."""
        self._worker.order(partial(self._worker.set_speed, speed), self._next_revision())
