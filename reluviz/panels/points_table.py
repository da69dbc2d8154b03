"""The table of a target's points: select, edit, delete."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractItemModel, QEvent, QItemSelectionModel, QModelIndex, QObject, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from reluviz.core.point_list import Point
from reluviz.core.target import MAX_ABSCISSA, MAX_ORDINATE
from reluviz.panels.number_edit import NumberEdit
from reluviz.panels.points_model import NAMES, Index, PointsModel

_NUMBER_CHARACTERS = frozenset("0123456789+-−.,")
_MOST_ROWS = 6
_SELECTED, _SELECTED_ON_DARK = 0.2, 0.3
_LIMITS = (0.0, MAX_ABSCISSA, MAX_ORDINATE)


class CoordinateEdit(NumberEdit):
    """The spin box over a cell."""

    coordinate_edited = Signal(int, str, float)

    def __init__(self, row: int, column: int, parent: QWidget) -> None:
        limit = _LIMITS[column]
        super().__init__(f"{NAMES[column]} of point {row + 1}", -limit, limit, parent=parent, is_setting=True)
        self._place = row, NAMES[column]
        self.setAutoFillBackground(True)
        self.edited.connect(self._forward)

    def _forward(self, value: float) -> None:
        self.coordinate_edited.emit(*self._place, value)


class PointsDelegate(QStyledItemDelegate):
    """Opens a spin box over a coordinate."""

    coordinate_edited = Signal(int, str, float)
    refused = Signal(str)

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        # As quiet as the selection in the table of neurons.
        palette = option.palette
        base, accent = palette.color(QPalette.ColorRole.Base), palette.color(QPalette.ColorRole.Highlight)
        share = _SELECTED_ON_DARK if base.lightnessF() < 0.5 else _SELECTED
        palette.setColor(QPalette.ColorRole.Highlight, _blended(base, accent, share))
        palette.setColor(QPalette.ColorRole.HighlightedText, palette.color(QPalette.ColorRole.Text))
        option.palette = palette

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = CoordinateEdit(index.row(), index.column(), parent)
        editor.coordinate_edited.connect(self.coordinate_edited)
        editor.refused.connect(self.refused)
        return editor

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        # Qt closes the editor at Escape, and a number box that loses the focus takes what has been typed.
        if (
            isinstance(editor, CoordinateEdit)
            and event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            editor.revert()
        return super().eventFilter(editor, event)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        model = index.model()
        if isinstance(editor, CoordinateEdit) and isinstance(model, PointsModel) and index.row() < model.rowCount():
            # While the user types the text stays.
            editor.set_value(model.value(index.row(), index.column()))
            if not editor.isVisible():
                editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, CoordinateEdit):
            editor.commit()

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        hint = editor.sizeHint()
        width = max(option.rect.width(), hint.width())
        left = max(0, option.rect.right() + 1 - width)
        editor.setGeometry(left, max(0, option.rect.center().y() - hint.height() // 2), width, hint.height())


def _blended(ground: QColor, colour: QColor, share: float) -> QColor:
    parts = zip(
        (ground.redF(), ground.greenF(), ground.blueF()), (colour.redF(), colour.greenF(), colour.blueF()), strict=True
    )
    return QColor.fromRgbF(*(below + (above - below) * share for below, above in parts))


class PointsTable(QTableView):
    """One row per point, as high as its rows up to six. `show_…` and `select` are silent; the signals are the user's
    doing. Points are called by their index from 0.
    """

    coordinate_edited = Signal(int, str, float)
    """A point, "x" or "y", and what was typed."""
    delete_requested = Signal(int)
    selected_changed = Signal(object)
    """The point (int) chosen, or None."""
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = PointsModel(self)
        self._delegate = PointsDelegate(self)
        self._selected: int | None = None
        self._is_showing = False
        self.setModel(self._model)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName("Points of the target")
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setSectionsClickable(False)
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setMinimumSectionSize(20)
        self._fit_rows()
        self._delegate.coordinate_edited.connect(self._on_edited)
        self._delegate.refused.connect(self.refused)
        self.selectionModel().currentChanged.connect(self._current_changed)

    def show_points(self, points: Sequence[Point]) -> None:
        """Shows `points`; the text in an open editor stays."""
        size_changed = len(points) != self._model.rowCount()
        self._is_showing = True
        self._model.show_points(points)
        self._is_showing = False
        if size_changed:
            self._fit_columns()
            self.updateGeometry()
        if self._selected is not None and self._selected >= len(points):
            self._selected = None
        self._select_row()

    def show_point(self, point: int, x: float, y: float) -> None:
        """Shows one point at another place, as while it is dragged."""
        if point < self._model.rowCount():
            self._model.show_point(point, (x, y))

    def select(self, point: int | None) -> None:
        self._selected = point
        self._select_row()

    def _select_row(self) -> None:
        current, row = self.currentIndex(), self._selected
        if row == (current.row() if current.isValid() else None):
            return
        self._is_showing = True
        if row is None or row >= self._model.rowCount():
            self.clearSelection()
            self.selectionModel().clearCurrentIndex()
        else:
            self.selectionModel().setCurrentIndex(
                self._model.index(row, max(1, current.column())),
                QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows,
            )
        self._is_showing = False

    def _current_changed(self, current: QModelIndex, previous: QModelIndex) -> None:
        chosen = current.row() if current.isValid() else None
        if not self._is_showing and chosen != self._selected:
            self._selected = chosen
            self.selected_changed.emit(chosen)

    def _on_edited(self, point: int, axis: str, value: float) -> None:
        self.coordinate_edited.emit(point, axis, value)
        # Where the value was refused, an editor that stays open shows what holds.
        editor = self.indexWidget(self._model.index(point, NAMES.index(axis)))
        if isinstance(editor, CoordinateEdit) and point < self._model.rowCount():
            editor.set_value(self._model.value(point, NAMES.index(axis)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        current = self.currentIndex()
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and current.isValid():
            self.delete_requested.emit(current.row())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._model.flags(current) & Qt.ItemFlag.ItemIsEditable:
                self.edit(current)
        elif event.key() == Qt.Key.Key_Escape and current.isValid():
            self.selectionModel().clearCurrentIndex()
            self.clearSelection()
        elif event.text().isprintable() and event.text() and event.text() not in _NUMBER_CHARACTERS:
            # Letters neither open an editor nor search the table.
            event.ignore()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        rows = max(1, min(self._model.rowCount(), _MOST_ROWS))
        height = self.horizontalHeader().sizeHint().height() + rows * self.verticalHeader().defaultSectionSize()
        return QSize(super().sizeHint().width(), height + 2 * self.frameWidth())

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), self.sizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit_rows()
            self._fit_columns()
            self.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    def _fit_rows(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 9)

    def _fit_columns(self) -> None:
        number = self.fontMetrics().horizontalAdvance("0" * max(2, len(str(self._model.rowCount())))) + 14
        room = max(0, self.viewport().width() - number)
        for column, width in enumerate((number, room // 2, room - room // 2)):
            self.setColumnWidth(column, width)
