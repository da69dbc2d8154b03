"""What is not the target yet, over the target: a formula that is being typed, a line that is being drawn."""

from __future__ import annotations

import numpy as np
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsObject

from reluviz.core.arrays import FloatArray
from reluviz.plot.layer import Layer
from reluviz.plot.out_of_view import excursions, paint_excursion
from reluviz.plot.polyline import drawable
from reluviz.plot.projection import Projection
from reluviz.plot.strokes import draw_polyline

SKETCH_WIDTH = 2.5


class SketchItem(Layer):
    """A thin line in the colour of what is chosen; where it leaves the view, an arrow says how far it goes."""

    def __init__(self, parent: QGraphicsObject, z: float) -> None:
        super().__init__(parent, z)
        self._polyline: FloatArray = np.zeros((0, 2))
        self.setVisible(False)

    @property
    def polyline(self) -> FloatArray:
        return self._polyline

    def set_polyline(self, polyline: FloatArray | None) -> None:
        """The line in data, shape (m, 2), x ascending, perhaps with gaps; None for none."""
        self._polyline = np.zeros((0, 2)) if polyline is None else polyline
        self.setVisible(polyline is not None)
        self.update()

    def draw(self, painter: QPainter, projection: Projection) -> None:
        points = drawable(self._polyline, projection, 0.3)
        draw_polyline(painter, points, projection, self.look.palette.accent, SKETCH_WIDTH * self.look.scale)
        for excursion in excursions(self._polyline, projection):
            paint_excursion(painter, excursion, projection, self.look)
