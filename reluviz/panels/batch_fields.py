"""Which samples a step sees."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from reluviz.core.dataset import MAX_SAMPLES
from reluviz.core.settings import TrainingSettings
from reluviz.core.training_text import BATCHING_TITLES, batch_text
from reluviz.panels.controls import Check, Choice
from reluviz.panels.number_edit import CountEdit
from reluviz.panels.number_step import decade_step
from reluviz.panels.settings_fold import SettingsFold

_FIRST_BATCH_SIZE = 100
_SHUFFLES = {"windows": "Shuffle on&ce", "epochs": "Shuffle every epo&ch"}
_SHUFFLE_TIP = "Mix the samples, so that a batch comes from everywhere: once before the first step, or for every epoch"


class BatchFields(SettingsFold):
    """All samples, or so many at a time, in windows or epochs. A size not in use keeps its number."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("batches", "Batches", "Which samples a step sees", parent)
        self._samples = MAX_SAMPLES
        self.full_batch = Check("Fu&ll batch")
        self.batch_size = CountEdit("batch size", 1, MAX_SAMPLES, decade_step, check=self._check_size)
        self.batching = Choice("Batches drawn in")
        for name, title in BATCHING_TITLES.items():
            self.batching.offer(title, name)
        self.shuffle = Check()
        self.fields.add_row(self.full_batch, "Every step sees all samples; otherwise so many of them")
        self.fields.add_field("&Batch size", self.batch_size, "How many samples a step sees")
        self.fields.add_field(
            "Drawn in",
            self.batching,
            "Windows: neighbouring samples from a random place. Epochs: one batch after the other, every sample once",
        )
        self.fields.add_row(self.shuffle, _SHUFFLE_TIP)
        self.batch_size.set_value(_FIRST_BATCH_SIZE)
        self.full_batch.clicked.connect(self._edit_size)
        self.batch_size.edited.connect(self._edit_size)
        self.batching.chosen.connect(self._choose_batching)
        self.shuffle.clicked.connect(self._edit_shuffle)
        self.batch_size.refused.connect(self.refused)

    def show_settings(self, settings: TrainingSettings, samples: int) -> None:
        is_full = settings.batch_size is None
        self.full_batch.setChecked(is_full)
        for field in (self.batch_size, self.batching, self.shuffle):
            field.setEnabled(not is_full)
        self._samples = samples
        self.batch_size.set_limits(1, samples)
        self.batch_size.set_value(min(samples, settings.batch_size or self.batch_size.value()))
        self.batching.show_value(settings.batching)
        self.shuffle.setText(_SHUFFLES[settings.batching])
        self.shuffle.setChecked(settings.shuffle)
        self.button.set_summary(batch_text(settings))

    def _check_size(self, size: int) -> None:
        TrainingSettings(batch_size=size).check_for(self._samples)

    def _edit_size(self) -> None:
        self.wish(batch_size=None if self.full_batch.isChecked() else self.batch_size.value())

    def _choose_batching(self, name: str) -> None:
        self.wish(batching=name)

    def _edit_shuffle(self) -> None:
        self.wish(shuffle=self.shuffle.isChecked())
