"""What mouse and keyboard are at, among handles, corners and rays."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from reluviz.core.parameter import OUTPUT_BIAS, Parameter
from reluviz.plot.corner_item import CornerItem
from reluviz.plot.handle_item import HandleItem
from reluviz.plot.mouse_turns import MouseTurns
from reluviz.plot.picker import Picker
from reluviz.plot.resting_mouse import RestingMouse
from reluviz.plot.surface_item import SurfaceItem


class Pointing(QObject):
    """Joins what is hovered, clicked and picked on one plot to the neuron and the parameter that are meant by it."""

    neuron_hovered = Signal(object)
    """The neuron (int) whose ray or handle the mouse came to, or None."""
    parameter_hovered = Signal(object)
    """The Parameter whose handle the mouse came to, or that the keyboard picked; None for none."""
    neuron_selected = Signal(object)
    """The neuron (int) whose ray or handle was clicked, None for a click on empty ground or on the output bias."""

    def __init__(
        self,
        surface: SurfaceItem,
        handles: HandleItem,
        corners: CornerItem,
        picker: Picker,
        resting: RestingMouse,
        mouse: MouseTurns,
    ) -> None:
        super().__init__(picker)
        self._surface = surface
        self._handles = handles
        self._corners = corners
        self._picker = picker
        self._resting = resting
        self._mouse = mouse
        self._hovered: int | None = None
        for layer in (surface, handles, corners):
            layer.hover_changed.connect(self._hover_changed)
        surface.clicked.connect(self._ground_clicked)
        handles.clicked.connect(self._handle_clicked)
        picker.picked.connect(self._on_picked)
        picker.changed.connect(self._tell_parameter)

    @property
    def parameter(self) -> Parameter | None:
        """The parameter that is picked by keyboard, else the one whose handle is under the mouse."""
        return None if self._mouse.is_targets else self._handles.picked or self._handles.hovered

    def _hover_changed(self, _: object) -> None:
        parameter = self._handles.hovered
        at_hand = self._corners.hovered if parameter is None else parameter
        if at_hand not in (None, self._picker.pick) and not self._resting.is_looking:
            # One handle is at hand at a time: the one that was pointed at last.
            self._picker.drop()
        self._tell_parameter()
        hovered = self._surface.hovered if parameter is None else _neuron_of(parameter)
        if hovered != self._hovered:
            self._hovered = hovered
            self.neuron_hovered.emit(hovered)

    def _tell_parameter(self) -> None:
        self.parameter_hovered.emit(self.parameter)

    def _ground_clicked(self, neuron: object) -> None:
        self._picker.drop()
        self.neuron_selected.emit(neuron)

    def _handle_clicked(self, parameter: Parameter) -> None:
        self.neuron_selected.emit(_neuron_of(parameter))
        self._picker.set_pick(parameter)

    def _on_picked(self, pick: object) -> None:
        if isinstance(pick, Parameter) and pick != OUTPUT_BIAS:
            self.neuron_selected.emit(pick.neuron)


def _neuron_of(parameter: Parameter) -> int | None:
    """None for the output bias."""
    return None if parameter == OUTPUT_BIAS else parameter.neuron
