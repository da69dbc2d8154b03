"""The place where output and target are furthest apart, marked."""

from __future__ import annotations

import math
from typing import Any

from PySide6.QtCore import QLineF
from PySide6.QtGui import QColor, QPainter, QPen

from reluviz.core.network import Network
from reluviz.core.notation import value_text
from reluviz.core.score import ErrorFinder, FitError
from reluviz.plot.drawn import Drawn
from reluviz.plot.layer import Layer
from reluviz.plot.projection import Projection
from reluviz.plot.value_tag import Tag, paint_tag

_WIDTH = 2.0
_HALO = 2.5
_HALF_CAP = 9.0
_LETTERS = 15.0
# A shorter bracket marks nothing that could be seen: with an exact fit it would jump about with the rounding.
_SHORTEST = 1e-3


class DrawnErrorMark(Drawn):
    """A bracket from target to output where |ŷ − y| is largest, with the number beside it.

    The error is sought when it is painted, once for each network.
    """

    def __init__(self, *place: Any) -> None:
        super().__init__(*place)
        self._network: Network | None = None
        self._finder: ErrorFinder | None = None
        self._found: FitError | None = None
        self.draw_if(False)

    def set_marked(self, marked: bool) -> None:
        """Whether there is a mark."""
        self.draw_if(marked)

    def set_target(self, finder: ErrorFinder) -> None:
        """What finds the error against the target, on its domain."""
        self._finder = finder
        self._found = None
        self.redraw()

    def show_network(self, network: Network) -> None:
        self._network = network
        self._found = None
        self.redraw()

    @property
    def error(self) -> FitError | None:
        """The error to mark; None before there is a network and a target."""
        if self._found is None and self._network is not None and self._finder is not None:
            self._found = self._finder.find(self._network)
        return self._found

    def draw(self, painter: QPainter, projection: Projection) -> None:
        error = self.error
        if error is None or not math.isfinite(error.largest):
            return
        x, output = projection.pixel(error.at_x, error.output_y)
        target = float(projection.y(error.target_y))
        if abs(output - target) < _SHORTEST or not projection.left <= x <= projection.right:
            return
        top, bottom = sorted((output, target))
        # Only what is in view: a painter's coordinates have their limits.
        upper, lower = max(top, projection.top), min(bottom, projection.bottom)
        if upper > lower:
            return
        lines = [QLineF(x, upper, x, lower)]
        half = _HALF_CAP * self.look.scale
        lines += [QLineF(x - half, y, x + half, y) for y in (top, bottom) if projection.top <= y <= projection.bottom]
        palette, scale = self.look.palette, self.look.scale
        for colour, width in ((palette.plot, _WIDTH + 2 * _HALO), (palette.text, _WIDTH)):
            painter.setPen(QPen(QColor(colour), width * scale))
            painter.drawLines(lines)
        tag = Tag(value_text(error.largest), "", palette.text, _LETTERS)
        paint_tag(painter, projection, (x, (upper + lower) / 2), tag, self.look)


class ErrorMarkItem(DrawnErrorMark, Layer):
    """On the screen."""
