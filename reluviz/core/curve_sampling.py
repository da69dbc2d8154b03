"""The polyline that draws a function: more points where it bends, a gap where it has no value."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from reluviz.core.arrays import BoolArray, FloatArray

MAX_POINTS = 16_384

_FIRST_POINTS = 769
# The line misses the function by at most this part of the heights that it mostly has: a twentieth of a pixel.
_TOLERANCE = 5e-5
# Beyond so many of these heights from the middle, poles and spikes need no shape.
_TALL = 30.0
# Jumps, and where the function begins to be defined, are found to this part of the domain.
_NARROW = 1e-12
_GROWTH = 0.05
_JUMP = 0.1
_ROUNDS = 64


def curve_polyline(function: Callable[[FloatArray], FloatArray], low: float, high: float) -> FloatArray:
    """The points that draw `function` on [low, high], shape (m, 2), x strictly ascending, m at most about MAX_POINTS.

    Where `function` gives NaN, and at poles, a row (x, NaN) separates the pieces: a gap. A jump is two points hardly
    apart. What oscillates too fast for MAX_POINTS is drawn as a band.
    """
    return _Curve(function, low, high).polyline()


class _Curve:
    """Points on the function, refined by dividing intervals within which it is not on the straight line."""

    def __init__(self, function: Callable[[FloatArray], FloatArray], low: float, high: float) -> None:
        self._function = function
        self._span = high - low
        self._narrowest = max(_NARROW * self._span, 8.0 * float(np.spacing(max(abs(low), abs(high)))))
        self._x = _first_places(low, high)
        self._y = function(self._x)
        self._open = np.ones(len(self._x) - 1, dtype=np.bool_)
        """Which intervals are still to be looked into."""
        self._part = 0.45
        self._middle, self._height = _usual_heights(self._y)

    def polyline(self) -> FloatArray:
        for _ in range(_ROUNDS):
            if not self._refine(_TOLERANCE, 3 * MAX_POINTS // 4):
                break
        # With the room that is kept for it: jumps and poles, where halving does not make the error less.
        for _ in range(_ROUNDS):
            if not self._refine(_JUMP, MAX_POINTS):
                break
        x, y = self._with_gaps()
        undefined = np.isnan(y)
        # Of neighbouring rows without a value, the first and the last say it all.
        inner = undefined.copy()
        inner[1:-1] = undefined[1:-1] & undefined[:-2] & undefined[2:]
        inner[[0, -1]] = False
        return np.column_stack((x, y))[~inner]

    def _refine(self, tolerance: float, most_points: int) -> bool:
        """Halves the intervals that need it. Whether there was something to halve, and room for it."""
        x, y = self._x, self._y
        towards_peaks = self._beside_peaks()
        looked_into = np.flatnonzero((self._open | towards_peaks) & (np.diff(x) > self._narrowest))
        room = most_points - len(x)
        if len(looked_into) == 0 or room <= 0:
            return False
        left, right = looked_into, looked_into + 1
        # From side to side, as in the very middle the function may be on the line by accident or symmetry.
        self._part = 1.0 - self._part
        middle = x[left] + self._part * (x[right] - x[left])
        value = self._function(middle)
        error = self._errors(y[left], value, y[right])
        split = (error > self._tolerance(tolerance, value)) | towards_peaks[left]
        self._open[left[~split]] = False
        # What lies beside a bend is looked into once more.
        self._open[np.minimum(left[split] + 1, len(self._open) - 1)] = True
        self._open[np.maximum(left[split] - 1, 0)] = True
        if np.count_nonzero(split) > room:
            # The largest areas first: what would be missed most.
            area = np.where(split, error * (x[right] - x[left]), -1.0)
            split = np.zeros(len(split), dtype=np.bool_)
            split[np.argpartition(area, -room)[-room:]] = True
        at = right[split]
        self._open = np.insert(self._open, left[split], True)
        self._x, self._y = np.insert(x, at, middle[split]), np.insert(y, at, value[split])
        return len(at) > 0

    def _tolerance(self, part: float, y: FloatArray) -> FloatArray:
        # Who sees the far ends of a pole sees the rest pressed together, and the ends are steep.
        tall = np.fmax(1.0, np.abs(y - self._middle) / self._height) ** 2
        # Below the rounding of large values there is nothing to follow.
        rounding = 8.0 * float(np.spacing(abs(self._middle) + self._height))
        return np.maximum(part * self._height * np.where(np.isfinite(tall), tall, 1.0), rounding)

    def _errors(self, left: FloatArray, middle: FloatArray, right: FloatArray) -> FloatArray:
        """How far the places within are from the straight lines; the whole height where only some have a value."""
        limit = _TALL * self._height
        bounds = self._middle - limit, self._middle + limit
        a, b, c = (np.clip(values, *bounds) for values in (left, middle, right))
        known = np.isfinite(a).astype(int) + np.isfinite(b) + np.isfinite(c)
        return np.where(known == 3, np.abs(b - a - self._part * (c - a)), np.where(known == 0, 0.0, self._height))

    def _beside_peaks(self) -> BoolArray:
        """Which intervals end at the top of something tall: it may be a pole, to be found exactly."""
        away = np.nan_to_num(np.abs(self._y - self._middle), nan=-1.0)
        # An end of the domain, or of what is defined, is no peak.
        top = np.zeros(len(away), dtype=np.bool_)
        top[1:-1] = (away[1:-1] > _TALL * self._height) & (away[1:-1] >= away[:-2]) & (away[1:-1] >= away[2:])
        return np.asarray(top[:-1] | top[1:])

    def _with_gaps(self) -> tuple[FloatArray, FloatArray]:
        """(x, y) with rows without a value at poles.

        Within the narrowest intervals a jump goes one way, up or down. Where the line goes both ways, so close, its
        largest step leads through a pole.
        """
        x, y = self._x, self._y
        if len(x) < 6:
            return x, y
        steps = np.lib.stride_tricks.sliding_window_view(np.diff(y), 5)
        least = _GROWTH * self._height
        both_ways = (np.fmax(steps, 0.0).sum(axis=1) > least) & (np.fmin(steps, 0.0).sum(axis=1) < -least)
        largest = np.abs(steps[:, 2]) >= (1.0 - 1e-9) * np.abs(steps).max(axis=1)
        narrow = (x[5:] - x[:-5] < 64.0 * self._narrowest) & (x[3:-2] - x[2:-3] <= 2.0 * self._narrowest)
        at = np.flatnonzero(both_ways & largest & narrow) + 3
        x, y = np.insert(x, at, 0.5 * (x[at - 1] + x[at])), np.insert(y, at, np.nan)
        # The height of a pole itself is an accident of rounding.
        alone = np.isnan(y[:-2]) & np.isnan(y[2:]) & (np.abs(y[1:-1] - self._middle) > _TALL * self._height)
        y[1:-1][alone] = np.nan
        return x, y


def _first_places(low: float, high: float) -> FloatArray:
    """Places all over [low, high], unevenly, so that no period goes unnoticed; 0 is among them if it is there."""
    x = np.linspace(low, high, _FIRST_POINTS)
    step = x[1] - x[0]
    inner = np.arange(1, _FIRST_POINTS - 1)
    x[1:-1] += 0.4 * step * (np.mod(inner * 0.6180339887498949, 1.0) - 0.5)
    return np.unique(np.append(x, 0.0)) if low < 0.0 < high else np.unique(x)


def _usual_heights(y: FloatArray) -> tuple[float, float]:
    """The middle of the heights, and how far nine tenths of them spread; above 0."""
    known = y[np.isfinite(y)]
    if len(known) == 0:
        return 0.0, 1.0
    low, middle, high = np.quantile(known, (0.05, 0.5, 0.95))
    whole = float(np.ptp(known))
    usual = float(high - low)
    height = usual if usual > 1e-6 * whole else whole
    return float(middle), height if height > 0.0 else max(abs(float(middle)), 1.0)
