"""Lines in device coordinates: cut at the view, thinned to what pixels can show, and how far the mouse is from them."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from reluviz.core.arrays import BoolArray, FloatArray
from reluviz.plot.projection import Projection

# Beyond this many points a polyline is first reduced to its extremes in every half pixel.
_MANY_POINTS = 4096
# Up to here a line is thinned point by point. Before, straight runs of these lengths are looked for all at once; a line
# of more than so many points after that is a thicket.
_FEW_POINTS = 64
_RUNS = (16, 4)
_THICKET = 400
# A step to the side of less than this is a vertical line.
_VERTICAL = 1e-6
# In a cloud of points one for so many pixels each way shows all there is to see.
_CLOUD_CELL = 3.0
_GAP = np.full((1, 2), np.nan)


def segments_of(polylines: FloatArray) -> FloatArray:
    """The segments (x0, y0, x1, y1) of polylines of shape (n, k, 2) or (k, 2): shape (n·(k − 1), 4), in their order."""
    return np.concatenate((polylines[..., :-1, :], polylines[..., 1:, :]), axis=-1).reshape(-1, 4)


def clipped(segments: FloatArray, projection: Projection, margin: float) -> tuple[FloatArray, BoolArray]:
    """What lies within `margin` pixels of the view, by Liang and Barsky: shape (kept, 4), and which ones were kept.

    Segments that are not finite are left out.
    """
    left, right = projection.left - margin, projection.right + margin
    top, bottom = projection.top - margin, projection.bottom + margin
    within = (segments >= (left, top, left, top)) & (segments <= (right, bottom, right, bottom))
    if within.all():
        return segments, np.ones(len(segments), dtype=np.bool_)
    kept = np.isfinite(segments).all(axis=1)
    start, end = np.zeros(len(segments)), np.ones(len(segments))
    strips = []
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        for axis, low, high in ((0, left, right), (1, top, bottom)):
            origin, along = segments[:, axis], segments[:, axis + 2] - segments[:, axis]
            entry, leave = np.where(along > 0, low, high), np.where(along > 0, high, low)
            strip = _Strip(origin, along, entry, (entry - origin) / along, leave, (leave - origin) / along)
            moves = along != 0
            kept &= moves | ((origin >= low) & (origin <= high))
            start = np.where(moves, np.fmax(start, strip.enters_at), start)
            end = np.where(moves, np.fmin(end, strip.leaves_at), end)
            strips.append(strip)
        kept &= start <= end
        columns = [strip.at_start(start) for strip in strips] + [strip.at_end(end) for strip in strips]
    return np.column_stack(columns)[kept], kept


@dataclass(frozen=True, eq=False)
class _Strip:
    """Segments on one axis: where each comes into the strip that is in view and where it leaves it.

    `enters_at` and `leaves_at` are parts of its length. A cut lies exactly on the strip's edge, also for ends so far
    out that their difference has lost its last digits.
    """

    origin: FloatArray
    along: FloatArray
    entry: FloatArray
    enters_at: FloatArray
    leave: FloatArray
    leaves_at: FloatArray

    def at_start(self, part: FloatArray) -> FloatArray:
        return np.where((part == self.enters_at) & (part > 0), self.entry, self.origin + part * self.along)

    def at_end(self, part: FloatArray) -> FloatArray:
        return np.where((part == self.leaves_at) & (part < 1), self.leave, self.origin + part * self.along)


def merged_intervals(intervals: FloatArray) -> FloatArray:
    """The union of intervals of shape (n, 2) as intervals that do not touch, ascending."""
    if len(intervals) == 0:
        return intervals
    ordered = intervals[np.argsort(intervals[:, 0])]
    reach = np.maximum.accumulate(ordered[:, 1])
    first = np.concatenate(([True], ordered[1:, 0] > reach[:-1]))
    last = np.concatenate((first[1:], [True]))
    return np.column_stack((ordered[first, 0], reach[last]))


def distances(segments: FloatArray, x: float, y: float) -> FloatArray:
    """How far (x, y) is from each segment, shape (segments,)."""
    start, along = segments[:, :2], segments[:, 2:] - segments[:, :2]
    offset = np.array([x, y]) - start
    length = np.einsum("ij,ij->i", along, along)
    with np.errstate(divide="ignore", invalid="ignore"):
        part = np.nan_to_num(np.einsum("ij,ij->i", offset, along) / length)
    away = offset - np.clip(part, 0.0, 1.0)[:, None] * along
    return np.asarray(np.hypot(away[:, 0], away[:, 1]))


def drawable(polyline: FloatArray, projection: Projection, tolerance: float = 0.1) -> FloatArray:
    """A polyline of shape (m, 2), x ascending in data, as fewer points, in pixels, that draw it, shape (k, 2).

    No point of the line moves by more than `tolerance` pixels. Rows that are not finite are gaps between its pieces,
    and there is one row of NaN for each; what is out of the view, but for the nearest points, is left out.
    """
    shown = polyline[np.isfinite(polyline[:, 0])]
    first = max(int(np.searchsorted(shown[:, 0], projection.x_low)) - 1, 0)
    last = int(np.searchsorted(shown[:, 0], projection.x_high, side="right")) + 1
    shown = shown[first:last]
    points = projection.points(shown)
    points[~np.isfinite(shown).all(axis=1)] = np.nan
    if len(points) > _MANY_POINTS:
        points = _extremes(points)
    pieces = [simplified(piece, tolerance) for piece in pieces_of(points)]
    return np.concatenate([row for piece in pieces for row in (_GAP, piece)][1:]) if pieces else np.zeros((0, 2))


def in_view(points: FloatArray, projection: Projection) -> FloatArray:
    """Those of `points`, shape (m, 2) in pixels, that are in the view."""
    within = (points >= (projection.left, projection.top)) & (points <= (projection.right, projection.bottom))
    return np.asarray(points[within.all(axis=1)])


def lone_points(polyline: FloatArray, projection: Projection) -> FloatArray:
    """The points of a polyline that stand alone between two gaps, in pixels, shape (k, 2): those in the view, and of
    many no two in the same few pixels."""
    known = np.concatenate(([False], np.isfinite(polyline).all(axis=1), [False]))
    points = projection.points(polyline[known[1:-1] & ~known[:-2] & ~known[2:]])
    points = in_view(points, projection)
    if len(points) <= _MANY_POINTS:
        return points
    column, row = np.floor(points / _CLOUD_CELL).astype(np.int64).T
    _, kept = np.unique(column * (1 << 20) + row, return_index=True)
    return points[np.sort(kept)]


def pieces_of(points: FloatArray) -> list[FloatArray]:
    """The pieces, of two points or more, between rows of NaN."""
    gaps = np.flatnonzero(np.isnan(points[:, 1]))
    starts, ends = np.concatenate(([0], gaps + 1)), np.concatenate((gaps, [len(points)]))
    longer = ends - starts > 1
    return [points[a:b] for a, b in zip(starts[longer].tolist(), ends[longer].tolist(), strict=True)]


def _extremes(points: FloatArray) -> FloatArray:
    """First, lowest, highest and last point of each piece in every half pixel; these draw the same picture."""
    column = np.floor(points[:, 0] * 2.0)
    # A row of NaN is unlike itself and unlike its neighbours.
    starts = np.flatnonzero(np.concatenate(([True], column[1:] != column[:-1])))
    ends = np.append(starts[1:], len(points)) - 1
    x = points[starts, 0]
    top = np.column_stack((x, np.minimum.reduceat(points[:, 1], starts)))
    bottom = np.column_stack((x, np.maximum.reduceat(points[:, 1], starts)))
    rows = np.stack((points[starts], top, bottom, points[ends]), axis=1)
    # One point is written once: a point alone stays alone.
    needed = np.ones(rows.shape[:2], dtype=np.bool_)
    needed[ends == starts, 1:] = False
    return np.asarray(rows[needed])


def simplified(points: FloatArray, tolerance: float) -> FloatArray:
    """Points of shape (m, 2) without those that the line through the others passes within `tolerance` of, vertically.

    From each kept point the line may still go anywhere into a cone that narrows with every point passed; the point
    before the first one that misses the cone is kept.
    """
    if len(points) > _FEW_POINTS:
        points = _without_straight_runs(points, 0.5 * tolerance)
        if len(points) > _THICKET:
            # No piece of it is straight: the rest would take longer to find than to draw.
            return points
        tolerance *= 0.5
    if len(points) < 3:
        return points
    kept = [0]
    rows = points.tolist()
    x0, y0 = rows[0]
    low, high = -math.inf, math.inf
    for i in range(1, len(rows)):
        x, y = rows[i]
        slope = (y - y0) / (x - x0) if x - x0 > _VERTICAL else math.nan
        if not low <= slope <= high:
            # A vertical step keeps both its ends.
            if kept[-1] != i - 1:
                kept.append(i - 1)
            x0, y0 = rows[i - 1]
            low, high = -math.inf, math.inf
            if x - x0 <= _VERTICAL:
                kept.append(i)
                x0, y0 = x, y
                continue
        width = tolerance / (x - x0)
        slope = (y - y0) / (x - x0)
        low, high = max(low, slope - width), min(high, slope + width)
    kept.append(len(rows) - 1)
    return points[np.unique(kept)]


def _without_straight_runs(points: FloatArray, tolerance: float) -> FloatArray:
    """Without the points inside runs of some length that pass within `tolerance` of the line between the run's ends."""
    for length in _RUNS:
        runs = (len(points) - 1) // length
        if runs == 0:
            continue
        inside = points[: runs * length].reshape(runs, length, 2)
        start, end = inside[:, 0], points[length : runs * length + 1 : length]
        along = end - start
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            slope = np.where(along[:, 0] > _VERTICAL, along[:, 1] / along[:, 0], np.nan)
            off = (inside[..., 0] - start[:, :1]) * slope[:, None] + start[:, 1:] - inside[..., 1]
            is_straight = (np.abs(off) <= tolerance).all(axis=1)
        kept = np.ones(len(points), dtype=np.bool_)
        kept[: runs * length].reshape(runs, length)[is_straight, 1:] = False
        points = points[kept]
        tolerance *= 0.5
    return points
