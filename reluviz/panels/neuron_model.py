"""The table model of a network's neurons: one row each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from reluviz.core.activation import RELU
from reluviz.core.arrays import FloatArray, IntArray
from reluviz.core.bend_text import steepness_text
from reluviz.core.census import Census, census
from reluviz.core.network import Network, Status
from reluviz.core.notation import subscript, value_text
from reluviz.core.parameter import Locks, Parameter
from reluviz.core.picture import Picture
from reluviz.panels.neuron_columns import NUMBERS, PARAMETERS, Column, header
from reluviz.panels.neuron_status import badges, explanation
from reluviz.panels.neuron_tips import drawing_tip, parameter_tip, place_tip
from reluviz.panels.number_text import full_text

__all__ = ["NUMBERS", "PARAMETERS", "Column", "NeuronModel"]

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_BLOCK_ROWS = 64
_PLAIN = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
_EDITABLE = _PLAIN | Qt.ItemFlag.ItemIsEditable
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True)
class _Block:
    """What is computed of some neighbouring rows, the first of them `start`."""

    start: int
    kinks: FloatArray
    slopes: FloatArray


class NeuronModel(QAbstractTableModel):
    """Rows are neurons, all or those of one status, columns are `Column`; neurons are numbered from 0.

    Derived columns are computed in blocks, when a neuron is asked for.
    """

    # The user entered a value: (Parameter, float). The model itself changes nothing.
    parameter_edited = Signal(object, float)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._network: Network | None = None
        self._low = 0.0
        self._high = 1.0
        self._locks = Locks()
        self._picture = Picture()
        self._blocks: dict[int, _Block] = {}
        self._census: Census | None = None
        self._rows: IntArray | None = None

    @property
    def network(self) -> Network | None:
        return self._network

    @property
    def locks(self) -> Locks:
        return self._locks

    @property
    def picture(self) -> Picture:
        return self._picture

    @property
    def census(self) -> Census:
        """What the neurons do; taken when asked for, once for each network."""
        assert self._network is not None
        if self._census is None:
            self._census = census(self._network, self._low, self._high)
        return self._census

    def show_network(
        self, network: Network, low: float, high: float, first: int, last: int, rows: IntArray | None = None
    ) -> None:
        """Takes `network` on [low, high]. Only the rows first … last, those in view, are announced as changed.

        `rows` names the neurons that have rows, ascending; None for all.
        """
        before, count = self.rowCount(), network.neurons if rows is None else len(rows)
        self._blocks.clear()
        renamed = self._network is None or network.activation != self._network.activation
        if network is not self._network or (low, high) != (self._low, self._high):
            self._census = None
        self._low, self._high = low, high
        if count > before:
            self.beginInsertRows(_NOWHERE, before, count - 1)
            self._network, self._rows = network, rows
            self.endInsertRows()
        elif count < before:
            self.beginRemoveRows(_NOWHERE, count, before - 1)
            self._network, self._rows = network, rows
            self.endRemoveRows()
        else:
            self._network, self._rows = network, rows
        self._announce(first, last)
        if renamed:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, Column.KINK, Column.SLOPE)

    @property
    def domain(self) -> tuple[float, float]:
        return self._low, self._high

    @property
    def rows(self) -> IntArray | None:
        """The neurons that have rows, ascending; None for all."""
        return self._rows

    def has_other_rows(self, before: IntArray | None) -> bool:
        """Whether the rows are those of other neurons than `before`."""
        if before is None or self._rows is None:
            return before is not self._rows
        return not np.array_equal(before, self._rows)

    @property
    def neurons(self) -> int:
        """How many there are, with a row or without."""
        return 0 if self._network is None else self._network.neurons

    def neuron(self, row: int) -> int:
        """The neuron of a row."""
        return row if self._rows is None else int(self._rows[row])

    def row_of(self, neuron: int) -> int | None:
        """The row of a neuron, None where it has none."""
        if self._rows is None:
            return neuron if 0 <= neuron < self.neurons else None
        row = int(np.searchsorted(self._rows, neuron))
        return row if row < len(self._rows) and self._rows[row] == neuron else None

    def set_locked(self, locks: Locks, first: int, last: int) -> None:
        """Marks the locked parameters; they cannot be edited. Rows first … last are in view."""
        if locks == self._locks:
            return
        self._locks = locks
        self._announce(first, last)

    def set_picture(self, picture: Picture, first: int, last: int) -> None:
        """Takes which neurons are drawn. Rows first … last are in view."""
        if picture != self._picture:
            self._picture = picture
            self._announce(first, last)

    def _announce(self, first: int, last: int) -> None:
        last = min(last, self.rowCount() - 1)
        if 0 <= first <= last:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(Column) - 1))

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        if parent.isValid():
            return 0
        return self.neurons if self._rows is None else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(Column)

    def parameter(self, neuron: int, column: int) -> Parameter | None:
        """The parameter in a cell, or None where there is none."""
        kind = PARAMETERS.get(column)
        return None if kind is None else Parameter(kind, neuron)

    def is_locked(self, neuron: int, column: int) -> bool:
        """Whether a cell holds a locked parameter."""
        return bool(self._locks.locked) and self.parameter(neuron, column) in self._locks.locked

    def value(self, neuron: int, column: int) -> float:
        """The number in a cell of one of the columns NUMBERS."""
        assert self._network is not None
        match column:
            case Column.HIDDEN_WEIGHT:
                return float(self._network.hidden_weight[neuron])
            case Column.HIDDEN_BIAS:
                return float(self._network.hidden_bias[neuron])
            case Column.OUTPUT_WEIGHT:
                return float(self._network.output_weight[neuron])
        block = self._block(neuron)
        return float((block.kinks if column == Column.KINK else block.slopes)[neuron - block.start])

    def status(self, neuron: int) -> Status:
        """A neuron's status on the domain."""
        return self.census.status(neuron)

    def badges(self, neuron: int) -> tuple[str, ...]:
        """A neuron's status in words, from the fullest to the shortest."""
        return badges(self.status(neuron), int(self.census.like[neuron]))

    def row_text(self, neuron: int) -> str:
        """A neuron's row as tab-separated text, numbers in full and with plain hyphens, as spreadsheets read them."""
        numbers = (full_text(self.value(neuron, column)).replace("−", "-") for column in NUMBERS)
        return "\t".join((str(neuron + 1), *numbers, self.status(neuron).value))

    def _block(self, neuron: int) -> _Block:
        assert self._network is not None
        number = neuron // _BLOCK_ROWS
        block = self._blocks.get(number)
        if block is None:
            network, start = self._network, number * _BLOCK_ROWS
            rows = slice(start, start + _BLOCK_ROWS)
            part = Network(
                network.hidden_weight[rows],
                network.hidden_bias[rows],
                network.output_weight[rows],
                activation=network.activation,
            )
            with np.errstate(over="ignore"):
                slopes = part.output_weight * part.hidden_weight
            block = _Block(start, part.kinks, slopes)
            self._blocks[number] = block
        return block

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or self._network is None:
            return None
        neuron, column = self.neuron(index.row()), Column(index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return self._text(neuron, column)
            case Qt.ItemDataRole.EditRole if column in NUMBERS:
                return self.value(neuron, column)
            case Qt.ItemDataRole.ToolTipRole:
                return self._tip(neuron, column)
            case Qt.ItemDataRole.TextAlignmentRole:
                return _RIGHT if column in NUMBERS else _LEFT
        return None

    def _text(self, neuron: int, column: Column) -> str:
        if column is Column.INDEX:
            return str(neuron + 1)
        if column is Column.STATUS:
            return self.badges(neuron)[0]
        return value_text(self.value(neuron, column))

    def _tip(self, neuron: int, column: Column) -> str:
        assert self._network is not None
        parameter = self.parameter(neuron, column)
        if parameter is not None:
            return parameter_tip(parameter, self.value(neuron, column), self.is_locked(neuron, column))
        network = self._network
        match column:
            case Column.KINK:
                return place_tip(network, neuron)
            case Column.SLOPE:
                weights = float(network.output_weight[neuron]), float(network.hidden_weight[neuron])
                return steepness_text(network.activation, subscript(neuron + 1), *weights)
            case Column.STATUS:
                like = int(self.census.like[neuron])
                return explanation(network, neuron, self.status(neuron), self._low, self._high, like)
        return drawing_tip(self._picture, neuron)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is Qt.Orientation.Vertical:
            return str(section + 1) if role == Qt.ItemDataRole.DisplayRole else None
        column, activation = Column(section), RELU if self._network is None else self._network.activation
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return header(column, activation)[0]
            case Qt.ItemDataRole.ToolTipRole:
                return header(column, activation)[1]
            case Qt.ItemDataRole.TextAlignmentRole:
                return _RIGHT if column in NUMBERS else _LEFT
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        column = index.column()
        return _EDITABLE if column in PARAMETERS and not self.is_locked(self.neuron(index.row()), column) else _PLAIN

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Announces the user's value by `parameter_edited`; the number in the table changes with the next network."""
        if role != Qt.ItemDataRole.EditRole or not self.flags(index) & Qt.ItemFlag.ItemIsEditable:
            return False
        if not isinstance(value, float):
            return False
        self.parameter_edited.emit(self.parameter(self.neuron(index.row()), index.column()), value)
        return True
