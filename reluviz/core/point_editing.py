"""Editing a target made of points: each edit gives a new target, its points always in order.

The domain follows the end points, each end for itself, as long as it has not been set apart from them.
"""

from __future__ import annotations

import math
from bisect import bisect_left

import numpy as np

from reluviz.core.arrays import FloatArray
from reluviz.core.construct import corners_of
from reluviz.core.data_target import DataTarget
from reluviz.core.notation import value_text
from reluviz.core.point_list import Point, PointList
from reluviz.core.target import MAX_ABSCISSA, MAX_ORDINATE, MAX_POINTS, PointsTarget, Target

# A dragged point stops this near to its neighbour, as part of the domain: the segment between them stays one.
_NEAREST = 1e-4


def with_point(target: PointsTarget, x: float, y: float) -> tuple[PointsTarget, int]:
    """The target with a new point at (x, y), and the point's index.

    Raises ValueError, in plain words, where a point is at this x already, a number is not finite or too large, or there
    are MAX_POINTS already.
    """
    x, y = _checked(x, y)
    if len(target.points) >= MAX_POINTS:
        raise ValueError(f"a target has at most {MAX_POINTS} points")
    index = bisect_left(target.points, x, key=_x_of)
    if index < len(target.points) and target.points[index][0] == x:
        raise ValueError(f"point {index + 1} is at x = {value_text(x)} already")
    return _replaced(target, index, index, ((x, y),)), index


def with_moved_point(target: PointsTarget, index: int, x: float, y: float) -> PointsTarget:
    """Point `index` dragged towards (x, y): it stays between its neighbours and within the largest coordinates.

    Raises IndexError for a missing point, ValueError where a number is not finite.
    """
    return _replaced(target, index, index + 1, (moved_place(target, index, x, y),))


def moved_place(target: PointsTarget, index: int, x: float, y: float) -> Point:
    """Where `with_moved_point` puts point `index`, at a cost that does not grow with the points. Raises as it does."""
    _check_index(target, index)
    if not (math.isfinite(x) and math.isfinite(y)):
        raise ValueError("a point is moved to a finite place")
    left, right = _room(target, index)
    return min(max(x, left), right), min(max(y, -MAX_ORDINATE), MAX_ORDINATE)


def with_coordinates(target: PointsTarget, index: int, x: float | None = None, y: float | None = None) -> PointsTarget:
    """Point `index` with typed coordinates (None: as it is), taken as they are or refused.

    Raises IndexError for a missing point, ValueError where the point would not stay between its neighbours, a number is
    not finite or too large, or the domain would become too narrow.
    """
    _check_index(target, index)
    old_x, old_y = target.points[index]
    new_x, new_y = _checked(old_x if x is None else x, old_y if y is None else y)
    before = target.points[index - 1][0] if index > 0 else -math.inf
    after = target.points[index + 1][0] if index + 1 < len(target.points) else math.inf
    if not before < new_x < after:
        limits = []
        if before > -math.inf:
            limits.append(f"right of point {index} at {value_text(before)}")
        if after < math.inf:
            limits.append(f"left of point {index + 2} at {value_text(after)}")
        raise ValueError(f"x of point {index + 1} must lie {' and '.join(limits)}")
    return _replaced(target, index, index + 1, ((new_x, new_y),))


def without_point(target: PointsTarget, index: int) -> PointsTarget:
    """The target without point `index`; the neighbours are joined.

    Raises IndexError for a missing point, ValueError where only two points are left or the rest does not span a domain.
    """
    _check_index(target, index)
    if len(target.points) <= 2:
        raise ValueError("a target keeps at least two points")
    return _replaced(target, index, index + 1, ())


def middle_of_segment(target: PointsTarget, index: int | None) -> Point:
    """The middle of the segment right of point `index`, of the last segment for the last point, of the widest for None.

    Raises IndexError for a missing point.
    """
    if index is None:
        left = int(np.argmax(np.diff(target.array[:, 0])))
    else:
        _check_index(target, index)
        left = min(index, len(target.points) - 2)
    (x, y), (after_x, after_y) = target.points[left : left + 2]
    return x + (after_x - x) / 2, y / 2 + after_y / 2


