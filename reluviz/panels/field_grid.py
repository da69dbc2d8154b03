"""Rows of labelled fields: labels left, fields right."""

from __future__ import annotations

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

MARGIN = 8
SPACING = 6
_ROW_SPACING = 5


USUAL_LABEL = "Activation"


class FieldGrid(QGridLayout):
    """A layout of rows, added from the top. Fields start beyond `widest` wherever the labels are no wider."""

    def __init__(self, widest: str = USUAL_LABEL) -> None:
        super().__init__()
        self._widest = widest
        self.setHorizontalSpacing(MARGIN)
        self.setVerticalSpacing(_ROW_SPACING)
        self.setColumnStretch(1, 1)

    def align_fields(self, metrics: QFontMetrics) -> None:
        """Have the fields of grids with short labels start at one place, in letters of these metrics."""
        self.setColumnMinimumWidth(0, metrics.horizontalAdvance(f"{self._widest} "))

    def add_field(self, label: str, field: QWidget, tip: str) -> QLabel:
        """A row. The label's mnemonic (&) leads to the field; both show `tip`. Returns the label."""
        text = QLabel(label)
        text.setBuddy(field)
        text.setToolTip(tip)
        field.setToolTip(tip)
        self._add(text, field)
        return text

    def add_checked_field(self, check: QWidget, field: QWidget, tip: str) -> None:
        """A row whose label is a check box."""
        check.setToolTip(tip)
        field.setToolTip(tip)
        self._add(check, field)

    def add_row(self, widget: QWidget, tip: str = "") -> None:
        """A widget over the whole width."""
        if tip:
            widget.setToolTip(tip)
        self.addWidget(widget, self.rowCount(), 0, 1, 2)

    def _add(self, label: QWidget, field: QWidget) -> None:
        row = self.rowCount()
        self.addWidget(label, row, 0)
        self.addWidget(field, row, 1)
