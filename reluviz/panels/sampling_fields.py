"""Noise on the samples, and which of them are held out of training."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from reluviz.core.dataset import Sampling, check_fraction
from reluviz.core.seed import MAX_SEED, check_seed
from reluviz.core.target import MAX_ORDINATE
from reluviz.core.training_text import sampling_text
from reluviz.panels.fold import Fold
from reluviz.panels.number_edit import CountEdit, NumberEdit
from reluviz.panels.number_step import decade_step, share_step


class SamplingFields(Fold):
    """`sampling_wished` carries the names and values that the user wants of a Sampling, possible or not."""

    sampling_wished = Signal(dict)
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("data", "Data", "Noise, samples for validation, names of the axes", parent)
        self.noise = NumberEdit("noise", 0.0, MAX_ORDINATE, _noise_step, is_setting=True, check=_check_noise)
        self.noise_seed = CountEdit("noise seed", 0, MAX_SEED, check=check_seed)
        self.validation = NumberEdit(
            "validation", 0.0, 1.0, share_step, is_setting=True, check=check_fraction, is_share=True
        )
        self.validation_seed = CountEdit("validation seed", 0, MAX_SEED, check=check_seed)
        add = self.fields.add_field
        add("Noise σ", self.noise, "Standard deviation of the normal noise that is added to y")
        add("Noise seed", self.noise_seed, "The same seed draws the same noise")
        add("Validation", self.validation, "The part of the samples that training does not see, as 0.2 or 20%")
        add("Split seed", self.validation_seed, "The same seed holds out the same samples")
        for name, field in self._by_name().items():
            field.setObjectName(name)
            field.edited.connect(self._edit)
            field.refused.connect(self.refused)

    def _by_name(self) -> dict[str, NumberEdit | CountEdit]:
        return {
            "noise": self.noise,
            "noise_seed": self.noise_seed,
            "validation": self.validation,
            "validation_seed": self.validation_seed,
        }

    def show_sampling(self, sampling: Sampling) -> None:
        """Shows noise and split, silently."""
        for name, field in self._by_name().items():
            field.set_value(getattr(sampling, name))
        # A seed of what is not drawn says nothing.
        self.noise_seed.setEnabled(sampling.noise > 0.0)
        self.validation_seed.setEnabled(sampling.validation > 0.0)
        self.button.set_summary(sampling_text(sampling))

    def _edit(self, value: float) -> None:
        self.sampling_wished.emit({self.sender().objectName(): value})


def _check_noise(noise: float) -> None:
    Sampling(noise=noise)


def _noise_step(value: float, steps: float) -> float:
    """From nothing to a tenth; below a thousandth nothing again."""
    if value == 0.0:
        return 0.1 if steps > 0 else 0.0
    stepped = decade_step(value, steps)
    return 0.0 if steps < 0 and stepped < 1e-3 else stepped
