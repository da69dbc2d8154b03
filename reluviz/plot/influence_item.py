"""What a parameter moves: the part of the domain, and of the output on it, that hangs on it."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QLineF, QRectF
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QGraphicsObject

from reluviz.core.arrays import FloatArray
from reluviz.core.influence import moved_interval
from reluviz.core.network import Network
from reluviz.core.parameter import OUTPUT_BIAS, Parameter
from reluviz.core.picture import Picture
from reluviz.plot.curve_item import seen_vertices
from reluviz.plot.layer import Layer
from reluviz.plot.polyline import drawable
from reluviz.plot.projection import Projection
from reluviz.plot.strokes import blended, draw_polyline, pen

HALO_WIDTH = 17.0
# How much of the colour there is: never so much that target or output lose their edge on it.
_BAND, _EDGE, _HALO = 0.08, 0.45, 0.3
_BAND_ON_DARK, _HALO_ON_DARK = 0.12, 0.42


def part_of(polyline: FloatArray, low: float, high: float) -> FloatArray:
    """The part of a polyline of shape (m, 2), x ascending, that lies on [low, high]."""
    x, y = polyline.T
    at = np.concatenate(([low], x[(x > low) & (x < high)], [high]))
    with np.errstate(invalid="ignore"):
        return np.column_stack((at, np.interp(at, x, y)))


class InfluenceItem(Layer):
    """A light band over what one parameter moves, and a halo along the output there. Nothing where it moves nothing."""

    def __init__(self, parent: QGraphicsObject, z: float) -> None:
        super().__init__(parent, z)
        self._network: Network | None = None
        self._low, self._high = -1.0, 1.0
        self._parameter: Parameter | None = None
        self._with_halo = True

    @property
    def parameter(self) -> Parameter | None:
        return self._parameter

    def set_parameter(self, parameter: Parameter | None) -> None:
        """Whose influence to show, None for nobody's."""
        if parameter != self._parameter:
            self._parameter = parameter
            self.update()

    def set_picture(self, picture: Picture) -> None:
        """Without an output on show there is no halo along it."""
        self._with_halo = picture.output
        self.update()

    def set_domain(self, low: float, high: float) -> None:
        self._low, self._high = low, high
        self.update()

    def show_network(self, network: Network) -> None:
        self._network = network
        if self._parameter is not None:
            self.update()

    def interval(self) -> tuple[float, float] | None:
        """What is shaded of the x axis, None for nothing."""
        network, parameter = self._network, self._parameter
        if network is None or parameter is None or not _exists(network, parameter):
            return None
        return moved_interval(network, parameter, self._low, self._high)

    def draw(self, painter: QPainter, projection: Projection) -> None:
        interval = self.interval()
        if interval is None or self._parameter is None or self._network is None:
            return
        colour = self.look.colour_of(self._parameter)
        self._draw_band(painter, projection, interval, QColor(colour))
        if not self._with_halo:
            return
        line = seen_vertices(self._network, self._low, self._high, projection)
        output = part_of(line, max(interval[0], line[0, 0]), min(interval[1], line[-1, 0]))
        palette = self.look.palette
        halo = blended(colour, palette.plot, 1.0 - (_HALO_ON_DARK if palette.is_dark else _HALO)).name()
        draw_polyline(painter, drawable(output, projection), projection, halo, HALO_WIDTH * self.look.scale)

    def _draw_band(
        self, painter: QPainter, projection: Projection, interval: tuple[float, float], colour: QColor
    ) -> None:
        left, right = (float(x) for x in np.clip(projection.x(interval), projection.left, projection.right))
        band = QColor(colour)
        band.setAlphaF(_BAND_ON_DARK if self.look.palette.is_dark else _BAND)
        painter.fillRect(QRectF(left, projection.top, right - left, projection.height), band)
        # So light a band ends without a line unseen, on a projector more than on a screen.
        edge = QColor(colour)
        edge.setAlphaF(_EDGE)
        painter.setPen(pen(edge, self.look.scale))
        for at, x, end in ((interval[0], left, self._low), (interval[1], right, self._high)):
            if at != end and projection.left < x < projection.right:
                painter.drawLine(QLineF(x, projection.top, x, projection.bottom))


def _exists(network: Network, parameter: Parameter) -> bool:
    return parameter == OUTPUT_BIAS or parameter.neuron < network.neurons
