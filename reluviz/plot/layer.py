"""A sheet over the view on which one thing is drawn, in pixels."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QCursor, QPainter
from PySide6.QtWidgets import QGraphicsObject, QStyleOptionGraphicsItem, QWidget

from reluviz.plot.drawn import Drawn
from reluviz.plot.projection import Projection


class Layer(Drawn, QGraphicsObject):
    """A child of the view box itself, not of its scaled contents: its coordinates are the view's pixels."""

    def __init__(self, parent: QGraphicsObject | None, z: float) -> None:
        super().__init__(parent)
        self.setZValue(z)
        self._cursor: Qt.CursorShape | QCursor | None = None
        # Qt asks for it several times a frame.
        self._bounds = QRectF()

    def set_projection(self, projection: Projection) -> None:
        bounds = QRectF(projection.left, projection.top, projection.width, projection.height)
        if bounds != self._bounds:
            self.prepareGeometryChange()
            self._bounds = bounds
        super().set_projection(projection)

    def draw_if(self, is_drawn: bool) -> None:
        super().draw_if(is_drawn)
        self.setVisible(is_drawn)

    def redraw(self) -> None:
        self.update()

    def show_cursor(self, shape: Qt.CursorShape | QCursor | None) -> None:
        """What the mouse looks like over what it hovers on this layer, None where that is nothing; the topmost wins.

        It is set on the viewport: an item's own cursor shows only with the next movement.
        """
        self._cursor = shape
        layers = [item for item in self.parentItem().childItems() if isinstance(item, Layer)]
        shapes = [layer._cursor for layer in sorted(layers, key=Layer.zValue) if layer._cursor is not None]
        for view in self.scene().views():
            view.viewport().setCursor(shapes[-1] if shapes else Qt.CursorShape.ArrowCursor)

    def boundingRect(self) -> QRectF:
        return self._bounds

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        if self._projection is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self.draw(painter, self._projection)
