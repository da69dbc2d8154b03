"""A line of text that is cut by … where it has no room, before its last sentence, which says what to do."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

# A beginning of less than this part of the line would say nothing.
_LEAST_SHARE = 0.25


class ElidedLabel(QLabel):
    """Takes the room there is, whatever its text; the whole text is the tooltip too."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.full_text = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def show_text(self, text: str) -> None:
        """Shows `text`, one line."""
        self.full_text = text
        self.setToolTip(text)
        self.setAccessibleName(text)
        self._elide()

    def fits(self, room: int) -> bool:
        """Whether all of the text has room in so many pixels."""
        return self.fontMetrics().horizontalAdvance(self.full_text) <= room

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._elide()

    def _elide(self) -> None:
        text = self._fitting(self.contentsRect().width())
        if text != self.text():
            self.setText(text)

    def _fitting(self, room: int) -> str:
        metrics, (begin, stop, end) = self.fontMetrics(), self.full_text.rpartition(". ")
        beside = room - metrics.horizontalAdvance(f" {end}")
        if not stop or metrics.horizontalAdvance(self.full_text) <= room or beside < _LEAST_SHARE * room:
            return metrics.elidedText(self.full_text, Qt.TextElideMode.ElideRight, room)
        return f"{metrics.elidedText(begin + '.', Qt.TextElideMode.ElideRight, beside)} {end}"
