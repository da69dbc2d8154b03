"""The one owner of what is open. Views show it, gestures and panels edit it, training feeds it frames."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from reluviz.core.frame import Frame
from reluviz.core.kept import Kept
from reluviz.core.network import Network
from reluviz.core.notation import count_text
from reluviz.core.parameter import Parameter
from reluviz.core.picture import Picture
from reluviz.core.recording import Moment, Recording
from reluviz.core.start import Start
from reluviz.core.timeline import Timeline
from reluviz.document.edit import NEVER, Edit
from reluviz.document.state import State

_UNDO_LIMIT = 1000


class Document(QObject):
    """State, undo, and the frame on show.

    `state` is what was last committed. `frame` is what is on show: it runs ahead of the state while training runs or a
    hand drags, and `settle` commits what training made of it. `show_moment` shows a recorded one in its place; the next
    edit then begins from there.

    `opened()` says that it is another document now. `state_changed(old, new, placed)` says that the state changed;
    `placed`, that training is to take its network over (false where training or the hand made it so). `frame_changed()`
    says that there is something new to show, `picture_changed()` that something else of it is drawn; what is drawn is
    saved, but no part of the state and no business of undo. Nor is `kept`, a moment or a run to compare with, nor are
    the recorded runs: `kept_changed()` and `timeline_changed()` say that there is more of them, or less.
    """

    opened = Signal()
    state_changed = Signal(object, object, bool)
    frame_changed = Signal()
    picture_changed = Signal()
    timeline_changed = Signal()
    kept_changed = Signal()

    def __init__(self, state: State, title: str = "", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.title = title
        self.state = state
        self.frame = Frame(state.network, state.step)
        self.picture = Picture()
        self.timeline = Timeline()
        self.kept: Kept | Recording | None = None
        self._present: Frame | None = None
        self._shown_start: Start | None = None
        self.undo_stack = QUndoStack(self)
        self.undo_stack.setUndoLimit(_UNDO_LIMIT)
        self._held: dict[Parameter, float] = {}
        self._before_gesture: Network | None = None
        self._is_jumping = False

    @property
    def network(self) -> Network:
        """The network on show."""
        return self.frame.network

    @property
    def present(self) -> Frame:
        """The frame that training and hand have come to, also while a recorded moment is on show in its place."""
        return self.frame if self._present is None else self._present

    @property
    def shows_past(self) -> bool:
        """Whether a recorded moment is on show."""
        return self._present is not None

    @property
    def start(self) -> Start:
        """What Reset goes back to: the start of the run that is on show."""
        return self._shown_start or self.state.start

    @property
    def held(self) -> dict[Parameter, float]:
        """The parameters in the hand, with their values."""
        return dict(self._held)

    def open(
        self,
        state: State,
        title: str,
        picture: Picture | None = None,
        timeline: Timeline | None = None,
        kept: Kept | Recording | None = None,
    ) -> None:
        """Show another document; there is no way back to this one by undo."""
        self.cancel_gesture()
        self._present = self._shown_start = None
        self.undo_stack.clear()
        self.title = title
        self.state = state
        self.frame = Frame(state.network, state.step)
        self.picture = (picture or Picture()).below(state.network.neurons)
        self.timeline = timeline or Timeline()
        self.kept = kept
        self.opened.emit()
        self.timeline_changed.emit()
        self.picture_changed.emit()
        self.frame_changed.emit()

    def set_picture(self, picture: Picture) -> None:
        """Draw something else of what is open."""
        picture = picture.below(self.network.neurons)
        if picture != self.picture:
            self.picture = picture
            self.picture_changed.emit()

    def keep(self, kept: Kept | Recording | None) -> None:
        """Compare with this from now on, None for nothing."""
        self.kept = kept
        self.kept_changed.emit()

    def set_timeline(self, timeline: Timeline) -> None:
        """So much is recorded by now."""
        self.timeline = timeline
        self.timeline_changed.emit()

    def show_moment(self, moment: Moment, start: Start | None = None) -> None:
        """Show a recorded moment while training rests. It changes nothing, but what is edited next begins from it.

        `start` is that of its run; where it is not known, the present one is made to fit.
        """
        self.cancel_gesture()
        if not self.present.running:
            # Where training is about to rest, its last frame is still to come, and both are one undo step.
            self.settle()
        target = self.state.target
        self._shown_start = (start or self.state.start).fitting(moment.network, target.low, target.high)
        present = self._present = self.present
        self.frame = replace(
            present,
            network=moment.network,
            step=moment.step,
            epoch=present.epoch * moment.step / present.step if present.step else 0.0,
            loss=moment.loss,
            validation_loss=moment.validation_loss,
            running=False,
            stop=None,
        )
        self.set_picture(self.picture)
        self.frame_changed.emit()

    def show_present(self) -> None:
        """Back from a recorded moment, with nothing changed."""
        if self._present is not None:
            self.cancel_gesture()
            self.frame = self.present
            self._present = self._shown_start = None
            self.frame_changed.emit()

    def begin_from_shown(self) -> None:
        """Make the recorded moment on show the present one: an undo step."""
        if self._present is not None:
            self.edit(f"go on from step {count_text(self.frame.step)}")

    def close(self) -> None:
        """Say nothing more: the window is going, and undo's own clearing is not its business."""
        self.undo_stack.blockSignals(True)

    def accept(self, frame: Frame) -> None:
        """Show a frame of training. No undo entry. What the hand holds stays as the hand has it."""
        if self._held and self._present is None:
            frame = replace(frame, network=frame.network.with_values(self._held))
        if not frame.running and frame.network.same_as(self.frame.network):
            # At rest only the numbers are news: what is drawn need not be drawn again.
            frame = replace(frame, network=self.frame.network)
        if self._present is not None:
            self._present = frame
            return
        self.frame = frame
        self.frame_changed.emit()

    def settle(self) -> None:
        """Commit what training did since the last commit, as one undo step."""
        network, step = self.present.network, self.present.step
        if self._held or (network.same_as(self.state.network) and step == self.state.step):
            return
        steps = step - self.state.step
        text = "train 1 step" if steps == 1 else f"train {count_text(steps)} steps"
        self._push(text, replace(self.state, network=network, step=step), placed=False, by_hand=False)

    @property
    def is_touched(self) -> bool:
        """Whether a hand has changed anything since the document was opened; training alone does not."""
        edits = (self.undo_stack.command(i) for i in range(self.undo_stack.index()))
        return bool(self._held) or any(edit.by_hand for edit in edits if isinstance(edit, Edit))

    def edit(self, text: str, *, merge_id: int = NEVER, by_hand: bool = True, **changes: Any) -> None:
        """Commit a change of the state's fields, as an undo step called `text`. Ends a gesture and settles first.

        Edits in a row with the same `merge_id` are one undo step; `by_hand` as in `Edit`.
        """
        self.cancel_gesture()
        self.settle()
        if self._present is not None:
            changes = {"network": self.network, "step": self.frame.step, "start": self.start} | changes
        state = replace(self.state, **changes)
        if state.network.neurons < self.state.network.neurons:
            state = replace(state, locks=state.locks.below(state.network.neurons))
        self._push(text, state, placed=True, merge_id=merge_id, by_hand=by_hand)

    def go_to(self, index: int) -> None:
        """Undo or redo until `index` steps of `undo_stack` are done, told as one change."""
        old = self.state
        self._is_jumping = True
        try:
            self.undo_stack.setIndex(index)
        finally:
            self._is_jumping = False
        if self.state is not old:
            self._tell(old, placed=True)

    def begin_gesture(self) -> None:
        """From here on `preview` shows values that `finish_gesture` commits or `cancel_gesture` takes back."""
        self.cancel_gesture()
        self.settle()
        self._before_gesture = self.network

    def preview(self, values: dict[Parameter, float]) -> None:
        """Show these values in the hand. Raises ValueError where one is not finite; nothing changes then."""
        network = self.network.with_values(values)
        self._held.update(values)
        self.frame = replace(self.frame, network=network)
        self.frame_changed.emit()

    def finish_gesture(self, text: str, merge_id: int = NEVER) -> None:
        """Commit what the hand did, as one undo step called `text`, or as part of the last with the same `merge_id`."""
        before = self._before_gesture or self.network
        moved = {p: value for p, value in self._held.items() if before[p] != value}
        self._held.clear()
        self._before_gesture = None
        if moved:
            locks = self.state.locks.below(self.network.neurons)
            state = replace(self.state, network=self.network, step=self.frame.step, start=self.start, locks=locks)
            self._push(text, state, self.shows_past, merge_id)

    def cancel_gesture(self) -> dict[Parameter, float]:
        """Put the parameters in the hand back where they were. Returns those values, {} where nothing was held."""
        if self._before_gesture is None:
            return {}
        before = {parameter: self._before_gesture[parameter] for parameter in self._held}
        self._held.clear()
        self._before_gesture = None
        if before:
            self.frame = replace(self.frame, network=self.network.with_values(before))
            self.frame_changed.emit()
        return before

    def _push(self, text: str, state: State, placed: bool, merge_id: int = NEVER, by_hand: bool = True) -> None:
        self.undo_stack.push(Edit(self._restore, text, self.state, state, placed, merge_id, by_hand))

    def _restore(self, state: State, placed: bool) -> None:
        old, self.state = self.state, state
        if not self._is_jumping:
            self._tell(old, placed)

    def _tell(self, old: State, placed: bool) -> None:
        state = self.state
        if placed:
            self._held.clear()
            self._before_gesture = None
            self.frame = replace(self.present, network=state.network, step=state.step)
            self._present = self._shown_start = None
        self.set_picture(self.picture)
        self.state_changed.emit(old, state, placed)
        if placed:
            self.frame_changed.emit()
