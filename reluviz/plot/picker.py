"""Handles by keyboard: one of them is picked, and the arrows move it."""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal

from reluviz.core.gauge import rotated, turn_refusal
from reluviz.core.handles import Handle, HandleKind, handle_of, value_at
from reluviz.core.network import Network
from reluviz.core.notation import parameter_text
from reluviz.core.nudge import next_multiple, nudge_step, nudged, round_step
from reluviz.core.parameter import OUTPUT_BIAS, Kind, Parameter
from reluviz.core.second_kink import second_kink, widened
from reluviz.plot.corner_item import CornerItem
from reluviz.plot.handle_item import HandleItem

# A corner of the output is called by its number from the left.
Pick = Parameter | int
Range = tuple[float, float]

_ARROWS: dict[int, tuple[int, int]] = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}
_KINDS: dict[int, Kind] = {
    Qt.Key.Key_V: Kind.HIDDEN_WEIGHT,
    Qt.Key.Key_B: Kind.HIDDEN_BIAS,
    Qt.Key.Key_W: Kind.OUTPUT_WEIGHT,
}
_IN_NEURON = (Kind.OUTPUT_BIAS, Kind.HIDDEN_BIAS, Kind.HIDDEN_WEIGHT, Kind.OUTPUT_WEIGHT)
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_CONTROL = Qt.KeyboardModifier.ControlModifier
_PLAIN = Qt.KeyboardModifier.NoModifier
_FINE, _COARSE = 0.1, 5.0


