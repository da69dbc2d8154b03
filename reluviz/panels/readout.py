"""A captioned number that changes many times a second and never moves what stands beside it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from reluviz.panels.section import MARGIN


class SteadyLabel(QLabel):
    """A label as wide as its widest text, whatever it shows."""

    def __init__(self, widest: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._widest = widest
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self._widest) + 2, metrics.height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class Readout(QWidget):
    """A small caption over a value."""

    def __init__(self, caption: str, widest: str, tip: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setToolTip(tip)
        self.setAccessibleName(caption)
        self._caption = QLabel(caption)
        self._caption.setObjectName("caption")
        self._value = SteadyLabel(widest)
        self._value.setAccessibleName(caption)
        self._value.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._caption.setAlignment(Qt.AlignmentFlag.AlignRight)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, MARGIN, 0)
        layout.setSpacing(0)
        layout.addWidget(self._caption)
        layout.addWidget(self._value)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def text(self) -> str:
        """The value shown."""
        return self._value.text()

    def set_text(self, text: str) -> None:
        """Shows `text`."""
        self._value.setText(text)

    def set_caption(self, caption: str, tip: str) -> None:
        """Another quantity of the same kind."""
        self._caption.setText(caption)
        self.setToolTip(tip)
        self.setAccessibleName(caption)
        self._value.setAccessibleName(caption)

    def align_left(self) -> None:
        """Puts words, unlike numbers, to the left."""
        self._value.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self._caption.setAlignment(Qt.AlignmentFlag.AlignLeft)
