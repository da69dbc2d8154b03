"""The bar under the plot while the target is drawn by hand."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from reluviz.panels.bar import Bar
from reluviz.panels.controls import Check, SmallButton
from reluviz.panels.section import MARGIN, SPACING


class DrawBar(Bar):
    """How to draw, and what else can be done. The signals are the user's doing."""

    smooth_edited = Signal(bool)
    clear_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Draw target", parent)
        self.sentence = QLabel(
            "Draw the target from left to right. What you draw over is replaced; going back draws over it again."
        )
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.sentence.setWordWrap(True)
        self.sentence.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.smooth = Check("Smooth")
        self.smooth.setToolTip("Smooth out the trembling of the hand")
        self.clear = SmallButton("Clear")
        self.clear.setToolTip("Begin anew: the first line that is drawn is the whole target then")
        self.close_ = SmallButton("Close")
        self.close_.setToolTip("Back to the neurons' handles (Escape or D)")
        row = QHBoxLayout()
        row.setSpacing(SPACING)
        row.addWidget(self.smooth)
        row.addWidget(self.clear)
        row.addStretch(1)
        row.addWidget(self.close_)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, SPACING, MARGIN, SPACING)
        layout.setSpacing(SPACING)
        layout.addWidget(self.sentence)
        layout.addLayout(row)
        self.smooth.clicked.connect(self.smooth_edited)
        self.clear.clicked.connect(self.clear_requested)
        self.close_.clicked.connect(self.close_requested)
