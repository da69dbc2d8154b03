"""How far an export has come, in the status line: a bar, the time left, and a way out."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from reluviz.core.notation import count_text, duration_text
from reluviz.panels.controls import SmallButton
from reluviz.panels.readout import SteadyLabel

_WIDTH = 140
_PARTS = 1000


class ExportProgress(QWidget):
    """Hidden while nothing is exported."""

    cancel_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bar = QProgressBar()
        self.bar.setRange(0, _PARTS)
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(_WIDTH)
        self.bar.setAccessibleName("Export")
        self.label = SteadyLabel("00 000 of 00 000 frames, 00 min 00 s left")
        self.cancel_button = SmallButton("Cancel")
        self.cancel_button.setToolTip("Break the export off; nothing is left of it")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 8, 0)
        layout.addWidget(self.label)
        layout.addWidget(self.bar)
        layout.addWidget(self.cancel_button)
        self.cancel_button.clicked.connect(self.cancel_requested)
        self.hide()

    def show_preparing(self, part: float) -> None:
        """The film is being prepared: so much of that is done, from 0 to 1."""
        self._show("Preparing the animation …", part)

    def show_frames(self, done: int, frames: int, seconds_left: float | None) -> None:
        """`done` of `frames` frames are written; None: nobody knows how long the others take."""
        left = "" if seconds_left is None else f", {duration_text(seconds_left)} left"
        self._show(f"{count_text(done)} of {count_text(frames)} frames{left}", done / frames)

    def show_picture(self, part: float) -> None:
        """So much of a picture is painted, from 0 to 1; then it is packed, and nobody knows how long that takes."""
        if part < 1.0:
            self._show("Painting the picture …", part)
        else:
            self._show("Packing the picture …", None)

    def _show(self, text: str, part: float | None) -> None:
        """`part` None: the bar says only that something goes on."""
        self.label.setText(text)
        self.bar.setRange(0, 0 if part is None else _PARTS)
        self.bar.setValue(0 if part is None else round(_PARTS * part))
        self.show()
