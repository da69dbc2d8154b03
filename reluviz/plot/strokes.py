"""Stroking many lines quickly.

Qt strokes antialiased segments with square or flat caps straight into the raster, and everything else (joins, round
caps, transforms that scale unevenly) by building outlines first, which is up to thirty times as slow. So lines are
drawn in device coordinates, and as separate segments where they are too many for joins.
"""

from __future__ import annotations

from pyqtgraph.Qt import internals
from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QColor, QPaintEngine, QPainter, QPainterPath, QPen

from reluviz.core.arrays import FloatArray
from reluviz.plot.joints import joined
from reluviz.plot.polyline import clipped, segments_of
from reluviz.plot.projection import Projection

_MOST_ROUND = 2000


def draws_pixels(painter: QPainter) -> bool:
    """Whether the painter draws pixels at all, and not shapes into a file."""
    return painter.paintEngine().type() == QPaintEngine.Type.Raster


def pen(colour: QColor | str, width: float, dashes: list[float] | None = None) -> QPen:
    """A pen that Qt strokes fast; its square caps close the corners between segments."""
    made = QPen(QColor(colour), width)
    made.setCapStyle(Qt.PenCapStyle.SquareCap)
    if dashes:
        made.setCapStyle(Qt.PenCapStyle.FlatCap)
        made.setDashPattern(dashes)
    return made


def draw_segments(painter: QPainter, segments: FloatArray) -> None:
    """Stroke segments of shape (n, 4), finite and near the view, with the painter's pen."""
    if len(segments) == 0:
        return
    lines = internals.PrimitiveArray(QLineF, 4)
    lines.resize(len(segments))
    lines.ndarray()[:] = segments
    painter.drawLines(*lines.drawargs())


def draw_polyline(
    painter: QPainter,
    points: FloatArray,
    projection: Projection,
    colour: str,
    width: float,
    dashes: list[float] | None = None,
) -> None:
    """Stroke a polyline of shape (m, 2) in pixels, however far out of the view it runs; what is NaN is left out."""
    segments, _ = clipped(segments_of(points), projection, 2.0 * width)
    stroke = pen(colour, width, dashes)
    stroke.setCapStyle(Qt.PenCapStyle.FlatCap)
    if draws_pixels(painter) and not dashes:
        line = joined(segments, width)
        painter.setPen(stroke)
        draw_segments(painter, line.segments)
        draw_points(painter, line.dots, colour, width)
        return
    stroke.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    path = QPainterPath()
    for x0, y0, x1, y1 in segments.tolist():
        if path.elementCount() == 0 or path.currentPosition() != QPointF(x0, y0):
            path.moveTo(x0, y0)
        path.lineTo(x1, y1)
    painter.strokePath(path, stroke)


def draw_points(painter: QPainter, points: FloatArray, colour: str, size: float) -> None:
    """Draw points of shape (n, 2) in pixels, finite and in the view, as dots of `size` pixels across."""
    if len(points) == 0:
        return
    stroke = QPen(QColor(colour), size)
    # Round caps are outlines to fill: too slow for a cloud, in which no dot is seen for itself.
    stroke.setCapStyle(Qt.PenCapStyle.RoundCap if len(points) <= _MOST_ROUND else Qt.PenCapStyle.SquareCap)
    painter.setPen(stroke)
    dots = internals.PrimitiveArray(QPointF, 2)
    dots.resize(len(points))
    dots.ndarray()[:] = points
    painter.drawPoints(*dots.drawargs())


def blended(colour: str, ground: str, part: float) -> QColor:
    """`colour` with `part` (0 to 1) of `ground` in it: an opaque stand-in for transparency, which is slow."""
    one, two = QColor(colour), QColor(ground)
    return QColor.fromRgbF(
        one.redF() + (two.redF() - one.redF()) * part,
        one.greenF() + (two.greenF() - one.greenF()) * part,
        one.blueF() + (two.blueF() - one.blueF()) * part,
    )
