"""The table model of a network's neurons: one row each."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from reluviz.core.arrays import FloatArray
from reluviz.core.network import Network, Status
from reluviz.core.notation import parameter_text, subscript, value_text
from reluviz.core.parameter import Kind, Locks, Parameter
from reluviz.core.picture import Picture
from reluviz.panels.neuron_status import BADGES, explanation
from reluviz.panels.number_text import full_text

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_BLOCK_ROWS = 64
_PLAIN = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
_EDITABLE = _PLAIN | Qt.ItemFlag.ItemIsEditable
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class Column(IntEnum):
    """The table's columns, from left to right."""

    INDEX = 0
    HIDDEN_WEIGHT = 1
    HIDDEN_BIAS = 2
    OUTPUT_WEIGHT = 3
    KINK = 4
    SLOPE = 5
    STATUS = 6


NUMBERS = (Column.HIDDEN_WEIGHT, Column.HIDDEN_BIAS, Column.OUTPUT_WEIGHT, Column.KINK, Column.SLOPE)
PARAMETERS: dict[int, Kind] = {
    Column.HIDDEN_WEIGHT: Kind.HIDDEN_WEIGHT,
    Column.HIDDEN_BIAS: Kind.HIDDEN_BIAS,
    Column.OUTPUT_WEIGHT: Kind.OUTPUT_WEIGHT,
}
_HEADERS = {
    Column.INDEX: ("j", "The neuron's number and its colour everywhere"),
    Column.HIDDEN_WEIGHT: ("vⱼ", "Hidden weight: the slope of the raw ray, and with its sign the side it faces"),
    Column.HIDDEN_BIAS: ("bⱼ", "Hidden bias: moves the kink sideways"),
    Column.OUTPUT_WEIGHT: ("wⱼ", "Output weight: scales the ray, or turns it over"),
    Column.KINK: ("kⱼ", "Kink: where the neuron switches, x = −bⱼ/vⱼ"),
    Column.SLOPE: (
        "wⱼ·vⱼ",
        "Slope of the contribution where it is active.\nAt the kink the output's slope changes by wⱼ·|vⱼ|.",
    ),
    Column.STATUS: ("status", "What the neuron does on the domain"),
}


@dataclass(frozen=True)
class _Block:
    """What is computed of some neighbouring rows, the first of them `start`."""

    start: int
    kinks: FloatArray
    slopes: FloatArray
    status: list[Status]


