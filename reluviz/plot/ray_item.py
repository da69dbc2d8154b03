"""All rays, drawn as one item."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QGraphicsObject

from reluviz.core.arrays import BoolArray, FloatArray, IntArray
from reluviz.core.network import Network
from reluviz.core.palette import DASHES
from reluviz.core.picture import Picture, Rays
from reluviz.plot.drawn import Drawn
from reluviz.plot.kept_drawing import KeptDrawing
from reluviz.plot.layer import Layer
from reluviz.plot.look import Look
from reluviz.plot.polyline import clipped, distances, merged_intervals, segments_of
from reluviz.plot.projection import Projection
from reluviz.plot.seen_part import SeenPart, seen_part
from reluviz.plot.segment_sheet import SegmentSheet
from reluviz.plot.strokes import blended, draw_segments, pen

_DIMMED = 0.5

# More rays than this are drawn thinner and paler, so that target and output stay readable on top of them.
_FEW = 40
_PALER = 0.25

# More segments than this are stroked faster on a sheet of their own.
_MOST_STROKED_DIRECTLY = 300

# Dashes tell apart rays of one colour while they are few. Among more rays than this no eye follows a dash, and stroking
# them takes longer.
MOST_DASHED = 32
_DASH_PATTERNS: tuple[list[float] | None, ...] = (None, [6.0, 3.0], [2.0, 2.0], [8.0, 2.5, 2.0, 2.5])

# Within this many pixels of the zero line a segment counts as lying on it.
_FLAT = 0.25

_EVERYTHING = Picture()


@dataclass(frozen=True, eq=False)
class RaySegments:
    """All rays of a network in pixels, cut at the view.

    `segments` has shape (m, 4); `neuron` and `flat`, of shape (m,), say whose each is and whether it lies on the zero
    line. Of so many `neurons`, `drawn` are drawn.
    """

    segments: FloatArray
    neuron: IntArray
    flat: BoolArray
    neurons: int
    drawn: int

    def without(self, neuron: int) -> RaySegments:
        """All but one neuron's."""
        kept = self.neuron != neuron
        return replace(self, segments=self.segments[kept], neuron=self.neuron[kept], flat=self.flat[kept])


def same_rays(one: Network, other: Network, but: int | None = None) -> bool:
    """Whether both networks have the same rays, `but` for one neuron's."""
    if one.activation != other.activation or one.neurons != other.neurons:
        return False
    for name in ("hidden_weight", "hidden_bias", "output_weight"):
        differs = getattr(one, name) != getattr(other, name)
        if but is not None:
            differs[but] = False
        if differs.any():
            return False
    return True


def ray_width(neurons: int) -> float:
    """How thick each of so many rays is drawn, in pixels."""
    return 2.0 if neurons <= _FEW else 1.5


def ray_polylines(network: Network, seen: SeenPart, picture: Picture, neurons: IntArray) -> FloatArray:
    """The rays of `neurons` where they are seen, scaled or raw as `picture` has them, shape (len(neurons), k, 2)."""
    if len(neurons) == 0:
        return np.zeros((0, 2, 2))
    with np.errstate(all="ignore"):
        # All in their order are the network itself.
        part = network if len(neurons) == network.neurons else network.part(neurons)
        return part.contribution_polylines(seen.low, seen.high, raw=picture.rays is Rays.RAW, tolerance=seen.tolerance)


def ray_segments(
    network: Network, low: float, high: float, projection: Projection, picture: Picture = _EVERYTHING
) -> RaySegments:
    """The network's rays on [low, high], those that `picture` draws."""
    drawn = picture.drawn(network.neurons)
    seen = seen_part(network, low, high, projection)
    points = projection.points(ray_polylines(network, seen, picture, drawn))
    segments, kept = clipped(segments_of(points), projection, 2.0 * ray_width(len(drawn)))
    neuron = np.repeat(drawn, points.shape[1] - 1)[kept]
    zero = float(projection.y(0.0))
    flat: BoolArray = np.all(np.abs(segments[:, 1::2] - zero) <= _FLAT, axis=1)
    return RaySegments(segments, neuron, flat, network.neurons, len(drawn))


def ray_strokes(rays: RaySegments, look: Look, dimmed: bool = False) -> list[tuple[QPen, FloatArray]]:
    """What to stroke, colour by colour: pens, and segments of shape (n, 4) in pixels.

    `dimmed` lets all rays step back behind one that is drawn on top afterwards. Most rays lie on the zero line for a
    part of their way. These parts are drawn once for each pen, the longest first, so that every colour shows where its
    own flat part ends.
    """
    palette = look.palette
    colours = len(palette.neurons)
    pens = colours * DASHES if rays.neurons <= MOST_DASHED else colours
    paler = _DIMMED if dimmed else _PALER if rays.drawn > _FEW else 0.0
    flats = []
    for index, on_zero in _by_pen(rays, rays.flat, pens):
        spans = merged_intervals(np.sort(on_zero[:, 0::2], axis=1))
        height = np.full(len(spans), on_zero[0, 1])
        flats.append((index, np.column_stack((spans[:, 0], height, spans[:, 1], height))))
    flats.sort(key=lambda flat: -np.ptp(flat[1][:, 0::2]))
    strokes = []
    for index, segments in (*flats, *_by_pen(rays, ~rays.flat, pens)):
        strokes.append((_ray_pen(index, look, ray_width(rays.drawn), paler), segments))
    return strokes


