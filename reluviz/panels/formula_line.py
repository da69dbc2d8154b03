"""The line in which a formula is typed; a wavy line marks the column where it is wrong."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from reluviz.panels.formula_completion import FormulaCompletion
from reluviz.panels.text_line import TextLine

_WAVE = 2.0


class FormulaLine(TextLine):
    """In letters of one width, with a mark and a list of names that complete the word at the cursor."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.mark: int | None = None
        self._mark_colour = QColor(Qt.GlobalColor.red)
        # The style sheet gives it letters of one width.
        self.setObjectName("formula")
        self.completion = FormulaCompletion(self)

    def event(self, event: QEvent) -> bool:
        # Here, as Tab goes on to the next field before it is seen as a key.
        if hasattr(self, "completion") and self.completion.takes(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() == ")" and self._is_closed_already():
            self.cursorForward(False)
        else:
            super().keyPressEvent(event)

    def _is_closed_already(self) -> bool:
        """Whether the bracket that is about to be typed stands behind the cursor, as after a completed name."""
        text, at = self.text(), self.cursorPosition()
        return text[at : at + 1] == ")" and text.count("(") == text.count(")") and not self.hasSelectedText()

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
