"""The bar under the plot that leads through the partial sums."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from reluviz.core.picture import Order
from reluviz.panels.bar import Bar, Sentence
from reluviz.panels.controls import Choice, SmallButton
from reluviz.panels.section import MARGIN, SPACING

_ORDER_TIP = "In which order the rays are added: by their kinks from left to right, or as they are numbered"


class SumsBar(Bar):
    """A sentence, steps back and forth, and the order of the sums. `show_…` is silent; the signals are the user's."""

    back_requested = Signal()
    forward_requested = Signal()
    order_edited = Signal(object)  # Order

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Partial sums", parent)
        self.sentence = Sentence()
        self.back = SmallButton("◀ Back")
        self.back.setToolTip("Take the newest ray away again; before b₀ alone comes the whole sum (PgUp)")
        self.forward = SmallButton("Next ▶")
        self.forward.setToolTip("Add the next ray; after the whole sum b₀ alone begins anew (PgDown)")
        self.order = Choice("Order of the partial sums")
        self.order.setToolTip(_ORDER_TIP)
        for order in Order:
            self.order.offer(f"{order.value} order", order)
        self.order.setMinimumContentsLength(len("kink order"))
        label = QLabel("Add rays &in")
        label.setBuddy(self.order)
        label.setToolTip(_ORDER_TIP)
        self.close_ = SmallButton("Close")
        self.close_.setToolTip("Back to the scaled rays (Escape)")
        controls = QHBoxLayout()
        controls.setSpacing(SPACING)
        controls.addWidget(self.back)
        controls.addWidget(self.forward)
        controls.addStretch(1)
        controls.addWidget(label)
        controls.addWidget(self.order)
        controls.addWidget(self.close_)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, SPACING, MARGIN, SPACING)
        layout.setSpacing(SPACING)
        layout.addWidget(self.sentence)
        layout.addLayout(controls)
        self.back.clicked.connect(self.back_requested)
        self.forward.clicked.connect(self.forward_requested)
        self.order.chosen.connect(self.order_edited)
        self.close_.clicked.connect(self.close_requested)

    def show_sum(self, order: Order, sentence: str) -> None:
        """Shows the order of the sums, and what the newest contribution does to the sum on show."""
        self.order.show_value(order)
        self.sentence.say(sentence)
