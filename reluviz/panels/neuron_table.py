"""The table of neurons: hover, select, edit, copy."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QIcon,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from reluviz.core.census import Census
from reluviz.core.network import Network, Status
from reluviz.core.palette import Palette
from reluviz.core.parameter import Locks, Parameter, all_of_neuron
from reluviz.core.picture import Picture
from reluviz.panels.neuron_column_widths import column_widths, dress_headers
from reluviz.panels.neuron_delegate import NeuronDelegate
from reluviz.panels.neuron_menu import NeuronMenu
from reluviz.panels.neuron_model import NeuronModel
from reluviz.panels.neuron_rows import select_neurons
from reluviz.panels.number_step import parameter_step, step_factor
from reluviz.panels.row_refresh import RowRefresh, rows_in_view

_NUMBER_CHARACTERS = frozenset("0123456789+-−.,")
_NUDGES: dict[int, float] = {Qt.Key.Key_Up: 1.0, Qt.Key.Key_Down: -1.0}


class NeuronTable(QTableView):
    """One row per neuron. `set_…` and `show_…` are silent; the signals are the user's doing."""

    parameter_edited = Signal(object, float)  # Parameter, its new value
    parameter_nudged = Signal(object, float)  # Parameter, its new value
    locks_edited = Signal(object, bool)  # a tuple of Parameters, whether they are to be locked
    picture_edited = Signal(object)  # Picture: which neurons are to be drawn
    deed_requested = Signal(str, object)  # "remove", "duplicate", "split" or "revive", and a tuple of neurons
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
        self._filter: Status | None = None
        self._refresh = RowRefresh(self)
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
        dress_headers(self)
        self._fit_rows()
        self._delegate.parameter_edited.connect(self.parameter_edited)
        self._model.parameter_edited.connect(self.parameter_edited)
        self._delegate.locks_edited.connect(self.locks_edited)
        self._menu.locks_edited.connect(self.locks_edited)
        self._delegate.picture_edited.connect(self.picture_edited)
        self._menu.picture_edited.connect(self.picture_edited)
        self._menu.deed_requested.connect(self.deed_requested)
        self._delegate.refused.connect(self.refused)
        self.selectionModel().selectionChanged.connect(self._selection_changed)
        self.selectionModel().currentChanged.connect(self._current_changed)

    def show_network(self, network: Network, low: float, high: float) -> None:
        """Shows `network` on the domain [low, high]. Costs the visible rows, however many neurons there are."""
        size_changed = network.neurons != self._model.neurons
        self._show_rows(network, (low, high), size_changed)
        if size_changed:
            self._fit_columns()
            if self._selected is not None and self._selected >= network.neurons:
                self._selected = None
        self._select_row()

    def set_filter(self, status: Status | None) -> None:
        """Gives rows to the neurons of that status alone, and to the selected one whatever it is; None: to all."""
        if status is not self._filter:
            self._filter = status
            self._show_again()

    @property
    def census(self) -> Census | None:
        """What the neurons on show do."""
        return None if self._model.network is None else self._model.census

    def _show_again(self) -> None:
        network = self._model.network
        if network is not None:
            self._show_rows(network, self._model.domain)
            self._select_row()

    def _show_rows(self, network: Network, domain: tuple[float, float], size_changed: bool = False) -> None:
        """The rows change under the hand's selection: it stays on its neurons."""
        chosen, self._is_showing = self.selected_neurons(), True
        before = self._model.rows
        self._model.show_network(network, *domain, 0, -1, None if self._filter is None else before)
        # An open editor keeps its place.
        if self._filter is not None and (size_changed or self.state() != QAbstractItemView.State.EditingState):
            rows = self._model.census.neurons_of(self._filter)
            if self._selected is not None and self._selected < network.neurons:
                rows = np.union1d(rows, [self._selected])
            self._model.show_network(network, *domain, 0, -1, rows)
        if self._model.has_other_rows(before):
            only = () if self._selected is None else (self._selected,)
            select_neurons(self, chosen if self._selected in chosen else only, self._selected)
        self._is_showing = False
        self._refresh.begin()

    def set_locked(self, locks: Locks) -> None:
        """Shows which parameters are locked; these cannot be edited."""
        self._model.set_locked(locks, *rows_in_view(self))

    def set_picture(self, picture: Picture) -> None:
        """Shows which neurons are drawn."""
        self._model.set_picture(picture, *rows_in_view(self))

    def set_highlight(self, selected: int | None, hovered: int | None) -> None:
        """Selects and highlights rows (neurons from 0), silently."""
        self._set_hovered(hovered)
        if selected == self._selected:
            return
        self._selected = selected
        if self._filter is not None and selected is not None and self._model.row_of(selected) is None:
            self._show_again()
        self._select_row()

    def _select_row(self) -> None:
        """Makes the chosen neuron's row the current one, as soon as there is one."""
        current = self.currentIndex()
        row = None if self._selected is None else self._model.row_of(self._selected)
        if row == (current.row() if current.isValid() else None):
            return
        self._is_showing = True
        if row is None:
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

    def _current_changed(self, current: QModelIndex, previous: QModelIndex) -> None:
        self._tell_selected()

    def _selection_changed(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        self._tell_selected()

    def _tell_selected(self) -> None:
        if self._is_showing:
            return
        # Qt moves the current row and the selection one after the other, so the current row need not be selected yet.
        current = self.currentIndex()
        chosen = None
        if current.isValid() and self.selectionModel().hasSelection():
            chosen = self._model.neuron(current.row())
        if chosen != self._selected:
            self._selected = chosen
            self.neuron_selected.emit(chosen)

    def selected_neurons(self) -> tuple[int, ...]:
        """The neurons whose rows are selected, ascending."""
        return tuple(sorted(self._model.neuron(index.row()) for index in self.selectionModel().selectedRows()))

    def _set_hovered(self, neuron: int | None) -> None:
        before, self._delegate.hovered = self._delegate.hovered, neuron
        if neuron != before:
            for changed in (before, neuron):
                row = None if changed is None else self._model.row_of(changed)
                if row is not None:
                    self.viewport().update(
                        0, self.rowViewportPosition(row), self.viewport().width(), self.rowHeight(row)
                    )

    def _hover(self, neuron: int | None) -> None:
        if neuron != self._delegate.hovered:
            self._set_hovered(neuron)
            self.neuron_hovered.emit(neuron)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        row = self.rowAt(event.position().toPoint().y())
        self._hover(self._model.neuron(row) if row >= 0 else None)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._hover(None)
        return super().viewportEvent(event)

    def current_parameters(self) -> tuple[Parameter, ...]:
        """What a key acts on: the current column's parameters in the selected rows, of a column without any all."""
        column = max(0, self.currentIndex().column())
        found: list[Parameter] = []
        for neuron in self.selected_neurons():
            parameter = self._model.parameter(neuron, column)
            found.extend(all_of_neuron(neuron) if parameter is None else (parameter,))
        return tuple(found)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_keyboard = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_keyboard else self.indexAt(event.pos())
        if index.isValid():
            self._menu.offer_for(self._model, index.row(), index.column(), self.selected_neurons())
            at = self.viewport().mapToGlobal(self.visualRect(index).center()) if by_keyboard else event.globalPos()
            self._menu.popup(at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        elif event.modifiers() & Qt.KeyboardModifier.AltModifier and event.key() in _NUDGES:
            self._nudge(_NUDGES[event.key()] * step_factor(event.modifiers()))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._model.flags(self.currentIndex()) & Qt.ItemFlag.ItemIsEditable:
                self.edit(self.currentIndex())
        elif event.key() == Qt.Key.Key_Delete and self.selected_neurons():
            self.deed_requested.emit("remove", self.selected_neurons())
        elif event.key() == Qt.Key.Key_Escape and self._selected is not None:
            self.clearSelection()
        elif event.text().isprintable() and event.text() and event.text() not in _NUMBER_CHARACTERS:
            # Letters neither open an editor nor search the table.
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _nudge(self, steps: float) -> None:
        current = self.currentIndex()
        neuron = self._model.neuron(current.row()) if current.isValid() else -1
        parameter = self._model.parameter(neuron, current.column()) if current.isValid() else None
        if parameter is None:
            self.refused.emit("Choose a cell of v, b or w to nudge its value")
        else:
            self.parameter_nudged.emit(parameter, parameter_step(self._model.value(neuron, current.column()), steps))

    def _copy(self) -> None:
        chosen = self.selected_neurons()
        if chosen:
            QGuiApplication.clipboard().setText("".join(f"{self._model.row_text(neuron)}\n" for neuron in chosen))

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
        for column, width in column_widths(self.fontMetrics(), self._model.neurons, self.viewport().width()).items():
            self.setColumnWidth(column, width)
