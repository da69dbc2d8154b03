"""Repainting a table's rows a few at a time."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QTableView

_ROWS_AT_ONCE = 3
_PAUSE_MILLISECONDS = 12


class RowRefresh(QObject):
    """Repaints all rows in view after `begin`, a few now and the next ones a moment later.

    A page of numbers takes longer to draw than a frame of the plot may last while training runs.
    """

    def __init__(self, table: QTableView) -> None:
        super().__init__(table)
        self._table = table
        self._stale = 0
        self._next_row = 0
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._repaint_some)

    def begin(self) -> None:
        first, last = rows_in_view(self._table)
        self._stale = last - first + 1
        self._repaint_some()

    def _repaint_some(self) -> None:
        table = self._table
        first, last = rows_in_view(table)
        if self._stale <= 0 or last < first:
            return
        if not first <= self._next_row <= last:
            self._next_row = first
        end = min(self._next_row + _ROWS_AT_ONCE, self._next_row + self._stale, last + 1)
        top = table.rowViewportPosition(self._next_row)
        bottom = table.rowViewportPosition(end - 1) + table.rowHeight(end - 1)
        table.viewport().update(0, top, table.viewport().width(), bottom - top)
        self._stale -= end - self._next_row
        self._next_row = end
        if self._stale > 0:
            self._later.start(_PAUSE_MILLISECONDS)


def rows_in_view(table: QTableView) -> tuple[int, int]:
    """The first and the last row that is seen; (0, -1) for none."""
    if not table.isVisible():
        return 0, -1
    first, last = table.rowAt(0), table.rowAt(table.viewport().height() - 1)
    if first < 0:
        return 0, -1
    return first, (last if last >= 0 else table.model().rowCount() - 1)
