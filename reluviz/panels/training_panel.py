"""The training panel: how fast, on which batches, until when. Every change acts without a reset."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QWidget

from reluviz.core.dataset import MAX_SAMPLES
from reluviz.core.settings import MAX_LEARNING_RATE, MAX_STEPS, TrainingSettings
from reluviz.panels.controls import Check
from reluviz.panels.number_edit import CountEdit, NumberEdit
from reluviz.panels.number_step import decade_step
from reluviz.panels.section import Section

_SMALLEST_LEARNING_RATE = 1e-12
_FIRST_BATCH_SIZE = 100
_FIRST_STEPS = 1000


class TrainingPanel(Section):
    """The training settings. `show_…` is silent; the signals are the user's doing."""

    settings_edited = Signal(object)  # TrainingSettings
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Training", parent)
        self._settings = TrainingSettings()
        self._samples = MAX_SAMPLES
        optimizer = QLabel("SGD")
        self.learning_rate = NumberEdit(
            "learning rate", _SMALLEST_LEARNING_RATE, MAX_LEARNING_RATE, decade_step, is_setting=True
        )
        self.full_batch = Check("Fu&ll batch")
        self.batch_size = CountEdit("batch size", 1, MAX_SAMPLES, decade_step)
        self.shuffle = Check("Shuffle on&ce")
        self.stops = Check("Sto&p at step")
        self.stop_step = CountEdit("stop at step", 0, MAX_STEPS, decade_step)
        self.add_field("Optimizer", optimizer, "Stochastic gradient descent")
        self.add_field("Learnin&g rate", self.learning_rate, "How far each step goes against the gradient")
        self.add_row(self.full_batch, "Every step sees all samples; otherwise a random window of them")
        self.add_field("&Batch size", self.batch_size, "How many neighbouring samples a step sees")
        self.add_row(self.shuffle, "Mix the samples once, before the first step, so that a batch comes from everywhere")
        self.add_checked_field(self.stops, self.stop_step, "Where training comes to rest by itself")
        self.batch_size.set_value(_FIRST_BATCH_SIZE)
        self.stop_step.set_value(_FIRST_STEPS)
        self.show_settings(self._settings, self._samples)
        self.learning_rate.edited.connect(self._edit_learning_rate)
        self.full_batch.clicked.connect(self._edit_batch)
        self.batch_size.edited.connect(self._edit_batch)
        self.shuffle.clicked.connect(self._edit_shuffle)
        self.stops.clicked.connect(self._edit_steps)
        self.stop_step.edited.connect(self._edit_steps)
        for field in (self.learning_rate, self.batch_size, self.stop_step):
            field.refused.connect(self.refused)

    def show_settings(self, settings: TrainingSettings, samples: int) -> None:
        """Shows `settings` for data of `samples` samples. A batch size or last step not in use keeps its number."""
        self._settings = settings
        self._samples = samples
        self.learning_rate.set_value(settings.learning_rate)
        self.full_batch.setChecked(settings.batch_size is None)
        self.batch_size.setEnabled(settings.batch_size is not None)
        self.batch_size.set_limits(1, samples)
        self.batch_size.set_value(min(samples, settings.batch_size or self.batch_size.value()))
        self.shuffle.setChecked(settings.shuffle)
        self.stops.setChecked(settings.steps is not None)
        self.stop_step.setEnabled(settings.steps is not None)
        if settings.steps is not None:
            self.stop_step.set_value(settings.steps)

    def _edit_learning_rate(self) -> None:
        self._edit(learning_rate=self.learning_rate.value())

    def _edit_batch(self) -> None:
        self._edit(batch_size=None if self.full_batch.isChecked() else self.batch_size.value())

    def _edit_shuffle(self) -> None:
        self._edit(shuffle=self.shuffle.isChecked())

    def _edit_steps(self) -> None:
        self._edit(steps=self.stop_step.value() if self.stops.isChecked() else None)

    def _edit(self, **changes: Any) -> None:
        """The other settings, also those without a field here, stay as they are."""
        try:
            settings = replace(self._settings, **changes)
            settings.check_for(self._samples)
        except ValueError as error:
            self.show_settings(self._settings, self._samples)
            self.refused.emit(str(error))
        else:
            self.show_settings(settings, self._samples)
            self.settings_edited.emit(settings)
