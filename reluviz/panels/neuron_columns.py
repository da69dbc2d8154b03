"""The columns of the neuron table, and what their heads say."""

from __future__ import annotations

from enum import IntEnum

from reluviz.core.activation import Activation
from reluviz.core.bend_text import place_symbol, place_text, steepness_text
from reluviz.core.parameter import Kind


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
    Column.STATUS: ("status", "What the neuron does on the domain"),
}


def header(column: Column, activation: Activation) -> tuple[str, str]:
    """What the head of a column says, and its tooltip: what a neuron's place and slope are depends on `activation`."""
    match column:
        case Column.KINK:
            symbol = place_symbol(activation)
            return f"{symbol}ⱼ" if symbol else "–", place_text(activation)
        case Column.SLOPE:
            return "wⱼ·vⱼ", steepness_text(activation)
    return _HEADERS[column]
