"""The mouse's shape over a handle: which way it goes, or that it goes nowhere."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QCursor

from reluviz.core.handles import handle_of
from reluviz.core.parameter import Parameter
from reluviz.plot.handle_layout import HandleLayout
from reluviz.plot.turn_cursor import turn_cursor


def handle_cursor(
    layout: HandleLayout, parameter: Parameter, turns: bool, locked: frozenset[Parameter]
) -> Qt.CursorShape | QCursor | None:
    """The shape over the handle of `parameter`, None where there is no such handle. `turns`: it would turn its ray."""
    if layout.network is None or not layout.exists(parameter):
        return None
    if layout.turn_refusal(parameter.neuron, locked) if turns else layout.is_locked(parameter, locked):
        return Qt.CursorShape.ForbiddenCursor
    if turns:
        return turn_cursor()
    handle = handle_of(layout.network, parameter, layout.low, layout.high)
    if handle is None:
        return None
    return Qt.CursorShape.SizeHorCursor if handle.moves_sideways else Qt.CursorShape.SizeVerCursor
