"""How far an arrow key moves something in the picture, and where to."""

from __future__ import annotations

import math

from reluviz.core.snap import grid_step

_PARTS = 100


def nudge_step(low: float, high: float) -> float:
    """About 1/100 of the view [low, high]: the smallest of 1, 2, 5 × a power of ten that is not below it.

    Raises ValueError where that is no range with a width.
    """
    return grid_step(low, high, _PARTS)


def nudged(value: float, by: float) -> float:
    """`value` + `by` without the digits that rounding adds: ten steps of 0.1 from 0 make 1, and back they make 0."""
    moved = value + by
    if by == 0.0 or not math.isfinite(moved):
        return value
    digits = 9 - math.floor(math.log10(abs(by)))
    return round(moved, digits) + 0.0
