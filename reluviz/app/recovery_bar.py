"""The bar that offers a document which was not saved when the program ended last."""

from __future__ import annotations

import time

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from reluviz.panels.elided_label import ElidedLabel


class RecoveryBar(QFrame):
    """Hidden until it has something to offer; never in the way of the work. Text is plain text."""

    restore_chosen = Signal()
    discard_chosen = Signal()
    later_chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("recovery")
        self._label = ElidedLabel()
        self.restore = QPushButton("&Restore")
        self.discard = QPushButton("Dis&card")
        self.later = QPushButton("&Later")
        self.restore.setToolTip("Show it here, as an unsaved document")
        self.discard.setToolTip("Delete it for good")
        self.later.setToolTip("Ask again at the next start")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 6, 10, 6)
        layout.addWidget(self._label, 1)
        for button in (self.restore, self.discard, self.later):
            layout.addWidget(button)
        self.restore.clicked.connect(self.restore_chosen)
        self.discard.clicked.connect(self.discard_chosen)
        self.later.clicked.connect(self.later_chosen)
        self.hide()

    @property
    def text(self) -> str:
        return self._label.full_text

    def offer(self, name: str, modified: float) -> None:
        """Offer the document of that name, last changed `modified` seconds after the start of 1970."""
        when = time.strftime("%Y-%m-%d %H:%M", time.localtime(modified))
        self._label.show_text(f"“{name}” was not saved when reluviz ended. Its changes up to {when} are still there.")
        self.show()
