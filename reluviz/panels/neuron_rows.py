"""Selecting the rows of given neurons in a table that shows some of them."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex
from PySide6.QtWidgets import QTableView

from reluviz.panels.neuron_model import Column, NeuronModel


def select_neurons(table: QTableView, neurons: Iterable[int], current: int | None) -> None:
    """Selects the rows of those of `neurons` (from 0) that have one; `current`'s becomes the current one."""
    model = table.model()
    assert isinstance(model, NeuronModel)
    selection = QItemSelection()
    for row in map(model.row_of, neurons):
        if row is not None:
            selection.select(model.index(row, 0), model.index(row, len(Column) - 1))
    row = None if current is None else model.row_of(current)
    column = max(0, table.currentIndex().column())
    select = QItemSelectionModel.SelectionFlag
    table.selectionModel().setCurrentIndex(QModelIndex() if row is None else model.index(row, column), select.NoUpdate)
    table.selectionModel().select(selection, select.ClearAndSelect)
    table.viewport().update()
