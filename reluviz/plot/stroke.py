"""A line drawn by hand: one height for every pixel from left to right, however the hand goes."""

from __future__ import annotations

import numpy as np

from reluviz.core.arrays import FloatArray

# How many pixels to either side a smoothed line looks.
_SMOOTHING = 9


class Stroke:
    """A line between the pixels `left` and `right`. Where the hand goes back it draws over what it has drawn."""

    def __init__(self, left: float, right: float) -> None:
        self._x = np.linspace(left, right, max(2, round(right - left) + 1))
        self._y = np.full(len(self._x), np.nan)
        self._hand: tuple[int, float] | None = None

    def move(self, x: float, y: float) -> None:
        """The hand goes straight to a pixel; what of its way is beyond the ends is not drawn."""
        column = round((x - self._x[0]) / (self._x[1] - self._x[0]))
        before, height = (column, y) if self._hand is None else self._hand
        self._hand = column, y
        first, last = max(min(before, column), 0), min(max(before, column), len(self._x) - 1)
        columns = np.arange(first, last + 1)
        way = (columns - before) / (column - before) if column != before else np.ones(len(columns))
        self._y[columns] = height + way * (y - height)

    def line(self, smooth: bool = False) -> FloatArray:
        """The line so far in pixels, shape (m, 2), x ascending."""
        drawn = np.flatnonzero(np.isfinite(self._y))
        y = self._y[drawn]
        if smooth and len(y) > 2:
            reach = min(_SMOOTHING, len(y) // 2)
            weights = np.hanning(2 * reach + 3)[1:-1]
            y = np.convolve(np.pad(y, reach, mode="edge"), weights / weights.sum(), mode="valid")
        return np.column_stack((self._x[drawn], y))
