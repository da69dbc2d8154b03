"""What passes by in a film, and how fast."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from reluviz.core.film_recipe import MAX_HOLD, FilmRecipe, Pace, Sweep, What
from reluviz.core.network import MAX_NEURONS
from reluviz.core.parameter import OUTPUT_BIAS, Kind, Parameter
from reluviz.core.settings import MAX_STEPS
from reluviz.panels.controls import Check, Choice
from reluviz.panels.field_grid import FieldGrid
from reluviz.panels.number_edit import CountEdit, NumberEdit
from reluviz.panels.side_by_side import side_by_side

_WHATS = {
    What.RUN: ("A fresh run", "The document's training, made anew step by step for the film"),
    What.RECORDING: ("The recorded run", "What was recorded while it trained"),
    What.BUILD: ("Building the target", "The construction from ReLUs, with a sentence for each step"),
    What.SUMS: ("The partial sums", "b₀, then one contribution after the other, by their kinks"),
    What.SWEEP: ("A parameter swept", "One parameter on its way from one value to another"),
}
_PACES = {
    None: ("As usual", "Runs by how much the picture changes, all else evenly"),
    Pace.CHANGE: ("By change", "Every frame differs from the one before about as much"),
    Pace.UNIFORM: ("Even", "Every frame is as many steps later"),
    Pace.LOGARITHMIC: ("Logarithmic", "Every frame is as many times later: the beginning in detail"),
}
_KINDS = {
    Kind.OUTPUT_WEIGHT: ("w, output", "An output weight: how much the neuron adds"),
    Kind.HIDDEN_BIAS: ("b, hidden", "A hidden bias: where the neuron's kink is"),
    Kind.HIDDEN_WEIGHT: ("v, hidden", "A hidden weight: how steep the neuron is, and to which side"),
    Kind.OUTPUT_BIAS: ("b₀, output", "The output bias: how high all of it lies"),
}
_USUAL_STEPS = 1000
_LETTERS = 16


class FilmContentFields(QWidget):
    """`edited` when the user has changed a value, `refused(str)` when a number was no number."""

    edited = Signal()
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.what_choice, self.begin_choice = Choice("What"), Choice("Begins")
        for what, (label, tip) in _WHATS.items():
            self.what_choice.offer(label, what, tip)
        self.what_choice.setMinimumContentsLength(_LETTERS)
        self.begin_choice.offer("At the start", False)
        self.begin_choice.offer("At the present state", True)
        self.steps_check = Check("S&teps")
        self.steps_edit = CountEdit("steps", 1, MAX_STEPS)
        self.steps_edit.set_value(_USUAL_STEPS)
        self.kind_choice = Choice("Parameter")
        for kind, (label, tip) in _KINDS.items():
            self.kind_choice.offer(label, kind, tip)
        self.neuron_edit = CountEdit("neuron", 1, MAX_NEURONS)
        self.ends_check = Check("&Between")
        self.low_edit, self.high_edit = NumberEdit("from", is_setting=True), NumberEdit("to", is_setting=True)
        self.low_edit.set_value(-1.0)
        self.high_edit.set_value(1.0)
        self.pace_choice = Choice("Pace")
        for pace, (label, tip) in _PACES.items():
            self.pace_choice.offer(label, pace, tip)
        self.hold_edit = NumberEdit("hold", 0.0, MAX_HOLD, is_setting=True)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        grid = FieldGrid("Lines, text (%)")
        grid.add_field("&What", self.what_choice, "What passes by")
        grid.add_field("Be&gins", self.begin_choice, "Where a fresh run begins")
        grid.add_checked_field(self.steps_check, self.steps_edit, "How long a fresh run is; else as the document says")
        grid.add_field("Para&meter", side_by_side(self.kind_choice, self.neuron_edit), "What is swept, of which neuron")
        grid.add_checked_field(
            self.ends_check, side_by_side(self.low_edit, self.high_edit), "From where to where; else around its value"
        )
        grid.add_field("&Pace", self.pace_choice, "Which moments the frames show")
        grid.align_fields(self.fontMetrics())
        grid.add_field("Ho&ld (s)", self.hold_edit, "How long the first and the last frame stay")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(grid)

    def _connect(self) -> None:
        for choice in (self.what_choice, self.begin_choice, self.kind_choice, self.pace_choice):
            choice.chosen.connect(self._on_edited)
        for check in (self.steps_check, self.ends_check):
            check.clicked.connect(self._on_edited)
        for number in (self.steps_edit, self.neuron_edit, self.low_edit, self.high_edit, self.hold_edit):
            number.edited.connect(self._on_edited)
            number.refused.connect(self.refused)

    def show_recipe(self, recipe: FilmRecipe) -> None:
        """Set all fields."""
        self.what_choice.show_value(recipe.what)
        self.begin_choice.show_value(recipe.from_present)
        self.steps_check.setChecked(recipe.steps is not None)
        if recipe.steps is not None:
            self.steps_edit.set_value(recipe.steps)
        if recipe.sweep is not None:
            self._show_sweep(recipe.sweep)
        self.pace_choice.show_value(recipe.pace)
        self.hold_edit.set_value(recipe.hold)
        self._enable()

    @property
    def is_run(self) -> bool:
        """Whether what passes by has steps, and losses."""
        return What(self.what_choice.value_at(self.what_choice.currentIndex())).is_run

    def show_neurons(self, neurons: int) -> None:
        """How many there are whose parameters can be swept."""
        self.neuron_edit.set_limits(1, neurons)

    def show_swept(self, parameter: Parameter) -> None:
        """The parameter that is swept, as long as the user names no other."""
        self.kind_choice.show_value(parameter.kind)
        self.neuron_edit.set_value(parameter.neuron + 1)

    def _show_sweep(self, sweep: Sweep) -> None:
        self.show_swept(sweep.parameter)
        self.ends_check.setChecked(sweep.low is not None and sweep.high is not None)
        if sweep.low is not None and sweep.high is not None:
            self.low_edit.set_value(sweep.low)
            self.high_edit.set_value(sweep.high)

    def values(self) -> dict[str, Any]:
        """The fields of a recipe that are set here. Raises ValueError for what cannot be."""
        what = self.what_choice.value_at(self.what_choice.currentIndex())
        return {
            "what": what,
            "from_present": self.begin_choice.value_at(self.begin_choice.currentIndex()),
            "steps": self.steps_edit.value() if self.steps_check.isChecked() else None,
            "sweep": self._sweep() if what is What.SWEEP else None,
            "pace": self.pace_choice.value_at(self.pace_choice.currentIndex()),
            "hold": self.hold_edit.value(),
        }

    def _sweep(self) -> Sweep:
        kind = self.kind_choice.value_at(self.kind_choice.currentIndex())
        is_bias = kind is Kind.OUTPUT_BIAS or not isinstance(kind, Kind)
        parameter = OUTPUT_BIAS if is_bias else Parameter(Kind(kind), self.neuron_edit.value() - 1)
        if not self.ends_check.isChecked():
            return Sweep(parameter)
        return Sweep(parameter, self.low_edit.value(), self.high_edit.value())

    def _on_edited(self) -> None:
        self._enable()
        self.edited.emit()

    def _enable(self) -> None:
        what = self.what_choice.value_at(self.what_choice.currentIndex())
        for field in (self.begin_choice, self.steps_check):
            field.setEnabled(what is What.RUN)
        self.steps_edit.setEnabled(what is What.RUN and self.steps_check.isChecked())
        is_sweep = what is What.SWEEP
        of_neuron = self.kind_choice.value_at(self.kind_choice.currentIndex()) is not Kind.OUTPUT_BIAS
        self.kind_choice.setEnabled(is_sweep)
        self.neuron_edit.setEnabled(is_sweep and of_neuron)
        self.ends_check.setEnabled(is_sweep)
        for end in (self.low_edit, self.high_edit):
            end.setEnabled(is_sweep and self.ends_check.isChecked())
