"""The columns of the neuron table, and what their heads say."""

from __future__ import annotations

from enum import IntEnum

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
HEADERS = {
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
