"""Building the target from ReLUs: all at once, or step by step in the bar under the plot."""

from __future__ import annotations

from PySide6.QtCore import QObject

from reluviz.app.main_window import MainWindow
from reluviz.app.playback import Playback
from reluviz.core.construct import BuildSteps, build_steps, corners_of
from reluviz.core.lock_check import check_locks
from reluviz.core.network import Network
from reluviz.core.target import PointsTarget
from reluviz.document.document import Document
from reluviz.document.edit import new_merge_id
from reluviz.document.selection import Selection
from reluviz.document.state import State

_LEFT = "The network has left the construction; ◀ and ▶ take it up again."
_TARGET_CHANGED = "The target has changed; ◀ and ▶ begin its construction."


class Building(QObject):
    """Joins the build actions and the bar to the document. All steps of one construction are one undo step."""

    def __init__(self, window: MainWindow, document: Document, playback: Playback, selection: Selection) -> None:
        super().__init__(window)
        self._window = window
        self._bar = window.build_bar
        self._document = document
        self._playback = playback
        self._selection = selection
        self._steps: BuildSteps | None = None
        self._index = 0
        self._segments: int | None = None
        self._shown: Network | None = None
        self._has_left = False
        self._merge_id = 0
        actions = window.actions_
        actions["build"].triggered.connect(self.build)
        actions["build_steps"].triggered.connect(self.begin)
        actions["build_back"].triggered.connect(self.back)
        actions["build_forward"].triggered.connect(self.forward)
        self._bar.back_requested.connect(self.back)
        self._bar.forward_requested.connect(self.forward)
        self._bar.train_requested.connect(self.train)
        self._bar.close_requested.connect(self.close)
        self._bar.segments_edited.connect(self._on_segments)
        self._bar.refused.connect(window.status_line.warn)
        document.opened.connect(self.close)
        document.state_changed.connect(self._on_state_changed)
        document.frame_changed.connect(self._show_whether_left)
        self.close()

    def build(self) -> None:
        """The whole construction at once; for a smooth target the bar asks from how many segments."""
        self._start_anew()
        if self._steps is not None:
            self._go_to(len(self._steps) - 1, "build exactly")
            if self._segments is not None:
                self._show_bar(True)

    def begin(self) -> None:
        """The first step of the construction, and the bar that leads on."""
        self._start_anew()
        if self._steps is not None:
            self._go_to(0)
            self._show_bar(True)

    def back(self) -> None:
        self._move(-1)

    def forward(self) -> None:
        self._move(1)

    def train(self) -> None:
        """Leave the construction and train on from where it stands."""
        self.close()
        self._playback.set_playing(True)

    def close(self) -> None:
        """Leave the construction; the network stays as it is."""
        self._steps = None
        self._segments = None
        self._shown = None
        self._show_bar(False)

    def _show_bar(self, shown: bool) -> None:
        if shown:
            self._window.bars.open(self._bar)
        else:
            self._bar.hide()
        for name in ("build_back", "build_forward"):
            self._window.actions_[name].setEnabled(shown)

    def _move(self, by: int) -> None:
        if self._bar.isHidden():
            return
        if self._steps is None:
            self.begin()
        else:
            self._go_to(min(max(self._index + by, 0), len(self._steps) - 1))

    def _on_segments(self, segments: int) -> None:
        was_whole = self._steps is not None and self._index == len(self._steps) - 1
        self._segments = segments
        if was_whole:
            self.build()
        else:
            self.begin()

    def _start_anew(self) -> None:
        """Make the steps for the present target, or say why there are none."""
        state = self._document.state
        if isinstance(state.target, PointsTarget):
            self._segments = None
        elif self._segments is None:
            self._segments = self._document.network.neurons
        self._steps = None
        try:
            steps = build_steps(corners_of(state.target, self._segments))
            check_locks(self._document.network, steps[-1].network, state.locks)
        except ValueError as error:
            self._window.status_line.warn(f"Not built: {error}")
            return
        self._steps = steps
        self._merge_id = new_merge_id()
        self._bar.show_segments(self._segments)

    def _go_to(self, index: int, text: str = "build step by step") -> None:
        assert self._steps is not None
        self._index = index
        step = self._steps[index]
        if self._playback.is_running:
            self._playback.set_playing(False)
        locks = self._document.state.locks.below(step.network.neurons)
        whole = self._steps[-1].network
        self._has_left = False
        self._shown = step.network.with_values({parameter: whole[parameter] for parameter in locks.locked})
        start = self._document.start.given(self._shown)
        before = self._document.network.activation
        self._document.edit(text, merge_id=self._merge_id, network=self._shown, start=start, step=0)
        self._selection.select(step.neuron)
        self._bar.show_step(index, len(self._steps), step.sentence)
        if before != self._shown.activation:
            self._window.status_line.say(
                f"Built from {self._shown.activation.label}s: the activation was {before.label}; undo brings it back"
            )

    def _on_state_changed(self, old: State, new: State, placed: bool) -> None:
        if self._shown is None or self._bar.isHidden():
            return
        if new.target != old.target:
            self._steps = None
            self._segments = None
            self._bar.show_left(_TARGET_CHANGED)
        elif new.network is not self._shown and self._steps is not None:
            # What follows is another undo step, since something came in between.
            self._merge_id = new_merge_id()

    def _show_whether_left(self) -> None:
        """Training, a hand or undo make another network of it than the sentence tells of, or this one again."""
        if self._shown is None or self._steps is None or self._bar.isHidden():
            return
        has_left = not self._document.network.same_as(self._shown)
        if has_left != self._has_left:
            self._has_left = has_left
            if has_left:
                self._bar.show_left(_LEFT)
            else:
                self._bar.show_step(self._index, len(self._steps), self._steps[self._index].sentence)
