"""The optimizer's own numbers, and how the learning rate goes on."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QLabel, QWidget

from reluviz.core.schedule import MAX_PERIOD
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
from reluviz.panels.number_step import decade_step, share_step, small_step
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
_SCHEDULE_TIP = "How the learning rate goes on: constant; step by step lower; down and up again along a cosine"


class DetailFields(SettingsFold):
    """Each optimizer and each schedule has the fields of its own numbers, and no other. `numbers`: field by name."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("optimizer_details", "Details", "The optimizer's own numbers and the schedule", parent)
        self.numbers: dict[str, NumberEdit | CountEdit] = {}
        self._labels: dict[str, QLabel] = {}
        for name in ("momentum", "alpha", "beta1", "beta2"):
            self._add_number(name, NumberEdit(NUMBER_TITLES[name], 0.0, 1.0, share_step, is_setting=True))
        self._add_number("epsilon", NumberEdit("ε", 0.0, 1.0, decade_step, is_setting=True))
        self._add_number(
            "weight_decay", NumberEdit("weight decay", 0.0, _MAX_WEIGHT_DECAY, small_step, is_setting=True)
        )
        self.schedule = Choice("Schedule")
        for name, title in SCHEDULE_TITLES.items():
            self.schedule.offer(title, name)
        self.fields.add_field("Schedule", self.schedule, _SCHEDULE_TIP)
        self._add_number("every", CountEdit("period", 1, MAX_PERIOD, decade_step))
        self._add_number("gamma", NumberEdit("γ", 0.0, 1.0, decade_step, is_setting=True))
        self._add_number("least", NumberEdit("least rate", 0.0, MAX_LEARNING_RATE, small_step, is_setting=True))
        self.schedule.chosen.connect(self._choose_schedule)

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
        if name in ("every", "gamma", "least"):
            self.wished.emit(lambda settings: replace(settings, schedule=replace(settings.schedule, **{name: value})))
        else:
            self.wished.emit(lambda settings: replace(settings, optimizer=replace(settings.optimizer, **{name: value})))

    def _choose_schedule(self, name: str) -> None:
        self.wished.emit(lambda settings: replace(settings, schedule=replace(settings.schedule, name=name)))
