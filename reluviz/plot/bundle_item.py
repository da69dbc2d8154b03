"""The bundle of outputs under random changes of one neuron or one parameter."""

from __future__ import annotations

import numpy as np
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsObject

from reluviz.core.arrays import FloatArray
from reluviz.core.network import Network
from reluviz.core.parameter import OUTPUT_BIAS
from reluviz.core.perturbation import Shake, bundle
from reluviz.plot.curve_item import seen_vertices
from reluviz.plot.layer import Layer
from reluviz.plot.polyline import clipped, drawable, segments_of
from reluviz.plot.projection import Projection
from reluviz.plot.strokes import blended, draw_segments, pen

BUNDLE_WIDTH = 1.2
MOST_OUTPUTS, FEWEST_OUTPUTS = 40, 10

# Together the outputs have at most about so many corners: what can be stroked beside the rays within a frame.
_MOST_CORNERS = 4000
_TOLERANCE = 0.5

# How much ground there is in the colour, of the outermost and of the innermost outputs. Strokes that are truly
# translucent take four times as long.
_PALEST, _STRONGEST = 0.76, 0.4
_PALEST_ON_DARK, _STRONGEST_ON_DARK = 0.62, 0.25
_TONES = 5

# Changes below so many pixels are not to be seen.
_STILL = 0.05


class BundleItem(Layer):
    """Where the output would go: thin, the outermost ones palest, and only where they leave the output."""

    def __init__(self, parent: QGraphicsObject, z: float) -> None:
        super().__init__(parent, z)
        self._network: Network | None = None
        self._low, self._high = -1.0, 1.0
        self._shake: Shake | None = None
        self._tones: list[FloatArray] | None = None

    @property
    def shake(self) -> Shake | None:
        return self._shake

    def set_shake(self, shake: Shake | None) -> None:
        """What to shake and how much, None for no bundle."""
        if shake != self._shake:
            self._shake = shake
            self._changed()

    def set_domain(self, low: float, high: float) -> None:
        self._low, self._high = low, high
        self._changed()

    def show_network(self, network: Network) -> None:
        self._network = network
        if self._shake is not None:
            self._changed()

    def set_projection(self, projection: Projection) -> None:
        super().set_projection(projection)
        self._changed()

    def draw(self, painter: QPainter, projection: Projection) -> None:
        if self._shake is None or not self._shake.parameters:
            return
        colour, palette = self.look.colour_of(next(iter(self._shake.parameters))), self.look.palette
        ends = (_PALEST_ON_DARK, _STRONGEST_ON_DARK) if palette.is_dark else (_PALEST, _STRONGEST)
        parts = np.linspace(*ends, _TONES)
        for segments, part in zip(self._current(projection), parts, strict=True):
            shade = blended(colour, palette.plot, float(part))
            painter.setPen(pen(shade, BUNDLE_WIDTH * self.look.scale))
            draw_segments(painter, segments)

    def _changed(self) -> None:
        self._tones = None
        self.update()

    def _current(self, projection: Projection) -> list[FloatArray]:
        """The segments of each tone, the outermost outputs' first, in pixels, shape (n, 4); found when needed."""
        if self._tones is None:
            self._tones = self._found(projection)
        return self._tones

    def _found(self, projection: Projection) -> list[FloatArray]:
        none = [np.zeros((0, 4))] * _TONES
        network, shake = self._network, self._shake
        if network is None or shake is None or not _exists(network, shake):
            return none
        points = drawable(seen_vertices(network, self._low, self._high, projection), projection, _TOLERANCE)
        if len(points) < 2:
            return none
        count = min(MOST_OUTPUTS, max(FEWEST_OUTPUTS, _MOST_CORNERS // len(points)))
        found = bundle(network, shake, count, projection.data_points(points))
        pixels = projection.points(np.stack((found.x, found.y), axis=-1))
        with np.errstate(invalid="ignore"):
            away = np.abs(found.moved) * (projection.height / (projection.y_high - projection.y_low))
            order = np.argsort(-np.nan_to_num(away).sum(axis=1), kind="stable")
            leaves = (away[:, 1:] > _STILL) | (away[:, :-1] > _STILL)
        margin = 2.0 * BUNDLE_WIDTH * self.look.scale
        tones = np.array_split(order, _TONES)
        return [clipped(segments_of(pixels[rows])[leaves[rows].ravel()], projection, margin)[0] for rows in tones]


def _exists(network: Network, shake: Shake) -> bool:
    return all(p == OUTPUT_BIAS or p.neuron < network.neurons for p in shake.parameters)
