"""Recording a run while it is trained, such that training hardly notices."""

from __future__ import annotations

import time

from reluviz.core.timeline import Course, Timeline, TimelineRecorder
from reluviz.core.trainer import Trainer

# Recording may take this part of the time, and so many seconds beyond: the first steps, of which each is recorded.
_PART = 0.02
_SECONDS_BEYOND = 0.03


class Tape:
    """Takes down what a trainer comes by. Belongs to one thread at a time."""

    def __init__(self) -> None:
        self._recorder = TimelineRecorder()
        self._is_running = False
        self._since = time.perf_counter()
        self._spent = 0.0
        self.has_news = True
        """Whether there is something that `timeline` has not told yet."""

    def open(self, timeline: Timeline) -> None:
        """Another document: go on from its recorded runs."""
        self._is_running = False
        self._recorder.open(timeline)
        self.has_news = True

    def discard(self, number: int) -> None:
        """Forget a run that is not the present one."""
        self._recorder.discard(number)
        self.has_news = True

    def timeline(self) -> Timeline:
        """What is recorded, as a frozen value."""
        self.has_news = False
        return self._recorder.timeline()

    def start(self, trainer: Trainer, course: Course) -> None:
        """The trainer is about to make steps. Where it does not go on with a recorded run, another one begins."""
        if not self._is_running:
            self._recorder.begin(trainer.network, trainer.step, course)
            self._is_running = True
            self._record(trainer)

    def take(self, trainer: Trainer) -> None:
        """Record the present moment if it is due and there is time for it."""
        if self._spent > _SECONDS_BEYOND + _PART * (time.perf_counter() - self._since):
            return
        begin = time.thread_time()
        if self._recorder.recorder.is_due(trainer.step, trainer.loss(), trainer.vector, trainer.activation):
            self._record(trainer)
        self._spent += time.thread_time() - begin

    def rest(self, trainer: Trainer) -> None:
        """The trainer has come to rest: its last moment is always recorded."""
        if self._is_running:
            self._record(trainer)
            self._is_running = False

    def _record(self, trainer: Trainer) -> None:
        self._recorder.recorder.record(
            trainer.step, trainer.vector, trainer.activation, trainer.loss(), trainer.validation_loss()
        )
        self.has_news = True
