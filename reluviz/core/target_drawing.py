"""What becomes of a target when a line is drawn over a part of it by hand."""

from __future__ import annotations

import math

import numpy as np

from reluviz.core.arrays import FloatArray
from reluviz.core.point_list import PointList
from reluviz.core.simplified_line import simplified_line
from reluviz.core.target import MAX_ORDINATE, PointsTarget, Target, polyline_on

MOST_POINTS = 60
"""As many points as one stroke makes, or as stand for a smooth rest beside it."""
TOLERANCE = 1.5
"""How far, in pixels, a drawn line may be from the points that stand for it."""

_SAMPLES = 513
# Ends that meet within so many pixels are joined; others stay as a jump of half a pixel's width.
_JOINED = 4.0
_JUMP = 0.5
_MOST_DECIMALS = 200


def with_drawn(target: Target, drawn: FloatArray, pixel: tuple[float, float], is_blank: bool = False) -> PointsTarget:
    """`target` with the line `drawn`, shape (m, 2), m ≥ 2, x ascending, in the place of what it was between its ends.

    `pixel` is the (width, height) of a pixel in data: rounding and joining go by what can be seen. Outside of the drawn
    line a target of points stays as it is; any other is followed by at most MOST_POINTS points on either side; of one
    that `is_blank` nothing stays, and the line goes on level. Raises ValueError where nothing of the drawn line is on
    the domain.
    """
    drawn = drawn[(drawn[:, 0] >= target.low) & (drawn[:, 0] <= target.high)]
    if len(drawn) < 2 or not drawn[-1, 0] > drawn[0, 0]:
        raise ValueError("the line must be drawn over the domain, from one side to the other")
    drawn = _rounded(np.column_stack((drawn[:, 0], np.clip(drawn[:, 1], -MAX_ORDINATE, MAX_ORDINATE))), pixel)
    # Rounding may have put an end beyond the domain's.
    drawn[:, 0] = np.clip(drawn[:, 0], target.low, target.high)
    start, end = float(drawn[0, 0]), float(drawn[-1, 0])
    pieces = [drawn]
    if start > target.low:
        pieces.insert(0, _rest(target, target.low, start, float(drawn[0, 1]), pixel, is_blank))
    if end < target.high:
        pieces.append(_rest(target, end, target.high, float(drawn[-1, 1]), pixel, is_blank))
    points = np.concatenate(pieces)
    narrowest = 1e-9 * (target.high - target.low)
    apart = np.concatenate(([True], np.diff(points[:, 0]) > narrowest))
    points = points[apart]
    points[0, 0], points[-1, 0] = target.low, target.high
    return PointsTarget(PointList(points), target.low, target.high)


def level_line(target: Target, y: float) -> PointsTarget:
    """Nothing but a level line on the domain of `target`."""
    return PointsTarget(((target.low, y), (target.high, y)))


def at_edges(line: FloatArray, low: float, high: float, reach: float) -> FloatArray:
    """The line, shape (m, 2), x ascending, with each end that is within `reach` of the domain's end put there."""
    line = line.copy()
    if len(line) > 1:
        if 0.0 < line[0, 0] - low <= reach and line[1, 0] > line[0, 0]:
            line[0, 0] = low
        if 0.0 < high - line[-1, 0] <= reach and line[-2, 0] < line[-1, 0]:
            line[-1, 0] = high
    return line


def _rounded(points: FloatArray, pixel: tuple[float, float]) -> FloatArray:
    """Points with no more decimals than a pixel can tell."""
    columns = []
    for values, size in zip(points.T, pixel, strict=True):
        decimals = -math.floor(math.log10(size))
        # Beyond that NumPy's powers of ten overflow.
        columns.append(np.round(values, decimals) + 0.0 if abs(decimals) < _MOST_DECIMALS else values)
    return np.column_stack(columns)


def _rest(
    target: Target, low: float, high: float, meets: float, pixel: tuple[float, float], is_blank: bool
) -> FloatArray:
    """What stays of the target on [low, high], of which one end is the domain's and the other meets the drawn line."""
    is_left = low == target.low
    if is_blank:
        return np.array([[target.low if is_left else target.high, meets]])
    gap = min(_JUMP * pixel[0], 0.5 * (high - low))
    points = _followed(target, low if is_left else low + gap, high - gap if is_left else high, pixel)
    if len(points) == 0:
        # Where the target has no value the drawn line goes on level.
        return np.array([[target.low if is_left else target.high, meets]])
    meeting = points[-1 if is_left else 0]
    if len(points) > 1 and abs(meeting[1] - meets) <= _JOINED * pixel[1]:
        points = points[:-1] if is_left else points[1:]
    return points


def _followed(target: Target, low: float, high: float, pixel: tuple[float, float]) -> FloatArray:
    """Points on the target between `low` and `high`, both ends included; shape (m, 2)."""
    if isinstance(target, PointsTarget):
        return polyline_on(target.array, low, high)
    x = np.linspace(low, high, _SAMPLES)
    points = np.column_stack((x, target(x)))
    points = points[np.isfinite(points[:, 1])]
    points = points[simplified_line(points / np.array(pixel), TOLERANCE / 3.0, MOST_POINTS)]
    # x stays: it meets the drawn line and the domain's end.
    return np.column_stack((points[:, 0], _rounded(points, pixel)[:, 1]))