def with_segment_right(target: PointsTarget) -> PointsTarget:
    """One more segment at the right end: as wide as the last one, level.

    Raises ValueError where the new point would lie too far out or there are MAX_POINTS already.
    """
    (before, _), (x, y) = target.points[-2:]
    return with_point(target, x + (x - before), y)[0]


def with_segment_left(target: PointsTarget) -> PointsTarget:
    """One more segment at the left end: as wide as the first one, level. Raises ValueError as `with_segment_right`."""
    (x, y), (after, _) = target.points[:2]
    return with_point(target, x - (after - x), y)[0]


def as_points(target: Target, segments: int | None = None) -> PointsTarget:
    """`target` as points to take hold of: `segments` equal sections, None for the corners or rows it already has.

    Rows of data at the same x are one point, their mean. Raises ValueError where a smooth target comes without a
    possible number of segments.
    """
    if isinstance(target, DataTarget) and segments is None:
        x = np.unique(target.rows[0])
        return PointsTarget(PointList(np.column_stack((x, target(x)))), target.low, target.high)
    return PointsTarget(PointList(corners_of(target, segments)))


def changed_points(old: PointsTarget, new: PointsTarget) -> FloatArray:
    """The points of both between the first and the last in which they differ, shape (m, 2)."""
    before, after = old.array, new.array
    shorter = min(len(before), len(after))
    same = (before[:shorter] == after[:shorter]).all(axis=1)
    start = shorter if same.all() else int(np.argmin(same))
    same = (before[len(before) - shorter + start :] == after[len(after) - shorter + start :]).all(axis=1)[::-1]
    end = len(same) if same.all() else int(np.argmin(same))
    return np.concatenate((before[start : len(before) - end], after[start : len(after) - end]))


def _x_of(point: Point) -> float:
    return point[0]


def _check_index(target: PointsTarget, index: int) -> None:
    if not 0 <= index < len(target.points):
        raise IndexError(f"no point {index + 1} in a target of {len(target.points)}")


def _checked(x: float, y: float) -> Point:
    if not (math.isfinite(x) and math.isfinite(y)):
        raise ValueError("the point's coordinates must be finite numbers")
    for name, value, limit in (("x", x, MAX_ABSCISSA), ("y", y, MAX_ORDINATE)):
        if abs(value) > limit:
            raise ValueError(f"the point's {name} must lie within ±{limit:.0e}")
    return float(x), float(y)


def _replaced(target: PointsTarget, start: int, stop: int, new: tuple[Point, ...]) -> PointsTarget:
    """Points start … stop − 1 replaced by `new`, the domain's ends taken along where they were the points'."""
    old = target.array
    points = np.concatenate((old[:start], np.reshape(new, (-1, 2)), old[stop:]))
    low = float(points[0, 0]) if target.low == old[0, 0] else target.low
    high = float(points[-1, 0]) if target.high == old[-1, 0] else target.high
    return PointsTarget(PointList(points), low, high)


def _room(target: PointsTarget, index: int) -> tuple[float, float]:
    """Between which x a dragged point `index` may be; where it is now always is."""
    points = target.points
    here = points[index][0]
    left, right = -MAX_ABSCISSA, MAX_ABSCISSA
    gap = _NEAREST * (target.high - target.low)
    if 0 < index < len(points) - 1:
        # Where points are dense, a quarter of the room for each side.
        gap = min(gap, (points[index + 1][0] - points[index - 1][0]) / 4)
    # A domain narrower than this is not one.
    gap = max(gap, 4e-9 * max(abs(here), 1e-3)) if index in (0, len(points) - 1) else gap
    if index > 0:
        left = points[index - 1][0] + gap
    elif target.low == here:
        right = target.high - gap
    if index + 1 < len(points):
        right = min(right, points[index + 1][0] - gap)
    elif target.high == here:
        left = max(left, target.low + gap)
    return min(left, here), max(right, here)
