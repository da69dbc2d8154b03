"""The bar under the plot that leads through the partial sums."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from reluviz.core.picture import Order
from reluviz.panels.bar import Bar
from reluviz.panels.controls import Choice, SmallButton
from reluviz.panels.section import MARGIN, SPACING
from reluviz.panels.sentence import Sentence

_ORDER_TIP = "In which order the rays are added: by their kinks from left to right, or as they are numbered"
_NEXT, _AGAIN = "Next ▶", "Again from b₀ ▶"


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
        self.forward = SmallButton(_AGAIN)
        # As wide as its widest text: the mouse stays on it all the way round.
        self.forward.setMinimumWidth(self.forward.sizeHint().width())
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

        self._offer_next(False)

    def _offer_next(self, is_whole: bool) -> None:
        self.forward.setText(_AGAIN if is_whole else _NEXT)
        tip = "The sum is whole: begin anew with b₀ alone" if is_whole else "Add the next ray to the sum"
        self.forward.setToolTip(f"{tip} (PgDown)")

    def show_sum(self, order: Order, sentence: str, is_whole: bool = False) -> None:
        """Shows the order of the sums, and what the newest contribution does to the sum on show.

        After the whole sum b₀ alone begins anew.
        """
        self._offer_next(is_whole)
        self.order.show_value(order)
        self.sentence.show_text(sentence)
