"""The training panel: which loss, how fast, on which batches, until when. Every change acts without a reset."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from reluviz.core.dataset import MAX_SAMPLES
from reluviz.core.loss import LOSSES
from reluviz.core.notation import short_text
from reluviz.core.settings import MAX_LEARNING_RATE, TrainingSettings
from reluviz.core.training_text import LOSS_TITLES, OPTIMIZER_TITLES, USUAL_LEARNING_RATES
from reluviz.panels.batch_fields import BatchFields
from reluviz.panels.controls import Choice
from reluviz.panels.detail_fields import DetailFields
from reluviz.panels.number_edit import NumberEdit
from reluviz.panels.number_step import decade_step
from reluviz.panels.section import Section
from reluviz.panels.settings_fold import WIDEST_LABEL, SettingsChange
from reluviz.panels.stop_fields import StopFields

_SMALLEST_LEARNING_RATE = 1e-12


class TrainingPanel(Section):
    """The training settings. `show_…` is silent; the signals are the user's doing."""

    settings_edited = Signal(object)  # TrainingSettings
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Training", parent, widest_label=WIDEST_LABEL)
        self._settings = TrainingSettings()
        self._samples = MAX_SAMPLES
        self.loss = Choice("Loss")
        for name, title in LOSS_TITLES.items():
            self.loss.offer(title, name)
        self.optimizer = Choice("Optimizer")
        for name, title in OPTIMIZER_TITLES.items():
            self.optimizer.offer(title, name)
        self.learning_rate = NumberEdit(
            "learning rate",
            _SMALLEST_LEARNING_RATE,
            MAX_LEARNING_RATE,
            decade_step,
            is_setting=True,
            check=TrainingSettings,
        )
        self.details = DetailFields()
        self.batches = BatchFields()
        self.stop = StopFields()
        self.folds = (self.details, self.batches, self.stop)
        self.add_field("Loss &J", self.loss, "")
        self.add_field("O&ptimizer", self.optimizer, "")
        self.add_field("Learnin&g rate", self.learning_rate, "")
        for fold in self.folds:
            self.add_row(fold)
            fold.wished.connect(self._try)
            fold.refused.connect(self.refused)
        self.show_settings(self._settings, self._samples)
        self.loss.chosen.connect(self._choose_loss)
        self.optimizer.chosen.connect(self._choose_optimizer)
        self.learning_rate.edited.connect(self._edit_learning_rate)
        self.learning_rate.refused.connect(self.refused)

    def show_settings(self, settings: TrainingSettings, samples: int) -> None:
        """Shows `settings` for data of `samples` samples. Numbers not in use stay."""
        self._settings = settings
        self._samples = samples
        self.loss.show_value(settings.loss)
        self.optimizer.show_value(settings.optimizer.name)
        self.learning_rate.set_value(settings.learning_rate)
        for fold in self.folds:
            fold.show_settings(settings, samples)
        self._set_tips(settings)

    def _set_tips(self, settings: TrainingSettings) -> None:
        title = OPTIMIZER_TITLES[settings.optimizer.name]
        usual = short_text(USUAL_LEARNING_RATES[settings.optimizer.name])
        self.loss.setToolTip(f"What training makes small: {LOSSES[settings.loss].label}, with r = ŷ − y")
        self.optimizer.setToolTip(
            f"How a gradient moves the parameters, as PyTorch defines it. Its learning rate for {title}, unless told "
            f"otherwise, is {usual}; here it stays as you set it"
        )
        self.learning_rate.setToolTip(
            f"How far each step goes against the gradient; PyTorch's default for {title} is {usual}"
        )

    def _choose_loss(self, name: str) -> None:
        self._try(lambda settings: replace(settings, loss=name))

    def _choose_optimizer(self, name: str) -> None:
        self._try(lambda settings: replace(settings, optimizer=replace(settings.optimizer, name=name)))

    def _edit_learning_rate(self, rate: float) -> None:
        self._try(lambda settings: replace(settings, learning_rate=rate))

    def _try(self, change: SettingsChange) -> None:
        """The other settings, also those without a field here, stay as they are."""
        try:
            settings = change(self._settings)
            settings.check_for(self._samples)
        except ValueError as error:
            self.show_settings(self._settings, self._samples)
            self.refused.emit(str(error))
            return
        if settings != self._settings:
            self.show_settings(settings, self._samples)
            self.settings_edited.emit(settings)
