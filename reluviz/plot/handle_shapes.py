"""What handles look like: each shape says what its handle does."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from reluviz.core.handles import Handle, HandleKind
from reluviz.core.palette import Palette
from reluviz.core.parameter import OUTPUT_BIAS, Parameter
from reluviz.plot.look import Look

# Half the size of a handle, in pixels; equal areas look equal, so the diamond reaches further than the circle.
_REACH = {
    HandleKind.KINK: 8.5,
    HandleKind.SECOND_KINK: 7.0,
    HandleKind.RAY_END: 7.0,
    HandleKind.OUTPUT_BIAS: 8.5,
}

# So far apart are two handles side by side: the rims of both show.
_BESIDE = 1.5

# The radius of the ring around what the keyboard moves.
FOCUS_RING = 16.0


@dataclass(frozen=True)
class HandleState:
    """How one handle is drawn now: active (hovered or held) is larger, locked is hollow."""

    colour: str
    active: bool = False
    locked: bool = False


def handle_colour(parameter: Parameter, palette: Palette) -> str:
    """The colour of a parameter's handle: its neuron's, or the output's."""
    return palette.output if parameter == OUTPUT_BIAS else palette.neuron(parameter.neuron)


def paint_handle(painter: QPainter, handle: Handle, at: tuple[float, float], state: HandleState, look: Look) -> None:
    """Draw one handle at a pixel: a diamond at a kink, a circle at a ray's end, a triangle at the output bias."""
    reach = _REACH[handle.kind] * (1.35 if state.active else 1.0) * look.scale
    edge = look.palette.target if state.active else look.palette.plot
    width = (2.4 if state.locked else 1.8) * look.scale
    painter.setPen(QPen(QColor(state.colour if state.locked else edge), width, j=Qt.PenJoinStyle.MiterJoin))
    painter.setBrush(QColor(look.palette.plot if state.locked else state.colour))
    if handle.kind is HandleKind.RAY_END:
        painter.drawEllipse(QPointF(*at), reach, reach)
    else:
        painter.drawPolygon(_outline(handle, at, reach))


def _outline(handle: Handle, at: tuple[float, float], reach: float) -> QPolygonF:
    """A diamond; an arrow outwards for a kink beyond the edge; a triangle that points at the output bias."""
    x, y = at
    if handle.kind is HandleKind.OUTPUT_BIAS:
        corners = [(x, y), (x - 1.7 * reach, y - reach), (x - 1.7 * reach, y + reach)]
    elif handle.beyond:
        corners = [(x + 1.3 * reach * handle.beyond, y), (x, y - reach), (x, y + reach)]
    else:
        corners = [(x, y - reach), (x + reach, y), (x, y + reach), (x - reach, y)]
    return QPolygonF([QPointF(*corner) for corner in corners])


def centre(handle: Handle, at: tuple[float, float], scale: float = 1.0) -> tuple[float, float]:
    """The pixel in the middle of a handle's shape, which is where the mouse looks for it."""
    x, y = at
    if handle.kind is HandleKind.OUTPUT_BIAS:
        return x - _REACH[handle.kind] * scale, y
    return x + handle.beyond * 0.5 * _REACH[handle.kind] * scale, y


def beside(
    at: tuple[float, float], others: Iterable[tuple[Handle, tuple[float, float]]], scale: float
) -> tuple[float, float]:
    """Where the output bias's triangle points to, at the pixel `at` or as far left of it as other handles reach there.

    So it is never covered; it gives way by no more than it has room at the left edge of the view, which is 0.
    """
    x, y = at
    left = min(
        (edge for handle, place in others if (edge := _left_edge(handle, place, y, scale)) is not None), default=x
    )
    least = 1.7 * _REACH[HandleKind.OUTPUT_BIAS] * scale
    return min(x, max(left - _BESIDE * scale, least)) if left < x else x, y


def _left_edge(handle: Handle, at: tuple[float, float], height: float, scale: float) -> float | None:
    """How far to the left a handle that does not stand for the output bias reaches at this height, None if nowhere."""
    reach = _REACH[handle.kind] * scale
    part = abs(height - at[1]) / reach
    if handle.kind is HandleKind.OUTPUT_BIAS or part >= 1.0:
        return None
    if handle.kind is HandleKind.RAY_END:
        return at[0] - reach * math.sqrt(1.0 - part * part)
    width = {-1: 1.3, 0: 1.0, 1: 0.0}[handle.beyond]
    return at[0] - width * reach * (1.0 - part)


def paint_focus_ring(painter: QPainter, at: tuple[float, float], look: Look) -> None:
    """Draw the ring around what the keyboard moves, its middle at a pixel."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, width in ((look.palette.plot, 4.5), (look.palette.accent, 2.0)):
        painter.setPen(QPen(QColor(colour), width * look.scale))
        painter.drawEllipse(QPointF(*at), FOCUS_RING * look.scale, FOCUS_RING * look.scale)
