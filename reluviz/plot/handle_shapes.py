"""What handles look like: each shape says what its handle does."""

from __future__ import annotations

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


def paint_focus_ring(painter: QPainter, at: tuple[float, float], look: Look) -> None:
    """Draw the ring around what the keyboard moves, its middle at a pixel."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, width in ((look.palette.plot, 4.5), (look.palette.accent, 2.0)):
        painter.setPen(QPen(QColor(colour), width * look.scale))
        painter.drawEllipse(QPointF(*at), FOCUS_RING * look.scale, FOCUS_RING * look.scale)
