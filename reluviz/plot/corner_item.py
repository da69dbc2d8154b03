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
from reluviz.core.picture import Picture, Rays
from reluviz.core.snap import snapped_freely
from reluviz.plot.curve_item import output_vertices
from reluviz.plot.grab_layer import LEFT, GrabLayer
from reluviz.plot.handle_shapes import paint_focus_ring
from reluviz.plot.projection import Projection
from reluviz.plot.snapping import Snapping, snap_note
from reluviz.plot.value_tag import Tag, paint_tag

# More corners than this would hide the output they are on.
MOST_CORNERS = 14
_REACH = 11.0
_HALF_SIDE = 4.5


class CornerItem(GrabLayer):
    """A square on every corner of the output and on its two ends, which move up and down only.

    A corner is called by its number from the left, the left end being 0. Who follows a drag says with `set_held_by`
    what holds the corner back.
    """

    hover_changed = Signal(object)
    """The number of the corner the mouse came to, or None."""
    drag_started = Signal(int)
    """The number of the corner taken hold of."""
    dragged = Signal(float, float)
    """Where the hand wants the held corner, in data."""
    drag_finished = Signal()
    drag_cancelled = Signal()

    def __init__(self, parent: QGraphicsObject, z: float, snapping: Snapping | None = None) -> None:
        super().__init__(parent, z, snapping)
        self._network: Network | None = None
        self._low, self._high = -1.0, 1.0
        self._is_shown = True
        self._corners: FloatArray | None = None
        self._hovered: int | None = None
        self._held: int | None = None
        self._picked: int | None = None
        self._is_keyboard_elsewhere = False
        self._taken_at = 0.0
        self._held_by = ""
        self._note = ""

    def set_domain(self, low: float, high: float) -> None:
        self._low, self._high = low, high
        self._changed()

    def show_network(self, network: Network) -> None:
        self._network = network
        self._changed()

    def set_picture(self, picture: Picture) -> None:
        """Corners go with the output, and make room for partial sums."""
        self._is_shown = picture.output and picture.rays is not Rays.PARTIAL_SUMS
        if not self._is_shown:
            self.cancel()
            self._hover(None)
        self._changed()

    def set_held_by(self, held_by: str) -> None:
        """What keeps the held corner from following the hand; "" where nothing does."""
        self._held_by = held_by
        self.update()

    def pixel_of(self, corner: int) -> tuple[float, float] | None:
        """Where in the view a corner is; None where there is none to take hold of."""
        pixels = self._pixels()
        return None if corner >= len(pixels) else (float(pixels[corner, 0]), float(pixels[corner, 1]))

    def set_picked(self, corner: int | None, elsewhere: bool = False) -> None:
        """Which corner the keyboard moves; it looks hovered, with a ring around it.

        Where the keyboard is at something `elsewhere`, it is that thing's tag that is to be read.
        """
        self._picked, self._is_keyboard_elsewhere = corner, elsewhere
        self.update()

    @property
    def picked(self) -> int | None:
        return self._picked

    @property
    def hovered(self) -> int | None:
        return self._hovered

    @property
    def places(self) -> FloatArray:
        """The corners that can be taken hold of, in data, shape (m, 2)."""
        return self._current()

    # What pyqtgraph's scene calls.

    def hoverEvent(self, event: Any) -> None:
        if self.is_holding:
            return
        corner = None
        if not event.isExit() and not event.buttons():
            corner = self._corner_at(event.pos().x(), event.pos().y())
            # A handle that lies above has taken the drag already.
            if corner is not None and not event.acceptDrags(LEFT):
                corner = None
        self._hover(corner)

    def _take_hold(self, x: float, y: float) -> bool:
        corner = self._corner_at(x, y)
        at = None if corner is None else self.pixel_of(corner)
        if at is None or corner is None:
            return False
        self._held, self._held_by, self._note = corner, "", ""
        self._taken_at = float(self._current()[corner, 0])
        self._hold(at, (x, y))
        self.drag_started.emit(corner)
        return True

    def _move(self, x: float, y: float) -> None:
        if self._projection is None or self._held is None:
            return
        wanted = self._projection.data(x, y)
        ground = self._ground()
        if ground is not None:
            if self._is_end(self._held):
                wanted = self._taken_at, wanted[1]
            snap, point = snapped_freely(wanted, ground)
            wanted = snap.x, snap.y
            self._note = snap_note(snap.y_to if self._is_end(self._held) else snap.x_to or snap.y_to, point)
        else:
            self._note = ""
        self.dragged.emit(*wanted)

    def _let_go(self, broken_off: bool) -> None:
        self._held, self._held_by, self._note = None, "", ""
        self.update()
        (self.drag_cancelled if broken_off else self.drag_finished).emit()

    def _is_end(self, corner: int) -> bool:
        return corner in (0, len(self._current()) - 1)

    def _hover(self, corner: int | None) -> None:
        if corner != self._hovered:
            self._hovered = corner
            if corner is None:
                self.show_cursor(None)
            else:
                sideways_too = Qt.CursorShape.SizeAllCursor
                self.show_cursor(Qt.CursorShape.SizeVerCursor if self._is_end(corner) else sideways_too)
            self.update()
            self.hover_changed.emit(corner)

    def _changed(self) -> None:
        self._corners = None
        self.update()

    def _current(self) -> FloatArray:
        """The corners in data, shape (m, 2), empty where there are too many to show."""
        if self._corners is None:
            self._corners = np.zeros((0, 2))
            if self._is_shown and self._network is not None and self._network.activation.hinge_at:
                found = output_vertices(self._network, self._low, self._high, None)
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
        active = {self._held, self._hovered, self._picked}
        for corner, (x, y) in enumerate(self._pixels().tolist()):
            if abs(y) < 1e6:
                self._draw_square(painter, x, y, corner in active)
                if corner == self._picked:
                    paint_focus_ring(painter, (x, y), self.look)
        hovered = None if self._is_keyboard_elsewhere else self._hovered
        front = next((corner for corner in (self._held, self._picked, hovered) if corner is not None), None)
        at = None if front is None else self.pixel_of(front)
        if at is not None and front is not None:
            x, y = self._current()[front]
            note = self.tr("held by {0}").format(self._held_by) if self._held_by else self._note
            tag = Tag(f"({value_text(x)}, {value_text(y)})", note, self.look.palette.output)
            paint_tag(painter, projection, at, tag, self.look)

    def _draw_square(self, painter: QPainter, x: float, y: float, active: bool) -> None:
        palette, scale = self.look.palette, self.look.scale
        half = _HALF_SIDE * (1.35 if active else 1.0) * scale
        painter.setPen(QPen(QColor(palette.target if active else palette.plot), 1.8 * scale))
        painter.setBrush(QColor(palette.output))
        painter.drawRect(QRectF(x - half, y - half, 2.0 * half, 2.0 * half))
