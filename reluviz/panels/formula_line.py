"""The line in which a formula is typed; a wavy line marks the column where it is wrong."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLineEdit, QWidget

# Where the focus goes for a while only: what is being typed stays.
_STAYS_OPEN = (
    Qt.FocusReason.ActiveWindowFocusReason,
    Qt.FocusReason.PopupFocusReason,
    Qt.FocusReason.MenuBarFocusReason,
)
_WAVE = 2.0


class FormulaLine(QLineEdit):
    """Keys and focus as in the number fields: Enter or leaving takes what is typed, Escape drops it."""

    committed = Signal()
    """Enter was pressed."""
    left = Signal()
    """The focus went elsewhere."""
    abandoned = Signal()
    """Escape was pressed while something was typed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.mark: int | None = None
        self._mark_colour = QColor(Qt.GlobalColor.red)
        # The style sheet gives it letters of one width.
        self.setObjectName("formula")

    def show_mark(self, column: int | None, colour: QColor) -> None:
        """Underlines the character at `column`, from 0, or the place behind the last one; None: nothing."""
        self.mark, self._mark_colour = column, colour
        self.update()

    def mark_at(self) -> QPointF | None:
        """The left end of the mark, in pixels of the line; None where there is none or it is out of sight."""
        if self.mark is None:
            return None
        cursor, metrics = self.cursorRect(), self.fontMetrics()
        before = metrics.horizontalAdvance(self.text()[: self.mark])
        x = cursor.center().x() + before - metrics.horizontalAdvance(self.text()[: self.cursorPosition()])
        if not self.rect().left() < x < self.rect().right() - metrics.averageCharWidth():
            return None
        return QPointF(x, cursor.bottom())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        at = self.mark_at()
        if at is None:
            return
        painter = QPainter(self)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self._mark_colour, 1.6))
            width = max(self.fontMetrics().horizontalAdvance("0"), 6)
            bottom = min(at.y(), self.height() - 3.0)
            steps = max(2, round(width / _WAVE))
            painter.drawPolyline(
                [QPointF(at.x() + i * width / steps, bottom - (_WAVE if i % 2 else 0.0)) for i in range(steps + 1)]
            )
        finally:
            painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.committed.emit()
        elif key == Qt.Key.Key_Escape and self.isModified():
            self.abandoned.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in _STAYS_OPEN:
            self.deselect()
            self.left.emit()
