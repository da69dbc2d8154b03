"""Which losses a plot of them shows."""

from __future__ import annotations

import math

from reluviz.core.arrays import FloatArray

# A level curve still shows an axis of this many decades around it.
_LEAST_DECADES = 0.5
# A loss that was 0 but for rounding must not press all that came later against the upper edge.
_MOST_DECADES = 12.0


def log_limits(logs: FloatArray, before: tuple[float, float]) -> tuple[float, float]:
    """The lowest and highest log10 of J to show, in tenths of a decade with some room.

    The limits of `before` stay while the curve fills most of them, so that the axis does not tremble.
    """
    low, high = float(logs.min()), float(logs.max())
    low = max(low, high - _MOST_DECADES)
    room = max(0.06 * (high - low), (_LEAST_DECADES - (high - low)) / 2, 0.02)
    fresh = math.floor((low - room) * 10) / 10, math.ceil((high + room) * 10) / 10
    fits = before[0] <= low and high <= before[1] and high - low >= _LEAST_DECADES
    filled = (fresh[1] - fresh[0]) > 0.85 * (before[1] - before[0])
    return before if fits and filled else fresh
