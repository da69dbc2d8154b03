"""Where in the frame a small plot hides least of what is drawn there."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QRectF

from reluviz.core.arrays import FloatArray
from reluviz.core.network import Network
from reluviz.core.picture import Picture, Rays
from reluviz.core.picture_recipe import Part
from reluviz.export.subject import Subject
from reluviz.plot.projection import Projection

# Parts of the frame, but at least so large, in pixels at scale 1, and never more than half of it.
_WIDTH, _HEIGHT = 0.3, 0.3
_LEAST = (250.0, 140.0)
_MOST_OF_FRAME = 0.5
_AWAY = 14.0
# The corners before the places between them, above before below: (across, down), parts of the way that is free.
_CORNERS = [(1.0, 0.0), (0.0, 0.0), (1.0, 1.0), (0.0, 1.0)]
_BETWEEN = [(across, down) for down in (0.0, 1.0) for across in (0.5, 0.75, 0.25)]
_STATIONS = 201
# Of very many rays some say where they all lie.
_MOST_RAYS = 64


def inset_box(
    projection: Projection,
    scale: float,
    subject: Subject,
    networks: Sequence[Network],
    picture: Picture,
    parts: frozenset[Part] = frozenset(Part),
) -> QRectF | None:
    """The place at the frame's upper or lower edge where an inset hides least: of the target and the outputs of
    `networks`; where that is equal, of what `picture` has of their rays, and of the zero line, on which rays lie. Only
    the `parts` that are drawn are in the way.

    None where the frame is too small for an inset.
    """
    p = projection
    width, height = max(_WIDTH * p.width, _LEAST[0] * scale), max(_HEIGHT * p.height, _LEAST[1] * scale)
    if width > _MOST_OF_FRAME * p.width or height > _MOST_OF_FRAME * p.height:
        return None
    away = _AWAY * scale
    free_x, free_y = p.width - width - 2.0 * away, p.height - height - 2.0 * away
    boxes = [
        QRectF(round(p.left + away + across * free_x), round(p.top + away + down * free_y), round(width), round(height))
        for across, down in (*_CORNERS, *_BETWEEN)
    ]
    x = np.linspace(*subject.domain, _STATIONS)
    target = subject.polyline if Part.TARGET in parts else np.zeros((0, 2))
    lines = _lines(x, target, networks if Part.OUTPUT in parts else ())
    rays = _rays(x, networks, picture) if Part.RAYS in parts else np.zeros((0, len(x)))
    return min(boxes, key=lambda box: (_inside(box, p, x, lines), _inside(box, p, x, rays)))


def _lines(x: FloatArray, target: FloatArray, networks: Sequence[Network]) -> FloatArray:
    """The heights of target and outputs at `x`, shape (lines, stations)."""
    known = target[np.isfinite(target).all(axis=1)]
    rows = [network.output(x) for network in networks]
    if len(known):
        rows.append(np.interp(x, known[:, 0], known[:, 1]))
    return np.array(rows).reshape(-1, len(x))


def _rays(x: FloatArray, networks: Sequence[Network], picture: Picture) -> FloatArray:
    """The heights of the rays, or partial sums, that are drawn, at `x`, and of the zero line: (rays, stations)."""
    rows = [np.zeros((1, len(x)))]
    for network in networks:
        drawn = picture.drawn(network.neurons)
        if not len(drawn):
            continue
        part = network.part(drawn[:: max(1, len(drawn) // _MOST_RAYS)])
        if picture.rays is Rays.PARTIAL_SUMS:
            rows.append(part.partial_sums(x))
        else:
            rows.append(part.activations(x) if picture.rays is Rays.RAW else part.contributions(x))
    return np.concatenate(rows)


def _inside(box: QRectF, projection: Projection, x: FloatArray, heights: FloatArray) -> int:
    """How many of the places on some lines are within the box."""
    corners = projection.data(box.left(), box.bottom()), projection.data(box.right(), box.top())
    (left, bottom), (right, top) = corners
    with np.errstate(invalid="ignore"):
        return int(np.sum((x >= left) & (x <= right) & (heights >= bottom) & (heights <= top)))
