"""The handles: drawn, hovered, picked and dragged."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsObject

from reluviz.core.handles import Handle
from reluviz.core.network import Network
from reluviz.core.parameter import Kind, Locks, Parameter
from reluviz.core.picture import Picture
from reluviz.plot.grab_layer import LEFT, GrabLayer
from reluviz.plot.handle_cursor import handle_cursor
from reluviz.plot.handle_drag import HandleDrag
from reluviz.plot.handle_layout import REACH, HandleLayout
from reluviz.plot.handle_shapes import HandleState, handle_colour, paint_focus_ring, paint_handle
from reluviz.plot.handle_tag import TagState, front_tag
from reluviz.plot.pointed_handle import PointedHandle
from reluviz.plot.projection import Projection
from reluviz.plot.snapping import Snapping, snap_note
from reluviz.plot.value_tag import paint_tag

_SHIFT = Qt.KeyboardModifier.ShiftModifier


class HandleItem(GrabLayer):
    """All handles as one item. Which ones are shown follows from the network, the selection and the hovered neuron.

    A press on a handle that the mouse hovers over takes hold of it; nothing else does, so that panning never moves a
    handle. While it is held its value follows from the mouse and the network of that moment, which training may change.
    With Shift the end of a ray turns the ray about its kink: then the hidden weight is what the drag is of. Shift
    pressed or released meanwhile breaks the one drag off and starts the other.
    """

    hover_changed = Signal(object)
    """The Parameter whose handle is under the mouse, or None."""
    clicked = Signal(object)
    """The Parameter whose handle was clicked."""
    double_clicked = Signal()
    drag_started = Signal(object)
    dragged = Signal(object, float)
    turned = Signal(object)
    """The hidden weight and hidden bias, Parameter to value, that turn the held ray or move the held second kink."""
    drag_finished = Signal(object)
    drag_cancelled = Signal(object)

    def __init__(self, parent: QGraphicsObject, z: float, snapping: Snapping | None = None) -> None:
        super().__init__(parent, z, snapping)
        self.layout = HandleLayout()
        self._locked: frozenset[Parameter] = frozenset()
        self._hovered: Parameter | None = None
        self._pointed = PointedHandle()
        self._picked: Parameter | None = None
        self._is_keyboard_elsewhere = False
        self._drag: HandleDrag | None = None

    @property
    def hovered(self) -> Parameter | None:
        return self._hovered

    @property
    def picked(self) -> Parameter | None:
        return self._picked

    @property
    def _held(self) -> Parameter | None:
        return None if self._drag is None else self._drag.held

    def set_domain(self, low: float, high: float) -> None:
        self.layout.low, self.layout.high = low, high
        self._changed()

    def show_network(self, network: Network) -> None:
        self.layout.network = network
        self._changed()

    def set_picture(self, picture: Picture) -> None:
        """A handle that is no longer shown is let go of."""
        self.layout.picture = picture
        self._changed()
        if self._held is not None and self.layout.find(self._held) is None:
            self.cancel()
        if self._hovered is not None and self.layout.find(self._hovered) is None:
            self._hover(None)

    def set_locked(self, locked: frozenset[Parameter]) -> None:
        self._locked = locked
        self._set_cursor()
        self.update()

    def set_highlight(self, selected: int | None, hovered: int | None) -> None:
        self.layout.selected, self.layout.hovered_neuron = selected, hovered
        self._changed()

    def set_projection(self, projection: Projection) -> None:
        super().set_projection(projection)
        self.layout.scale = self.look.scale
        self.layout.set_projection(projection)
        self.update()

    def set_picked(self, parameter: Parameter | None, elsewhere: bool = False) -> None:
        """Which parameter the keyboard moves, its handle ringed; `elsewhere`: what it is at has the tag to read."""
        self._picked, self._is_keyboard_elsewhere = parameter, elsewhere
        self.update()

    def pixel_of(self, parameter: Parameter) -> tuple[float, float] | None:
        """Where in the view the middle of a parameter's handle is, None if it shows none."""
        return self.layout.centres().get(parameter)

    def pick_next(self, forwards: bool = True) -> bool:
        """Take the next of the handles that lie on top of each other under the mouse; False if there is no other."""
        found = None if self.is_holding else self._pointed.step_on(self._hovered, forwards)
        if found is not None:
            self._hover(found)
        return found is not None

    def set_keys(self, keys: Qt.KeyboardModifier) -> None:
        super().set_keys(keys)
        self._set_cursor()

    # What pyqtgraph's scene calls.

    def hoverEvent(self, event: Any) -> None:
        if event.isExit():
            if not self.is_holding:
                self._pointed.leave()
                self._hover(None)
            return
        if event.buttons():
            return
        self._look_under(event.pos().x(), event.pos().y())
        self.set_keys(event.modifiers())
        if self._hovered is not None:
            event.acceptDrags(LEFT)
            event.acceptClicks(LEFT)

    def mouseClickEvent(self, event: Any) -> None:
        if event.button() != LEFT or not self._is_over(event.pos().x(), event.pos().y()):
            event.ignore()
            return
        event.accept()
        if event.double():
            self.double_clicked.emit()
        else:
            self.clicked.emit(self._hovered)

    def _look_under(self, x: float, y: float) -> None:
        stacked = len(self._pointed.under_mouse)
        self._hover(self._pointed.look(self.layout.at(x, y)))
        if len(self._pointed.under_mouse) != stacked:
            self.update()

    def _is_over(self, x: float, y: float) -> bool:
        if not self._pointed.mouse_seen or self._hovered is None:
            # The press may be the first that is heard of the mouse: the plot came to it, as when it was just shown,
            # or what was drawn did.
            self._look_under(x, y)
        return self._hovered is not None

    def _hover(self, parameter: Parameter | None) -> None:
        if parameter != self._hovered:
            self._hovered = parameter
            self._set_cursor()
            self.update()
            self.hover_changed.emit(parameter)

    def _set_cursor(self) -> None:
        """Show which way the hovered or held handle goes."""
        parameter = self._held or self._hovered
        if parameter is None:
            self.show_cursor(None)
            return
        turns = self._would_turn(parameter) if self._drag is None else self._drag.turns
        self.show_cursor(handle_cursor(self.layout, parameter, turns, self._locked))

    def _is_locked(self, parameter: Parameter) -> bool:
        return self.layout.is_locked(parameter, self._locked)

    def _would_turn(self, parameter: Parameter) -> bool:
        return parameter.kind is Kind.OUTPUT_WEIGHT and bool(self._keys & _SHIFT)

    def _take_hold(self, x: float, y: float) -> bool:
        if not self._is_over(x, y) or self._hovered is None:
            return False
        turns = self._would_turn(self._hovered)
        if (self._is_locked(self._hovered) and not turns) or not self.layout.exists(self._hovered):
            return True
        middle = self.layout.centres().get(self._hovered, (x, y))
        if np.hypot(middle[0] - x, middle[1] - y) > 1.5 * REACH * self.look.scale:
            # Training has moved the handle on since the mouse came to it: it comes to the mouse.
            middle = x, y
        # Where the ray leaves the view moves with the ray: the hand keeps hold of it at one place.
        handle = self.layout.find(self._hovered)
        self._begin(HandleDrag(self._hovered, None if handle is None else handle.x, turns))
        self._hold(middle, (x, y))
        return True

    def _begin(self, drag: HandleDrag) -> None:
        self._drag = drag
        self.layout.set_held(drag.held, drag.at)
        self._set_cursor()
        self.drag_started.emit(drag.subject)

    def _move(self, x: float, y: float) -> None:
        drag, projection = self._drag, self._projection
        if drag is None or projection is None:
            return
        if not self.layout.exists(drag.held):
            self.cancel()
            return
        if self._would_turn(drag.held) != drag.turns:
            # Shift was pressed or released: what was done the one way is put back, and done the other way.
            self.drag_cancelled.emit(drag.subject)
            drag = drag.switched()
            self._begin(drag)
        layout = self.layout
        assert layout.network is not None
        values = drag.values(
            layout.network, (layout.low, layout.high), projection.data(x, y), self._ground(), Locks(self._locked)
        )
        layout.set_held(drag.held, drag.at)
        if values is not None and (drag.turns or drag.widens):
            self.turned.emit(values)
        elif values is not None:
            self.dragged.emit(drag.held, values[drag.held])
        self.update()

    def _let_go(self, broken_off: bool) -> None:
        assert self._drag is not None
        subject, self._drag = self._drag.subject, None
        self.layout.set_held(None)
        self._changed()
        self._set_cursor()
        (self.drag_cancelled if broken_off else self.drag_finished).emit(subject)

    def _changed(self) -> None:
        self.layout.changed()
        self.update()

    def draw(self, painter: QPainter, projection: Projection) -> None:
        for handle in sorted(self.layout.current(), key=self._depth):
            self._draw_handle(painter, projection, handle)
        front = self._held or self._picked or (None if self._is_keyboard_elsewhere else self._hovered)
        handle_in_front = None if front is None else self.layout.find(front)
        if handle_in_front is not None and front is not None:
            self._draw_tag(painter, projection, handle_in_front, front)

    def _active(self) -> set[Parameter | None]:
        picked = None if self._picked is None else self.layout.find(self._picked)
        return {self._held, self._hovered, None if picked is None else picked.parameter}

    def _depth(self, handle: Handle) -> tuple[bool, bool, int]:
        """What is drawn later lies on top: the active handle, then the selected neuron's, then later neurons'."""
        parameter = handle.parameter
        return parameter in self._active(), self.layout.is_selected(parameter), parameter.neuron

    def _draw_handle(self, painter: QPainter, projection: Projection, handle: Handle) -> None:
        at = self.layout.place(handle, projection)
        if not projection.top - 30 <= at[1] <= projection.bottom + 30:
            return
        locked = self._is_locked(handle.parameter)
        active = handle.parameter in self._active() and not locked
        state = HandleState(
            self.look.palette.muted if locked else handle_colour(handle.parameter, self.look.palette), active, locked
        )
        paint_handle(painter, handle, at, state, self.look)
        if self._picked is not None and handle == self.layout.find(self._picked):
            paint_focus_ring(painter, self.layout.centres()[handle.parameter], self.look)

    def _draw_tag(self, painter: QPainter, projection: Projection, handle: Handle, front: Parameter) -> None:
        drag, layout = self._drag, self.layout
        if layout.network is None:
            return
        state = TagState(
            domain=(layout.low, layout.high),
            locks=Locks(self._locked),
            held=drag is not None,
            turns=drag is not None and drag.turns,
            stacked=len(self._pointed.under_mouse) if front == self._hovered else 1,
            snap=snap_note(drag.snap.to, drag.snap.point) if drag is not None and drag.snap is not None else "",
        )
        colour = handle_colour(front, self.look.palette)
        tag = front_tag(layout.network, handle, front, colour, state)
        paint_tag(painter, projection, self.layout.place(handle, projection), tag, self.look)
