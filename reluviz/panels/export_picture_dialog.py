"""The dialog in which a picture of the plot is chosen: its format, its size, its colours, and what is on it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QShowEvent
from PySide6.QtWidgets import QDialogButtonBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from reluviz.core.notation import count_text
from reluviz.core.picture_choices import PictureChoices
from reluviz.core.picture_recipe import PictureRecipe
from reluviz.panels.export_progress import ExportProgress
from reluviz.panels.picture_look_fields import FORMS, PictureLookFields
from reluviz.panels.picture_preview import PicturePreview
from reluviz.panels.roomy_dialog import FieldsArea, RoomyDialog

_CENTIMETRES = 2.54


class ExportPictureDialog(RoomyDialog):
    """`accepted` when the user wants a file. What is set by `show_…` is silent."""

    edited = Signal()
    """The user has changed what is wanted."""
    copy_requested = Signal()
    """The picture is wanted on the clipboard."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Export picture")
        self.look = PictureLookFields()
        self.preview = PicturePreview()
        self.note = QLabel()
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        self.note.setWordWrap(True)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel)
        self.export_button = self.buttons.button(QDialogButtonBox.StandardButton.Save)
        self.export_button.setText("&Export…")
        self.copy_button = self.buttons.addButton("&Copy", QDialogButtonBox.ButtonRole.ActionRole)
        self.copy_button.setAutoDefault(False)
        self.copy_button.setToolTip("Put the picture on the clipboard")
        self.progress = ExportProgress()
        # Beside the button that closes the dialog.
        self.progress.cancel_button.setText("Stop")
        self._choices: PictureChoices | None = PictureChoices()
        self._lay_out()
        self._connect()
        self.show_choices(PictureChoices())

    def _lay_out(self) -> None:
        fields = QWidget()
        left = QVBoxLayout(fields)
        left.setContentsMargins(0, 0, 0, 0)
        left.addWidget(self.look)
        left.addStretch(1)
        right = QVBoxLayout()
        right.addWidget(self.preview, 1)
        right.addWidget(self.note)
        columns = QHBoxLayout()
        columns.addWidget(FieldsArea(fields))
        columns.addSpacing(12)
        columns.addLayout(right, 1)
        layout = QVBoxLayout(self)
        layout.addLayout(columns, 1)
        bottom = QHBoxLayout()
        bottom.addWidget(self.progress)
        bottom.addWidget(self.buttons, 1)
        layout.addLayout(bottom)

    def _connect(self) -> None:
        self.look.edited.connect(self._on_edited)
        self.look.refused.connect(self._on_refused)
        self.copy_button.clicked.connect(self.copy_requested)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)

    @property
    def choices(self) -> PictureChoices | None:
        """What is wanted; None where it cannot be."""
        return self._choices

    def show_choices(self, choices: PictureChoices) -> None:
        """Set all fields."""
        self.look.show_choices(choices)
        self._update()

    def show_preview(self, image: QImage) -> None:
        """A small picture of what would be written."""
        on_dark = self._choices is not None and self._choices.recipe.theme.palette.is_dark
        self.preview.show_picture(image, on_dark)

    def show_table(self, text: str) -> None:
        """How the table begins that would be written."""
        self.preview.show_text(text)

    def show_problem(self, problem: str) -> None:
        """Why nothing can be written like this."""
        self.note.setObjectName("problem")
        self.note.style().polish(self.note)
        self.note.setText(f"{problem[:1].upper()}{problem[1:]}")
        self.export_button.setEnabled(False)
        self.copy_button.setEnabled(False)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # Not the button that was clicked last time: Return is for exporting.
        self.export_button.setDefault(True)
        self.look.form_choice.setFocus()

    def accept(self) -> None:
        # Enter in a field means the field.
        if self.export_button.isEnabled():
            super().accept()

    def _on_edited(self) -> None:
        self._update()
        self.edited.emit()

    def _on_refused(self, message: str) -> None:
        """Say why a number was not taken; the field shows the one before again."""
        self._update()
        self.note.setText(f"{message}\n{self.note.text()}")

    def _update(self) -> None:
        """Find what is wanted from the fields, and say what it is."""
        self._choices = None
        try:
            choices = self.look.choices()
        except ValueError as error:
            self.show_problem(str(error))
            return
        self._choices = choices
        recipe, is_picture = choices.recipe, choices.form.is_picture
        self.look.enable_picture(is_picture)
        self.look.show_size()
        self.note.setObjectName("")
        self.note.style().polish(self.note)
        self.note.setText(_size_text(recipe) if is_picture else FORMS[choices.form][1])
        self.export_button.setEnabled(True)
        self.copy_button.setEnabled(is_picture)


def _size_text(recipe: PictureRecipe) -> str:
    width, height = (side / recipe.dpi * _CENTIMETRES for side in (recipe.width, recipe.height))
    return f"{count_text(recipe.width)} × {count_text(recipe.height)} pixels, {width:.1f} × {height:.1f} cm on paper"
