"""How far an arrow key moves something in the picture, and where to."""

from __future__ import annotations

import math

from reluviz.core.snap import grid_step

_PARTS = 100
# Beyond so many steps from 0 the multiples are nearly as fine as the numbers.
_MOST_STEPS = 1e12


def nudge_step(low: float, high: float) -> float:
    """About 1/100 of the view [low, high]: the smallest of 1, 2, 5 × a power of ten that is not below it.

    Raises ValueError where that is no range with a width.
    """
    return grid_step(low, high, _PARTS)


def round_step(change: float) -> float:
    """The smallest of 1, 2, 5 × a power of ten that is not below |`change`|, which must not be 0 and be finite."""
    # A change that rounding has made a little more than a round one is that one.
    return grid_step(0.0, abs(change) * (1.0 - 1e-9), 1)


def next_multiple(value: float, step: float, upwards: bool) -> float:
    """The first multiple of `step` > 0 above or below `value`; `value` ± `step` where these are too fine to count."""
    count = value / step
    if not abs(count) < _MOST_STEPS:
        return value + (step if upwards else -step)
    # What rounding has left of a multiple is that multiple.
    multiple = math.floor(count + 1e-6) + 1 if upwards else math.ceil(count - 1e-6) - 1
    return round(multiple * step, 2 - math.floor(math.log10(step))) + 0.0


def nudged(value: float, by: float) -> float:
    """`value` + `by` without the digits that rounding adds: ten steps of 0.1 from 0 make 1, and back they make 0."""
    moved = value + by
    if by == 0.0 or not math.isfinite(moved):
        return value
    digits = 9 - math.floor(math.log10(abs(by)))
    return round(moved, digits) + 0.0
