"""The bar under the plot that leads through a construction step by step."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from reluviz.core.network import MAX_NEURONS
from reluviz.core.notation import count_text
from reluviz.panels.bar import Bar
from reluviz.panels.controls import SmallButton
from reluviz.panels.number_edit import CountEdit
from reluviz.panels.section import MARGIN, SPACING
from reluviz.panels.sentence import Sentence


class BuildBar(Bar):
    """A sentence, steps back and forth, and for a smooth target the number of segments to build it from.

    `show_…` is silent; the signals are the user's doing.
    """

    back_requested = Signal()
    forward_requested = Signal()
    train_requested = Signal()
    segments_edited = Signal(object)  # int
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Build", parent)
        self.sentence = Sentence()
        self.back = _button("◀ Back", "One step of the construction back (Alt+Left)")
        self.forward = _button("Next ▶", "The next step of the construction (Alt+Right)")
        self.segments = CountEdit("segments", 1, MAX_NEURONS)
        self._segments_label = QLabel("segments")
        self._segments_label.setBuddy(self.segments)
        for part in (self._segments_label, self.segments):
            part.setToolTip("From how many straight segments to build; each takes one neuron")
        self.train = _button("Train from here", "Close this bar and let training go on from this network")
        self.close_ = _button("Close", "Close this bar; the network stays as it is (Escape)")
        controls = QHBoxLayout()
        controls.setSpacing(SPACING)
        controls.addWidget(self.back)
        controls.addWidget(self.forward)
        controls.addStretch(1)
        controls.addWidget(self.train)
        controls.addWidget(self.close_)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, SPACING, MARGIN, SPACING)
        layout.setSpacing(SPACING)
        above = QHBoxLayout()
        above.setSpacing(SPACING)
        above.addWidget(self.sentence, 1)
        for part in (self._segments_label, self.segments):
            above.addWidget(part, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(above)
        layout.addLayout(controls)
        self.back.clicked.connect(self.back_requested)
        self.forward.clicked.connect(self.forward_requested)
        self.train.clicked.connect(self.train_requested)
        self.close_.clicked.connect(self.close_requested)
        self.segments.edited.connect(self.segments_edited)
        self.segments.refused.connect(self.refused)
        self.show_segments(None)

    def show_step(self, index: int, steps: int, sentence: str) -> None:
        """Shows step `index`, from 0, of so many."""
        self.sentence.show_text(f"{count_text(index + 1)} of {count_text(steps)}: {sentence}")
        self.back.setEnabled(index > 0)
        self.forward.setEnabled(index < steps - 1)

    def show_left(self, sentence: str) -> None:
        """Shows that the construction is not what is on show; both steps lead back to it."""
        self.sentence.show_text(sentence)
        self.back.setEnabled(True)
        self.forward.setEnabled(True)

    def show_segments(self, segments: int | None) -> None:
        """Shows the number of segments; None hides the field, where the target has segments of its own."""
        for part in (self._segments_label, self.segments):
            part.setVisible(segments is not None)
        if segments is not None:
            self.segments.set_value(segments)


def _button(text: str, tip: str) -> SmallButton:
    button = SmallButton(text)
    button.setToolTip(tip)
    return button
