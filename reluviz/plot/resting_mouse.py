"""What is under a mouse that rests while things move under it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsObject, QGraphicsSceneMouseEvent

from reluviz.core.network import Network
from reluviz.core.picture import Picture
from reluviz.plot.layer import Layer
from reluviz.plot.projection import Projection


class RestingMouse(Layer):
    """Draws nothing; lets the layers find out anew what the mouse is over, before a frame in which things have moved.

    While a button is down nothing is looked for: the press has chosen.
    """

    def __init__(self, parent: QGraphicsObject, z: float) -> None:
        super().__init__(parent, z)
        self.is_looking = False
        """Whether what the layers hear of the mouse now is no movement of it."""
        self._things_moved = False
        self._at: tuple[QPointF, QPoint, Qt.KeyboardModifier] | None = None
        scene: Any = self.scene()
        scene.sigPrepareForPaint.connect(self._before_paint)

    def set_domain(self, low: float, high: float) -> None:
        self.look_soon()

    def show_network(self, network: Network) -> None:
        self.look_soon()

    def set_picture(self, picture: Picture) -> None:
        self.look_soon()

    def set_projection(self, projection: Projection) -> None:
        super().set_projection(projection)
        self.look_soon()

    def look_soon(self) -> None:
        """Something has moved: look before the next frame."""
        self._things_moved = True

    def hoverEvent(self, event: Any) -> None:
        if event.isExit():
            self._at = None
        else:
            self._at = QPointF(event.scenePos()), event.screenPos().toPoint(), event.modifiers()

    def _before_paint(self) -> None:
        scene: Any = self.scene()
        if not self._things_moved or scene.clickEvents or scene.dragButtons:
            return
        self._things_moved = False
        if self._at is None:
            return
        place, on_screen, keys = self._at
        event = QGraphicsSceneMouseEvent(QEvent.Type.GraphicsSceneMouseMove)
        event.setScenePos(place)
        event.setLastScenePos(place)
        event.setScreenPos(on_screen)
        event.setLastScreenPos(on_screen)
        event.setModifiers(keys)
        self.is_looking = True
        try:
            scene.sendHoverEvents(event)
        finally:
            self.is_looking = False

    def draw(self, painter: QPainter, projection: Projection) -> None:
        """Nothing."""
