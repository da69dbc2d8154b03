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
    # The exponent of the rounded value: 9.9999 is written 10.00.
    mantissa, power = f"{value:.{digits - 1}e}".split("e")
    exponent = int(power)
    if -4 <= exponent < 6:
        text = f"{value:.{max(0, digits - 1 - exponent)}f}"
    else:
        text = f"{mantissa}·10{superscript(exponent)}"
    return MINUS + text[1:] if text.startswith("-") else text


def short_text(value: float) -> str:
    """`value` with up to four significant digits and no trailing zeros, for sentences: −0.5, 1.2·10⁷."""
    number, dot, power = value_text(value).partition("·")
    return (number.rstrip("0").rstrip(".") if "." in number else number) + dot + power


def count_text(count: float) -> str:
    """A whole number with thin spaces between its thousands: 12 340."""
    return f"{round(count):,}".replace(",", "\u2009").replace("-", MINUS)


def rate_text(per_second: float) -> str:
    """A rate of at least 0 in up to three digits: 1.5, 850, 12.3 k, 3.10 M."""
    for unit, size in (("G", 1e9), ("M", 1e6), ("k", 1e3)):
        # 999.5 and more would be written 1000.
        if per_second >= 0.9995 * size:
            scaled = per_second / size
            decimals = 2 if scaled < 9.995 else 1 if scaled < 99.95 else 0
            return f"{scaled:.{decimals}f} {unit}"
    return f"{per_second:.3g}" if per_second >= 0.01 else "0"


def bytes_text(size: float) -> str:
    """About how much memory: 40 kB, 1.8 MB, 0.2 GB."""
    if size < 1e6:
        return f"{max(1, round(size / 1e3))} kB"
    return f"{size / 1e6:.1f} MB" if size < 100e6 else f"{size / 1e9:.1f} GB"


def duration_text(seconds: float) -> str:
    """A time to wait, in whole seconds: 8 s, 2 min 05 s, 1 h 02 min."""
    whole = max(0, round(seconds))
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60:02} s"
    return f"{whole // 3600} h {whole % 3600 // 60:02} min"


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
