"""The corners of the output: squares that can be dragged freely."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QGraphicsObject

from reluviz.core.arrays import FloatArray
from reluviz.core.network import Network
from reluviz.core.notation import value_text
from reluviz.plot.curve_item import output_vertices
from reluviz.plot.layer import Layer
from reluviz.plot.projection import Projection
from reluviz.plot.value_tag import Tag, paint_tag

# More corners than this would hide the output they are on.
MOST_CORNERS = 14
_REACH = 11.0
_HALF_SIDE = 4.5
_LEFT = Qt.MouseButton.LeftButton


class CornerItem(Layer):
    """A square on every corner of the output and on its two ends, which move up and down only.

    A corner is called by its number from the left, the left end being 0. Who follows a drag says with `set_held_by`
    what holds the corner back.
    """

    drag_started = Signal(int)
    """The number of the corner taken hold of."""
    dragged = Signal(float, float)
    """Where the hand wants the held corner, in data."""
    drag_finished = Signal()
    drag_cancelled = Signal()

    def __init__(self, parent: QGraphicsObject, z: float) -> None:
        super().__init__(parent, z)
        self._network: Network | None = None
        self._low, self._high = -1.0, 1.0
        self._corners: FloatArray | None = None
        self._hovered: int | None = None
        self._held: int | None = None
        self._offset = (0.0, 0.0)
        self._wanted = (0.0, 0.0)
        self._held_by = ""
        # The rest of a drag that Escape ended is still this item's, or the view would jump to the mouse.
        self._is_broken_off = False

    def set_domain(self, low: float, high: float) -> None:
        self._low, self._high = low, high
        self._changed()

    def show_network(self, network: Network) -> None:
        self._network = network
        self._changed()

    def set_held_by(self, held_by: str) -> None:
        """What keeps the held corner from following the hand; "" where nothing does."""
        self._held_by = held_by
        self.update()

    def pixel_of(self, corner: int) -> tuple[float, float] | None:
        """Where in the view a corner is; None where there is none to take hold of."""
        pixels = self._pixels()
        return None if corner >= len(pixels) else (float(pixels[corner, 0]), float(pixels[corner, 1]))

    def cancel(self) -> bool:
        """Let go of the held corner without result; False if none is held."""
        if self._held is None:
            return False
        self._let_go()
        self._is_broken_off = True
        self.drag_cancelled.emit()
        return True

    # What pyqtgraph's scene calls.

    def hoverEvent(self, event: Any) -> None:
        if self._held is not None:
            return
        corner = None
        if not event.isExit() and not event.buttons():
            corner = self._corner_at(event.pos().x(), event.pos().y())
            # A handle that lies above has taken the drag already.
            if corner is not None and not event.acceptDrags(_LEFT):
                corner = None
        self._hover(corner)

    def mouseDragEvent(self, event: Any) -> None:
        press = event.buttonDownPos()
        if event.isStart() and event.button() == _LEFT:
            self._take_hold(self._corner_at(press.x(), press.y()), press)
        if self._held is None and not self._is_broken_off:
            event.ignore()
            return
        event.accept()
        if self._held is None or self._projection is None:
            return
        x, y = event.pos().x() + self._offset[0], event.pos().y() + self._offset[1]
        self._wanted = self._projection.data(x, y)
        self.dragged.emit(*self._wanted)
        if event.isFinish() and self._held is not None:
            self._let_go()
            self.drag_finished.emit()

    def _take_hold(self, corner: int | None, press: Any) -> None:
        self._is_broken_off = False
        at = None if corner is None else self.pixel_of(corner)
        if at is None:
            return
        self._held, self._held_by = corner, ""
        self._offset = at[0] - press.x(), at[1] - press.y()
        self.drag_started.emit(corner)

    def _let_go(self) -> None:
        self._held, self._held_by = None, ""
        self.update()

    def _hover(self, corner: int | None) -> None:
        if corner != self._hovered:
            self._hovered = corner
            if corner is None:
                self.show_cursor(None)
            else:
                is_end = corner in (0, len(self._current()) - 1)
                self.show_cursor(Qt.CursorShape.SizeVerCursor if is_end else Qt.CursorShape.SizeAllCursor)
            self.update()

    def _changed(self) -> None:
        self._corners = None
        self.update()

    def _current(self) -> FloatArray:
        """The corners in data, shape (m, 2), empty where there are too many to show."""
        if self._corners is None:
            self._corners = np.zeros((0, 2))
            if self._network is not None and self._network.activation.hinge_at:
                found = output_vertices(self._network, self._low, self._high)
                if len(found) <= MOST_CORNERS and np.isfinite(found).all():
                    self._corners = found
        return self._corners

    def _pixels(self) -> FloatArray:
        corners = self._current()
        return corners if self._projection is None else self._projection.points(corners)

    def _corner_at(self, x: float, y: float) -> int | None:
        pixels = self._pixels()
        if len(pixels) == 0:
            return None
        away = np.hypot(pixels[:, 0] - x, pixels[:, 1] - y)
        nearest = int(np.argmin(away))
        return nearest if away[nearest] <= _REACH * self.look.scale else None

    def draw(self, painter: QPainter, projection: Projection) -> None:
        front = self._hovered if self._held is None else self._held
        for corner, (x, y) in enumerate(self._pixels().tolist()):
            if abs(y) < 1e6:
                self._draw_square(painter, x, y, corner == front)
        at = None if front is None else self.pixel_of(front)
        if at is not None and front is not None:
            x, y = self._current()[front]
            note = f"held by {self._held_by}" if self._held_by else ""
            tag = Tag(f"({value_text(x)}, {value_text(y)})", note, self.look.palette.output)
            paint_tag(painter, projection, at, tag, self.look)

    def _draw_square(self, painter: QPainter, x: float, y: float, active: bool) -> None:
        palette, scale = self.look.palette, self.look.scale
        half = _HALF_SIDE * (1.35 if active else 1.0) * scale
        painter.setPen(QPen(QColor(palette.target if active else palette.plot), 1.8 * scale))
        painter.setBrush(QColor(palette.output))
        painter.drawRect(QRectF(x - half, y - half, 2.0 * half, 2.0 * half))
