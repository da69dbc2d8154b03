"""The keys on the target's points: choose one, nudge it, delete it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

from reluviz.core.nudge import nudge_step, nudged
from reluviz.plot.points_item import PointsItem

_ARROWS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, 1), Qt.Key.Key_Down: (0, -1)}
_SIZES = {Qt.KeyboardModifier.ShiftModifier: 0.1, Qt.KeyboardModifier.ControlModifier: 5.0}


class PointKeys(QObject):
    """Turns keys into what they ask of the points of `points`.

    Tab and Shift+Tab go from point to point; arrows nudge the selected one, with Shift a tenth as far,
    with Ctrl five times.
    """

    nudged = Signal(int, float, float)
    """A point and where an arrow key wants it."""
    delete_requested = Signal(int)
    insert_requested = Signal()
    left = Signal()
    """Escape, while no point is in the hand."""

    def __init__(self, points: PointsItem, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._points = points

    @staticmethod
    def claims(event: QEvent) -> bool:
        """Whether an event is a key that is meant for the points before it is a shortcut of the window."""
        return (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Insert
            and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        )

    def take(self, event: QKeyEvent) -> bool:
        """Do what a key says; False where it says nothing here."""
        key, modifiers = Qt.Key(event.key()), event.modifiers()
        if key == Qt.Key.Key_Escape:
            if not self._points.cancel():
                self.left.emit()
            return True
        if self._points.held is not None or modifiers & Qt.KeyboardModifier.AltModifier:
            return False
        selected = self._points.selected
        if key in _ARROWS:
            if selected is None:
                return self.step(1)
            self._nudge(selected, _ARROWS[key], modifiers)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and selected is not None:
            self.delete_requested.emit(selected)
        elif key == Qt.Key.Key_Insert:
            self.insert_requested.emit()
        else:
            return False
        return True

    def step(self, by: int) -> bool:
        """Choose the next point (1) or the previous one (−1); past the last one False, and none is chosen any more."""
        target, selected = self._points.target, self._points.selected
        if target is None or self._points.held is not None:
            return False
        last = len(target.points) - 1
        chosen = (0 if by > 0 else last) if selected is None else selected + by
        found = 0 <= chosen <= last
        self._points.choose(chosen if found else None)
        return found

    def _nudge(self, point: int, direction: tuple[int, int], modifiers: Qt.KeyboardModifier) -> None:
        target, projection = self._points.target, self._points.projection
        if target is None or projection is None:
            return
        size = _SIZES.get(modifiers & ~Qt.KeyboardModifier.KeypadModifier, 1.0)
        x, y = target.points[point]
        across = direction[0] * size * nudge_step(projection.x_low, projection.x_high)
        up = direction[1] * size * nudge_step(projection.y_low, projection.y_high)
        self.nudged.emit(point, nudged(x, across), nudged(y, up))
