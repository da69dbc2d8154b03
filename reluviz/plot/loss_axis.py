"""Which losses a plot of them shows."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from reluviz.core.arrays import FloatArray
from reluviz.core.history import Break, stretches

# A level curve still shows an axis of this many decades around it.
_LEAST_DECADES = 0.5
# A loss that was 0 but for rounding must not press all that came later against the upper edge.
_MOST_DECADES = 12.0
# No data have losses so far above what a run began with, nor above what is usual: it diverges. What is shown of it is
# so many decades, so that all that came before stays in sight. What came before the last break has at least as many.
_DIVERGED_DECADES = 12.0
_USUAL_LOG = 6.0
_ROOM_DECADES = 3.0


def ceiling(curves: Sequence[tuple[FloatArray, tuple[Break, ...]]]) -> float:
    """The highest log10 of J that is of use to who looks at these curves; inf where all of them are below it.

    Each curve has rows of (step, log10 J), and begins anew at each of its breaks. The axis is that of what came since
    the last of them, which only leaves it where it diverges; what came before may.
    """
    parts = [[part[:, 1] for part in stretches(points, breaks)] for points, breaks in curves]
    present = [logs[-1] for logs in parts if len(logs[-1])]
    earlier = [part for logs in parts for part in logs[:-1] if len(part)]
    if not present:
        return _ceiling(earlier)
    highest, logs = _ceiling(present), np.concatenate(present)
    low, high = float(logs.min()), min(float(logs.max()), highest)
    # Half of the axis at least is left to the present losses.
    reached = min(highest, high + max(_ROOM_DECADES, math.ceil(high - low)))
    if not any(float(part.max()) > reached for part in earlier):
        return highest
    # Where nothing of them would be seen there is no room for them.
    return reached if any(float(part.min()) < reached for part in earlier) else high


def _ceiling(parts: Sequence[FloatArray]) -> float:
    """That of runs with these log10 of J, none of which is empty: inf where none of them diverged."""
    if not parts:
        return math.inf
    logs, begun = np.concatenate(parts), max(float(part[0]) for part in parts)
    usual = max(begun, _USUAL_LOG)
    if float(logs.max()) <= usual + _DIVERGED_DECADES:
        return math.inf
    return max(begun, float(np.median(logs[logs <= usual]))) + _ROOM_DECADES


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