@lru_cache(maxsize=256)
def _ray_pen(index: int, look: Look, width: float, paler: float) -> QPen:
    """The pen of neuron `index`, to be used and not to be changed."""
    palette = look.palette
    shade = blended(palette.neuron(index), palette.plot, paler)
    return pen(shade, width * look.scale, _DASH_PATTERNS[palette.dash(index)])


def _by_pen(rays: RaySegments, chosen: BoolArray, pens: int) -> Iterator[tuple[int, FloatArray]]:
    """The chosen segments, those of one pen together."""
    segments, pen_index = rays.segments[chosen], rays.neuron[chosen] % pens
    order = np.argsort(pen_index, kind="stable")
    starts = np.searchsorted(pen_index[order], np.arange(pens + 1))
    for index in range(pens):
        if starts[index] < starts[index + 1]:
            yield index, segments[order[starts[index] : starts[index + 1]]]


def nearest_neuron(rays: RaySegments, x: float, y: float, reach: float) -> int | None:
    """The neuron whose ray passes nearest to a pixel, within `reach` pixels, None if none does.

    Where rays lie on the zero line together they cannot be told apart: there only a ray that is alone is found.
    """
    if len(rays.segments) == 0:
        return None
    away = distances(rays.segments, x, y)
    sloped = np.where(rays.flat, np.inf, away)
    nearest = int(np.argmin(sloped))
    if sloped[nearest] <= reach:
        return int(rays.neuron[nearest])
    near = np.unique(rays.neuron[away <= reach])
    return int(near[0]) if len(near) == 1 else None


class DrawnRays(Drawn):
    """All rays of a network, scaled or raw."""

    def __init__(self, *place: Any) -> None:
        super().__init__(*place)
        self._network: Network | None = None
        self._low, self._high = -1.0, 1.0
        self._picture = _EVERYTHING
        self._dimmed = False
        self._in_hand: int | None = None
        self._rays: RaySegments | None = None
        self._sheet = SegmentSheet()

    def set_domain(self, low: float, high: float) -> None:
        self._low, self._high = low, high
        self._rays = None
        self.redraw()

    def show_network(self, network: Network) -> None:
        before, self._network = self._network, network
        if before is None or not same_rays(before, network, self._in_hand):
            self._rays = None
        self.redraw()

    def set_in_hand(self, neuron: int | None) -> None:
        """Leave out a neuron's ray, which is drawn on top by others: the rest is kept while the hand moves it."""
        if neuron != self._in_hand:
            self._in_hand = neuron
            self._rays = None
            self.redraw()

    def set_picture(self, picture: Picture) -> None:
        self._picture = picture
        self._rays = None
        self.draw_if(picture.rays is not Rays.PARTIAL_SUMS)
        self.redraw()

    def set_dimmed(self, dimmed: bool) -> None:
        if dimmed != self._dimmed:
            self._dimmed = dimmed
            self.redraw()

    def set_projection(self, projection: Projection) -> None:
        self._rays = None
        super().set_projection(projection)

    def neuron_at(self, x: float, y: float, reach: float) -> int | None:
        """The neuron whose ray is at a pixel of the view, see `nearest_neuron`."""
        rays = self._current()
        return None if rays is None else nearest_neuron(rays, x, y, reach)

    def draw(self, painter: QPainter, projection: Projection) -> None:
        rays = self._current()
        if rays is None:
            return
        strokes = ray_strokes(rays, self.look, self._dimmed)
        if len(rays.segments) > _MOST_STROKED_DIRECTLY and self._sheet.serves(painter, projection):
            self._sheet.paint(painter, projection, strokes)
            return
        for stroke, segments in strokes:
            painter.setPen(stroke)
            draw_segments(painter, segments)

    def _current(self) -> RaySegments | None:
        """Made when needed and kept until something changes: a network that is never painted costs nothing."""
        if self._rays is None and self._network is not None and self._projection is not None:
            rays = ray_segments(self._network, self._low, self._high, self._projection, self._picture)
            self._rays = rays if self._in_hand is None else rays.without(self._in_hand)
        return self._rays


class RayItem(DrawnRays, Layer):
    """On the screen, copied from a pixmap where they stay the same."""

    def __init__(self, parent: QGraphicsObject, z: float) -> None:
        super().__init__(parent, z)
        self.kept = KeptDrawing()

    def draw(self, painter: QPainter, projection: Projection) -> None:
        rays = self._current()
        if rays is not None:
            self.kept.paint(painter, projection, (rays, self.look, self._dimmed), super().draw)
