"""A sentence that changes without moving what stands around it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QLabel, QWidget

_LINES = 2


class Sentence(QLabel):
    """Plain text on up to two lines, for which there is always room; letters for the back of the room may take more."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._reserve()

    def show_text(self, text: str) -> None:
        """Shows `text`, whole as the tooltip too; equations stay on one line."""
        text = text.replace(" = ", "\u00a0=\u00a0")
        if text != self.text():
            self.setText(text)
            self.setToolTip(text)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        # The label's own letters come after those of the window around it.
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._reserve()

    def _reserve(self) -> None:
        self.setMinimumHeight(_LINES * self.fontMetrics().lineSpacing())
