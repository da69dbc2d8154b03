"""The table model of a target's points: one row each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from reluviz.core.notation import short_text
from reluviz.core.point_list import Point
from reluviz.panels.number_text import full_text

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_PLAIN = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_HEADERS = (("#", "The point's number, from the left"), ("x", "Where the point is"), ("y", "How high the point is"))
NAMES = ("", "x", "y")


class PointsModel(QAbstractTableModel):
    """Columns are the number, x and y."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._points: Sequence[Point] = ()
        # Where a point in the hand is by now.
        self._moved: dict[int, Point] = {}

    def show_points(self, points: Sequence[Point]) -> None:
        """Takes new points. While their number stays, so do rows, selection and an open editor."""
        before, after = len(self._points), len(points)
        if after > before:
            self.beginInsertRows(_NOWHERE, before, after - 1)
        elif after < before:
            self.beginRemoveRows(_NOWHERE, after, before - 1)
        self._points, self._moved = points, {}
        if after > before:
            self.endInsertRows()
        elif after < before:
            self.endRemoveRows()
        if after:
            self.dataChanged.emit(self.index(0, 0), self.index(after - 1, len(NAMES) - 1))

    def show_point(self, row: int, point: Point) -> None:
        """Takes another place for one point."""
        self._moved[row] = point
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(NAMES) - 1))

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._points)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(NAMES)

    def value(self, row: int, column: int) -> float:
        """The coordinate in one of the columns 1 and 2."""
        return (self._moved.get(row) or self._points[row])[column - 1]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self._points):
            return None
        row, column = index.row(), index.column()
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return short_text(self.value(row, column)) if column else str(row + 1)
        if role == Qt.ItemDataRole.ToolTipRole and column:
            return f"{NAMES[column]} of point {row + 1} = {full_text(self.value(row, column))}"
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is Qt.Orientation.Vertical:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return _HEADERS[section][0]
            case Qt.ItemDataRole.ToolTipRole:
                return _HEADERS[section][1]
            case Qt.ItemDataRole.TextAlignmentRole:
                return _RIGHT
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return _PLAIN | Qt.ItemFlag.ItemIsEditable if index.column() else _PLAIN
