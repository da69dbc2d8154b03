"""The optimizer's own numbers, and how the learning rate goes on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QLabel, QWidget

from reluviz.core.optimizer import Optimizer
from reluviz.core.schedule import MAX_PERIOD, Schedule
from reluviz.core.settings import MAX_LEARNING_RATE, TrainingSettings
from reluviz.core.training_text import (
    NUMBER_TITLES,
    OPTIMIZER_NUMBERS,
    SCHEDULE_NUMBERS,
    SCHEDULE_TITLES,
    optimizer_text,
    schedule_text,
)
from reluviz.panels.controls import Choice
from reluviz.panels.number_edit import CountEdit, NumberEdit
from reluviz.panels.number_step import Step, decade_step, share_step, small_step
from reluviz.panels.settings_fold import SettingsFold

_MAX_WEIGHT_DECAY = 1e3
_TIPS = {
    "momentum": "μ: the part of the last step's impulse that goes on (PyTorch's momentum)",
    "alpha": "The part of the running mean of squared gradients that each step keeps (PyTorch's alpha)",
    "beta1": "The part of the running mean of gradients that each step keeps (PyTorch's betas[0])",
    "beta2": "The part of the running mean of squared gradients that each step keeps (PyTorch's betas[1])",
    "epsilon": "Added to the root of the mean square, so that nothing is divided by 0 (PyTorch's eps)",
    "weight_decay": "λ: adds λ·θ to the gradient, which pulls every parameter to 0 (PyTorch's weight_decay)",
    "every": "Counted in steps: step, how long a rate lasts (step_size); cosine, until it is lowest (T_max)",
    "gamma": "What the rate is multiplied by after every period (PyTorch's StepLR)",
    "least": "The learning rate at the lowest (eta_min of PyTorch's CosineAnnealingLR)",
}
_OF_SCHEDULE = ("every", "gamma", "least")
_SCHEDULE_TIP = "How the learning rate goes on: constant; step by step lower; down and up again along a cosine"


class DetailFields(SettingsFold):
    """Each optimizer and each schedule has the fields of its own numbers, and no other. `numbers`: field by name."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("optimizer_details", "Details", "The optimizer's own numbers and the schedule", parent)
        self.numbers: dict[str, NumberEdit | CountEdit] = {}
        self._labels: dict[str, QLabel] = {}
        for name in ("momentum", "alpha", "beta1", "beta2"):
            self._add_number(name, self._real(name, 1.0, share_step))
        self._add_number("epsilon", self._real("epsilon", 1.0, decade_step))
        self._add_number("weight_decay", self._real("weight_decay", _MAX_WEIGHT_DECAY, small_step))
        self.schedule = Choice("Schedule")
        for name, title in SCHEDULE_TITLES.items():
            self.schedule.offer(title, name)
        self.fields.add_field("Schedule", self.schedule, _SCHEDULE_TIP)
        self._add_number("every", CountEdit("period", 1, MAX_PERIOD, decade_step, check=_check("every")))
        self._add_number("gamma", self._real("gamma", 1.0, decade_step))
        self._add_number("least", self._real("least", MAX_LEARNING_RATE, small_step))
        self.schedule.chosen.connect(self._choose_schedule)

    def _real(self, name: str, high: float, step: Step) -> NumberEdit:
        return NumberEdit(NUMBER_TITLES[name], 0.0, high, step, is_setting=True, check=_check(name))

    def _add_number(self, name: str, field: NumberEdit | CountEdit) -> None:
        title = NUMBER_TITLES[name]
        self._labels[name] = self.fields.add_field(
            title[:1].upper() + title[1:] if title.isascii() else title, field, _TIPS[name]
        )
        self.numbers[name] = field
        field.setObjectName(name)
        field.edited.connect(self._edit_number)
        field.refused.connect(self.refused)

    def show_settings(self, settings: TrainingSettings, samples: int) -> None:
        optimizer, schedule = settings.optimizer, settings.schedule
        shown = (*OPTIMIZER_NUMBERS[optimizer.name], *SCHEDULE_NUMBERS[schedule.name])
        for name, field in self.numbers.items():
            field.set_value(getattr(schedule if hasattr(schedule, name) else optimizer, name))
            # Between two optimizers a field that both have must not vanish and come again under the hand.
            if field.isHidden() == (name in shown):
                field.setVisible(name in shown)
                self._labels[name].setVisible(name in shown)
        self.schedule.show_value(schedule.name)
        told = (optimizer_text(optimizer), schedule_text(schedule))
        self.button.set_summary(", ".join(text for text in told if text))

    def _edit_number(self, value: float) -> None:
        name = self.sender().objectName()
        if name in _OF_SCHEDULE:
            self.wished.emit(lambda settings: replace(settings, schedule=replace(settings.schedule, **{name: value})))
        else:
            self.wished.emit(lambda settings: replace(settings, optimizer=replace(settings.optimizer, **{name: value})))

    def _choose_schedule(self, name: str) -> None:
        self.wished.emit(lambda settings: replace(settings, schedule=replace(settings.schedule, name=name)))


def _check(name: str) -> Callable[[float], object]:
    """What the optimizer or the schedule says of a number of that name."""
    whole: Any = Schedule() if name in _OF_SCHEDULE else Optimizer()
    return lambda value: replace(whole, **{name: value})
