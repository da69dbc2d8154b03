"""The dialog in which a picture of the plot is chosen: its format, its size, its colours, and what is on it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from reluviz.core.notation import count_text
from reluviz.core.picture_choices import ExportForm, PictureChoices
from reluviz.core.picture_recipe import (
    MAX_DPI,
    MAX_MAGNIFICATION,
    MAX_SIDE,
    MIN_DPI,
    MIN_MAGNIFICATION,
    SIZE_PRESETS,
    PictureRecipe,
    Theme,
)
from reluviz.panels.controls import Check, Choice
from reluviz.panels.export_progress import ExportProgress
from reluviz.panels.field_grid import FieldGrid
from reluviz.panels.number_edit import CountEdit
from reluviz.panels.picture_labels import PARTS, THEMES
from reluviz.panels.picture_preview import PicturePreview

_FORMS = {
    ExportForm.PNG: ("PNG picture", "Pixels, for slides and the web; the ground may be transparent"),
    ExportForm.SVG: ("SVG drawing", "Lines and text, sharp at any size, for a browser or to work on in Inkscape"),
    ExportForm.PDF: ("PDF drawing", "Lines and text, sharp at any size, for LaTeX and printing"),
    ExportForm.CURVES: ("CSV: the curves", "x, target, output and every contribution, at all corners and evenly apart"),
    ExportForm.PARAMETERS: ("CSV: the parameters", "v, b, w and the kink of every neuron, and b₀"),
    ExportForm.LOSSES: ("CSV: the loss history", "J over the steps of training"),
}
_OWN = "Own size"
_CENTIMETRES = 2.54
# The longest label of a choice.
_LETTERS = 25


class ExportPictureDialog(QDialog):
    """`accepted` when the user wants a file. What is set by `show_…` is silent."""

    edited = Signal()
    """The user has changed what is wanted."""
    copy_requested = Signal()
    """The picture is wanted on the clipboard."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Export picture")
        self._make_fields()
        self.preview = PicturePreview()
        self.note = QLabel()
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        self.note.setWordWrap(True)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel)
        self.export_button = self.buttons.button(QDialogButtonBox.StandardButton.Save)
        self.export_button.setText("&Export…")
        self.copy_button = self.buttons.addButton("&Copy", QDialogButtonBox.ButtonRole.ActionRole)
        self.copy_button.setToolTip("Put the picture on the clipboard")
        self.progress = ExportProgress()
        # Beside the button that closes the dialog.
        self.progress.cancel_button.setText("Stop")
        self._choices: PictureChoices | None = PictureChoices()
        self._lay_out()
        self._connect()
        self.show_choices(PictureChoices())

    def _make_fields(self) -> None:
        self.form_choice, self.size_choice = Choice("Format"), Choice("Size")
        for form, (label, tip) in _FORMS.items():
            self.form_choice.offer(label, form, tip)
        for preset in SIZE_PRESETS:
            self.size_choice.offer(preset.title, preset)
        self.size_choice.offer(_OWN, None)
        self.width_edit = CountEdit("width", 1, MAX_SIDE)
        self.height_edit = CountEdit("height", 1, MAX_SIDE)
        self.percent_edit = CountEdit("lines and text", round(100 * MIN_MAGNIFICATION), round(100 * MAX_MAGNIFICATION))
        self.dpi_edit = CountEdit("dots per inch", round(MIN_DPI), round(MAX_DPI))
        self.theme_choice, self.view_choice = Choice("Colours"), Choice("View")
        for theme, label in THEMES.items():
            self.theme_choice.offer(label, theme)
        self.view_choice.offer("As in the window", False)
        self.view_choice.offer("Everything in view", True)
        self.parts = {part: Check(label) for part, (label, _) in PARTS.items()}
        for part, (_, tip) in PARTS.items():
            self.parts[part].setToolTip(tip)

    def _lay_out(self) -> None:
        self.form_choice.setMinimumContentsLength(_LETTERS)
        grid = FieldGrid("Dots per inch")
        grid.add_field("&Format", self.form_choice, "What kind of file")
        grid.add_field("&Size", self.size_choice, "Sizes that are wanted often")
        grid.add_field("&Width", self.width_edit, "In pixels")
        grid.add_field("&Height", self.height_edit, "In pixels")
        grid.add_field("Lines, te&xt (%)", self.percent_edit, "How thick and large, beside what suits the size")
        grid.add_field("&Dots per inch", self.dpi_edit, "How large the picture is on paper")
        grid.add_field("Colo&urs", self.theme_choice, "Those of the window, and whether there is a ground")
        grid.add_field("&View", self.view_choice, "Which part of the plane")
        checks = QGridLayout()
        for i, check in enumerate(self.parts.values()):
            checks.addWidget(check, i // 3, i % 3)
        left = QVBoxLayout()
        left.addLayout(grid)
        left.addSpacing(6)
        left.addLayout(checks)
        left.addStretch(1)
        right = QVBoxLayout()
        right.addWidget(self.preview, 1)
        right.addWidget(self.note)
        columns = QHBoxLayout()
        columns.addLayout(left)
        columns.addSpacing(12)
        columns.addLayout(right, 1)
        layout = QVBoxLayout(self)
        layout.addLayout(columns, 1)
        bottom = QHBoxLayout()
        bottom.addWidget(self.progress)
        bottom.addWidget(self.buttons, 1)
        layout.addLayout(bottom)

    def _connect(self) -> None:
        for choice in (self.form_choice, self.theme_choice, self.view_choice):
            choice.chosen.connect(self._on_edited)
        self.size_choice.chosen.connect(self._on_size)
        for number in (self.width_edit, self.height_edit, self.percent_edit, self.dpi_edit):
            number.edited.connect(self._on_edited)
            number.refused.connect(self._on_refused)
        for check in self.parts.values():
            check.clicked.connect(self._on_edited)
        self.copy_button.clicked.connect(self.copy_requested)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)

    @property
    def choices(self) -> PictureChoices | None:
        """What is wanted; None where it cannot be."""
        return self._choices

    def show_choices(self, choices: PictureChoices) -> None:
        """Set all fields."""
        recipe = choices.recipe
        self.form_choice.show_value(choices.form)
        self.width_edit.set_value(recipe.width)
        self.height_edit.set_value(recipe.height)
        self.percent_edit.set_value(round(100 * recipe.magnification))
        self.dpi_edit.set_value(round(recipe.dpi))
        self.theme_choice.show_value(recipe.theme)
        self.view_choice.show_value(choices.fitted)
        for part, check in self.parts.items():
            check.setChecked(part in recipe.parts)
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

    # What the user does.

    def accept(self) -> None:
        # Enter in a field means the field.
        if self.export_button.isEnabled():
            super().accept()

    def _on_size(self, preset: object) -> None:
        for known in SIZE_PRESETS:
            if preset == known:
                self.width_edit.set_value(known.width)
                self.height_edit.set_value(known.height)
                self.percent_edit.set_value(round(100 * known.magnification))
                self.dpi_edit.set_value(round(known.dpi))
        self._on_edited()

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
            choices = self._wanted()
        except ValueError as error:
            self.show_problem(str(error))
            return
        self._choices = choices
        recipe, is_picture = choices.recipe, choices.form.is_picture
        numbers = self.width_edit, self.height_edit, self.percent_edit, self.dpi_edit
        pictured = self.size_choice, *numbers, self.theme_choice, self.view_choice
        for field in (*pictured, *self.parts.values()):
            field.setEnabled(is_picture)
        sizes = (recipe.width, recipe.height, recipe.magnification, recipe.dpi)
        matching = [p for p in SIZE_PRESETS if (p.width, p.height, p.magnification, p.dpi) == sizes]
        self.size_choice.show_value(matching[0] if matching else None)
        self.note.setObjectName("")
        self.note.style().polish(self.note)
        self.note.setText(_size_text(recipe) if is_picture else _FORMS[choices.form][1])
        self.export_button.setEnabled(True)
        self.copy_button.setEnabled(is_picture)

    def _wanted(self) -> PictureChoices:
        recipe = PictureRecipe(
            self.width_edit.value(),
            self.height_edit.value(),
            Theme(self.theme_choice.value_at(self.theme_choice.currentIndex())),
            frozenset(part for part, check in self.parts.items() if check.isChecked()),
            self.percent_edit.value() / 100.0,
            float(self.dpi_edit.value()),
        )
        form = ExportForm(self.form_choice.value_at(self.form_choice.currentIndex()))
        return PictureChoices(form, recipe, self.view_choice.value_at(self.view_choice.currentIndex()) is True)


def _size_text(recipe: PictureRecipe) -> str:
    width, height = (side / recipe.dpi * _CENTIMETRES for side in (recipe.width, recipe.height))
    return f"{count_text(recipe.width)} × {count_text(recipe.height)} pixels, {width:.1f} × {height:.1f} cm on paper"
