"""How numbers and parameters are written, the same everywhere: true minus sign, fixed significant digits."""

from __future__ import annotations

import math

from reluviz.core.parameter import Kind, Parameter

MINUS = "−"
_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_SUPERSCRIPTS = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
_LETTER = {Kind.HIDDEN_WEIGHT: "v", Kind.HIDDEN_BIAS: "b", Kind.OUTPUT_WEIGHT: "w"}


def value_text(value: float, digits: int = 4) -> str:
    """`value` with `digits` significant digits: plain between 1e−4 and 1e6, else as 1.23·10⁴⁵."""
    if math.isnan(value):
        return "–"
    if math.isinf(value):
        return "∞" if value > 0 else MINUS + "∞"
    if value == 0:
        return "0"
    exponent = math.floor(math.log10(abs(value)))
    if -4 <= exponent < 6:
        decimals = max(0, digits - 1 - exponent)
        text = f"{value:.{decimals}f}"
        return MINUS + text[1:] if text.startswith("-") else text
    mantissa, power = f"{value:.{digits - 1}e}".split("e")
    text = f"{mantissa}·10{str(int(power)).translate(_SUPERSCRIPTS)}"
    return MINUS + text[1:] if text.startswith("-") else text


def count_text(count: float) -> str:
    """A whole number with thin spaces between its thousands: 12 340."""
    return f"{round(count):,}".replace(",", "\u2009").replace("-", MINUS)


def rate_text(per_second: float) -> str:
    """A rate in three digits: 850, 12.3 k, 3.10 M."""
    for unit, size in (("G", 1e9), ("M", 1e6), ("k", 1e3)):
        if per_second >= size:
            return f"{per_second / size:.3g} {unit}"
    return f"{per_second:.3g}"


def subscript(index: int) -> str:
    """1 as ₁."""
    return str(index).translate(_SUBSCRIPTS)


def superscript(power: int) -> str:
    """−3 as ⁻³."""
    return str(power).translate(_SUPERSCRIPTS)


def parameter_text(parameter: Parameter) -> str:
    """v₁, b₁, w₁ (neurons counted from 1 on screen), b₀ for the output bias."""
    if parameter.kind is Kind.OUTPUT_BIAS:
        return "b₀"
    return _LETTER[parameter.kind] + subscript(parameter.neuron + 1)
