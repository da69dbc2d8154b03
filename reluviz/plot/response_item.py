"""The strip along the bottom that says where on the domain a neuron is sensitive, saturated, or off."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import QGraphicsObject

from reluviz.core.network import Network
from reluviz.core.response import Response, Stretch, neuron_responses, response_word
from reluviz.plot.axes import plot_font
from reluviz.plot.layer import Layer
from reluviz.plot.projection import Projection
from reluviz.plot.strokes import blended, pen

_LETTERS = 12.0
# How much of the plot's ground there is in the neuron's colour.
_PALENESS = {Response.SENSITIVE: 0.62, Response.SATURATED: 0.86, Response.OFF: 1.0}


class ResponseItem(Layer):
    """One neuron's strip: its colour where it is sensitive, paler where it is saturated, empty where it is off."""

    def __init__(self, parent: QGraphicsObject, z: float) -> None:
        super().__init__(parent, z)
        self._network: Network | None = None
        self._low, self._high = -1.0, 1.0
        self._neuron: int | None = None

    def set_domain(self, low: float, high: float) -> None:
        self._low, self._high = low, high
        self.update()

    def show_network(self, network: Network) -> None:
        self._network = network
        if self._neuron is not None:
            self.update()

    def set_neuron(self, neuron: int | None) -> None:
        """Whose strip to show, None for none."""
        if neuron != self._neuron:
            self._neuron = neuron
            self.update()

    def stretches(self) -> list[Stretch]:
        """What is shown of the domain from left to right; nothing without a neuron."""
        network, neuron = self._network, self._neuron
        if network is None or neuron is None or neuron >= network.neurons:
            return []
        return neuron_responses(network, neuron, self._low, self._high)

    @property
    def height(self) -> float:
        """How many pixels high the strip is."""
        return QFontMetricsF(plot_font(self.look.scale, _LETTERS)).height() + 2.0 * self.look.scale

    def draw(self, painter: QPainter, projection: Projection) -> None:
        network, neuron = self._network, self._neuron
        stretches = self.stretches()
        if network is None or neuron is None or not stretches:
            return
        palette, scale = self.look.palette, self.look.scale
        colour = palette.neuron(neuron)
        painter.setFont(plot_font(scale, _LETTERS))
        metrics = QFontMetricsF(painter.font())
        for stretch in stretches:
            left, right = (float(x) for x in projection.x([stretch.low, stretch.high]))
            left, right = max(left, projection.left), min(right, projection.right)
            if right <= left:
                continue
            place = QRectF(left, projection.bottom - self.height, right - left, self.height)
            painter.fillRect(place, blended(colour, palette.plot, _PALENESS[stretch.response]))
            word = response_word(network.activation, stretch.response)
            sensitive = stretch.response is Response.SENSITIVE
            painter.setPen(QColor(palette.text if sensitive else palette.muted))
            if metrics.horizontalAdvance(word) + 6.0 * scale <= right - left:
                painter.drawText(place, Qt.AlignmentFlag.AlignCenter, word)
            for x in (left, right):
                painter.setPen(pen(colour, scale))
                painter.drawLine(QLineF(x, place.top(), x, place.bottom()))
        ends = [float(x) for x in projection.x([self._low, self._high])]
        painter.setPen(pen(colour, scale))
        top = projection.bottom - self.height
        painter.drawLine(QLineF(max(ends[0], projection.left), top, min(ends[1], projection.right), top))