class Picker(QObject):
    """Which handle or corner of a plot the keyboard is at. `view_range` says what part of the plane is in view.

    Keys and their meaning: Tab and Shift+Tab through all handles on show; V, B, W a parameter of the selected neuron,
    0 the output bias; arrows move what is picked (Shift: fine, Ctrl: coarse); Escape drops it.
    """

    changed = Signal()
    """Another handle is picked now, or none."""
    picked = Signal(object)
    """The Parameter, or the number of the corner, that a key has picked."""
    nudged = Signal(object, object)
    """What is picked, and the new values, Parameter to value, that an arrow gives."""
    corner_nudged = Signal(int, float, float)
    """The picked corner, and where an arrow wants it, in data."""
    said = Signal(str)
    """Why a key does nothing."""

    def __init__(
        self, parent: QObject, handles: HandleItem, corners: CornerItem, view_range: Callable[[], tuple[Range, Range]]
    ) -> None:
        super().__init__(parent)
        self._handles = handles
        self._corners = corners
        self._view_range = view_range

    @property
    def pick(self) -> Pick | None:
        return self._corners.picked if self._handles.picked is None else self._handles.picked

    def set_pick(self, pick: Pick | None) -> None:
        """Pick a parameter's handle, a corner, or nothing."""
        if pick == self.pick:
            return
        corner, parameter = (pick, None) if isinstance(pick, int) else (None, pick)
        self._handles.set_picked(parameter, elsewhere=corner is not None)
        self._corners.set_picked(corner, elsewhere=parameter is not None)
        self.changed.emit()

    def _go_to(self, pick: Pick) -> None:
        self.set_pick(pick)
        self.picked.emit(pick)

    def drop(self) -> bool:
        """Pick nothing; False if nothing was picked."""
        was_picked = self.pick is not None
        self.set_pick(None)
        return was_picked

    def drop_hidden(self) -> None:
        """Let go of what is no longer on show."""
        if self.pick is not None and self._standing_for() not in self.order():
            self.drop()

    def order(self) -> list[Pick]:
        """All that Tab goes through: the output bias, neuron by neuron its kinks and its ray's end, the corners."""
        shown = [handle.parameter for handle in self._handles.layout.current()]
        shown.sort(key=lambda p: (p != OUTPUT_BIAS, p.neuron, _IN_NEURON.index(p.kind)))
        return [*shown, *range(len(self._corners.places))]

    def step_on(self, forwards: bool) -> bool:
        """Pick the next, or the one before; False past the last, where nothing is picked any more."""
        order, pick = self.order(), self._standing_for()
        before = order.index(pick) if pick in order else -1 if forwards else len(order)
        place = before + (1 if forwards else -1)
        if not 0 <= place < len(order):
            self.drop()
            return False
        self._go_to(order[place])
        return True

    def _standing_for(self) -> Pick | None:
        """The pick as it stands in the order, where a hidden weight without a second kink is at its ray's end."""
        pick = self.pick
        handle = self._handles.layout.find(pick) if isinstance(pick, Parameter) else None
        return pick if handle is None else handle.parameter

    def press(self, key: int, modifiers: Qt.KeyboardModifier) -> bool:
        """Do what a key means here; whether it means anything."""
        modifiers &= ~Qt.KeyboardModifier.KeypadModifier
        if key in _ARROWS and self.pick is not None and modifiers in (_PLAIN, _SHIFT, _CONTROL):
            size = {_PLAIN: 1.0, _SHIFT: _FINE, _CONTROL: _COARSE}[modifiers]
            self._nudge(*_ARROWS[key], size)
            return True
        if modifiers != _PLAIN:
            return False
        if key in _KINDS:
            self._choose(_KINDS[key])
            return True
        if key == Qt.Key.Key_0:
            self._go_to_handle(OUTPUT_BIAS)
            return True
        return key == Qt.Key.Key_Escape and self.drop()

    def _choose(self, kind: Kind) -> None:
        """Pick a parameter of the selected neuron, else of the neuron that is picked already."""
        pick, neuron = self.pick, self._handles.layout.selected
        if neuron is None and isinstance(pick, Parameter) and pick != OUTPUT_BIAS:
            neuron = pick.neuron
        if neuron is None:
            self.said.emit("Select a neuron first (N, or click its ray); V, B and W choose its parameters")
        else:
            self._go_to_handle(Parameter(kind, neuron))

    def _go_to_handle(self, parameter: Parameter) -> None:
        if self._handles.layout.find(parameter) is None:
            self.said.emit(f"{parameter_text(parameter)} has no handle on this picture")
        else:
            self._go_to(parameter)

    def _nudge(self, across: int, up: int, size: float) -> None:
        x_range, y_range = self._view_range()
        by = across * nudge_step(*x_range), up * nudge_step(*y_range)
        pick, network = self.pick, self._handles.layout.network
        if isinstance(pick, int):
            self._nudge_corner(pick, (size * by[0], size * by[1]))
        elif pick is not None and network is not None and self._handles.layout.exists(pick):
            self._nudge_parameter(network, pick, by, size)

    def _nudge_corner(self, corner: int, by: tuple[float, float]) -> None:
        places = self._corners.places
        if corner >= len(places):
            self.drop()
            return
        x, y = places[corner].tolist()
        self.corner_nudged.emit(corner, nudged(x, by[0]), nudged(y, by[1]))

    def _nudge_parameter(self, network: Network, parameter: Parameter, by: tuple[float, float], size: float) -> None:
        low, high = self._handles.layout.low, self._handles.layout.high
        if handle_of(network, parameter, low, high) is not None and parameter.kind is Kind.HIDDEN_WEIGHT:
            self._nudge_second_kink(network, parameter, by[0] * size)
            return
        turns = parameter.kind is Kind.HIDDEN_WEIGHT
        # Of the ray's own end, not where it happens to leave the view: there the steps are even.
        shown = Parameter(Kind.OUTPUT_WEIGHT, parameter.neuron) if turns else parameter
        handle = handle_of(network, shown, low, high)
        if handle is None:
            self.said.emit(f"{parameter_text(parameter)} has no handle on this picture")
            return
        if by[0 if handle.moves_sideways else 1] == 0.0:
            return
        if turns:
            values = _turned(network, parameter.neuron, (low, high), handle, by[1] * size)
            if values is None:
                self.said.emit(f"v does not turn: {turn_refusal(network, parameter.neuron, low, high)}")
        else:
            x = float(network.kinks[parameter.neuron]) if handle.kind is HandleKind.KINK else handle.x
            place = x + by[0] if handle.moves_sideways else x, handle.y + by[1]
            value = value_at(network, parameter, low, high, place)
            values = None if value is None else {parameter: _stepped(network[parameter], value, size)}
        if values is not None:
            self.nudged.emit(parameter, values)

    def _nudge_second_kink(self, network: Network, parameter: Parameter, by: float) -> None:
        low, high = self._handles.layout.low, self._handles.layout.high
        x = second_kink(network, parameter.neuron)
        if by == 0.0 or x is None:
            return
        values = widened(network, parameter.neuron, low, high, nudged(x, by))
        if values is not None:
            self.nudged.emit(parameter, values)


def _stepped(value: float, wanted: float, size: float) -> float:
    """On from `value` to a multiple of a round step, `size` times about as far as `wanted` is."""
    change = wanted - value
    if change == 0.0 or not math.isfinite(change):
        return wanted
    return next_multiple(value, size * round_step(change), change > 0.0)


def _turned(
    network: Network, neuron: int, domain: tuple[float, float], end: Handle, by: float
) -> dict[Parameter, float] | None:
    """v and b, Parameter to value, of the ray with that end turned about its kink, v to a multiple of a round step."""
    wanted = rotated(network, neuron, *domain, (end.x, end.y + by))
    steeper = rotated(network, neuron, *domain, (end.x, end.y + math.copysign(by, end.y)))
    if wanted is None or steeper is None:
        return wanted
    v, b = Parameter(Kind.HIDDEN_WEIGHT, neuron), Parameter(Kind.HIDDEN_BIAS, neuron)
    # Near flat the ray stops: how far a step is shows on its other side.
    change = abs(steeper[v] - network[v])
    value = _stepped(network[v], network[v] + math.copysign(change, wanted[v] - network[v]), 1.0)
    if not value / network[v] > 0.0:
        return wanted
    turned_bias = network[b] * (value / network[v])
    return {v: value, b: turned_bias + 0.0} if math.isfinite(turned_bias) else None
