"""The target and the network's output."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsObject

from reluviz.core.arrays import FloatArray, frozen
from reluviz.core.network import Network
from reluviz.core.notation import count_text
from reluviz.core.picture import Picture, Rays
from reluviz.core.point_cloud import PointCloud
from reluviz.plot.axes import LegendEntry
from reluviz.plot.drawn import Drawn
from reluviz.plot.layer import Layer
from reluviz.plot.look import Look
from reluviz.plot.polyline import drawable, in_view, lone_points
from reluviz.plot.projection import Projection
from reluviz.plot.seen_part import seen_part
from reluviz.plot.strokes import draw_points, draw_polyline

TARGET_WIDTH = 5.0
OUTPUT_WIDTH = 3.0
# How large a point of the target is that stands alone; many are smaller, for the less they hide.
LONE_SIZE = 8.0
_SMALLER = ((2000, 2.0), (400, 4.0))
_LEGEND_DOT = 5.0
# So many samples are worth a word.
_MANY_SAMPLES = 100_000
# More points are drawn thinned.
MOST_POINTS = 12_000
# Among partial sums, which run along the output for a part of their way: they are to show beside it.
_THIN_WIDTH = 2.0


@lru_cache(maxsize=2)
def output_vertices(network: Network, low: float, high: float, tolerance: float | None) -> FloatArray:
    """`Network.vertices`, read-only: found once for all that draw them in one frame."""
    with np.errstate(all="ignore"):
        return frozen(network.vertices(low, high, tolerance))


def seen_vertices(network: Network, low: float, high: float, projection: Projection) -> FloatArray:
    """`output_vertices` of what is in view, as finely as it shows."""
    return output_vertices(network, *seen_part(network, low, high, projection))


@lru_cache(maxsize=2)
def output_points(network: Network, low: float, high: float, projection: Projection) -> FloatArray:
    """The output's polyline in pixels, shape (m, 2), read-only: found once for all that draw it in one frame."""
    return frozen(drawable(seen_vertices(network, low, high, projection), projection))


def paint_target(painter: QPainter, points: FloatArray, projection: Projection, look: Look) -> None:
    """Draw the target's polyline, of shape (m, 2) in pixels."""
    draw_polyline(painter, points, projection, look.palette.target, TARGET_WIDTH * look.scale)


def paint_output(
    painter: QPainter, points: FloatArray, projection: Projection, look: Look, width: float = OUTPUT_WIDTH
) -> None:
    """Draw the output's polyline, of shape (m, 2) in pixels."""
    draw_polyline(painter, points, projection, look.palette.output, width * look.scale)


