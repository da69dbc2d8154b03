"""One titled group of labelled fields, as the side panels are made of."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QVBoxLayout, QWidget

from reluviz.panels.field_grid import MARGIN, SPACING, USUAL_LABEL, FieldGrid

__all__ = ["MARGIN", "SPACING", "Section", "heading"]


def heading(title: str) -> QLabel:
    """A panel's title."""
    label = QLabel(title)
    label.setObjectName("heading")
    return label


class Section(QFrame):
    """A bold title over a grid: labels left, fields right."""

    def __init__(self, title: str, parent: QWidget | None = None, *, widest_label: str = USUAL_LABEL) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        self._grid = FieldGrid(widest_label)
        self._grid.align_fields(self.fontMetrics())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, SPACING, MARGIN, SPACING)
        layout.setSpacing(SPACING)
        layout.addWidget(heading(title))
        layout.addLayout(self._grid)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._grid.align_fields(self.fontMetrics())

    def add_field(self, label: str, field: QWidget, tip: str) -> QLabel:
        """A row. The label's mnemonic (&) leads to the field; both show `tip`. Returns the label."""
        return self._grid.add_field(label, field, tip)

    def add_checked_field(self, check: QWidget, field: QWidget, tip: str) -> None:
        """A row whose label is a check box."""
        self._grid.add_checked_field(check, field, tip)

    def add_row(self, widget: QWidget, tip: str = "") -> None:
        """A widget over the whole width."""
        self._grid.add_row(widget, tip)
