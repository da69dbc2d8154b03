"""The first rows of a table that is to be imported, with the columns that are x and y."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from reluviz.core.table import Rejection, TableFormat, TablePreview

# More columns than this are not looked at.
_MOST_COLUMNS = 60
_SHOWN_ROWS = 7


class TablePreviewView(QTableWidget):
    """Cells as they are written in the file. The columns of x and y are bold and named so."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[int, ...] = ()
        self.setAccessibleName("First rows")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.verticalHeader().setVisible(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.horizontalHeader().setHighlightSections(False)

    def show_preview(self, preview: TablePreview, form: TableFormat) -> None:
        """Show the rows, silently; one that has too few or too many cells is shown as it is."""
        columns = min(max([form.columns, *map(len, preview.rows)]), _MOST_COLUMNS)
        self._lines = preview.lines
        self.clear()
        self.setColumnCount(columns)
        self.setRowCount(len(preview.rows))
        for column in range(columns):
            self.setHorizontalHeaderItem(column, self._heading(column, preview, form))
        for row, cells in enumerate(preview.rows):
            for column, cell in enumerate(cells[:columns]):
                self.setItem(row, column, self._item(cell, column in (form.x_column, form.y_column)))

    def show_left_out(self, rejections: Iterable[Rejection]) -> None:
        """Strike out the rows that are left out; their tooltips say why."""
        reasons = {rejection.line: rejection.reason for rejection in rejections}
        quiet = self.palette().brush(QPalette.ColorRole.PlaceholderText)
        for row, line in enumerate(self._lines):
            cells = (self.item(row, column) for column in range(self.columnCount()))
            for item in (cell for cell in cells if cell is not None and line in reasons):
                font = item.font()
                font.setStrikeOut(True)
                item.setFont(font)
                item.setForeground(quiet)
                item.setToolTip(f"Left out: {reasons[line]}")

    def show_nothing(self) -> None:
        self.clear()
        self.setColumnCount(0)
        self.setRowCount(0)

    def reserve_rows(self) -> None:
        """Room for a few rows, whatever is shown."""
        row = self.verticalHeader().defaultSectionSize()
        self.setMinimumHeight(_SHOWN_ROWS * row + self.horizontalHeader().sizeHint().height())

    def _heading(self, column: int, preview: TablePreview, form: TableFormat) -> QTableWidgetItem:
        name = preview.names[column] if column < len(preview.names) else ""
        roles = [axis for axis, at in (("x", form.x_column), ("y", form.y_column)) if at == column]
        return self._item(f"{' = '.join(roles)}: {name}" if roles else name, bool(roles))

    @staticmethod
    def _item(text: str, is_chosen: bool) -> QTableWidgetItem:
        item = QTableWidgetItem(text)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled)
        font = QFont()
        font.setBold(is_chosen)
        item.setFont(font)
        item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return item
