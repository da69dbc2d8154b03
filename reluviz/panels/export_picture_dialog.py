"""The dialog in which a picture of the plot is chosen: its format, its size, its colours, and what is on it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage, QShowEvent
from PySide6.QtWidgets import QDialogButtonBox, QWidget

from reluviz.core.notation import count_text
from reluviz.core.picture_choices import PictureChoices
from reluviz.core.picture_recipe import PictureRecipe
from reluviz.panels.export_dialog import ExportDialog
from reluviz.panels.export_progress import ExportProgress
from reluviz.panels.picture_look_fields import FORMS, PictureLookFields

_CENTIMETRES = 2.54


class ExportPictureDialog(ExportDialog):
    """The user's picture or table, and how it looks or begins."""

    copy_requested = Signal()
    """The picture is wanted on the clipboard."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Export picture", parent)
        self.look = PictureLookFields()
        self.copy_button = self.buttons.addButton("&Copy", QDialogButtonBox.ButtonRole.ActionRole)
        self.copy_button.setAutoDefault(False)
        self.copy_button.setToolTip("Put the picture on the clipboard")
        self.progress = ExportProgress()
        # Beside the button that closes the dialog.
        self.progress.cancel_button.setText("Stop")
        self._choices: PictureChoices | None = PictureChoices()
        self._lay_out([self.look], by_buttons=self.progress)
        self.look.edited.connect(self._on_edited)
        self.look.refused.connect(self._on_refused)
        self.copy_button.clicked.connect(self.copy_requested)
        self.show_choices(PictureChoices())

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
        super().show_problem(problem)
        self.copy_button.setEnabled(False)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.look.form_choice.setFocus()

    def _update(self) -> None:
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
        self._say(_size_text(recipe) if is_picture else FORMS[choices.form][1], is_problem=False)
        self.export_button.setEnabled(True)
        self.copy_button.setEnabled(is_picture)


def _size_text(recipe: PictureRecipe) -> str:
    width, height = (side / recipe.dpi * _CENTIMETRES for side in (recipe.width, recipe.height))
    return f"{count_text(recipe.width)} × {count_text(recipe.height)} pixels, {width:.1f} × {height:.1f} cm on paper"
