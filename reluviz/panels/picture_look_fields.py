"""In what form a picture or a table is written, and what the picture looks like."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from reluviz.core.picture_choices import ExportForm, PictureChoices
from reluviz.core.picture_recipe import MAX_DPI, MAX_SIDE, MIN_DPI, PictureRecipe, SizePreset
from reluviz.panels.controls import Choice
from reluviz.panels.field_grid import FieldGrid
from reluviz.panels.look_fields import LookFields
from reluviz.panels.number_edit import CountEdit

FORMS = {
    ExportForm.PNG: ("PNG picture", "Pixels, for slides and the web; the ground may be transparent"),
    ExportForm.SVG: ("SVG drawing", "Lines and text, sharp at any size, for a browser or to work on in Inkscape"),
    ExportForm.PDF: ("PDF drawing", "Lines and text, sharp at any size, for LaTeX and printing"),
    ExportForm.CURVES: ("CSV: the curves", "x, target, output and every contribution, at all corners and evenly apart"),
    ExportForm.PARAMETERS: ("CSV: the parameters", "v, b, w and the kink of every neuron, and b₀"),
    ExportForm.LOSSES: ("CSV: the loss history", "J over the steps of training"),
}
# The longest label of a choice.
_LETTERS = 25


class PictureLookFields(LookFields):
    """All that is chosen of a picture or a table."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(1, MAX_SIDE, parent)
        self.form_choice, self.view_choice = Choice("Format"), Choice("View")
        for form, (label, tip) in FORMS.items():
            self.form_choice.offer(label, form, tip)
        self.form_choice.setMinimumContentsLength(_LETTERS)
        self.view_choice.offer("As in the window", False)
        self.view_choice.offer("Everything in view", True)
        self.dpi_edit = CountEdit("dots per inch", round(MIN_DPI), round(MAX_DPI))
        self._join(self.form_choice, self.view_choice, self.dpi_edit)
        self._lay_out(self._grid())

    def _grid(self) -> FieldGrid:
        grid = FieldGrid("Dots per inch")
        grid.add_field("&Format", self.form_choice, "What kind of file")
        grid.add_field("&Size", self.size_choice, "Sizes that are wanted often")
        grid.add_field("&Width", self.width_edit, "In pixels")
        grid.add_field("&Height", self.height_edit, "In pixels")
        grid.add_field("Lines, te&xt (%)", self.percent_edit, "How thick and large, beside what suits the size")
        grid.add_field("&Dots per inch", self.dpi_edit, "How large the picture is on paper")
        grid.add_field("Colo&urs", self.theme_choice, "Those of the window, and whether there is a ground")
        grid.add_field("&View", self.view_choice, "Which part of the plane")
        return grid

    def show_choices(self, choices: PictureChoices) -> None:
        """Set all fields."""
        self.form_choice.show_value(choices.form)
        self.view_choice.show_value(choices.fitted)
        self.dpi_edit.set_value(round(choices.recipe.dpi))
        self.show_look(choices.recipe)

    def choices(self) -> PictureChoices:
        """What the fields say. Raises ValueError for what cannot be."""
        form = ExportForm(self.form_choice.value_at(self.form_choice.currentIndex()))
        fitted = self.view_choice.value_at(self.view_choice.currentIndex()) is True
        return PictureChoices(form, self.look(), fitted)

    def look(self) -> PictureRecipe:
        return replace(super().look(), dpi=float(self.dpi_edit.value()))

    def enable_picture(self, is_picture: bool) -> None:
        """Whether there is a picture at all, and not a table."""
        numbers = self.width_edit, self.height_edit, self.percent_edit, self.dpi_edit
        for field in (self.size_choice, *numbers, self.theme_choice, self.view_choice):
            field.setEnabled(is_picture)
        self._enable_parts(is_picture)

    def _is_of(self, preset: SizePreset) -> bool:
        return super()._is_of(preset) and self.dpi_edit.value() == round(preset.dpi)

    def _show_preset(self, preset: SizePreset) -> None:
        super()._show_preset(preset)
        self.dpi_edit.set_value(round(preset.dpi))
