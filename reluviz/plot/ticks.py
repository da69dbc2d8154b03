"""Where an axis has its ticks, and what stands beside them."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from reluviz.core.notation import MINUS, count_text, superscript, value_text

_STEPS = (1.0, 2.0, 5.0, 10.0)
# Fewer ticks than this tell little of what is between them.
_ENOUGH = 3
# Steps up to here are written out where that is shorter than tenths of thousands.
_PLAIN_STEPS = 10_000.0


@dataclass(frozen=True)
class Tick:
    """A tick at `at`, in the axis's own unit (log10 on a logarithmic one)."""

    at: float
    text: str


def linear_ticks(low: float, high: float, count: int) -> list[Tick]:
    """At most about `count` ticks at round numbers on [low, high]; none where that is no interval."""
    step = linear_step(low, high, count)
    if step is None:
        return []
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    values = [index * step for index in range(first, min(last, first + 1000) + 1)]
    return [Tick(value, _text(value, step, max(abs(low), abs(high)))) for value in values]


def linear_step(low: float, high: float, count: int) -> float | None:
    """How far apart `linear_ticks` are; None where there are none."""
    if not (math.isfinite(high - low) and high > low):
        return None
    return _round_step((high - low) / max(count, 1))


def step_ticks(last: float, count: int) -> list[Tick]:
    """Ticks on [0, last] at whole numbers, written 500, 1 000, 12 k, 3 M."""
    if not (math.isfinite(last) and last > 0):
        return [Tick(0.0, "0")]
    step = max(1.0, _round_step(last / max(count, 1)))
    values = np.arange(0.0, last + step * 1e-6, step)
    if last < _PLAIN_STEPS and step < 1e3:
        return [Tick(float(value), count_text(value)) for value in values]
    size, unit = next(((s, u) for s, u in ((1e9, " G"), (1e6, " M"), (1e3, " k")) if last >= s), (1.0, ""))
    return [Tick(float(value), _text(value / size, step / size, last / size) + unit * bool(value)) for value in values]


def log_ticks(low: float, high: float, count: int) -> list[Tick]:
    """Ticks on [10^low, 10^high]: decades; where these are few numbers within them; where narrow round numbers."""
    if not (math.isfinite(high - low) and high > low):
        return []
    decades = range(math.ceil(low - 1e-9), math.floor(high + 1e-9) + 1)
    if len(decades) >= 2 and high - low >= 1.5:
        stride = max(1, math.ceil(len(decades) / max(count, 1)))
        return [Tick(float(d), _power(d)) for d in decades if d % stride == 0]
    few = _within_decades(low, high, (1.0, 2.0, 5.0))
    if len(few) >= _ENOUGH:
        return few
    more = _within_decades(low, high, (1.0, 1.5, 2.0, 3.0, 5.0, 7.0))
    if _ENOUGH <= len(more) <= max(count, _ENOUGH):
        return more
    even = linear_ticks(10.0**low, 10.0**high, max(count, 2 * _ENOUGH))
    return max(few, [Tick(math.log10(tick.at), tick.text) for tick in even if tick.at > 0], key=len)


def _within_decades(low: float, high: float, mantissas: tuple[float, ...]) -> list[Tick]:
    """Ticks at these numbers times powers of ten on [10^low, 10^high]."""
    decades = range(math.floor(low), math.ceil(high) + 1)
    places = ((d + math.log10(m), 1 if m.is_integer() else 2) for d in decades for m in mantissas)
    return [Tick(at, value_text(10.0**at, digits)) for at, digits in places if low - 1e-9 <= at <= high + 1e-9]


def _round_step(rough: float) -> float:
    """The smallest of 1, 2, 5 times a power of ten that is not below `rough`."""
    power = 10.0 ** math.floor(math.log10(rough))
    return next((step * power for step in _STEPS if step * power >= rough * (1 - 1e-9)), 10.0 * power)


def _text(value: float, step: float, largest: float) -> str:
    """`value` with as many digits as tell ticks `step` apart from one another, on an axis reaching up to ±`largest`."""
    if abs(value) < step * 1e-6:
        return "0"
    if largest >= 1e6 or step < 1e-5:
        digits = max(0, math.floor(math.log10(abs(value)) + 1e-9) - math.floor(math.log10(step) + 1e-9))
        mantissa, power = f"{value:.{digits}e}".split("e")
        text = f"{mantissa}·10{superscript(int(power))}"
    else:
        text = f"{value:.{max(0, -math.floor(math.log10(step) + 1e-9))}f}"
    return text.replace("-", MINUS, 1)


def _power(exponent: int) -> str:
    return "1" if exponent == 0 else f"10{superscript(exponent)}"
