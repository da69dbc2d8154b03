"""Training as the user runs it: play, pause, single steps, and the frames that come back."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from reluviz.core.frame import Frame, Stop
from reluviz.core.notation import count_text, short_text
from reluviz.core.parameter import Parameter
from reluviz.core.settings import TrainingSettings
from reluviz.core.timeline import Timeline
from reluviz.document.document import Document
from reluviz.document.state import State
from reluviz.training.job import Job
from reluviz.training.session import TrainingSession

_PREPARING = "Preparing the kernels, once on this machine: training begins by itself, within a minute…"
_GIVEN_UP = "Training will not begin by itself now; Space starts it"
_MANY_SAMPLES = 1_000_000
_FAILURES = {
    Stop.MEMORY: "there is not enough memory. Take fewer samples.",
    Stop.ERROR: "an error in the program. Space tries again.",
}


class Playback(QObject):
    """Between the document and the training session.

    `running_changed()`: training was started or stopped. `said(str)`, `warned(str)`: a line for the user; `held(str)`:
    one that is true until it is `unsaid(str)`.
    """

    running_changed = Signal()
    said = Signal(str)
    held = Signal(str)
    unsaid = Signal(str)
    """That line is not true any more."""
    warned = Signal(str)

    def __init__(self, document: Document, session: TrainingSession, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._session = session
        self._wants_to_run = False
        self._held_to_send: dict[Parameter, float] = {}
        self._told_preparing = 0
        self._waits_for_kernels = False

    @property
    def is_running(self) -> bool:
        return self._wants_to_run or self._document.frame.running

    @property
    def is_preparing(self) -> bool:
        """Whether training waits for the kernels to be compiled, or for very many samples."""
        return self._told_preparing > 0 or self._waits_for_kernels

    def set_playing(self, playing: bool) -> None:
        """Train on, from the recorded moment where one is on show, or come to rest."""
        self._wants_to_run = playing
        if playing:
            self._document.begin_from_shown()
            self._session.play()
        else:
            self._session.pause()
        gives_up = self._waits_for_kernels and not playing
        self._wait_for_kernels(playing)
        self.running_changed.emit()
        if gives_up:
            self.said.emit(_GIVEN_UP)

    def toggle(self) -> None:
        self.set_playing(not self.is_running)

    def make_steps(self, steps: int) -> None:
        """That many steps at once, then rest."""
        self._wants_to_run = False
        self._document.begin_from_shown()
        self._session.make_steps(steps)
        self._wait_for_kernels(True)
        self.running_changed.emit()

    def _wait_for_kernels(self, wants_them: bool) -> None:
        """Say that what is wanted waits for the kernels, as long as it does."""
        waits = wants_them and not self._session.is_compiled
        if waits != self._waits_for_kernels:
            self._waits_for_kernels = waits
            (self.held if waits else self.unsaid).emit(_PREPARING)

    def set_speed(self, speed: float | None) -> None:
        """Steps per second, None for as fast as it goes."""
        self._session.set_speed(speed)

    def follow(self, state: State, placed: bool, timeline: Timeline | None = None) -> None:
        """Have training go on with `state`; with its network if `placed`, else with the one it has come to.

        `timeline` are the recorded runs of another document.
        """
        self._held_to_send = {}
        network = state.network if placed else None
        self._session.follow(
            Job(state.target, state.sampling, state.start, state.settings, state.locks, network, state.step, timeline)
        )

    def discard(self, run: int) -> None:
        """Forget a recorded run that is not the present one."""
        self._session.discard(run)

    def hold(self, values: dict[Parameter, float]) -> None:
        """Keep these parameters where the hand has them, from the next tick on: moves between two ticks are one.

        In the past there is nothing to train: what the hand does there reaches training when it lets go.
        """
        self._held_to_send = {} if self._document.shows_past else values

    def release(self, values: dict[Parameter, float]) -> None:
        """Let go of all parameters, these at last values."""
        self._held_to_send = {}
        if self._document.shows_past:
            return
        if values:
            self._session.hold(values)
        self._session.hold({})

    def on_tick(self) -> None:
        """Take the newest frame and hand over what the hand moved; once per refresh of the screen."""
        frame = self._session.take_frame()
        if frame is not None:
            self._take(frame)
        if self._held_to_send:
            self._session.hold(self._held_to_send)
            self._held_to_send = {}
        if self._waits_for_kernels and self._session.is_compiled:
            self._wait_for_kernels(True)
            self.running_changed.emit()
        self._tell_preparing()
        timeline = self._session.take_timeline()
        if timeline is not None:
            self._document.set_timeline(timeline)
        refusal = self._session.take_refusal()
        if refusal is not None:
            self.warned.emit(f"Training goes on as before: {refusal}")

    def _tell_preparing(self) -> None:
        """Say that very many samples are being got, and when they are there; fewer are there at once."""
        samples = self._session.preparing
        samples = samples if samples >= _MANY_SAMPLES else 0
        if samples != self._told_preparing:
            told, self._told_preparing = self._told_preparing, samples
            if samples:
                self.said.emit(f"Preparing {count_text(samples)} samples…")
            elif told == self._document.state.sampling.count(self._document.state.target):
                self.said.emit(f"{count_text(told)} samples are ready")
            self.running_changed.emit()

    def _take(self, frame: Frame) -> None:
        self._document.accept(frame)
        if frame.running:
            return
        self._document.settle()
        if frame.stop is not None and self._wants_to_run:
            self._wants_to_run = False
            self._wait_for_kernels(False)
            self._say_why_it_stopped(frame)
            self.running_changed.emit()

    def _say_why_it_stopped(self, frame: Frame) -> None:
        if frame.stop is Stop.DIVERGED:
            rate = short_text(self._document.state.settings.learning_rate)
            self.warned.emit(
                f"J diverged after step {count_text(frame.step)}: this is the last finite state. "
                f"Lower the learning rate from {rate} and reset (Ctrl+R), or go back (Ctrl+PgUp)."
            )
        elif frame.stop is Stop.MEMORY or frame.stop is Stop.ERROR:
            self.warned.emit(f"Training stopped after step {count_text(frame.step)}: {_FAILURES[frame.stop]}")
        else:
            reason = _reason(frame.stop, self._document.state.settings)
            self.said.emit(f"Stopped at step {count_text(frame.step)}{reason}, as set. Space trains on.")


def _reason(stop: Stop | None, settings: TrainingSettings) -> str:
    """Why training stopped, as the end of a sentence that names the step."""
    if stop is Stop.EPOCHS and settings.epochs is not None:
        return f", after {count_text(settings.epochs)} epoch{'s' * (settings.epochs != 1)}"
    if stop is Stop.LOSS and settings.loss_goal is not None:
        return f": the loss reached {short_text(settings.loss_goal)}"
    if stop is Stop.PLATEAU and settings.plateau is not None:
        return f": the loss has not sunk for {count_text(settings.plateau.steps)} steps"
    return ""
