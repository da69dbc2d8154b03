"""The bar under the plot in which a blank network is tuned against a goal, with a score."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from reluviz.core.notation import value_text
from reluviz.core.score import Score
from reluviz.panels.bar import Bar
from reluviz.panels.controls import SmallButton
from reluviz.panels.number_edit import CountEdit
from reluviz.panels.readout import SteadyLabel
from reluviz.panels.section import MARGIN, SPACING
from reluviz.panels.sentence import Sentence

MOST_NEURONS = 100
_FULL = 1000


class ChallengeBar(Bar):
    """The score with its word and J, a sentence, the budget, and buttons. `show_…` is silent."""

    hint_requested = Signal()
    reveal_requested = Signal()
    start_over_requested = Signal()
    budget_edited = Signal(object)  # int
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Try it yourself", parent)
        self.sentence = Sentence()
        self.meter = Meter()
        self.loss = SteadyLabel("½ MSE 0.000·10⁻⁰⁰")
        self.budget = CountEdit("neurons", 1, MOST_NEURONS)
        self._budget_label = QLabel("neurons")
        self._budget_label.setBuddy(self.budget)
        self.hint = _button("Hint", "Make the next step of the construction that is still missing, as one undo step")
        self.reveal = _button("Reveal", "Show the whole solution, as one undo step")
        self.start_over = _button("Start over", "A blank network again, and no hints used")
        self.close_ = _button("Close", "Close this bar; the network stays as it is (Escape)")
        self._explain()
        self._lay_out()
        self.hint.clicked.connect(self.hint_requested)
        self.reveal.clicked.connect(self.reveal_requested)
        self.start_over.clicked.connect(self.start_over_requested)
        self.close_.clicked.connect(self.close_requested)
        self.budget.edited.connect(self.budget_edited)
        self.budget.refused.connect(self.refused)

    def _explain(self) -> None:
        self.meter.setToolTip(
            "The score, from 0 (no better than a constant) to 100 (the construction), on a logarithmic scale of J"
        )
        self.loss.setToolTip("Half the mean squared error, which the score is made from")
        self.loss.setAlignment(Qt.AlignmentFlag.AlignRight)
        for part in (self._budget_label, self.budget):
            part.setToolTip("How many neurons there are to do it with; another number starts over")

    def _lay_out(self) -> None:
        above = QHBoxLayout()
        above.addWidget(self.meter, 1)
        above.addWidget(self.loss)
        above.addSpacing(MARGIN)
        above.addWidget(self._budget_label)
        above.addWidget(self.budget)
        below = QHBoxLayout()
        for button in (self.hint, self.reveal, self.start_over):
            below.addWidget(button)
        below.addStretch(1)
        below.addWidget(self.close_)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, SPACING, MARGIN, SPACING)
        for box in (layout, above, below):
            box.setSpacing(SPACING)
        layout.addLayout(above)
        layout.addWidget(self.sentence)
        layout.addLayout(below)

    def show_score(self, score: Score, loss_name: str = "J", is_solution: bool = False) -> None:
        """Shows how good the network is; `loss_name` is what its loss is called, where J is another one.

        The solution that was shown is nobody's score.
        """
        if is_solution:
            self.meter.show_solution()
        else:
            self.meter.show_score(score)
        self.loss.setText(f"{loss_name} {value_text(score.loss)}")
        self._make_room()

    def show_budget(self, neurons: int) -> None:
        """Shows how many neurons there are."""
        self.budget.set_value(neurons)

    def offer(self, hint: bool, reveal: bool) -> None:
        """Whether there is something to hint at and to reveal."""
        self.hint.setEnabled(hint)
        self.reveal.setEnabled(reveal)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """A narrow window, or one with large letters, goes without J here: the transport bar has it too."""
        row = (self.meter, self.loss, self._budget_label, self.budget)
        needed = sum(part.minimumSizeHint().width() for part in row) + 3 * MARGIN + 4 * SPACING
        self.loss.setVisible(needed <= self.width())


class Meter(QProgressBar):
    """Points from 0 to 100 as a bar, with their word on it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(0, _FULL)
        self.setAccessibleName("Score")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_score(self, score: Score) -> None:
        """Shows points and word. Below the goal the points are never rounded up to it."""
        points = score.points if score.points == 100.0 else min(score.points, 99.0)
        self.setValue(round(_FULL * score.points / 100.0))
        self.setFormat(f"{points:.0f} · {score.word}".replace(" ", "\u00a0"))

    def show_solution(self) -> None:
        """Shows that what is on the plot is the solution, without points."""
        self.setValue(0)
        self.setFormat("solution\u00a0shown")

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance("100 · goal reached") + 2 * SPACING, self.sizeHint().height())


def _button(text: str, tip: str) -> SmallButton:
    button = SmallButton(text)
    button.setToolTip(tip)
    return button
