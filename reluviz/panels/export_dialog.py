"""What the dialogs share in which something to export is chosen: fields, a preview, a note, and what agrees."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialogButtonBox, QHBoxLayout, QLabel, QLayout, QVBoxLayout, QWidget

from reluviz.panels.picture_preview import PicturePreview
from reluviz.panels.roomy_dialog import FieldsArea, RoomyDialog


class ExportDialog(RoomyDialog):
    """`accepted` when the user wants a file. What is set by `show_…` is silent.

    Subclasses lay themselves out by `_lay_out`, say in `_update` what their fields want, and connect these to
    `_on_edited` and `_on_refused`.
    """

    edited = Signal()
    """The user has changed what is wanted."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.preview = PicturePreview()
        self.note = QLabel()
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        self.note.setWordWrap(True)
        self.note.setMinimumHeight(2 * self.fontMetrics().lineSpacing())
        self.note.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel)
        self.export_button = self.buttons.button(QDialogButtonBox.StandardButton.Save)
        self.export_button.setText("&Export…")
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)

    def show_problem(self, problem: str) -> None:
        """Why nothing can be written like this."""
        self._say(f"{problem[:1].upper()}{problem[1:]}", is_problem=True)
        self.export_button.setEnabled(False)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # Not the button that was clicked last time: Return is for exporting.
        self.export_button.setDefault(True)

    def accept(self) -> None:
        # Enter in a field means the field.
        if self.export_button.isEnabled():
            super().accept()

    def _update(self) -> None:
        """Find what is wanted from the fields, and say what it is."""
        raise NotImplementedError

    def _lay_out(
        self, fields: Sequence[QWidget], below_preview: QLayout | None = None, by_buttons: QWidget | None = None
    ) -> None:
        column = QWidget()
        left = QVBoxLayout(column)
        left.setContentsMargins(0, 0, 0, 0)
        for field in fields:
            left.addWidget(field)
        left.addStretch(1)
        right = QVBoxLayout()
        right.addWidget(self.preview, 1)
        if below_preview is not None:
            right.addLayout(below_preview)
        right.addWidget(self.note)
        columns = QHBoxLayout()
        columns.addWidget(FieldsArea(column))
        columns.addSpacing(12)
        columns.addLayout(right, 1)
        bottom = QHBoxLayout()
        if by_buttons is not None:
            bottom.addWidget(by_buttons)
        bottom.addWidget(self.buttons, 1)
        layout = QVBoxLayout(self)
        layout.addLayout(columns, 1)
        layout.addLayout(bottom)

    def _on_edited(self) -> None:
        self._update()
        self.edited.emit()

    def _on_refused(self, message: str) -> None:
        """Say why a number was not taken; the field shows the one before again."""
        self._update()
        self._say(f"{message}\n{self.note.text()}", is_problem=False)

    def _say(self, text: str, is_problem: bool) -> None:
        self.note.setObjectName("problem" if is_problem else "")
        self.note.style().polish(self.note)
        self.note.setText(text)
