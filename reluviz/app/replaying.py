"""Looking back: any recorded moment, step by step or played again; training from there; earlier runs."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject

from reluviz.app.display_clock import DisplayClock
from reluviz.app.main_window import MainWindow
from reluviz.app.playback import Playback
from reluviz.core.history import LossCurve
from reluviz.core.recording import Moment, Recording
from reluviz.core.run_text import earlier_text, moment_texts, recorded_texts, run_entries
from reluviz.core.timeline import Branch, Course
from reluviz.document.document import Document

# At speed × 1 a whole run takes so many seconds, but a short one is not shown in slow motion.
_SECONDS = 12.0
_LEAST_RATE = 5.0
_HINT = "This is recorded. Space trains from here, an edit begins from here; Ctrl+End leads back to the present."
_STEPPING = ("moment_back", "moment_forward", "moment_first", "replay", "replay_back")


class Replaying(QObject):
    """Joins the loss plot, the strip below it and the actions to the document's recorded runs."""

    def __init__(self, window: MainWindow, document: Document, playback: Playback, clock: DisplayClock) -> None:
        super().__init__(window)
        self._window = window
        self._bar = window.timeline_bar
        self._document = document
        self._playback = playback
        self._run = 0
        self._direction = 0
        self._place = 0.0
        self._last_tick = 0.0
        self._curve_of: tuple[Recording, LossCurve] | None = None
        self._is_due = True
        self._said = ""
        self._join()
        clock.tick.connect(self._on_tick)
        clock.numbers_tick.connect(self._on_numbers_tick)
        clock.curves_tick.connect(self._show_curve)
        document.opened.connect(self._on_opened)
        document.frame_changed.connect(self._on_frame_changed)
        document.timeline_changed.connect(self._on_timeline_changed)
        playback.running_changed.connect(self._show)
        self._show()

    def _join(self) -> None:
        actions = self._window.actions_
        actions["moment_first"].triggered.connect(self.first)
        actions["moment_back"].triggered.connect(self.back)
        actions["moment_forward"].triggered.connect(self.forward)
        actions["moment_last"].triggered.connect(self.to_present)
        actions["replay"].triggered.connect(self.replay)
        actions["replay_back"].triggered.connect(self.replay_back)
        actions["train_from_here"].triggered.connect(self.train_from_here)
        self._window.loss_plot.scrubbed.connect(self.go_to_step)
        self._bar.replay_toggled.connect(self._toggle)
        self._bar.train_requested.connect(self.train_from_here)
        self._bar.present_requested.connect(self.to_present)
        self._bar.run_chosen.connect(self.choose_run)
        self._bar.discard_requested.connect(self.discard)

    @property
    def _branch(self) -> Branch | None:
        """The run that is looked at."""
        timeline = self._document.timeline
        return timeline.branch(self._run) or timeline.branch(timeline.present)

    @property
    def recording(self) -> Recording:
        """The moments of the run that is looked at."""
        branch = self._branch
        return Recording() if branch is None else branch.recording

    @property
    def _is_present_run(self) -> bool:
        branch = self._branch
        return branch is None or branch.number == self._document.timeline.present

    def _index(self) -> int:
        """The number of the moment on show, or nearest to what is."""
        return self.recording.nearest(self._document.frame.step)

    def go_to_step(self, step: float) -> None:
        """The moment nearest to `step`; the present, where that is the last one."""
        if len(self.recording):
            self._stop()
            self._go_to(self.recording.nearest(step))
            self._say_why_no_further(step)

    def _say_why_no_further(self, step: float) -> None:
        """Where the curve goes on to the left of all recorded moments, what that is."""
        branch, before = self._branch, self._said
        self._said = ""
        if branch is not None and step < branch.recording.steps[0]:
            marks = (mark.what for mark in self._curve().breaks if mark.step == branch.recording.steps[0])
            self._said = earlier_text(self._document.timeline, branch, next(marks, ""))
            self._window.status_line.say(self._said)
        elif before:
            self._window.status_line.unsay(before)

    def first(self) -> None:
        if len(self.recording):
            self._stop()
            self._go_to(0)

    def back(self) -> None:
        self._step(-1)

    def forward(self) -> None:
        self._step(1)

    def _step(self, by: int) -> None:
        if not len(self.recording):
            return
        self._stop()
        self._rest()
        recording, step = self.recording, self._document.frame.step
        index = self._index() + by
        if by < 0 and recording.steps[index + 1] < step:
            # What is on show is later than all that is recorded.
            index += 1
        self._go_to(min(max(index, 0), len(recording) - 1))

    def _go_to(self, index: int) -> None:
        self._rest()
        moment = self.recording[index]
        if self._is_present_run and index == len(self.recording) - 1 and self._is_present(moment):
            self._document.show_present()
        else:
            was_past = self._document.shows_past
            branch = self._branch
            self._document.show_moment(moment, None if branch is None else branch.start_at(moment.step))
            if not was_past:
                self._window.status_line.say(_HINT)

    def _is_present(self, moment: Moment) -> bool:
        present = self._document.present
        return present.step >= moment.step

    def _rest(self) -> None:
        if self._playback.is_running:
            self._playback.set_playing(False)

    def to_present(self) -> None:
        """Back to where training has come to."""
        self._stop()
        self._run = 0
        self._document.show_present()
        self._show()

    def train_from_here(self) -> None:
        """Go on training from the moment on show, in a new run where it is not the end of one."""
        if self._document.shows_past:
            self._playback.set_playing(True)

    def replay(self) -> None:
        self._toggle(1)

    def replay_back(self) -> None:
        self._toggle(-1)

    def _toggle(self, direction: int) -> None:
        if self._direction == direction or len(self.recording) < 2:
            self._stop()
            return
        self._rest()
        index, last = self._index(), len(self.recording) - 1
        if direction > 0 and (index == last or not self._document.shows_past):
            index = 0
        elif direction < 0 and index == 0:
            index = last
        self._place = float(index)
        self._last_tick = time.monotonic()
        self._go_to(index)
        self._direction = direction
        self._bar.show_replay(direction)

    def _stop(self) -> None:
        self._direction = 0
        self._bar.show_replay(0)

    def _on_tick(self) -> None:
        if not self._direction:
            return
        now = time.monotonic()
        last = len(self.recording) - 1
        rate = max(last / _SECONDS, _LEAST_RATE) * self._bar.speed_factor
        self._place += self._direction * rate * (now - self._last_tick)
        self._last_tick = now
        index = min(max(round(self._place), 0), last)
        direction = self._direction
        if index != self._index() or not self._document.shows_past:
            self._go_to(index)
        if index == (last if direction > 0 else 0):
            self._stop()

    def choose_run(self, number: int) -> None:
        """Look at a run's end; that of the present run is the present."""
        self._stop()
        self._run = number
        if len(self.recording):
            self._go_to(len(self.recording) - 1)
        self._show()

    def discard(self, numbers: list[int]) -> None:
        """Forget these runs. Who looks at one of them is back in the present."""
        if self._run in numbers:
            self.to_present()
        for number in numbers:
            self._playback.discard(number)

    def _on_opened(self) -> None:
        self._stop()
        self._run = 0

    def _on_timeline_changed(self) -> None:
        if self._document.timeline.branch(self._run) is None:
            self._run = 0
        self._show_place()
        self._is_due = True

    def _on_frame_changed(self) -> None:
        is_past = self._document.shows_past
        if not is_past:
            self._run = 0
            for said in (_HINT, self._said):
                self._window.status_line.unsay(said)
            if self._direction:
                self._stop()
        playhead = self._document.frame.step if is_past else None
        if playhead is not None or self._window.loss_plot.playhead is not None:
            self._window.loss_plot.show_playhead(playhead, self._document.frame.loss)
            self._show_place()
        self._is_due = True

    def _on_numbers_tick(self) -> None:
        if self._is_due:
            self._show()

    def _show(self) -> None:
        self._is_due = False
        self._show_place()
        shown = 0 if self._branch is None else self._branch.number
        self._bar.show_runs(run_entries(self._document.timeline, self._course, shown))

    def _show_place(self) -> None:
        has_recording, is_past = len(self.recording) > 1, self._document.shows_past
        self._bar.show_state(has_recording, is_past, self._texts())
        actions = self._window.actions_
        for name in _STEPPING:
            actions[name].setEnabled(has_recording)
        for name in ("moment_last", "train_from_here"):
            actions[name].setEnabled(is_past)

    def _texts(self) -> tuple[str, ...]:
        recording = self.recording
        if self._document.shows_past and len(recording):
            assert self._branch is not None
            return moment_texts(self._branch, self._document.frame.step, self._course, is_present=self._is_present_run)
        return recorded_texts(len(recording), has_losses=len(self._curve().steps) > 1)

    def _show_curve(self) -> None:
        self._window.loss_plot.show_curve(self._curve())

    def _curve(self) -> LossCurve:
        """The present course of the losses, with what was recorded before it; in the past that of the run on show."""
        present = self._document.present.curve
        branch = self._branch
        if branch is None or not len(branch.recording):
            return present
        reaches = self._document.present.step >= branch.recording.steps[-1]
        if self._document.shows_past and not (self._is_present_run and reaches):
            return self._recorded_curve(branch.recording)
        return self._document.timeline.losses_to(present, self._course)

    @property
    def _course(self) -> Course:
        state = self._document.state
        return Course(state.target, state.sampling, state.settings.loss)

    def _recorded_curve(self, recording: Recording) -> LossCurve:
        if self._curve_of is None or self._curve_of[0] is not recording:
            self._curve_of = recording, recording.curve()
        return self._curve_of[1]
