"""The handles: drawn, hovered and dragged."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsObject

from reluviz.core.handles import Handle, View, handle_of, handles, value_at
from reluviz.core.network import Network
from reluviz.core.parameter import OUTPUT_BIAS, Parameter
from reluviz.plot.handle_shapes import HandleState, centre, paint_handle
from reluviz.plot.handle_tag import handle_tag
from reluviz.plot.layer import Layer
from reluviz.plot.projection import Projection
from reluviz.plot.value_tag import paint_tag

# Past this many neurons only the selected and the hovered one show their handles.
MOST_SHOWN = 12
_REACH = 13.0
_LEFT = Qt.MouseButton.LeftButton


class HandleItem(Layer):
    """All handles as one item. Which ones are shown follows from the network, the selection and the hovered neuron.

    A press on a handle that the mouse hovers over takes hold of it; nothing else does, so that panning never moves a
    handle. While it is held its value follows from the mouse and the network of that moment, which training may change.
    """

    hover_changed = Signal(object)
    """The Parameter whose handle is under the mouse, or None."""
    clicked = Signal(object)
    """The Parameter whose handle was clicked."""
    double_clicked = Signal()
    drag_started = Signal(object)
    dragged = Signal(object, float)
    drag_finished = Signal(object)
    drag_cancelled = Signal(object)

    def __init__(self, parent: QGraphicsObject, z: float) -> None:
        super().__init__(parent, z)
        self._network: Network | None = None
        self._low, self._high = -1.0, 1.0
        self._locked: frozenset[Parameter] = frozenset()
        self._selected: int | None = None
        self._hovered_neuron: int | None = None
        self._handles: list[Handle] | None = None
        self._hovered: Parameter | None = None
        self._under_mouse: list[Parameter] = []
        self._mouse_seen = False
        self._picked: Parameter | None = None
        self._held: Parameter | None = None
        self._held_at: float | None = None
        self._offset = (0.0, 0.0)
        self._last_position: tuple[float, float] | None = None

    @property
    def hovered(self) -> Parameter | None:
        return self._hovered

    def set_domain(self, low: float, high: float) -> None:
        self._low, self._high = low, high
        self._changed()

    def show_network(self, network: Network) -> None:
        self._network = network
        self._changed()

    def set_locked(self, locked: frozenset[Parameter]) -> None:
        self._locked = locked
        self._set_cursor()
        self.update()

    def set_highlight(self, selected: int | None, hovered: int | None) -> None:
        self._selected, self._hovered_neuron = selected, hovered
        self._changed()

    def pixel_of(self, parameter: Parameter) -> tuple[float, float] | None:
        """Where in the view the middle of a parameter's handle is, None if it shows none."""
        return self._centres().get(parameter)

    def pick_next(self) -> bool:
        """Take the next of the handles that lie on top of each other under the mouse; False if there is no other."""
        if len(self._under_mouse) < 2 or self._hovered is None or self._held is not None:
            return False
        place = self._under_mouse.index(self._hovered) if self._hovered in self._under_mouse else -1
        self._picked = self._under_mouse[(place + 1) % len(self._under_mouse)]
        self._hover(self._picked)
        return True

    def cancel(self) -> bool:
        """Let go of the held handle without result; False if none is held."""
        if self._held is None:
            return False
        held, self._held = self._held, None
        self._changed()
        self.drag_cancelled.emit(held)
        return True

    # What pyqtgraph's scene calls.

    def hoverEvent(self, event: Any) -> None:
        if event.isExit():
            if self._held is None:
                self._under_mouse, self._mouse_seen = [], False
                self._hover(None)
            return
        if event.buttons():
            return
        self._look_under(event.pos())
        if self._hovered is not None:
            event.acceptDrags(_LEFT)
            event.acceptClicks(_LEFT)

    def mouseClickEvent(self, event: Any) -> None:
        if not self._is_mine(event, event.pos()):
            event.ignore()
            return
        event.accept()
        if event.double():
            self.double_clicked.emit()
        else:
            self.clicked.emit(self._hovered)

    def mouseDragEvent(self, event: Any) -> None:
        if not self._is_mine(event, event.buttonDownPos()):
            event.ignore()
            return
        event.accept()
        if event.isStart():
            self._take_hold(event.buttonDownPos())
        if self._held is None:
            return
        position = event.pos()
        self._move_to(position.x() + self._offset[0], position.y() + self._offset[1])
        if event.isFinish() and self._held is not None:
            held, self._held = self._held, None
            self._changed()
            self.drag_finished.emit(held)

    def draw(self, painter: QPainter, projection: Projection) -> None:
        shown = self._current()
        front = self._held or self._hovered
        for handle in sorted(shown, key=self._depth):
            self._draw_handle(painter, projection, handle)
        for handle in shown:
            if handle.parameter == front:
                self._draw_tag(painter, projection, handle)

    def _look_under(self, position: Any) -> None:
        self._mouse_seen = True
        self._under_mouse = self._handles_at(position.x(), position.y())
        if self._picked not in self._under_mouse:
            self._picked = None
        self._hover(self._picked or next(iter(self._under_mouse), None))

    def _is_mine(self, event: Any, press: Any) -> bool:
        if not self._mouse_seen:
            # The plot came to the mouse, as when it was just shown: the press is the first that is heard of it.
            self._look_under(press)
        return event.button() == _LEFT and self._hovered is not None

    def _take_hold(self, press: Any) -> None:
        if self._hovered is None or self._hovered in self._locked or not self._exists(self._hovered):
            return
        middle = self._centres().get(self._hovered)
        self._offset = (0.0, 0.0) if middle is None else (middle[0] - press.x(), middle[1] - press.y())
        if np.hypot(*self._offset) > 1.5 * _REACH * self.look.scale:
            # Training has moved the handle on since the mouse came to it: it comes to the mouse.
            self._offset = (0.0, 0.0)
        self._held = self._hovered
        # Where the ray leaves the view moves with the ray: the hand keeps hold of it at one place.
        self._held_at = next((handle.x for handle in self._current() if handle.parameter == self._held), None)
        self._last_position = None
        self.drag_started.emit(self._held)

    def _move_to(self, x: float, y: float) -> None:
        held, network, projection = self._held, self._network, self._projection
        if held is None or network is None or projection is None or (x, y) == self._last_position:
            return
        if not self._exists(held):
            self.cancel()
            return
        self._last_position = (x, y)
        value = value_at(network, held, self._low, self._high, projection.data(x, y), self._held_at)
        if value is not None:
            self.dragged.emit(held, value)

    def _exists(self, parameter: Parameter) -> bool:
        return self._network is not None and (parameter == OUTPUT_BIAS or parameter.neuron < self._network.neurons)

    def _changed(self) -> None:
        self._handles = None
        self.update()

    def _hover(self, parameter: Parameter | None) -> None:
        if parameter != self._hovered:
            self._hovered = parameter
            self._set_cursor()
            self.update()
            self.hover_changed.emit(parameter)

    def _set_cursor(self) -> None:
        """Show which way the hovered handle goes."""
        shape = None
        if self._network is not None and self._hovered is not None and self._exists(self._hovered):
            handle = handle_of(self._network, self._hovered, self._low, self._high)
            if self._hovered in self._locked:
                shape = Qt.CursorShape.ForbiddenCursor
            elif handle is not None:
                shape = Qt.CursorShape.SizeHorCursor if handle.moves_sideways else Qt.CursorShape.SizeVerCursor
        self.show_cursor(shape)

    def _current(self) -> list[Handle]:
        """The handles to show, found when needed."""
        if self._handles is None:
            if self._network is None:
                return []
            neurons = list(range(self._network.neurons))
            if len(neurons) > MOST_SHOWN:
                held = self._held.neuron if self._held and self._held != OUTPUT_BIAS else None
                neurons = [j for j in neurons if j in {self._selected, self._hovered_neuron, held}]
            found = handles(self._network, self._low, self._high, neurons, self._view())
            self._handles = [self._as_held(handle) for handle in found]
        return self._handles

    def _as_held(self, handle: Handle) -> Handle:
        if handle.parameter != self._held or self._network is None:
            return handle
        held = handle_of(self._network, handle.parameter, self._low, self._high, at=self._held_at)
        return held or handle

    def _view(self) -> View | None:
        """The view without a rim as wide as a handle, so that none is cut off."""
        projection = self._projection
        if projection is None:
            return None
        rim = min(_REACH * self.look.scale, 0.25 * projection.width, 0.25 * projection.height)
        left, top = projection.data(projection.left, projection.top + rim)
        right, bottom = projection.data(projection.right, projection.bottom - rim)
        return View(left, right, bottom, top)

    def set_projection(self, projection: Projection) -> None:
        super().set_projection(projection)
        self._changed()

    def _centres(self) -> dict[Parameter, tuple[float, float]]:
        projection = self._projection
        if projection is None:
            return {}
        shown = ((handle, projection.pixel(handle.x, handle.y)) for handle in self._current())
        return {handle.parameter: centre(handle, at, self.look.scale) for handle, at in shown}

    def _handles_at(self, x: float, y: float) -> list[Parameter]:
        """The handles within reach of a pixel: the selected neuron's first, then the nearest."""
        reach = _REACH * self.look.scale
        near = []
        for parameter, (across, down) in self._centres().items():
            away = float(np.hypot(across - x, down - y))
            if away <= reach:
                selected = parameter != OUTPUT_BIAS and parameter.neuron == self._selected
                near.append((not selected, away, -parameter.neuron, parameter))
        return [row[-1] for row in sorted(near, key=lambda row: row[:-1])]

    def _depth(self, handle: Handle) -> tuple[bool, bool, int]:
        """What is drawn later lies on top: the active handle, then the selected neuron's, then later neurons'."""
        parameter = handle.parameter
        active = parameter in {self._held, self._hovered}
        return active, parameter != OUTPUT_BIAS and parameter.neuron == self._selected, parameter.neuron

    def _colour(self, parameter: Parameter) -> str:
        return self.look.palette.output if parameter == OUTPUT_BIAS else self.look.palette.neuron(parameter.neuron)

    def _draw_handle(self, painter: QPainter, projection: Projection, handle: Handle) -> None:
        at = projection.pixel(handle.x, handle.y)
        if not projection.top - 30 <= at[1] <= projection.bottom + 30:
            return
        locked = handle.parameter in self._locked
        active = handle.parameter in {self._held, self._hovered} and not locked
        state = HandleState(self.look.palette.muted if locked else self._colour(handle.parameter), active, locked)
        paint_handle(painter, handle, at, state, self.look)

    def _draw_tag(self, painter: QPainter, projection: Projection, handle: Handle) -> None:
        if self._network is None:
            return
        parameter, at = handle.parameter, projection.pixel(handle.x, handle.y)
        tag = handle_tag(
            self._network,
            parameter,
            (self._low, self._high),
            self._colour(parameter),
            locked=parameter in self._locked,
            held=self._held is not None,
            stacked=len(self._under_mouse),
        )
        paint_tag(painter, projection, at, tag, self.look)
