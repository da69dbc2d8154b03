"""The output built up: b0, then one contribution after the other, the newest one bending the sum."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from PySide6.QtGui import QColor, QPainter, QPen

from reluviz.core.arrays import FloatArray, IntArray
from reluviz.core.network import Network
from reluviz.core.ordering import MAX_PARTIAL_SUMS, order_of, partial_sum_polyline
from reluviz.core.palette import Palette
from reluviz.core.picture import Picture, Rays
from reluviz.plot.area import fill_between
from reluviz.plot.curve_item import output_vertices
from reluviz.plot.drawn import Drawn
from reluviz.plot.layer import Layer
from reluviz.plot.polyline import clipped, distances, drawable, segments_of
from reluviz.plot.projection import Projection
from reluviz.plot.seen_part import SeenPart, seen_part
from reluviz.plot.segment_sheet import SegmentSheet
from reluviz.plot.strokes import blended, draw_polyline, draw_segments, pen

NEWEST_WIDTH = 5.0
BEFORE_WIDTH = 2.5
EARLIER_WIDTH = 1.5
_DASHES = [3.0, 2.0]
_PALER = 0.45
_WEDGE_ALPHA = 0.28

# What the sum without any contribution, b0 alone, has in place of its newest neuron.
NO_NEURON = -1

# More segments than this are stroked faster on a sheet of their own.
_MOST_STROKED_DIRECTLY = 300


@dataclass(frozen=True, eq=False)
class SumLine:
    """One partial sum in pixels, shape (k, 2), and the neuron that was added last in it, or NO_NEURON."""

    points: FloatArray
    neuron: int


@dataclass(frozen=True, eq=False)
class SumLines:
    """The newest sum, the one before it (None before b0), and the earlier ones, as segments of shape (m, 4).

    `earlier_neuron`, of shape (m,), says whose each segment is.
    """

    newest: SumLine
    before: SumLine | None
    earlier: FloatArray
    earlier_neuron: IntArray


def sum_lines(network: Network, low: float, high: float, projection: Projection, picture: Picture) -> SumLines:
    """The partial sums on [low, high] that `picture` has, up to the newest.

    Of earlier ones those of hidden neurons are left out, and all where there are more than MAX_PARTIAL_SUMS neurons.
    """
    order = order_of(network, picture.order)
    m = network.neurons if picture.added is None else min(picture.added, network.neurons)
    last = np.concatenate(([NO_NEURON], order[:m]))
    few = network.neurons <= MAX_PARTIAL_SUMS
    seen = seen_part(network, low, high, projection)
    lines = _all_sums(network, order, m, seen) if few else _last_two(network, order, m, seen)
    newest = SumLine(drawable(lines[-1], projection), int(last[-1]))
    before = SumLine(drawable(lines[-2], projection), int(last[-2])) if m > 0 else None
    shown = [k for k in range(m - 1) if last[k] == NO_NEURON or picture.shows(int(last[k]))] if few else []
    if not shown:
        return SumLines(newest, before, np.zeros((0, 4)), np.zeros(0, dtype=np.int64))
    points = projection.points(np.stack([lines[k] for k in shown]))
    segments, kept = clipped(segments_of(points), projection, 2.0 * EARLIER_WIDTH)
    return SumLines(newest, before, segments, np.repeat(last[shown], points.shape[1] - 1)[kept])


def _all_sums(network: Network, order: IntArray, m: int, seen: SeenPart) -> list[FloatArray]:
    """Those of 0 to `m` contributions, all at the output's corners: there every one of them is exact."""
    x = output_vertices(network, *seen)[:, 0]
    with np.errstate(all="ignore"):
        return [np.column_stack((x, heights)) for heights in network.partial_sums(x, order)[: m + 1]]


def _last_two(network: Network, order: IntArray, m: int, seen: SeenPart) -> list[FloatArray]:
    with np.errstate(all="ignore"):
        return [partial_sum_polyline(network, order, k, *seen) for k in range(max(0, m - 1), m + 1)]


def sum_colour(palette: Palette, neuron: int) -> str:
    """The colour of the sum whose newest neuron is `neuron`; b0 alone is nobody's."""
    return palette.muted if neuron == NO_NEURON else palette.neuron(neuron)


