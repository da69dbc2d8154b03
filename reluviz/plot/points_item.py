"""The target's points, as large dots to take hold of."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsObject

from reluviz.core.arrays import FloatArray, IntArray
from reluviz.core.notation import value_text
from reluviz.core.point_drag import PointDrag
from reluviz.core.point_list import Point
from reluviz.core.snap import Snapped, snapped
from reluviz.core.target import PointsTarget
from reluviz.plot.curve_item import TARGET_WIDTH
from reluviz.plot.dots import dots_of, paint_dot, paint_dots
from reluviz.plot.grab_layer import LEFT, GrabLayer
from reluviz.plot.polyline import distances, segments_of
from reluviz.plot.projection import Projection
from reluviz.plot.snapping import Snapping
from reluviz.plot.strokes import draw_polyline
from reluviz.plot.value_tag import Tag, paint_tag

# Past so many points the whole line takes too long to follow a hand: the two segments at the hand do.
MOST_LIVE = 1000
_REACH = 13.0
_APART = 9.0
_ON_LINE = 8.0
_RIGHT = Qt.MouseButton.RightButton


class PointsItem(GrabLayer):
    """Dots on the points of a target. While it is visible, clicks anywhere are its own, and drags of the dots.

    Where points crowd only some are drawn and take the mouse, see `dots_of`; zooming in brings out the others. Points
    are called by their index from 0. `set_…` and `select` are silent; the signals are the user's doing, and who hears
    of them gives the item the new target.
    """

    line_changed = Signal(object)
    """The target's polyline, shape (m, 2), while a point is in the hand, and again when it is let go without result."""
    target_changed = Signal()
    """Another target is shown."""
    dragged = Signal(int, float, float)
    """A point in the hand, and where it is now; where it was, when it is let go without result."""
    moved = Signal(int, float, float)
    """A point that was dragged, and where it was let go."""
    selected_changed = Signal(object)
    """The point (int) that the user has chosen, or None."""
    add_requested = Signal(float, float)
    """Where a double-click asks for a new point."""
    menu_requested = Signal(object, object, object)
    """A right click: its place on screen (QPoint), the point there (int), and the place of a new one, or None."""

    def __init__(self, parent: QGraphicsObject, z: float, snapping: Snapping | None = None) -> None:
        super().__init__(parent, z, snapping)
        self.selected: int | None = None
        self._target: PointsTarget | None = None
        self._dots: tuple[IntArray, FloatArray] | None = None
        self._hovered: int | None = None
        # Of the hovered and the selected point the one that was pointed at or chosen last is named.
        self._names_selected = False
        self._drag: PointDrag | None = None
        self._note = ""
        self.setVisible(False)

    @property
    def target(self) -> PointsTarget | None:
        return self._target

    @property
    def held(self) -> int | None:
        """The point in the hand."""
        return None if self._drag is None else self._drag.index

    def set_target(self, target: PointsTarget | None) -> None:
        """The target to show, None for one without points. It takes a point of another one out of the hand."""
        if self._drag is not None and target != self._drag.target:
            self._drag, self._is_holding = None, False
        is_another = target is not self._target
        self._target = target
        points = 0 if target is None else len(target.points)
        if self.selected is not None and self.selected >= points:
            self.selected = points - 1 if points else None
        if self._hovered is not None and self._hovered >= points:
            self._hover(None)
        self._changed()
        if is_another:
            self.target_changed.emit()

    def select(self, point: int | None) -> None:
        if point != self.selected:
            self.selected = point
            self._names_selected = point is not None
            self._changed()

    def choose(self, point: int | None) -> None:
        """`select`, as the user's doing."""
        if point != self.selected:
            self.select(point)
            self.selected_changed.emit(point)

    def set_projection(self, projection: Projection) -> None:
        super().set_projection(projection)
        self._changed()

    def pixel_of(self, point: int) -> tuple[float, float] | None:
        """Where in the view a dot is, None where the point shows none."""
        indices, pixels = self._shown()
        at = np.flatnonzero(indices == point)
        return (float(pixels[at[0], 0]), float(pixels[at[0], 1])) if len(at) else None

    @property
    def shown(self) -> IntArray:
        """The points that are drawn and take the mouse."""
        return self._shown()[0]

    # What pyqtgraph's scene calls.

    def hoverEvent(self, event: Any) -> None:
        if event.isExit():
            if self._drag is None:
                self._hover(None)
            return
        if event.buttons():
            return
        point = self._dot_at(event.pos().x(), event.pos().y())
        for button in (LEFT, _RIGHT):
            event.acceptClicks(button)
        if point is not None:
            event.acceptDrags(LEFT)
        if point != self._hovered and event.pos() != event.lastPos():
            self._names_selected = False
        self._hover(point)

    def mouseClickEvent(self, event: Any) -> None:
        self._keys = event.modifiers()
        point = self._dot_at(event.pos().x(), event.pos().y())
        if event.button() == _RIGHT:
            event.accept()
            self.choose(point)
            new = self._place_for_new(event.pos())
            self.menu_requested.emit(event.screenPos().toPoint(), point, new)
        elif event.button() != LEFT:
            event.ignore()
        elif event.double() and point is None:
            event.accept()
            new = self._place_for_new(event.pos())
            if new is not None:
                self.add_requested.emit(*new)
        else:
            event.accept()
            self.choose(point)

    def _take_hold(self, x: float, y: float) -> bool:
        point = self._dot_at(x, y)
        at = None if point is None else self.pixel_of(point)
        if point is None or at is None or self._target is None:
            return False
        self._hold(at, (x, y))
        self._drag = PointDrag(self._target, point)
        self.choose(point)
        return True

    def _move(self, x: float, y: float) -> None:
        drag, projection = self._drag, self._projection
        if drag is None or projection is None:
            return
        wanted = self._snapped(projection.data(x, y), drag.levels())
        drag.move(wanted.x, wanted.y)
        self._note = drag.note(wanted)
        self.dragged.emit(drag.index, *drag.place)
        if len(drag.target.points) <= MOST_LIVE:
            self.line_changed.emit(drag.polyline())
        self.update()

    def _let_go(self, broken_off: bool) -> None:
        drag, self._drag = self._drag, None
        self._note = ""
        self._changed()
        if drag is None:
            return
        if broken_off:
            self.line_changed.emit(drag.target.polyline())
            self.dragged.emit(drag.index, *drag.target.points[drag.index])
        elif drag.place != drag.target.points[drag.index]:
            self.moved.emit(drag.index, *drag.place)

    def _snapped(self, place: Point, levels: FloatArray) -> Snapped:
        """`place` on the grid or on the height of one of `levels`, each axis for itself."""
        ground = None if self._snapping is None else self._snapping.fine_ground(self._keys, levels)
        if ground is None:
            return Snapped(*place)
        return snapped(
            place,
            reach_x=ground.reach_x,
            reach_y=ground.reach_y,
            grid_x=ground.grid_x,
            grid_y=ground.grid_y,
            points=ground.points,
        )

    def _place_for_new(self, position: Any) -> Point | None:
        """The place in data of a point added at a pixel: on the line where that is near, and snapped."""
        projection, target = self._projection, self._target
        if projection is None or target is None:
            return None
        place = projection.data(position.x(), position.y())
        found = self._snapped(place, np.zeros((0, 2)))
        # The grid must not put the new point on one that is there.
        x = place[0] if found.x in target.array[:, 0] else found.x
        away = distances(segments_of(projection.points(target.array)), position.x(), position.y())
        if away.min() <= _ON_LINE * self.look.scale:
            return x, float(target(np.array([x]))[0])
        return x, found.y

    def _shown(self) -> tuple[IntArray, FloatArray]:
        """The points with dots and their pixels, shape (dots, 2), found when needed."""
        if self._target is None or self._projection is None:
            return np.zeros(0, dtype=np.int64), np.zeros((0, 2))
        if self._dots is None:
            pixels = self._projection.points(self._target.array)
            always = tuple(index for index in (self.held, self.selected) if index is not None)
            last = len(pixels) - 1
            indices = dots_of(pixels, self._projection, _APART * self.look.scale, (*always, 0, last))
            self._dots = indices, pixels[indices]
        indices, pixels = self._dots
        if self._drag is not None:
            pixels = pixels.copy()
            pixels[indices == self._drag.index] = self._projection.pixel(*self._drag.place)
        return indices, pixels

    def _dot_at(self, x: float, y: float) -> int | None:
        indices, pixels = self._shown()
        if len(indices) == 0:
            return None
        away = np.hypot(pixels[:, 0] - x, pixels[:, 1] - y)
        nearest = int(np.argmin(away))
        return int(indices[nearest]) if away[nearest] <= _REACH * self.look.scale else None

    def _changed(self) -> None:
        self._dots = None
        self.update()

    def _hover(self, point: int | None) -> None:
        if point != self._hovered:
            self._hovered = point
            self.show_cursor(None if point is None else Qt.CursorShape.SizeAllCursor)
            self.update()

    def draw(self, painter: QPainter, projection: Projection) -> None:
        if self._target is None:
            return
        if self._drag is not None and len(self._target.points) > MOST_LIVE:
            self._draw_moved_segments(painter, projection, self._drag)
        indices, pixels = self._shown()
        front = self._hovered if self.held is None else self.held
        special = [index for index in (self.selected, front) if index is not None]
        is_special = np.isin(indices, special)
        paint_dots(painter, pixels[~is_special], self.look)
        for index, (x, y) in zip(indices[is_special].tolist(), pixels[is_special].tolist(), strict=True):
            paint_dot(painter, (x, y), index == self.selected, index == front, self.look)
        named = self.selected if front is None or (self._names_selected and self.held is None) else front
        at = None if named is None else self.pixel_of(named)
        if named is not None and at is not None:
            x, y = self._target.points[named] if self._drag is None else self._drag.place
            note = self._note if self.held is not None else f"point {named + 1} of {len(self._target.points)}"
            tag = Tag(f"({value_text(x)}, {value_text(y)})", note, self.look.palette.accent)
            paint_tag(painter, projection, at, tag, self.look)

    def _draw_moved_segments(self, painter: QPainter, projection: Projection, drag: PointDrag) -> None:
        pixels = projection.points(drag.segments())
        draw_polyline(painter, pixels, projection, self.look.palette.accent, TARGET_WIDTH * self.look.scale)
