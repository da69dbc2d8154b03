"""The table of neurons: hover, select, edit, copy."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QIcon,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from reluviz.core.network import Network, Status
from reluviz.core.palette import Palette
from reluviz.core.parameter import Locks, Parameter, all_of_neuron
from reluviz.core.picture import Picture
from reluviz.panels.neuron_delegate import NUMBER_MARGINS, NeuronDelegate
from reluviz.panels.neuron_menu import NeuronMenu
from reluviz.panels.neuron_model import NUMBERS, Column, NeuronModel
from reluviz.panels.neuron_status import BADGES
from reluviz.panels.neuron_swatch import PADDING, swatch_side
from reluviz.panels.number_step import parameter_step, step_factor

_NUMBER_CHARACTERS = frozenset("0123456789+-−.,")
_NUDGES: dict[int, float] = {Qt.Key.Key_Up: 1.0, Qt.Key.Key_Down: -1.0}
_ROWS_AT_ONCE = 3
_PAUSE_MILLISECONDS = 12
_NARROWEST_NUMBER = "−0.00"


class NeuronTable(QTableView):
    """One row per neuron. `set_…` and `show_…` are silent; the signals are the user's doing."""

    parameter_edited = Signal(object, float)  # Parameter, its new value
    parameter_nudged = Signal(object, float)  # Parameter, its new value
    locks_edited = Signal(object, bool)  # a tuple of Parameters, whether they are to be locked
    picture_edited = Signal(object)  # Picture: which neurons are to be drawn
    refused = Signal(str)
    neuron_hovered = Signal(object)  # int from 0, or None
    neuron_selected = Signal(object)  # int from 0, or None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = NeuronModel(self)
        self._delegate = NeuronDelegate(self)
        self._menu = NeuronMenu(self)
        self._selected: int | None = None
        self._is_showing = False
        self._stale = 0
        self._next_row = 0
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._repaint_some)
        self.setModel(self._model)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName("Neurons")
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
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
        self._delegate.parameter_edited.connect(self.parameter_edited)
        self._model.parameter_edited.connect(self.parameter_edited)
        self._delegate.locks_edited.connect(self.locks_edited)
        self._menu.locks_edited.connect(self.locks_edited)
        self._delegate.picture_edited.connect(self.picture_edited)
        self._menu.picture_edited.connect(self.picture_edited)
        self._delegate.refused.connect(self.refused)
        self.selectionModel().selectionChanged.connect(self._selection_changed)
        self.selectionModel().currentChanged.connect(self._current_changed)

    # What is shown.

    def show_network(self, network: Network, low: float, high: float) -> None:
        """Shows `network` on the domain [low, high]. Costs the visible rows, however many neurons there are."""
        size_changed = network.neurons != self._model.rowCount()
        self._is_showing = True
        self._model.show_network(network, low, high, 0, -1)
        self._is_showing = False
        first, last = self._rows_in_view()
        self._stale = last - first + 1
        self._repaint_some()
        if size_changed:
            self._fit_columns()
            if self._selected is not None and self._selected >= network.neurons:
                self._selected = None
            self._select_row()

    def set_locked(self, locks: Locks) -> None:
        """Shows which parameters are locked; these cannot be edited."""
        self._model.set_locked(locks, *self._rows_in_view())

    def set_picture(self, picture: Picture) -> None:
        """Shows which neurons are drawn."""
        self._model.set_picture(picture, *self._rows_in_view())

    def set_highlight(self, selected: int | None, hovered: int | None) -> None:
        """Selects and highlights rows (neurons from 0), silently."""
        self._set_hovered(hovered)
        if selected == self._selected:
            return
        self._selected = selected
        self._select_row()

    def _select_row(self) -> None:
        """Makes the chosen neuron's row the current one, as soon as there is one."""
        current, row = self.currentIndex(), self._selected
        if row == (current.row() if current.isValid() else None):
            return
        self._is_showing = True
        if row is None or row >= self._model.rowCount():
            self.clearSelection()
            self.selectionModel().clearCurrentIndex()
        else:
            self.selectionModel().setCurrentIndex(
                self._model.index(row, max(0, current.column())),
                QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows,
            )
        self._is_showing = False

    def set_palette(self, palette: Palette) -> None:
        """Takes the neurons' and the badges' colours from `palette`."""
        self._delegate.set_palette(palette)
        self.viewport().update()

    def set_padlock(self, padlock: QIcon) -> None:
        """The icon of locked cells."""
        self._delegate.set_padlock(padlock)
        self.viewport().update()

    def _repaint_some(self) -> None:
        """Repaint a few of the rows whose numbers have changed, the next ones a moment later.

        A page of numbers takes longer to draw than a frame of the plot may last while training runs.
        """
        first, last = self._rows_in_view()
        if self._stale <= 0 or last < first:
            return
        if not first <= self._next_row <= last:
            self._next_row = first
        end = min(self._next_row + _ROWS_AT_ONCE, self._next_row + self._stale, last + 1)
        top = self.rowViewportPosition(self._next_row)
        bottom = self.rowViewportPosition(end - 1) + self.rowHeight(end - 1)
        self.viewport().update(0, top, self.viewport().width(), bottom - top)
        self._stale -= end - self._next_row
        self._next_row = end
        if self._stale > 0:
            self._later.start(_PAUSE_MILLISECONDS)

    def _rows_in_view(self) -> tuple[int, int]:
        if not self.isVisible():
            return 0, -1
        first, last = self.rowAt(0), self.rowAt(self.viewport().height() - 1)
        return first, (last if last >= 0 else self._model.rowCount() - 1)

    # Selecting and hovering.

    def _current_changed(self, current: QModelIndex, previous: QModelIndex) -> None:
        self._tell_selected()

    def _selection_changed(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        self._tell_selected()

    def _tell_selected(self) -> None:
        if self._is_showing:
            return
        # Qt moves the current row and the selection one after the other, so the current row need not be selected yet.
        current = self.currentIndex()
        chosen = current.row() if current.isValid() and self.selectionModel().hasSelection() else None
        if chosen != self._selected:
            self._selected = chosen
            self.neuron_selected.emit(chosen)

    def _set_hovered(self, row: int | None) -> None:
        before, self._delegate.hovered = self._delegate.hovered, row
        if row != before:
            for changed in (before, row):
                if changed is not None and changed < self._model.rowCount():
                    self.viewport().update(
                        0, self.rowViewportPosition(changed), self.viewport().width(), self.rowHeight(changed)
                    )

    def _hover(self, row: int | None) -> None:
        if row != self._delegate.hovered:
            self._set_hovered(row)
            self.neuron_hovered.emit(row)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        row = self.rowAt(event.position().toPoint().y())
        self._hover(row if row >= 0 else None)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._hover(None)
        return super().viewportEvent(event)

    # Locks.

    def current_parameters(self) -> tuple[Parameter, ...]:
        """What a key acts on: the current column's parameters in the selected rows, of a column without any all."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        column = max(0, self.currentIndex().column())
        found: list[Parameter] = []
        for row in rows:
            parameter = self._model.parameter(row, column)
            found.extend(all_of_neuron(row) if parameter is None else (parameter,))
        return tuple(found)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_keyboard = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_keyboard else self.indexAt(event.pos())
        if index.isValid():
            parameter = self._model.parameter(index.row(), index.column())
            model = self._model
            self._menu.offer_all(parameter, index.row(), model.locks, model.picture, model.rowCount())
            at = self.viewport().mapToGlobal(self.visualRect(index).center()) if by_keyboard else event.globalPos()
            self._menu.popup(at)

    # The keyboard.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        elif event.modifiers() & Qt.KeyboardModifier.AltModifier and event.key() in _NUDGES:
            self._nudge(_NUDGES[event.key()] * step_factor(event.modifiers()))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._model.flags(self.currentIndex()) & Qt.ItemFlag.ItemIsEditable:
                self.edit(self.currentIndex())
        elif event.key() == Qt.Key.Key_Escape and self._selected is not None:
            self.clearSelection()
        elif event.text().isprintable() and event.text() and event.text() not in _NUMBER_CHARACTERS:
            # Letters neither open an editor nor search the table.
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _nudge(self, steps: float) -> None:
        current = self.currentIndex()
        parameter = self._model.parameter(current.row(), current.column()) if current.isValid() else None
        if parameter is None:
            self.refused.emit("Choose a cell of v, b or w to nudge its value")
        else:
            value = self._model.value(current.row(), current.column())
            self.parameter_nudged.emit(parameter, parameter_step(value, steps))

    def _copy(self) -> None:
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        if rows:
            QGuiApplication.clipboard().setText("".join(f"{self._model.row_text(row)}\n" for row in rows))

    # Size.

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit_rows()
            self._fit_columns()

    def _fit_rows(self) -> None:
        self._delegate.set_letters(self.font())
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 9)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    def _fit_columns(self) -> None:
        """The numbers share what the first and the last column leave; below five characters the table scrolls."""
        metrics = self.fontMetrics()
        digits = max(2, len(str(self._model.rowCount())))
        index = 3 * PADDING + swatch_side(metrics) + metrics.horizontalAdvance("0" * digits)
        words = [words[-1] for words in BADGES.values()] + [BADGES[Status.ACTIVE][0]]
        status = max(metrics.horizontalAdvance(word) for word in words) + 3 * PADDING + 1
        narrowest = metrics.horizontalAdvance(_NARROWEST_NUMBER) + sum(NUMBER_MARGINS)
        room = max(self.viewport().width() - index - status, narrowest * len(NUMBERS))
        self.setColumnWidth(Column.INDEX, index)
        self.setColumnWidth(Column.STATUS, status)
        for i, column in enumerate(NUMBERS):
            self.setColumnWidth(column, room * (i + 1) // len(NUMBERS) - room * i // len(NUMBERS))
