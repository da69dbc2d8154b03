"""The bar under the plot from which one neuron, or one parameter, is shaken."""

from __future__ import annotations

import math

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QVBoxLayout, QWidget

from reluviz.core.notation import parameter_text
from reluviz.core.parameter import OUTPUT_BIAS, Kind, Parameter
from reluviz.panels.bar import Bar
from reluviz.panels.controls import Choice, SmallButton
from reluviz.panels.number_edit import NumberEdit
from reluviz.panels.number_step import decade_step
from reluviz.panels.section import MARGIN, SPACING
from reluviz.panels.sentence import Sentence

SMALLEST, LARGEST = 0.01, 3.0
_POSITIONS = 100

# What of the selected neuron can be shaken: all of it (None), or one parameter. The output bias comes last.
_WHOLE: tuple[Kind | None, ...] = (None, Kind.HIDDEN_WEIGHT, Kind.HIDDEN_BIAS, Kind.OUTPUT_WEIGHT, Kind.OUTPUT_BIAS)


class ShakeBar(Bar):
    """What is shaken, how much, and a sentence about it. `show_…` and `set_size` are silent."""

    kind_chosen = Signal(object)
    """A Kind, or None for all of the neuron's parameters."""
    size_edited = Signal(float)
    """The standard deviation of the changes, relative to max(|value|, 1)."""
    again_requested = Signal()
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Shake", parent)
        self.sentence = Sentence()
        self.what = Choice("What is shaken")
        self.what.setMinimumContentsLength(len("neuron 10"))
        self.what.setToolTip("What is shaken: the selected neuron, one of its parameters, or the output bias")
        for kind in _WHOLE:
            self.what.offer("", kind)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, _POSITIONS)
        self.slider.setPageStep(10)
        self.slider.setMinimumWidth(60)
        self.slider.setAccessibleName("Size of the changes")
        self.size_edit = NumberEdit("size", SMALLEST, LARGEST, decade_step, is_setting=True)
        self.again = _button("Again", "Other random changes of the same size")
        self.close_ = _button("Close", "Close this bar; the network is as it was (Escape, or K)")
        self._lay_out()
        self.what.chosen.connect(self.kind_chosen)
        self.slider.valueChanged.connect(self._on_slider)
        self.size_edit.edited.connect(self._on_size)
        self.size_edit.refused.connect(self.refused)
        self.again.clicked.connect(self.again_requested)
        self.close_.clicked.connect(self.close_requested)
        self.show_neuron(0, None)
        self.set_size(0.2)

    def _lay_out(self) -> None:
        tip = "How much: the standard deviation of the changes, relative to the value (or to 1 where it is smaller)"
        label = QLabel("Si&ze")
        label.setBuddy(self.slider)
        for part in (label, self.slider, self.size_edit):
            part.setToolTip(tip)
        controls = QHBoxLayout()
        controls.setSpacing(SPACING)
        controls.addWidget(self.what)
        controls.addWidget(label)
        controls.addWidget(self.slider, 1)
        controls.addWidget(self.size_edit)
        controls.addWidget(self.again)
        controls.addWidget(self.close_)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, SPACING, MARGIN, SPACING)
        layout.setSpacing(SPACING)
        layout.addWidget(self.sentence)
        layout.addLayout(controls)

    def size_of_changes(self) -> float:
        """The size on show."""
        return self.size_edit.value()

    def set_size(self, size: float) -> None:
        """Shows the size of the changes, with the slider where it is or nearest to it."""
        self.size_edit.set_value(size)
        part = math.log(size / SMALLEST) / math.log(LARGEST / SMALLEST)
        self.slider.blockSignals(True)
        self.slider.setValue(round(_POSITIONS * part))
        self.slider.blockSignals(False)

    def show_neuron(self, neuron: int, kind: Kind | None) -> None:
        """Offers the parameters of `neuron` (from 0), and shows that `kind`, or all of it for None, is shaken."""
        for i, offered in enumerate(_WHOLE):
            parameter = OUTPUT_BIAS if offered is Kind.OUTPUT_BIAS else offered and Parameter(offered, neuron)
            self.what.setItemText(i, f"neuron {neuron + 1}" if parameter is None else parameter_text(parameter))
        self.what.show_value(kind)

    def show_sentence(self, sentence: str) -> None:
        """Shows what is happening."""
        self.sentence.show_text(sentence)

    def _on_slider(self, position: int) -> None:
        size = SMALLEST * (LARGEST / SMALLEST) ** (position / _POSITIONS)
        # Two digits are all that a hand can set.
        self.size_edit.set_value(float(f"{size:.2g}"))
        self.size_edited.emit(self.size_edit.value())

    def _on_size(self, size: float) -> None:
        self.set_size(size)
        self.size_edited.emit(size)


def _button(text: str, tip: str) -> SmallButton:
    button = SmallButton(text)
    button.setToolTip(tip)
    return button
