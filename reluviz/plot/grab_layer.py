"""A layer whose things are taken hold of with the mouse."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGraphicsObject

from reluviz.core.snap import SnapGround
from reluviz.plot.layer import Layer
from reluviz.plot.snapping import Snapping

LEFT = Qt.MouseButton.LeftButton
NO_KEYS = Qt.KeyboardModifier.NoModifier


class GrabLayer(Layer):
    """The outline of a drag: something is pressed, follows the mouse, and is let go or put back.

    Subclasses say what a press takes hold of (`_take_hold`), what a movement means (`_move`), and what letting go is
    (`_let_go`). A drag that was broken off stays this layer's until the button is up, or the view would jump.
    """

    def __init__(self, parent: QGraphicsObject, z: float, snapping: Snapping | None = None) -> None:
        super().__init__(parent, z)
        self._snapping = snapping
        self._is_holding = False
        self._is_mine = False
        self._offset = (0.0, 0.0)
        self._hand: tuple[float, float] | None = None
        self._keys = NO_KEYS

    @property
    def is_holding(self) -> bool:
        return self._is_holding

    def cancel(self) -> bool:
        """Let go of what is held without result; False if nothing is."""
        if not self._is_holding:
            return False
        self._is_holding = False
        self._let_go(broken_off=True)
        return True

    def set_keys(self, keys: Qt.KeyboardModifier) -> None:
        """Which of Shift, Ctrl and Alt are down: pressed in the middle of a drag they count at once."""
        if keys == self._keys:
            return
        self._keys = keys
        if self._is_holding and self._hand is not None:
            self._move(*self._hand)

    # For subclasses to say.

    def _take_hold(self, x: float, y: float) -> bool:
        """Begin a drag at a pixel; whether the drag is this layer's, which it can be though nothing can be moved."""
        raise NotImplementedError

    def _move(self, x: float, y: float) -> None:
        """The middle of what is held is wanted at this pixel."""
        raise NotImplementedError

    def _let_go(self, broken_off: bool) -> None:
        """The hand is off, to keep the result or, if broken off, to put back what was."""
        raise NotImplementedError

    def _hold(self, middle: tuple[float, float], press: tuple[float, float]) -> None:
        """From now on something is held, of which the hand pressed not quite the middle."""
        self._is_holding = True
        self._hand = None
        self._offset = middle[0] - press[0], middle[1] - press[1]

    def _ground(self) -> SnapGround | None:
        """What the hand snaps to now."""
        return None if self._snapping is None else self._snapping.ground(self._keys)

    # What pyqtgraph's scene calls.

    def mouseDragEvent(self, event: Any) -> None:
        if event.isStart():
            press = event.buttonDownPos()
            self._keys = event.modifiers()
            self._is_mine = event.button() == LEFT and self._take_hold(press.x(), press.y())
        if not self._is_mine:
            event.ignore()
            return
        event.accept()
        if self._is_holding:
            self._follow(event)
        if event.isFinish() and self._is_holding:
            self._is_holding = False
            self._let_go(broken_off=False)

    def _follow(self, event: Any) -> None:
        hand = event.pos().x() + self._offset[0], event.pos().y() + self._offset[1]
        if (hand, event.modifiers()) != (self._hand, self._keys):
            self._hand, self._keys = hand, event.modifiers()
            self._move(*hand)
