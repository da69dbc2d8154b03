"""Who takes the mouse on the plot: the neurons' handles, the target's points, or the hand that draws the target."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reluviz.plot.drawing_item import DrawingItem
from reluviz.plot.grab_layer import GrabLayer
from reluviz.plot.layer import Layer
from reluviz.plot.points_item import PointsItem
from reluviz.plot.view import forget_mouse


class MouseTurns:
    """The layers of `handles` are visible, and in reach, while the target is not in the hand."""

    def __init__(self, view: Any, handles: Sequence[Layer], points: PointsItem, drawing: DrawingItem) -> None:
        self._view = view
        self._handles = handles
        self._target = (points, drawing)

    @property
    def is_targets(self) -> bool:
        """Whether the mouse is the target's, in one way or the other."""
        return any(layer.isVisible() for layer in self._target)

    def give(self, layer: PointsItem | DrawingItem, given: bool) -> None:
        """Give the mouse to one of the target's layers, or take it back. What is in the hand is put back first."""
        for grabbed in (*self._target, *self._handles):
            if isinstance(grabbed, GrabLayer):
                grabbed.cancel()
        layer.show_cursor(None)
        layer.setVisible(given)
        for handles in self._handles:
            handles.show_cursor(None)
            handles.setVisible(not self.is_targets)
        forget_mouse(self._view)
