"""Very many points, thinned at random to as many as can be drawn: whatever part is looked at, it costs the same."""

from __future__ import annotations

import numpy as np

from reluviz.core.arrays import FloatArray

# The coarsest level has about so many points.
_COARSEST = 2048


class PointCloud:
    """Points (x, y), each of shape (points,), x ascending, on levels: all of them, a random half, a half of that …

    A point of a level is on all finer ones, so that points stay where they are as others come in between.
    """

    def __init__(self, x: FloatArray, y: FloatArray) -> None:
        random = np.random.RandomState(0)
        self._levels = [(x, y)]
        while len(x) > _COARSEST:
            kept = random.random_sample(len(x)) < 0.5
            x, y = x[kept], y[kept]
            self._levels.append((x, y))
        self._find_extremes()

    def _find_extremes(self) -> None:
        whole = self._levels[0][1]
        self._extremes = np.array([int(np.argmin(whole)), int(np.argmax(whole))])

    def part(self, low: float, high: float) -> PointCloud:
        """The points from `low` to `high`, of which there is one at least, on the same levels."""
        part = PointCloud.__new__(PointCloud)
        spans = [slice(*self._span(level, low, high)) for level in range(len(self._levels))]
        part._levels = [(x[span], y[span]) for (x, y), span in zip(self._levels, spans, strict=True)]
        part._find_extremes()
        return part

    def between(self, low: float, high: float, most: int) -> tuple[FloatArray, int]:
        """Those from `low` to `high`, shape (k, 2), k at most `most`, and how many points each stands for."""
        level, first, last = 0, *self._span(0, low, high)
        while last - first > most and level < len(self._levels) - 1:
            level += 1
            first, last = self._span(level, low, high)
        x, y = self._levels[level]
        stride = max(1, -(-(last - first) // most))
        return np.column_stack((x[first:last:stride], y[first:last:stride])), stride << level

    def _span(self, level: int, low: float, high: float) -> tuple[int, int]:
        """Where the points of a level from `low` to `high` begin and end."""
        x = self._levels[level][0]
        return int(np.searchsorted(x, low)), int(np.searchsorted(x, high, side="right"))

    def outline(self) -> FloatArray:
        """Some points, the lowest and the highest among them, each standing alone in a polyline of shape (m, 2)."""
        x, y = self._levels[-1]
        whole_x, whole_y = self._levels[0]
        x, y = np.append(x, whole_x[self._extremes]), np.append(y, whole_y[self._extremes])
        order = np.argsort(x, kind="stable")
        points = np.full((2 * len(x) - 1, 2), np.nan)
        points[:, 0] = np.repeat(x[order], 2)[:-1]
        points[::2, 1] = y[order]
        return points
