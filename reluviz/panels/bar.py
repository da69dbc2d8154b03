"""Bars under the plot, each for one thing that is being done; one at a time, for the plot's height."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget


class Bar(QWidget):
    """Escape in it asks to close it."""

    close_requested = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_requested.emit()
        else:
            super().keyPressEvent(event)


class Bars(QWidget):
    """The place of the bars. A bar that makes room for another one is asked to close first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars: list[Bar] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)

    def add(self, bar: Bar) -> None:
        """Take a bar in, hidden."""
        self._bars.append(bar)
        self._layout.addWidget(bar)
        bar.hide()

    def open(self, bar: Bar) -> None:
        """Show `bar` alone."""
        for other in self._bars:
            if other is not bar and not other.isHidden():
                other.close_requested.emit()
                other.hide()
        bar.show()

    def close_open(self) -> bool:
        """Ask the bar on show to close; False if there is none."""
        shown = [bar for bar in self._bars if not bar.isHidden()]
        for bar in shown:
            bar.close_requested.emit()
        return bool(shown)
