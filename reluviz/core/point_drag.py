"""A target's point in the hand: where it may go, and the line that goes with it."""

from __future__ import annotations

import numpy as np

from reluviz.core.arrays import FloatArray
from reluviz.core.point_editing import moved_place, with_moved_point
from reluviz.core.point_list import Point
from reluviz.core.snap import Snapped
from reluviz.core.target import PointsTarget, polyline_on


class PointDrag:
    """Point `index` of `target` on its way: what `with_moved_point` makes of it, without a new target for every move.

    Raises IndexError for a missing point.
    """

    def __init__(self, target: PointsTarget, index: int) -> None:
        self.target = target
        self.index = index
        self.place: Point = target.points[index]
        self._points = target.array.copy()

    def move(self, x: float, y: float) -> Point:
        """Towards (x, y), as far as the neighbours let it. Returns where it is now; raises ValueError for NaN."""
        self.place = moved_place(self.target, self.index, x, y)
        self._points[self.index] = self.place
        return self.place

    def polyline(self) -> FloatArray:
        """The target's line as it is now, on the domain as it would be, shape (m, 2)."""
        points, target = self._points, self.target
        low = float(points[0, 0]) if target.low == target.points[0][0] else target.low
        high = float(points[-1, 0]) if target.high == target.points[-1][0] else target.high
        return polyline_on(points, low, high)

    def segments(self) -> FloatArray:
        """The point where it is now between its neighbours, shape (2 or 3, 2)."""
        return self._points[max(0, self.index - 1) : self.index + 2].copy()

    def levels(self) -> FloatArray:
        """What to snap to, shape (1 or 2, 2): the neighbours' heights, not their x, which is taken."""
        points, index = self.target.points, self.index
        beside = [points[i][1] for i in (index - 1, index + 1) if 0 <= i < len(points)]
        return np.column_stack((np.full(len(beside), np.inf), beside))

    def note(self, wanted: Snapped) -> str:
        """What the point on its way to `wanted` has snapped to, or what stops it; "" for nothing."""
        x, y = self.place
        points, index = self.target.points, self.index
        if x < wanted.x:
            return f"stops at point {index + 2}" if index + 1 < len(points) else "stops here"
        if x > wanted.x:
            return f"stops at point {index}" if index > 0 else "stops here"
        if wanted.y_to == "point":
            beside = next(i for i in (index - 1, index + 1) if 0 <= i < len(points) and points[i][1] == y)
            return f"level with point {beside + 1}"
        on_grid = [axis for axis, to in (("x", wanted.x_to), ("y", wanted.y_to)) if to == "grid"]
        return f"{' and '.join(on_grid)} on the grid" if on_grid else ""

    def moved(self) -> PointsTarget:
        """The target with the point where it is now."""
        return with_moved_point(self.target, self.index, *self.place)
