"""The output as it was before the hand took hold of it."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath
from PySide6.QtWidgets import QGraphicsObject

from reluviz.core.network import Network
from reluviz.core.picture import Picture
from reluviz.plot.drawn import Drawn
from reluviz.plot.layer import Layer
from reluviz.plot.look import Look
from reluviz.plot.polyline import clipped, drawable, segments_of
from reluviz.plot.projection import Projection
from reluviz.plot.seen_part import seen_part
from reluviz.plot.strokes import blended, pen

GHOST_WIDTH = 2.0
_DASHES = [5.0, 3.5]
_TOLERANCE = 0.5


def ghost_colour(look: Look) -> str:
    """The output's colour, stepped back."""
    return blended(look.palette.output, look.palette.plot, 0.35).name()


class DrawnGhost(Drawn):
    """One network's output, dashed."""

    def __init__(self, *place: Any) -> None:
        super().__init__(*place)
        self._network: Network | None = None
        self._low, self._high = -1.0, 1.0
        self._path: QPainterPath | None = None
        self._has_output = True
        self.draw_if(False)

    @property
    def network(self) -> Network | None:
        """Whose output is kept, None while there is no ghost."""
        return self._network

    def set_network(self, network: Network | None) -> None:
        """Keep the output of `network`, None for no more ghost."""
        if network is not self._network:
            self._network = network
            self._changed()
            self.draw_if(self._has_output and network is not None)

    def set_picture(self, picture: Picture) -> None:
        """Without an output on show the one before is not on show either."""
        self._has_output = picture.output
        self.draw_if(self._has_output and self._network is not None)

    def set_domain(self, low: float, high: float) -> None:
        self._low, self._high = low, high
        self._changed()

    def set_projection(self, projection: Projection) -> None:
        if projection != self._projection:
            super().set_projection(projection)
            self._changed()

    def set_look(self, look: Look) -> None:
        super().set_look(look)
        self._changed()

    def draw(self, painter: QPainter, projection: Projection) -> None:
        stroke = pen(self.colour(), GHOST_WIDTH * self.look.scale, _DASHES)
        stroke.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.strokePath(self._line(), stroke)

    def colour(self) -> str:
        return ghost_colour(self.look)

    def _changed(self) -> None:
        self._path = None
        self.redraw()

    def _line(self) -> QPainterPath:
        """Found when needed and kept until something changes."""
        if self._path is None:
            self._path = QPainterPath()
            if self._network is not None and self._projection is not None:
                with np.errstate(all="ignore"):
                    vertices = self._network.vertices(
                        *seen_part(self._network, self._low, self._high, self._projection)
                    )
                points = drawable(vertices, self._projection, _TOLERANCE)
                segments, _ = clipped(segments_of(points), self._projection, 4.0 * GHOST_WIDTH)
                for x0, y0, x1, y1 in segments.tolist():
                    if self._path.elementCount() == 0 or self._path.currentPosition() != QPointF(x0, y0):
                        self._path.moveTo(x0, y0)
                    self._path.lineTo(x1, y1)
        return self._path


class GhostItem(DrawnGhost, Layer):
    """On the screen. It stands still while the hand moves: it is stroked once and copied from there."""

    def __init__(self, parent: QGraphicsObject, z: float) -> None:
        super().__init__(parent, z)
        self.setCacheMode(self.CacheMode.DeviceCoordinateCache)

    def boundingRect(self) -> QRectF:
        """Only as large as the line, for the less there is to copy."""
        margin = 2.0 * GHOST_WIDTH * self.look.scale
        around = self._line().boundingRect().adjusted(-margin, -margin, margin, margin)
        return around & super().boundingRect()

    def _changed(self) -> None:
        self.prepareGeometryChange()
        super()._changed()
