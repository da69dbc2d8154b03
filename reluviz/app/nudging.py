"""The hand on the keyboard: nudges of what is picked on the plot or current in the table."""

from __future__ import annotations

import math

from PySide6.QtCore import QObject, Signal

from reluviz.app.editing import Editing
from reluviz.app.main_window import MainWindow
from reluviz.core.notation import parameter_text
from reluviz.core.parameter import Parameter
from reluviz.document.document import Document
from reluviz.document.edit import new_merge_id
from reluviz.document.selection import Selection


class Nudging(QObject):
    """Joins plot and table to the document. Nudges of one thing in a row are one undo step."""

    about_to_nudge = Signal(object)
    """What is to be nudged: a Parameter, or the number of a corner. Everything is still where it was."""
    nudged = Signal()

    def __init__(self, window: MainWindow, document: Document, editing: Editing, selection: Selection) -> None:
        super().__init__(window)
        self._window = window
        self._document = document
        self._editing = editing
        self._selection = selection
        self._last: object = None
        self._merge_id = 0
        self._held_by = ""
        picker = window.plot.picker
        picker.nudged.connect(self.nudge)
        picker.corner_nudged.connect(self.nudge_corner)
        picker.said.connect(window.status_line.say)
        editing.corner_held_by.connect(self._on_held_by)
        window.neurons_panel.parameter_nudged.connect(self.nudge_value)
        window.actions_["next_neuron"].triggered.connect(self.select_next)
        window.actions_["previous_neuron"].triggered.connect(self.select_previous)

    def nudge(self, what: Parameter, values: dict[Parameter, float]) -> None:
        """Give parameters the values that a nudge of `what` makes them have."""
        if any(parameter.neuron >= self._document.network.neurons for parameter in values):
            return
        if not all(math.isfinite(value) for value in values.values()):
            self._window.status_line.warn(f"{parameter_text(what)} can be no larger")
            return
        self.about_to_nudge.emit(what)
        self._editing.set_together(values, f"nudge {parameter_text(what)}", self._merge_id_of(what))
        self.nudged.emit()

    def nudge_value(self, parameter: Parameter, value: float) -> None:
        self.nudge(parameter, {parameter: value})

    def nudge_corner(self, corner: int, x: float, y: float) -> None:
        self._held_by = ""
        self.about_to_nudge.emit(corner)
        self._editing.move_corner(corner, (x, y), f"nudge corner {corner}", self._merge_id_of(corner))
        self.nudged.emit()
        if self._held_by:
            self._window.status_line.say(f"Corner {corner} is held by {self._held_by}")

    def _on_held_by(self, held_by: str) -> None:
        self._held_by = held_by

    def _merge_id_of(self, what: object) -> int:
        if what != self._last:
            self._last, self._merge_id = what, new_merge_id()
        return self._merge_id

    def select_next(self) -> None:
        """Select the next neuron, after the last one the first."""
        self._select_by(1)

    def select_previous(self) -> None:
        self._select_by(-1)

    def _select_by(self, by: int) -> None:
        neurons, selected = self._document.network.neurons, self._selection.selected
        if selected is None:
            self._selection.select(0 if by > 0 else neurons - 1)
        else:
            self._selection.select((selected + by) % neurons)
