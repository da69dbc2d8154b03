"""A line through many points by few of them."""

from __future__ import annotations

import heapq

import numpy as np

from reluviz.core.arrays import FloatArray, IntArray


def simplified_line(points: FloatArray, tolerance: float, most: int) -> IntArray:
    """Which of `points`, shape (m, 2), draw the line through all of them, ascending: both ends, then always the one
    that the line misses most (Ramer 1972, Douglas and Peucker 1973), until it misses none by more than `tolerance`, or
    there are `most`.
    """
    if len(points) <= 2:
        return np.arange(len(points))
    kept = {0, len(points) - 1}
    heap: list[tuple[float, int, int, int]] = []
    _push(heap, points, 0, len(points) - 1)
    while heap and len(kept) < most and -heap[0][0] > tolerance:
        _, first, middle, last = heapq.heappop(heap)
        kept.add(middle)
        _push(heap, points, first, middle)
        _push(heap, points, middle, last)
    return np.array(sorted(kept))


def _push(heap: list[tuple[float, int, int, int]], points: FloatArray, first: int, last: int) -> None:
    """Puts the piece from `first` to `last` on the heap, with the point that is farthest from its chord."""
    if last - first < 2:
        return
    chord = points[last] - points[first]
    offset = points[first + 1 : last] - points[first]
    length = float(np.hypot(*chord))
    away = np.abs(offset[:, 0] * chord[1] - offset[:, 1] * chord[0]) / length if length else np.hypot(*offset.T)
    farthest = int(np.argmax(away))
    heapq.heappush(heap, (-float(away[farthest]), first, first + 1 + farthest, last))
