"""How far an arrow key goes. `steps` is ±1, ±0.1 with Shift, ±10 with Ctrl, or a wheel's multiple of these."""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import Decimal

from PySide6.QtCore import Qt

Step = Callable[[float, float], float]

_FIRST_SMALL, _LEAST_SMALL = 1e-4, 1e-6


def step_factor(modifiers: Qt.KeyboardModifier) -> float:
    """How many steps a key is worth: a tenth with Shift, ten with Ctrl."""
    if modifiers & Qt.KeyboardModifier.ShiftModifier:
        return 0.1
    return 10.0 if modifiers & Qt.KeyboardModifier.ControlModifier else 1.0


def parameter_step(value: float, steps: float) -> float:
    """A tenth of the value's decade, 0.1 around 1; below 0.1 hundredths, so that 0 is reached and crossed."""
    size = abs(value)
    if size >= 1.0:
        unit = Decimal(10) ** (math.floor(math.log10(size)) - 1)
    elif size >= 0.1 or size == 0.0:
        unit = Decimal("0.1")
    else:
        unit = Decimal("0.01")
    # Decimals, so that 0.2 and 0.1 make 0.3 and the field does not fill with digits nobody typed.
    return float(Decimal(repr(value)) + unit * Decimal(repr(steps))) + 0.0


def decade_step(value: float, steps: float) -> float:
    """To the next of …, 0.1, 0.2, 0.5, 1, 2, 5, …; fine: a tenth of the decade; coarse: ten times more or less."""
    if value <= 0.0:
        return 1.0 if steps > 0 else value
    exact = Decimal(repr(value))
    if abs(steps) < 1:
        # On a power of ten the way down leads through the decade below.
        lower = 1 if steps < 0 and exact == Decimal(10) ** exact.adjusted() else 0
        return float(exact + Decimal(10) ** (exact.adjusted() - lower) * Decimal(repr(steps)))
    if abs(steps) >= 10:
        return float(exact * 10 if steps > 0 else exact / 10)
    for _ in range(max(1, round(abs(steps)))):
        decade = range(exact.adjusted() - 1, exact.adjusted() + 2)
        marks = [Decimal(digit).scaleb(power) for power in decade for digit in (1, 2, 5)]
        above, below = [m for m in marks if m > exact], [m for m in marks if m < exact]
        exact = min(above) if steps > 0 else max(below)
    return float(exact)


def small_step(value: float, steps: float) -> float:
    """As `decade_step`, for what is small or 0: from 0 to 0.0001, from below a millionth to 0."""
    if value <= 0.0:
        return _FIRST_SMALL if steps > 0 else 0.0
    stepped = decade_step(value, steps)
    return 0.0 if steps < 0 and stepped < _LEAST_SMALL else stepped


def share_step(value: float, steps: float) -> float:
    """What is missing to 1 steps as `decade_step` does: 0, 0.5, 0.8, 0.9, 0.95, 0.98, 0.99; 1 is never reached."""
    missing = decade_step(float(1 - Decimal(repr(value))), -steps)
    return max(0.0, float(1 - Decimal(repr(missing))))


def unit_step(value: float, steps: float) -> float:
    """One more or less; coarse: ten."""
    return value + math.copysign(max(1, round(abs(steps))), steps)
