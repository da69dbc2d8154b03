"""The target panel: which function, formula, points or data, on which domain, at how many samples."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from reluviz.core.axis_names import AxisNames
from reluviz.core.data_target import DataTarget
from reluviz.core.dataset import MAX_SAMPLES, Sampling, check_sample_count
from reluviz.core.formula_target import FormulaTarget
from reluviz.core.target import FunctionTarget, PointsTarget, Target, check_domain_end
from reluviz.panels.axis_name_fields import AxisNameFields
from reluviz.panels.formula_field import FormulaField
from reluviz.panels.number_edit import CountEdit, NumberEdit
from reluviz.panels.number_step import decade_step
from reluviz.panels.number_text import exact_text
from reluviz.panels.points_fold import PointsFold
from reluviz.panels.sampling_fields import SamplingFields
from reluviz.panels.section import Section
from reluviz.panels.target_choice import TargetChoice

_SAMPLES_TIP = "How many equally spaced samples the network is trained on"
_ROWS_TIP = "The rows of the data within the domain are the samples"


class TargetPanel(Section):
    """What the network is to learn. `show_…` is silent; the signals are the user's doing."""

    target_edited = Signal(object)  # Target
    previewed = Signal(object)  # a FormulaTarget that is being typed, or None
    samples_edited = Signal(int)
    points_requested = Signal()
    data_requested = Signal()
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Target", parent)
        self._target: Target = FunctionTarget("sine")
        self.function = TargetChoice("Function")
        self.formula = FormulaField()
        self.low = NumberEdit("domain start", is_setting=True, check=check_domain_end)
        self.high = NumberEdit("domain end", is_setting=True, check=check_domain_end)
        self.samples = CountEdit("samples", 1, MAX_SAMPLES, decade_step, check=check_sample_count)
        self.add_field("Fu&nction", self.function, "What to approximate: a function, a formula, points or data")
        self.add_row(self.formula, "")
        self.add_field("F&rom x", self.low, "Where the domain starts; samples lie on it, both ends included")
        self.add_field("To &x", self.high, "Where the domain ends")
        self.add_field("Sa&mples", self.samples, _SAMPLES_TIP)
        self.points_fold = PointsFold()
        self.points_table, self.edit_points = self.points_fold.table, self.points_fold.edit_points
        self.add_row(self.points_fold)
        self.sampling_fields = SamplingFields()
        self.add_row(self.sampling_fields)
        self.axes = AxisNameFields(self.sampling_fields.fields, self.sampling_fields)
        self.show_target(self._target, Sampling())
        self.function.chosen.connect(self._choose)
        self.low.edited.connect(self._edit_domain)
        self.high.edited.connect(self._edit_domain)
        self.samples.edited.connect(self._edit_samples)
        self.sampling_fields.refused.connect(self.refused)
        self.formula.previewed.connect(self.previewed)
        self.formula.entered.connect(self.target_edited)
        for field in (self.formula, self.low, self.high, self.samples):
            field.refused.connect(self.refused)

    def show_target(self, target: Target, sampling: Sampling) -> None:
        """Shows `target`. One of the user's own joins the choices and stays among them until `forget_own`."""
        self._target = target
        self.function.show_target(target)
        self.formula.show_target(target, sampling.samples)
        self.points_fold.show_target(target)
        self.low.set_value(target.low)
        self.high.set_value(target.high)
        self.sampling_fields.show_sampling(sampling)
        is_data = isinstance(target, DataTarget)
        self.samples.setEnabled(not is_data)
        self.samples.setToolTip(_ROWS_TIP if is_data else _SAMPLES_TIP)
        self.samples.set_value(len(target.rows[0]) if isinstance(target, DataTarget) else sampling.samples)

    def show_axes(self, names: AxisNames) -> None:
        """Shows what the axes are called."""
        self.axes.show_names(names)

    def show_editing(self, editing: bool) -> None:
        """Shows whether the points can be taken hold of on the plot."""
        self.points_fold.show_editing(editing)

    def forget_own(self) -> None:
        """Takes the targets of the user's own off the choices, as another document opens."""
        self.function.forget()

    def _choose(self, value: object) -> None:
        present = self._target
        if isinstance(value, str):
            wanted: Target = FunctionTarget(value, present.low, present.high)
        elif isinstance(value, type):
            self.function.show_target(present)
            own = self.function.own.get(value)
            if own is None or own is present:
                self._make_own(value)
                return
            wanted = own
        else:
            return
        if wanted != present:
            self.target_edited.emit(wanted)

    def _make_own(self, kind: type) -> None:
        """Leads to where a target of this kind is made."""
        if kind is FormulaTarget:
            self.formula.type_anew()
        elif kind is DataTarget:
            self.data_requested.emit()
        elif not isinstance(self._target, PointsTarget):
            self.points_requested.emit()

    def _edit_samples(self, samples: int) -> None:
        self.samples_edited.emit(samples)

    def _edit_domain(self) -> None:
        low, high = self.low.value(), self.high.value()
        try:
            target = self._target.on_domain(low, high)
        except ValueError as error:
            self.low.set_value(self._target.low)
            self.high.set_value(self._target.high)
            kept = f"{exact_text(self._target.low)} to {exact_text(self._target.high)}"
            self.refused.emit(f"domain: {error}; kept {kept}")
        else:
            self.target_edited.emit(target)
