"""The rays that stand out, drawn on top of what is between."""

from __future__ import annotations

import numpy as np
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsObject

from reluviz.core.arrays import FloatArray
from reluviz.core.network import Network
from reluviz.core.picture import Picture, Rays
from reluviz.plot.layer import Layer
from reluviz.plot.look import Look
from reluviz.plot.polyline import clipped, segments_of
from reluviz.plot.projection import Projection
from reluviz.plot.ray_item import ray_polylines
from reluviz.plot.seen_part import seen_part
from reluviz.plot.strokes import draw_segments, pen

HIGHLIGHT_WIDTH = 4.0


def paint_highlight(painter: QPainter, points: FloatArray, projection: Projection, colour: str, look: Look) -> None:
    """Draw one ray, of shape (k, 2) in pixels, thick and with a rim that parts it from what lies below."""
    segments, _ = clipped(segments_of(points), projection, 2.0 * HIGHLIGHT_WIDTH * look.scale)
    for shade, width in ((look.palette.plot, HIGHLIGHT_WIDTH + 3.0), (colour, HIGHLIGHT_WIDTH)):
        painter.setPen(pen(shade, width * look.scale))
        draw_segments(painter, segments)


class HighlightItem(Layer):
    """The selected and the hovered neuron's rays, on top of everything but the handles."""

    def __init__(self, parent: QGraphicsObject, z: float) -> None:
        super().__init__(parent, z)
        self._network: Network | None = None
        self._low, self._high = -1.0, 1.0
        self._picture = Picture()
        self._neurons: tuple[int, ...] = ()

    def set_domain(self, low: float, high: float) -> None:
        self._low, self._high = low, high
        self.update()

    def show_network(self, network: Network) -> None:
        self._network = network
        if self._neurons:
            self.update()

    @property
    def neurons(self) -> tuple[int, ...]:
        """Whose rays are drawn, the last on top."""
        return self._neurons

    @property
    def is_shown(self) -> bool:
        """Whether there is a ray to draw."""
        return bool(self._neurons)

    def set_picture(self, picture: Picture) -> None:
        self._picture = picture
        self.update()

    def set_neurons(self, neurons: tuple[int, ...]) -> None:
        """Whose rays to draw, the last on top."""
        if neurons != self._neurons:
            self._neurons = neurons
            self.update()

    def draw(self, painter: QPainter, projection: Projection) -> None:
        if self._network is None or self._picture.rays is Rays.PARTIAL_SUMS:
            return
        seen = seen_part(self._network, self._low, self._high, projection)
        for j in self._neurons:
            if j < self._network.neurons and self._picture.shows(j):
                lines = ray_polylines(self._network, seen, self._picture, np.array([j]))
                points = projection.points(lines[0])
                paint_highlight(painter, points, projection, self.look.palette.neuron(j), self.look)
