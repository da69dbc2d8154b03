"""The target panel: which function, on which domain, at how many samples."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from reluviz.core.dataset import MAX_SAMPLES, Sampling
from reluviz.core.target import FUNCTIONS, FunctionTarget, PointsTarget, Target
from reluviz.panels.controls import Button, Choice
from reluviz.panels.number_edit import CountEdit, NumberEdit
from reluviz.panels.number_step import decade_step
from reluviz.panels.points_table import PointsTable
from reluviz.panels.section import Section


class TargetPanel(Section):
    """What the network is to learn. `show_…` is silent; the signals are the user's doing."""

    target_edited = Signal(object)  # Target
    samples_edited = Signal(int)
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Target", parent)
        self._target: Target = FunctionTarget("sine")
        self._points: PointsTarget | None = None
        self.function = Choice("Function")
        for name, function in FUNCTIONS.items():
            self.function.offer(function.label, name)
        self.low = NumberEdit("domain start", is_setting=True)
        self.high = NumberEdit("domain end", is_setting=True)
        self.samples = CountEdit("samples", 1, MAX_SAMPLES, decade_step)
        self.add_field("Fu&nction", self.function, "The function to approximate")
        self.add_field("F&rom x", self.low, "Where the domain starts; samples lie on it, both ends included")
        self.add_field("To &x", self.high, "Where the domain ends")
        self.add_field("Sa&mples", self.samples, "How many equally spaced samples the network is trained on")
        self.edit_points = Button("Edit points")
        self.edit_points.setCheckable(True)
        self.points_table = PointsTable()
        self.add_row(self.edit_points, "Move, add and delete the target's points on the plot (T)")
        self.add_row(self.points_table, "")
        self.show_target(self._target, Sampling())
        self.function.chosen.connect(self._choose)
        self.low.edited.connect(self._edit_domain)
        self.high.edited.connect(self._edit_domain)
        self.samples.edited.connect(self._edit_samples)
        for field in (self.low, self.high, self.samples):
            field.refused.connect(self.refused)

    def show_target(self, target: Target, sampling: Sampling) -> None:
        """Shows `target`. A points target joins the choices and stays among them until `forget_points`."""
        self._target = target
        if isinstance(target, PointsTarget):
            if self._points is None or self._points.points != target.points:
                self.forget_points()
                self._points = target
                self.function.offer(target.label, PointsTarget)
            self.function.show_value(PointsTarget)
            self.points_table.show_points(target.points)
        elif isinstance(target, FunctionTarget):
            self.function.show_value(target.name)
        self.points_table.setVisible(isinstance(target, PointsTarget))
        self.low.set_value(target.low)
        self.high.set_value(target.high)
        self.samples.set_value(sampling.samples)

    def show_editing(self, editing: bool) -> None:
        """Shows whether the points can be taken hold of on the plot."""
        self.edit_points.setChecked(editing)
        self.edit_points.setText("End editing points" if editing else "Edit points")

    def forget_points(self) -> None:
        """Takes the points target off the choices, as another document opens."""
        if self._points is not None:
            self._points = None
            self.function.withdraw_last()

    def _choose(self, value: object) -> None:
        if value is PointsTarget:
            target: Target | None = self._points
        else:
            target = FunctionTarget(str(value), self._target.low, self._target.high)
        if target is not None and target != self._target:
            self.target_edited.emit(target)

    def _edit_samples(self, samples: int) -> None:
        self.samples_edited.emit(samples)

    def _edit_domain(self) -> None:
        low, high = self.low.value(), self.high.value()
        try:
            target = self._target.on_domain(low, high)
        except ValueError as error:
            self.low.set_value(self._target.low)
            self.high.set_value(self._target.high)
            self.refused.emit(f"domain: {error}; kept {self.low.text()} to {self.high.text()}")
        else:
            self.target_edited.emit(target)
