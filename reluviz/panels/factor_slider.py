"""A slider for a factor that is applied while it is held and is back at 1 when it is let go."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QSlider, QWidget

# Positions to either side of the middle; at the end the factor is LARGEST or 1/LARGEST.
_SIDE = 400
LARGEST = 16.0
# Dragged to within so many positions of the middle, the handle stays there.
_DETENT = 16
_KEYS = frozenset(
    {
        Qt.Key.Key_Left,
        Qt.Key.Key_Right,
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_PageDown,
        Qt.Key.Key_Home,
        Qt.Key.Key_End,
    }
)


class FactorSlider(QSlider):
    """From 1/16 to 16 on a logarithmic scale, 1 in the middle. An arrow key is a fourth of a doubling, a page key one.

    `started()`, then `moved(float)` with every new factor, then `finished()` or, after Escape, `cancelled()`.
    """

    started = Signal()
    moved = Signal(float)
    finished = Signal()
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setObjectName("factor")
        self.setRange(-_SIDE, _SIDE)
        self.setSingleStep(_SIDE // 16)
        self.setPageStep(_SIDE // 4)
        self._is_held = False
        self.valueChanged.connect(self._tell)

    @property
    def factor(self) -> float:
        """What the slider stands at; exactly 1 in the middle."""
        return float(LARGEST ** (self.value() / _SIDE))

    def let_go(self) -> None:
        """Back to the middle, silently: what was held has ended elsewhere."""
        self._is_held = False
        self.setSliderDown(False)
        self.setValue(0)

    def _hold(self) -> None:
        if not self._is_held:
            self._is_held = True
            self.started.emit()

    def _finish(self) -> None:
        if self._is_held:
            self.let_go()
            self.finished.emit()

    def _tell(self) -> None:
        if not self._is_held:
            return
        if self.isSliderDown() and 0 < abs(self.value()) <= _DETENT:
            self.blockSignals(True)
            self.setValue(0)
            self.blockSignals(False)
        self.moved.emit(self.factor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._hold()
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self._finish()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._is_held:
            self.let_go()
            self.cancelled.emit()
            return
        if event.key() in _KEYS and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self._hold()
        super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        super().keyReleaseEvent(event)
        if event.key() in _KEYS and not event.isAutoRepeat() and not self.isSliderDown():
            self._finish()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._finish()

    def wheelEvent(self, event: QWheelEvent) -> None:
        # There is no letting go of a wheel.
        event.ignore()