class NeuronModel(QAbstractTableModel):
    """Rows are neurons, columns are `Column`. Derived columns are computed in blocks, when a row is asked for."""

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

    @property
    def network(self) -> Network | None:
        return self._network

    @property
    def locks(self) -> Locks:
        return self._locks

    @property
    def picture(self) -> Picture:
        return self._picture

    def show_network(self, network: Network, low: float, high: float, first: int, last: int) -> None:
        """Takes `network` on [low, high]. Only the rows first … last, those in view, are announced as changed."""
        before = self.rowCount()
        self._blocks.clear()
        self._low, self._high = low, high
        if network.neurons > before:
            self.beginInsertRows(_NOWHERE, before, network.neurons - 1)
            self._network = network
            self.endInsertRows()
        elif network.neurons < before:
            self.beginRemoveRows(_NOWHERE, network.neurons, before - 1)
            self._network = network
            self.endRemoveRows()
        else:
            self._network = network
        self._announce(first, last)

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
        return 0 if parent.isValid() or self._network is None else self._network.neurons

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(Column)

    def parameter(self, row: int, column: int) -> Parameter | None:
        """The parameter in a cell, or None where there is none."""
        kind = PARAMETERS.get(column)
        return None if kind is None else Parameter(kind, row)

    def is_locked(self, row: int, column: int) -> bool:
        """Whether a cell holds a locked parameter."""
        return bool(self._locks.locked) and self.parameter(row, column) in self._locks.locked

    def value(self, row: int, column: int) -> float:
        """The number in a cell of one of the columns NUMBERS."""
        assert self._network is not None
        match column:
            case Column.HIDDEN_WEIGHT:
                return float(self._network.hidden_weight[row])
            case Column.HIDDEN_BIAS:
                return float(self._network.hidden_bias[row])
            case Column.OUTPUT_WEIGHT:
                return float(self._network.output_weight[row])
        block = self._block(row)
        return float((block.kinks if column == Column.KINK else block.slopes)[row - block.start])

    def status(self, row: int) -> Status:
        """A neuron's status on the domain."""
        block = self._block(row)
        return block.status[row - block.start]

    def row_text(self, row: int) -> str:
        """A row as tab-separated text, numbers in full and with plain hyphens, as spreadsheets read them."""
        numbers = (full_text(self.value(row, column)).replace("−", "-") for column in NUMBERS)
        return "\t".join((str(row + 1), *numbers, self.status(row).value))

    def _block(self, row: int) -> _Block:
        assert self._network is not None
        number = row // _BLOCK_ROWS
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
            block = _Block(start, part.kinks, slopes, part.status(self._low, self._high))
            self._blocks[number] = block
        return block

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or self._network is None:
            return None
        row, column = index.row(), Column(index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return self._text(row, column)
            case Qt.ItemDataRole.EditRole if column in NUMBERS:
                return self.value(row, column)
            case Qt.ItemDataRole.ToolTipRole:
                return self._tip(row, column)
            case Qt.ItemDataRole.TextAlignmentRole:
                return _RIGHT if column in NUMBERS else _LEFT
        return None

    def _text(self, row: int, column: Column) -> str:
        if column is Column.INDEX:
            return str(row + 1)
        if column is Column.STATUS:
            return BADGES[self.status(row)][0]
        return value_text(self.value(row, column))

    def _tip(self, row: int, column: Column) -> str:
        assert self._network is not None
        parameter = self.parameter(row, column)
        if parameter is not None:
            text = f"{parameter_text(parameter)} = {full_text(self.value(row, column))}"
            if self.is_locked(row, column):
                return f"{text}\nlocked: neither hand nor training moves it (L or a click on the padlock unlocks)"
            return f"{text}\nL or a right-click locks it"
        match column:
            case Column.KINK:
                return f"k{subscript(row + 1)} = {full_text(self.value(row, column))}"
            case Column.SLOPE:
                j = subscript(row + 1)
                slope = self.value(row, column)
                change = slope if self._network.hidden_weight[row] >= 0 else -slope
                return (
                    f"Slope of the contribution where it is active: w{j}·v{j} = {value_text(slope)}.\n"
                    f"At the kink the output's slope changes by w{j}·|v{j}| = {value_text(change)}."
                )
            case Column.STATUS:
                return explanation(self._network, row, self.status(row), self._low, self._high)
        return self._drawing_tip(row)

    def _drawing_tip(self, row: int) -> str:
        picture = self._picture
        if picture.solo == row:
            state, click = ": drawn alone", "shows the others again"
        elif not picture.shows(row):
            state, click = " is not drawn", "shows it"
        else:
            state, click = "", "hides it"
        return (
            f"Neuron {row + 1}{state}\nA click on the disc {click}, Alt+click or a double-click shows it alone.\n"
            "Only the drawing changes: the output stays that of the whole network."
        )

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is Qt.Orientation.Vertical:
            return str(section + 1) if role == Qt.ItemDataRole.DisplayRole else None
        column = Column(section)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return _HEADERS[column][0]
            case Qt.ItemDataRole.ToolTipRole:
                return _HEADERS[column][1]
            case Qt.ItemDataRole.TextAlignmentRole:
                return _RIGHT if column in NUMBERS else _LEFT
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        column = index.column()
        return _EDITABLE if column in PARAMETERS and not self.is_locked(index.row(), column) else _PLAIN

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Announces the user's value by `parameter_edited`; the number in the table changes with the next network."""
        if role != Qt.ItemDataRole.EditRole or not self.flags(index) & Qt.ItemFlag.ItemIsEditable:
            return False
        if not isinstance(value, float):
            return False
        self.parameter_edited.emit(self.parameter(index.row(), index.column()), value)
        return True
