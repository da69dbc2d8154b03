"""Where a line goes that the view does not show: an arrow at the edge, and how far it goes there."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPolygonF

from reluviz.core.arrays import FloatArray
from reluviz.core.notation import short_text
from reluviz.plot.look import Look
from reluviz.plot.projection import Projection
from reluviz.plot.value_tag import Tag, paint_tag

# A line that is cut off by less is as good as seen.
_CUT_OFF = 3.0
_ARROW = 9.0
_LETTERS = 15.0


@dataclass(frozen=True)
class Excursion:
    """A line leaves the view `across` and `down` (−1, 0 or 1) of it, the furthest near the pixel `at` of the edge."""

    across: int
    down: int
    at: tuple[float, float]
    text: str


def excursions(polyline: FloatArray, projection: Projection) -> list[Excursion]:
    """Where `polyline`, of shape (m, 2) in data, x ascending, is above or below the view, or beside it altogether."""
    known = polyline[np.isfinite(polyline).all(axis=1)]
    if len(known) == 0:
        return []
    middle = projection.top + 0.5 * projection.height
    seen = known[(known[:, 0] >= projection.x_low) & (known[:, 0] <= projection.x_high)]
    if len(seen) == 0:
        if known[-1, 0] < projection.x_low:
            return [Excursion(-1, 0, (projection.left, middle), "left of the view")]
        if known[0, 0] > projection.x_high:
            return [Excursion(1, 0, (projection.right, middle), "right of the view")]
        return []
    found = []
    x, y = seen[np.argmax(seen[:, 1])].tolist()
    if projection.pixel(x, y)[1] < projection.top - _CUT_OFF:
        found.append(Excursion(0, -1, (projection.pixel(x, y)[0], projection.top), f"up to {short_text(y)}"))
    x, y = seen[np.argmin(seen[:, 1])].tolist()
    if projection.pixel(x, y)[1] > projection.bottom + _CUT_OFF:
        found.append(Excursion(0, 1, (projection.pixel(x, y)[0], projection.bottom), f"down to {short_text(y)}"))
    return found


def paint_excursion(painter: QPainter, excursion: Excursion, projection: Projection, look: Look) -> None:
    """Draw the arrow at the edge, and beside it what it says."""
    size = _ARROW * look.scale
    x = min(max(excursion.at[0], projection.left + size), projection.right - size)
    y = min(max(excursion.at[1], projection.top + size), projection.bottom - size)
    across, down = float(excursion.across), float(excursion.down)
    tip = QPointF(x + across * size, y + down * size)
    base = QPointF(x - across * size, y - down * size)
    aside = QPointF(down * size, across * size)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(look.palette.accent))
    painter.drawPolygon(QPolygonF([tip, base + aside, base - aside]))
    tag = Tag(excursion.text, "", look.palette.accent, _LETTERS)
    paint_tag(painter, projection, (x, y), tag, look)
