"""The lines of a loss plot: what was measured otherwise before is pale, and marked where that changed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from reluviz.core.arrays import FloatArray
from reluviz.core.history import Break, stretches
from reluviz.core.notation import count_text
from reluviz.plot.axes import plot_font
from reluviz.plot.look import Look
from reluviz.plot.polyline import drawable
from reluviz.plot.projection import Projection
from reluviz.plot.strokes import blended, draw_polyline, pen

_TOLERANCE = 0.3
_PALE = 0.55
# Marks nearer to one another are one: a target in the hand changes many times a second.
_APART = 6.0
_DASHES = [4.0, 3.0]
# At so many places along a text one looks whether a line runs through it.
_PLACES = 24


def draw_losses(
    painter: QPainter,
    points: FloatArray,
    breaks: tuple[Break, ...],
    projection: Projection,
    colour: str,
    width: float,
    look: Look,
) -> None:
    """Stroke rows of (step, log10 J), broken at `breaks`; what comes before the last of them is pale."""
    pale = blended(colour, look.palette.plot, _PALE).name()
    parts = stretches(points, breaks)
    for rows in parts:
        if len(rows):
            line = drawable(rows, projection, _TOLERANCE)
            draw_polyline(painter, line, projection, colour if rows is parts[-1] else pale, width)


def draw_breaks(
    painter: QPainter,
    points: FloatArray,
    breaks: tuple[Break, ...],
    projection: Projection,
    look: Look,
    taken: tuple[QRectF, ...] = (),
) -> tuple[QRectF, ...]:
    """A dashed line at every break, and beside the last of them, off the line through `points`, what has changed.

    Returns what other texts have `taken`, and this one too.
    """
    if not breaks or not len(points):
        return taken
    painter.setPen(pen(look.palette.muted, 1.0, _DASHES))
    drawn = float("inf")
    for mark in reversed(breaks):
        x = float(projection.x(float(mark.step)))
        if drawn - x >= _APART:
            painter.drawLine(QPointF(x, projection.top), QPointF(x, projection.bottom))
            drawn = x
    painter.setFont(plot_font(look.scale))
    metrics = QFontMetricsF(painter.font())
    text = f"{breaks[-1].what} changed"
    size = QSizeF(metrics.horizontalAdvance(text), metrics.height())
    box = free_box(size, (points,), float(breaks[-1].step), projection, look, taken=taken)
    if box is None:
        return taken
    painter.setPen(QColor(look.palette.muted))
    painter.drawText(QPointF(box.left(), box.top() + metrics.ascent()), text)
    return (*taken, box)


def draw_escape(
    painter: QPainter,
    points: FloatArray,
    breaks: tuple[Break, ...],
    projection: Projection,
    look: Look,
    taken: tuple[QRectF, ...] = (),
) -> tuple[QRectF, ...]:
    """Where the line since the last break leaves the view for good at the top, an arrow there, and beside it what that
    means. Returns what other texts have `taken`, and this one too.
    """
    _, high = projection.data(0.0, projection.top)
    present = stretches(points, breaks)[-1]
    if not len(present) or present[-1, 1] <= high:
        return taken
    within = np.flatnonzero(present[:, 1] <= high)
    step, last = float(present[min(within[-1] + 1 if len(within) else 0, len(present) - 1), 0]), float(present[-1, 0])
    x, top, size = float(projection.x(step)), projection.top, 6.0 * look.scale
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(look.palette.warning))
    painter.drawPolygon([QPointF(x, top), QPointF(x - size, top + 2 * size), QPointF(x + size, top + 2 * size)])
    painter.setFont(plot_font(look.scale))
    metrics = QFontMetricsF(painter.font())
    painter.setPen(QColor(look.palette.warning))
    for text in (f"diverged after step {count_text(last)}", "diverged"):
        room = QSizeF(metrics.horizontalAdvance(text), metrics.height())
        box = free_box(room, (points,), step, projection, look, taken=taken)
        if box is not None:
            painter.drawText(QPointF(box.left(), box.top() + metrics.ascent()), text)
            return (*taken, box)
    return taken


def free_box(
    size: QSizeF,
    curves: Sequence[FloatArray],
    step: float,
    projection: Projection,
    look: Look,
    over: bool = False,
    taken: Sequence[QRectF] = (),
) -> QRectF | None:
    """Room for a text of this size on one side of `step`, in the row below the plot's top one or lower, off all curves
    and what other texts have `taken`; None: none.

    Where both sides are too narrow it may also reach `over` the step.
    """
    x, away, (width, height) = float(projection.x(step)), 6.0 * look.scale, (size.width(), size.height())
    begins = [x + away, x - away - width, projection.right - away - width][: 3 if over else 2]
    rows = np.arange(projection.bottom - height, projection.top + height, -height / 4.0)
    for begin in begins:
        if projection.left <= begin <= projection.right - width:
            steps = np.linspace(projection.data(begin, 0.0)[0], projection.data(begin + width, 0.0)[0], _PLACES)
            lines = [projection.y(np.interp(steps, curve[:, 0], curve[:, 1])) for curve in curves if len(curve)]
            for top in rows:
                box = QRectF(QPointF(begin, top), size)
                if any(box.intersects(other) for other in taken):
                    continue
                if not any(((line > top - 1.0) & (line < top + height + 1.0)).any() for line in lines):
                    return box
    return None


def note_of(step: float, breaks: tuple[Break, ...]) -> str:
    """What to say of a loss at `step` that is not to be compared with the present one, else nothing."""
    later = next((mark for mark in breaks if step < mark.step), None)
    return "" if later is None else f"before the {later.what} changed"
