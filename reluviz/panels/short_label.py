"""A label that says the same in fewer letters where there is no room for all."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget


class ShortLabel(QLabel):
    """Shows the long text where it fits, else the short one. A mnemonic (&) is in both."""

    def __init__(self, long: str, short: str, parent: QWidget | None = None) -> None:
        super().__init__(long, parent)
        self._long = long
        self._short = short

    def say(self, long: str, short: str) -> None:
        """Shows other texts."""
        if (long, short) != (self._long, self._short):
            self._long, self._short = long, short
            self.updateGeometry()
            self._fit()

    @property
    def full_text(self) -> str:
        return self._long

    def sizeHint(self) -> QSize:
        return self._size_of(self._long)

    def minimumSizeHint(self) -> QSize:
        return self._size_of(self._short)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.updateGeometry()
            self._fit()

    def _size_of(self, text: str) -> QSize:
        self.ensurePolished()
        margins = self.contentsMargins()
        shown = self.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, text)
        return shown.grownBy(margins)

    def _fit(self) -> None:
        text = self._long if self.sizeHint().width() <= self.width() else self._short
        if text != self.text():
            self.setText(text)