class DrawnSums(Drawn):
    """The partial sums of a network, shown in the picture's view of them alone."""

    def __init__(self, *place: Any) -> None:
        super().__init__(*place)
        self._network: Network | None = None
        self._low, self._high = -1.0, 1.0
        self._picture = Picture()
        self._highlighted: tuple[int, ...] = ()
        self._lines: SumLines | None = None
        self._sheet = SegmentSheet()
        self.draw_if(False)

    def set_domain(self, low: float, high: float) -> None:
        self._low, self._high = low, high
        self._changed()

    def show_network(self, network: Network) -> None:
        self._network = network
        self._changed()

    def set_picture(self, picture: Picture) -> None:
        self._picture = picture
        self.draw_if(picture.rays is Rays.PARTIAL_SUMS)
        self._changed()

    def set_projection(self, projection: Projection) -> None:
        super().set_projection(projection)
        self._changed()

    def set_neurons(self, neurons: tuple[int, ...]) -> None:
        """Whose sums stand out."""
        self._highlighted = neurons
        self.redraw()

    def neuron_at(self, x: float, y: float, reach: float) -> int | None:
        """The neuron added last in the sum nearest to a pixel of the view, None if none is within `reach` pixels."""
        lines = self._current()
        if lines is None:
            return None
        found = [(lines.earlier, lines.earlier_neuron)]
        for line in (lines.before, lines.newest):
            if line is not None:
                segments = segments_of(line.points)
                found.append((segments, np.full(len(segments), line.neuron)))
        away = np.concatenate([distances(segments, x, y) for segments, _ in found])
        # Where sums run together, the one that is drawn on top is found.
        away, neuron = away[::-1], np.concatenate([neuron for _, neuron in found])[::-1]
        if len(away) == 0 or np.min(away) > reach:
            return None
        nearest = int(neuron[int(np.argmin(away))])
        return None if nearest == NO_NEURON else nearest

    def draw(self, painter: QPainter, projection: Projection) -> None:
        lines = self._current()
        if lines is None:
            return
        self._draw_earlier(painter, projection, lines)
        newest, before, scale = lines.newest, lines.before, self.look.scale
        colour = sum_colour(self.look.palette, newest.neuron)
        if before is not None:
            wedge = newest.points, before.points
            fill_between(painter, wedge, projection, (colour, colour), _WEDGE_ALPHA)
            quiet = sum_colour(self.look.palette, before.neuron)
            width = BEFORE_WIDTH * (1.6 if before.neuron in self._highlighted else 1.0)
            draw_polyline(painter, before.points, projection, quiet, width * scale, _DASHES)
        draw_polyline(painter, newest.points, projection, colour, NEWEST_WIDTH * scale)

    def _draw_earlier(self, painter: QPainter, projection: Projection, lines: SumLines) -> None:
        strokes = list(self._strokes(lines))
        if len(lines.earlier) > _MOST_STROKED_DIRECTLY and self._sheet.serves(painter, projection):
            self._sheet.paint(painter, projection, strokes)
            return
        for stroke, segments in strokes:
            painter.setPen(stroke)
            draw_segments(painter, segments)

    def _strokes(self, lines: SumLines) -> Iterator[tuple[QPen, FloatArray]]:
        """Pens and segments, colour by colour, those that stand out last."""
        palette, scale = self.look.palette, self.look.scale
        stands_out = np.isin(lines.earlier_neuron, self._highlighted)
        quiet = np.unique(lines.earlier_neuron[~stands_out]).tolist()
        for neuron in (*quiet, *(j for j in self._highlighted if j not in quiet)):
            ours = lines.earlier[lines.earlier_neuron == neuron]
            if neuron in self._highlighted:
                yield pen(QColor(sum_colour(palette, neuron)), 2.0 * EARLIER_WIDTH * scale), ours
            else:
                shade = blended(sum_colour(palette, neuron), palette.plot, _PALER)
                yield pen(shade, EARLIER_WIDTH * scale), ours

    def _current(self) -> SumLines | None:
        """Made when needed and kept until something changes."""
        if self._lines is None and self._network is not None and self._projection is not None:
            self._lines = sum_lines(self._network, self._low, self._high, self._projection, self._picture)
        return self._lines

    def _changed(self) -> None:
        self._lines = None
        self.redraw()


class PartialSumItem(DrawnSums, Layer):
    """On the screen."""
