"""The residual ŷ − y: the area between output and target."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtGui import QPainter

from reluviz.core.arrays import FloatArray
from reluviz.core.network import Network
from reluviz.core.palette import Palette
from reluviz.core.picture import Picture
from reluviz.plot.area import fill_between
from reluviz.plot.curve_item import output_points
from reluviz.plot.drawn import Drawn
from reluviz.plot.layer import Layer
from reluviz.plot.polyline import clipped, drawable, lone_points
from reluviz.plot.projection import Projection
from reluviz.plot.strokes import blended, draw_segments, pen

_STEM_WIDTH = 2.0


def residual_alpha(palette: Palette) -> float:
    """How opaque the tints are, 0 to 1."""
    return 0.4 if palette.is_dark else 0.3


class DrawnResidual(Drawn):
    """Filled in one tint where the output is above the target, in another where it is below. Off at first."""

    def __init__(self, *place: Any) -> None:
        super().__init__(*place)
        self._network: Network | None = None
        self._target: FloatArray = np.zeros((0, 2))
        self._target_points: FloatArray | None = None
        self._lone: FloatArray = np.zeros((0, 2))
        self._low, self._high = -1.0, 1.0
        self.draw_if(False)

    def set_domain(self, low: float, high: float) -> None:
        self._low, self._high = low, high
        self.redraw()

    def set_target(self, polyline: FloatArray) -> None:
        """The target's polyline, shape (m, 2), x ascending; rows that are not finite are gaps."""
        self._target = polyline
        self._target_points = None
        self.redraw()

    def show_network(self, network: Network) -> None:
        self._network = network
        self.redraw()

    def set_projection(self, projection: Projection) -> None:
        if projection != self._projection:
            self._target_points = None
        super().set_projection(projection)

    def set_picture(self, picture: Picture) -> None:
        self.draw_if(picture.residual)

    def draw(self, painter: QPainter, projection: Projection) -> None:
        if self._network is None:
            return
        if self._target_points is None:
            self._target_points = drawable(self._target, projection)
            self._lone = lone_points(self._target, projection)
        output = output_points(self._network, self._low, self._high, projection)
        palette = self.look.palette
        lines = output, self._target_points
        fill_between(painter, lines, projection, (palette.over, palette.under), residual_alpha(palette))
        self._draw_stems(painter, projection, output)

    def _draw_stems(self, painter: QPainter, projection: Projection, output: FloatArray) -> None:
        """From every point that stands alone to the output: between points there is no area to fill."""
        if len(self._lone) == 0 or len(output) == 0:
            return
        x, y = self._lone.T
        heights = np.interp(x, output[:, 0], output[:, 1], left=np.nan, right=np.nan)
        stems, kept = clipped(np.column_stack((x, y, x, heights)), projection, 2.0 * _STEM_WIDTH)
        # Up is a smaller number of pixels.
        is_over = (heights < y)[kept]
        palette = self.look.palette
        for colour, chosen in ((palette.over, is_over), (palette.under, ~is_over)):
            shade = blended(colour, palette.plot, 1.0 - 2.0 * residual_alpha(palette))
            painter.setPen(pen(shade, _STEM_WIDTH * self.look.scale))
            draw_segments(painter, stems[chosen])


class ResidualItem(DrawnResidual, Layer):
    """On the screen."""
