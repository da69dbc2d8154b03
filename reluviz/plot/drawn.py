"""What is drawn in pixels, with anybody's painter."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QPainter

from reluviz.plot.look import Look
from reluviz.plot.projection import Projection


class Drawn:
    """One thing to draw: no part of any scene, so that a picture can be made on any thread, though on one at a time.

    On the screen it is a `Layer` as well: `class RayItem(DrawnRays, Layer)`. Subclasses draw in `draw`; it is not
    called before there is a projection.
    """

    def __init__(self, *place: Any) -> None:
        """`place` is where a Layer stands; nothing else has one."""
        super().__init__(*place)
        self.look = Look()
        self.is_drawn = True
        self._projection: Projection | None = None

    @property
    def projection(self) -> Projection | None:
        return self._projection

    def set_projection(self, projection: Projection) -> None:
        self._projection = projection
        self.redraw()

    def set_look(self, look: Look) -> None:
        self.look = look
        self.redraw()

    def draw_if(self, is_drawn: bool) -> None:
        """Whether it is to be seen."""
        self.is_drawn = is_drawn

    def redraw(self) -> None:
        """Has changed: a layer has the screen drawn anew."""

    def draw(self, painter: QPainter, projection: Projection) -> None:
        raise NotImplementedError
