"""The keyboard on the plot: for the neurons' handles, or for the target's points where these take the mouse."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent

from reluviz.plot.corner_item import CornerItem
from reluviz.plot.drawing_item import DrawingItem
from reluviz.plot.handle_item import HandleItem
from reluviz.plot.picker import Picker
from reluviz.plot.point_keys import PointKeys
from reluviz.plot.points_item import PointsItem

# Not every platform counts a modifier among the modifiers of its own press.
_MODIFIERS: dict[int, Qt.KeyboardModifier] = {
    Qt.Key.Key_Shift: Qt.KeyboardModifier.ShiftModifier,
    Qt.Key.Key_Control: Qt.KeyboardModifier.ControlModifier,
    Qt.Key.Key_Alt: Qt.KeyboardModifier.AltModifier,
}
_COMES_BACK = (
    Qt.FocusReason.ActiveWindowFocusReason,
    Qt.FocusReason.PopupFocusReason,
    Qt.FocusReason.MenuBarFocusReason,
)


class PlotKeys:
    """Leads keys to whom they are for; the methods say whether anybody took them."""

    def __init__(
        self,
        handles: HandleItem,
        corners: CornerItem,
        picker: Picker,
        points: PointsItem,
        point_keys: PointKeys,
        drawing: DrawingItem,
    ) -> None:
        self._handles = handles
        self._corners = corners
        self._picker = picker
        self._points = points
        self._point_keys = point_keys
        self._drawing = drawing

    def claim(self, event: QEvent) -> bool:
        """Whether a key is meant for the plot before it is a shortcut of the window."""
        return PointKeys.claims(event) and self._points.isVisible()

    def press(self, event: QKeyEvent) -> bool:
        if event.key() in _MODIFIERS:
            self._set_modifiers(event.modifiers() | _MODIFIERS[event.key()])
        if self._points.isVisible():
            return self._point_keys.take(event)
        if self._drawing.isVisible():
            return event.key() == Qt.Key.Key_Escape and self._drawing.escape()
        broken_off = event.key() == Qt.Key.Key_Escape and (self._handles.cancel() or self._corners.cancel())
        return broken_off or self._picker.press(event.key(), event.modifiers())

    def release(self, event: QKeyEvent) -> None:
        if event.key() in _MODIFIERS:
            self._set_modifiers(event.modifiers() & ~_MODIFIERS[event.key()])

    def step(self, forwards: bool) -> bool:
        """Tab and Shift+Tab; False past the last place, where the focus leaves."""
        if self._points.isVisible():
            return self._point_keys.step(1 if forwards else -1)
        if self._drawing.isVisible():
            return False
        return self._handles.pick_next(forwards) or self._picker.step_on(forwards)

    def leave(self, event: QFocusEvent) -> None:
        """The focus is gone; what is picked stays so where it comes back by itself."""
        if event.reason() not in _COMES_BACK:
            self._picker.drop()

    def _set_modifiers(self, keys: Qt.KeyboardModifier) -> None:
        for item in (self._handles, self._corners, self._points):
            item.set_keys(keys)
