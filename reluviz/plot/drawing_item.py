"""The sheet on which a target is drawn by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsObject

from reluviz.core.arrays import FloatArray
from reluviz.core.simplified_line import simplified_line
from reluviz.core.target_drawing import MOST_POINTS, TOLERANCE, at_edges
from reluviz.plot.grab_layer import LEFT, GrabLayer
from reluviz.plot.projection import Projection
from reluviz.plot.stroke import Stroke

# How near to the domain's edge, in pixels, a line means the edge.
EDGE_REACH = 20.0


class DrawingItem(GrabLayer):
    """While it is visible, the left button draws, from anywhere. What is drawn is told, and shown by others."""

    sketched = Signal(object)
    """The line in data, by few points, shape (m, 2), with every movement; None when the hand is off."""
    drawn = Signal(object)
    """The same when it is finished, shape (k, 2), k ≥ 2."""

    left = Signal()
    """Escape, while nothing is being drawn."""

    def __init__(self, parent: QGraphicsObject, z: float) -> None:
        super().__init__(parent, z)
        self._domain = (-1.0, 1.0)
        self._stroke: Stroke | None = None
        self._smooth = False
        self.setVisible(False)

    def set_domain(self, low: float, high: float) -> None:
        self._domain = (low, high)

    def set_smooth(self, smooth: bool) -> None:
        """Whether the trembling of a hand is smoothed out."""
        self._smooth = smooth

    @property
    def pixel(self) -> tuple[float, float]:
        """The width and height of a pixel in data."""
        p = self._projection
        return (1.0, 1.0) if p is None else ((p.x_high - p.x_low) / p.width, (p.y_high - p.y_low) / p.height)

    def escape(self) -> bool:
        """Drop the line in the hand; without one, ask to leave. Always true: the key is used."""
        if not self.cancel():
            self.left.emit()
        return True

    def hoverEvent(self, event: Any) -> None:
        if event.isExit():
            self.show_cursor(None)
            return
        event.acceptDrags(LEFT)
        event.acceptClicks(LEFT)
        self.show_cursor(Qt.CursorShape.CrossCursor)

    def mouseClickEvent(self, event: Any) -> None:
        # A click draws nothing, but it is not meant for what lies below.
        if event.button() == LEFT:
            event.accept()
        else:
            event.ignore()

    def _take_hold(self, x: float, y: float) -> bool:
        projection = self._projection
        if projection is None:
            return False
        low, high = projection.x(self._domain).tolist()
        left, right = max(low, projection.left), min(high, projection.right)
        if right - left < 2.0:
            return True
        self._stroke = Stroke(left, right)
        self._stroke.move(x, y)
        self._hold((x, y), (x, y))
        return True

    def _move(self, x: float, y: float) -> None:
        if self._stroke is not None and self._projection is not None:
            self._stroke.move(x, y)
            self.sketched.emit(self._line(self._stroke, self._projection))

    def _let_go(self, broken_off: bool) -> None:
        stroke, self._stroke = self._stroke, None
        self.sketched.emit(None)
        if stroke is None or broken_off or self._projection is None:
            return
        line = self._line(stroke, self._projection)
        if len(line) >= 2:
            self.drawn.emit(line)

    def _line(self, stroke: Stroke, projection: Projection) -> FloatArray:
        """What is drawn so far, in data, by few points."""
        line = stroke.line(self._smooth)
        if len(line) > 2:
            line = line[simplified_line(line, TOLERANCE, MOST_POINTS)]
        points = projection.data_points(line)
        points[:, 0] = np.clip(points[:, 0], *self._domain)
        # What begins or ends close to the domain's edge means the edge: nobody draws to the pixel.
        return at_edges(points, *self._domain, EDGE_REACH * self.look.scale * self.pixel[0])

    def draw(self, painter: QPainter, projection: Projection) -> None:
        """Nothing of its own: the line is the sketch's."""
