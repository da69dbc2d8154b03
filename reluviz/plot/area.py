"""The area between two lines, cut at the view and filled."""

from __future__ import annotations

from itertools import product

import numpy as np
from pyqtgraph import functions
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter

from reluviz.core.arrays import FloatArray, IntArray
from reluviz.plot.polyline import pieces_of
from reluviz.plot.projection import Projection

# So far out of the view an edge is no longer seen, however wide the pens beside it.
_MARGIN = 20.0
_NOTHING: FloatArray = np.zeros((0, 2))


def areas_between(one: FloatArray, other: FloatArray, projection: Projection) -> tuple[FloatArray, FloatArray]:
    """Where `one` is drawn above `other`, and where below it: two outlines, each of shape (k, 2), empty if nothing is.

    Both lines have shape (m, 2), in pixels, finite, x ascending; where x repeats they jump. The areas end exactly where
    the lines cross. An outline runs along both lines from left to right and back, with no width where its area is none.
    """
    x = _common_x(one, other, projection)
    if len(x) < 2:
        return _NOTHING, _NOTHING
    top, bottom = projection.top - _MARGIN, projection.bottom + _MARGIN
    first, second = _ends(one, x), _ends(other, x)
    cuts = [_zero_of(first - second)]
    for edge in (top, bottom):
        cuts += [_zero_of(first - edge), _zero_of(second - edge)]
    # Every part of every interval, from one place where something is cut to the next.
    at = np.sort(np.column_stack((np.zeros(len(x) - 1), *cuts, np.ones(len(x) - 1))), axis=1)
    needed = np.diff(at, axis=1, prepend=-1.0) > 0.0
    across = (x[:-1, None] + at * np.diff(x)[:, None])[needed]
    line = np.clip(_along(first, at)[needed], top, bottom)
    ground = np.clip(_along(second, at)[needed], top, bottom)
    return _outline(across, np.minimum(line, ground), ground), _outline(across, np.maximum(line, ground), ground)


def fill_between(
    painter: QPainter,
    lines: tuple[FloatArray, FloatArray],
    projection: Projection,
    colours: tuple[str, str],
    alpha: float,
) -> None:
    """Fill where the first line is drawn above the second, and where below it, each with its colour.

    The lines as in `areas_between`, but that rows of NaN are gaps; `alpha` from 0 (nothing) to 1 (opaque).
    """
    for one, other in product(pieces_of(lines[0]), pieces_of(lines[1])):
        for outline, colour in zip(areas_between(one, other, projection), colours, strict=True):
            _fill(painter, outline, colour, alpha)


def _fill(painter: QPainter, outline: FloatArray, colour: str, alpha: float) -> None:
    if len(outline) < 3:
        return
    tint = QColor(colour)
    tint.setAlphaF(alpha)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tint)
    painter.drawPolygon(functions.arrayToQPolygonF(outline[:, 0], outline[:, 1]), Qt.FillRule.WindingFill)


def _common_x(one: FloatArray, other: FloatArray, projection: Projection) -> FloatArray:
    """Where either line has a point, in the view and on both lines, ends included; strictly ascending."""
    if min(len(one), len(other)) < 2:
        return np.zeros(0)
    left = max(one[0, 0], other[0, 0], projection.left - _MARGIN)
    right = min(one[-1, 0], other[-1, 0], projection.right + _MARGIN)
    if not left < right:
        return np.zeros(0)
    x = np.concatenate((one[:, 0], other[:, 0]))
    return np.unique(np.concatenate(([left, right], x[(x > left) & (x < right)])))


def _ends(line: FloatArray, x: FloatArray) -> FloatArray:
    """The line's heights at both ends of every interval of `x`, shape (len(x) − 1, 2): at a jump, from its own side."""
    before: IntArray = np.searchsorted(line[:, 0], x[:-1], side="right") - 1
    before = np.clip(before, 0, len(line) - 2)
    (x0, y0), (x1, y1) = line[before].T, line[before + 1].T
    with np.errstate(divide="ignore", invalid="ignore"):
        start, end = ((np.stack((x[:-1], x[1:])) - x0) / (x1 - x0)).clip(0.0, 1.0)
    return np.column_stack((y0 + start * (y1 - y0), np.where(end == 1.0, y1, y0 + end * (y1 - y0))))


def _zero_of(heights: FloatArray) -> FloatArray:
    """Which part of each interval has passed where the height crosses 0, shape (intervals,); 0 where it does not."""
    start, end = heights[:, 0], heights[:, 1]
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where((start < 0) != (end < 0), np.nan_to_num(start / (start - end)), 0.0).clip(0.0, 1.0)


def _along(heights: FloatArray, at: FloatArray) -> FloatArray:
    """The heights at the parts `at` of every interval, exact at both ends; the shape of `at`."""
    start, end = heights[:, :1], heights[:, 1:]
    return np.where(at == 1.0, end, start + at * (end - start))


def _outline(across: FloatArray, line: FloatArray, ground: FloatArray) -> FloatArray:
    if np.array_equal(line, ground):
        return _NOTHING
    # The fewer points, the sooner it is filled: where two intervals meet, one is enough, and where nothing lies between
    # the lines, the outline goes straight there and straight back.
    rows = np.column_stack((across, line, ground))
    rows = rows[np.concatenate(([True], np.any(rows[1:] != rows[:-1], axis=1)))]
    wide = np.concatenate(([False], rows[:, 1] != rows[:, 2], [False]))
    rows = rows[wide[:-2] | wide[1:-1] | wide[2:]]
    return np.concatenate((rows[:, :2], rows[::-1, ::2]))
