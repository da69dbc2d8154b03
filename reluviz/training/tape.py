"""Recording a run while it is trained, such that training hardly notices."""

from __future__ import annotations

import time

from reluviz.core.start import Start
from reluviz.core.timeline import Course, Timeline, TimelineRecorder
from reluviz.core.trainer import Trainer

# The part of the time that recording may take while training has all of it, and where it waits most of the time.
_PART_FLAT_OUT = 0.01
_PART_AT_A_PACE = 0.1
# So many seconds may be spent at once, after a rest: on the first steps, each of which is recorded.
_MOST_CREDIT = 0.03
# Flat out every step is recorded up to here, then one whenever the run has become longer by such a part: the credit
# lasts for a million steps of a small network.
_DENSE_STEPS = 512
_PER_RUN = 64


class Tape:
    """Takes down what a trainer comes by. Belongs to one thread at a time."""

    def __init__(self) -> None:
        self._recorder = TimelineRecorder()
        self._is_running = False
        self._credit = _MOST_CREDIT
        self._credited = time.perf_counter()
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

    def start(self, trainer: Trainer, course: Course, start: Start) -> None:
        """The trainer, whose run began with `start`, is about to make steps. Where it does not go on with a recorded
        run, another one begins. Raises Interrupted where finding its losses is broken off: none has begun then.
        """
        if not self._is_running:
            # Kept by the trainer until it moves.
            trainer.loss()
            trainer.validation_loss()
            self._recorder.begin(trainer.network, trainer.step, course, start)
            self._is_running = True
            self._record(trainer)

    def take(self, trainer: Trainer, flat_out: bool) -> None:
        """Record the present moment if it is due and there is time for it: little while training runs `flat_out`."""
        now = time.perf_counter()
        part = _PART_FLAT_OUT if flat_out else _PART_AT_A_PACE
        self._credit = min(self._credit + part * (now - self._credited), _MOST_CREDIT)
        self._credited = now
        if self._credit <= 0.0 or (flat_out and self._is_soon(trainer.step)):
            return
        begin = time.thread_time()
        if self._recorder.recorder.is_due(trainer.step, trainer.loss(), trainer.vector, trainer.activation):
            self._record(trainer)
        self._credit -= time.thread_time() - begin

    def _is_soon(self, step: int) -> bool:
        """Whether the last moment is too near for a run that has come so far."""
        return step > _DENSE_STEPS and (step - self._recorder.recorder.last_step) * _PER_RUN < step

    def rest(self, trainer: Trainer) -> None:
        """The trainer has come to rest: its last moment is always recorded."""
        if self._is_running:
            self._record(trainer)
            self._is_running = False

    def leave(self) -> None:
        """The trainer goes elsewhere before there was time for its last moment."""
        self._is_running = False

    def _record(self, trainer: Trainer) -> None:
        self._recorder.recorder.record(
            trainer.step, trainer.vector, trainer.activation, trainer.loss(), trainer.validation_loss()
        )
        self.has_news = True
