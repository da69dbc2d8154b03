"""One titled group of labelled fields, as the side panels are made of."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

MARGIN = 8
SPACING = 6


def heading(title: str) -> QLabel:
    """A panel's title."""
    label = QLabel(title)
    label.setObjectName("heading")
    return label


class Section(QFrame):
    """A bold title over a grid: labels left, fields right."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(MARGIN)
        self._grid.setVerticalSpacing(SPACING)
        self._grid.setColumnStretch(1, 1)
        self._align_fields()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, SPACING, MARGIN, SPACING)
        layout.setSpacing(SPACING)
        layout.addWidget(heading(title))
        layout.addLayout(self._grid)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._align_fields()

    def _align_fields(self) -> None:
        # Fields of sections with short labels start at one place.
        self._grid.setColumnMinimumWidth(0, self.fontMetrics().horizontalAdvance("Activation "))

    def add_field(self, label: str, field: QWidget, tip: str) -> None:
        """A row. The label's mnemonic (&) leads to the field; both show `tip`."""
        text = QLabel(label)
        text.setBuddy(field)
        text.setToolTip(tip)
        field.setToolTip(tip)
        row = self._grid.rowCount()
        self._grid.addWidget(text, row, 0)
        self._grid.addWidget(field, row, 1)

    def add_checked_field(self, check: QWidget, field: QWidget, tip: str) -> None:
        """A row whose label is a check box."""
        check.setToolTip(tip)
        field.setToolTip(tip)
        row = self._grid.rowCount()
        self._grid.addWidget(check, row, 0)
        self._grid.addWidget(field, row, 1)

    def add_row(self, widget: QWidget, tip: str) -> None:
        """A widget over the whole width."""
        widget.setToolTip(tip)
        self._grid.addWidget(widget, self._grid.rowCount(), 0, 1, 2)
