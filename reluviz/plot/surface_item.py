"""The ground the mouse meets where there is no handle."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsObject

from reluviz.plot.layer import Layer
from reluviz.plot.projection import Projection

_REACH = 6.0


class SurfaceItem(Layer):
    """Finds the ray under the mouse and turns clicks into signals; drags are left to the view box, to pan and zoom.

    It lies below all that is drawn and draws nothing, so that it is painted exactly once a frame: it counts them.
    """

    hover_changed = Signal(object)
    """The neuron (int) whose ray is under the mouse, or None."""
    clicked = Signal(object)
    """The neuron (int) whose ray was clicked, or None."""
    double_clicked = Signal()
    menu_requested = Signal(object)
    """A right click, with its place on screen (QPoint)."""

    def __init__(self, parent: QGraphicsObject, z: float) -> None:
        super().__init__(parent, z)
        self.repaints = 0
        self.hovered: int | None = None
        self._find_ray: Callable[[float, float, float], int | None] | None = None

    def set_ray_finder(self, find_ray: Callable[[float, float, float], int | None]) -> None:
        """What finds the neuron at a pixel (x, y) within a reach in pixels."""
        self._find_ray = find_ray

    def hoverEvent(self, event: Any) -> None:
        if event.isExit():
            self._hover(None)
        elif not event.buttons():
            on_ground = event.acceptClicks(Qt.MouseButton.LeftButton)
            self._hover(self._neuron_at(event.pos()) if on_ground else None)

    def mouseClickEvent(self, event: Any) -> None:
        event.accept()
        if event.button() == Qt.MouseButton.RightButton:
            self.menu_requested.emit(event.screenPos().toPoint())
        elif event.button() == Qt.MouseButton.LeftButton:
            if event.double():
                self.double_clicked.emit()
            else:
                self.clicked.emit(self._neuron_at(event.pos()))

    def draw(self, painter: QPainter, projection: Projection) -> None:
        self.repaints += 1

    def _neuron_at(self, position: Any) -> int | None:
        return self._find_ray(position.x(), position.y(), _REACH * self.look.scale) if self._find_ray else None

    def _hover(self, neuron: int | None) -> None:
        if neuron != self.hovered:
            self.hovered = neuron
            self.hover_changed.emit(neuron)