class DrawnTarget(Drawn):
    """The target, from its polyline, with gaps and points that stand alone, or from its data."""

    def __init__(self, *place: Any) -> None:
        super().__init__(*place)
        self._label = ""
        self._samples = 0
        self._cloud: PointCloud | None = None
        self._stride = 1
        self._polyline: FloatArray = np.zeros((0, 2))
        self._points: FloatArray = np.zeros((0, 2))
        self._lone: FloatArray = np.zeros((0, 2))

    @property
    def polyline(self) -> FloatArray:
        """What is drawn, or of very many data so many that they show where all are."""
        return self._polyline

    def show_target(self, target: npt.ArrayLike | PointCloud, label: str) -> bool:
        """Show a polyline, shape (m, 2), x ascending, or data, called `label`. Whether there is another line now."""
        self._label = label
        if isinstance(target, PointCloud):
            if target is self._cloud:
                return False
            self.set_polyline(target.outline(), target)
            return True
        points = np.asarray(target, dtype=np.float64).reshape(-1, 2)
        if self._cloud is None and np.array_equal(points, self._polyline, equal_nan=True):
            return False
        self.set_polyline(points)
        return True

    def set_polyline(self, polyline: FloatArray, cloud: PointCloud | None = None) -> None:
        """A line to draw; or `cloud`, then `polyline` stands for it elsewhere."""
        self._polyline, self._cloud = polyline, cloud
        self._find_points()

    def set_sample_count(self, samples: int) -> None:
        """How many samples on it are drawn as nothing but the line: the legend tells of many."""
        self._samples = samples

    def legend(self) -> LegendEntry:
        """What it is; where not all points are drawn, how many are."""
        colour = self.look.palette.target
        if self._cloud is None:
            count = f"{count_text(self._samples)} samples" if self._samples >= _MANY_SAMPLES else ""
            said = f" ({count}, drawn as a line)" if count else ""
            short = f"target ({count})" if count else "target"
            return LegendEntry(f"target {self._label}{said}".strip(), colour, TARGET_WIDTH, short)
        some = f" (1 point in {count_text(self._stride)} drawn)" if self._stride > 1 else ""
        short = f"data (1 in {count_text(self._stride)})" if self._stride > 1 else "data"
        return LegendEntry(f"data {self._label}{some}", colour, max(self._lone_size, _LEGEND_DOT), short, mark="dot")

    def set_projection(self, projection: Projection) -> None:
        if projection != self._projection:
            super().set_projection(projection)
            self._find_points()

    def draw(self, painter: QPainter, projection: Projection) -> None:
        paint_target(painter, self._points, projection, self.look)
        draw_points(painter, self._lone, self.look.palette.target, self._lone_size * self.look.scale)

    @property
    def _lone_size(self) -> float:
        return next((size for many, size in _SMALLER if len(self._lone) > many), LONE_SIZE)

    def _find_points(self) -> None:
        projection = self._projection
        self._stride = 1
        if projection is not None and self._cloud is not None:
            points, self._stride = self._cloud.between(projection.x_low, projection.x_high, MOST_POINTS)
            self._points, self._lone = np.zeros((0, 2)), in_view(projection.points(points), projection)
        elif projection is not None:
            self._points = drawable(self._polyline, projection)
            self._lone = lone_points(self._polyline, projection)
        self.redraw()


class TargetItem(DrawnTarget, Layer):
    """On the screen. It is stroked once, and copied from a pixmap until it or the view changes."""

    thinned = Signal()
    """Each point that is drawn stands for more or fewer than before."""

    def __init__(self, parent: QGraphicsObject, z: float) -> None:
        super().__init__(parent, z)
        self._extent: QRectF | None = None
        self.setCacheMode(self.CacheMode.DeviceCoordinateCache)

    def boundingRect(self) -> QRectF:
        """Only as large as the line, for the less there is to copy."""
        if self._extent is None:
            return QRectF()
        margin = TARGET_WIDTH * self.look.scale
        return self._extent.adjusted(-margin, -margin, margin, margin) & super().boundingRect()

    def _find_points(self) -> None:
        self.prepareGeometryChange()
        stride = self._stride
        super()._find_points()
        # Asked for several times in every frame.
        self._extent = _extent(np.concatenate((self._points, self._lone)))
        if stride != self._stride:
            self.thinned.emit()


def _extent(points: FloatArray) -> QRectF | None:
    """The rectangle that holds all points of shape (m, 2); None where there are none."""
    if len(points) == 0:
        return None
    (left, top), (right, bottom) = np.nanmin(points, axis=0), np.nanmax(points, axis=0)
    return QRectF(QPointF(left, top), QPointF(right, bottom))


class DrawnOutput(Drawn):
    """The network's output, through its exact vertices."""

    def __init__(self, *place: Any) -> None:
        super().__init__(*place)
        self._network: Network | None = None
        self._low, self._high = -1.0, 1.0
        self._width = OUTPUT_WIDTH

    def set_domain(self, low: float, high: float) -> None:
        self._low, self._high = low, high
        self.redraw()

    def show_network(self, network: Network) -> None:
        self._network = network
        self.redraw()

    def set_picture(self, picture: Picture) -> None:
        self._width = _THIN_WIDTH if picture.rays is Rays.PARTIAL_SUMS else OUTPUT_WIDTH
        self.draw_if(picture.output)
        self.redraw()

    def draw(self, painter: QPainter, projection: Projection) -> None:
        if self._network is None:
            return
        points = output_points(self._network, self._low, self._high, projection)
        paint_output(painter, points, projection, self.look, self._width)


class OutputItem(DrawnOutput, Layer):
    """On the screen."""
