"""The dialog in which an animation is chosen, and looked at before it is written."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSlider, QWidget

from reluviz.core.film_format import FilmFormat
from reluviz.core.film_recipe import FilmRecipe
from reluviz.core.notation import bytes_text, count_text
from reluviz.core.picture_recipe import Part
from reluviz.panels.export_dialog import ExportDialog
from reluviz.panels.film_content_fields import FilmContentFields
from reluviz.panels.film_look_fields import FilmLookFields
from reluviz.panels.readout import SteadyLabel

_WIDTH = 960


class ExportFilmDialog(ExportDialog):
    """The user's film and the frame of it that is looked at."""

    sought = Signal(int)
    """The number of the frame, from 0, that the user wants to see."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Export animation", parent)
        self.content, self.look = FilmContentFields(), FilmLookFields()
        self.scrubber = QSlider(Qt.Orientation.Horizontal)
        self.scrubber.setAccessibleName("Frame")
        self.scrubber.setToolTip("Go through the frames (arrows, Page Up and Page Down)")
        self.time = SteadyLabel("0000.00 s")
        self._recipe: FilmRecipe | None = FilmRecipe()
        line = QFrame()
        line.setFrameShape(QFrame.Shape.HLine)
        seek = QHBoxLayout()
        seek.addWidget(self.scrubber, 1)
        seek.addWidget(self.time)
        self._lay_out([self.content, line, self.look], below_preview=seek)
        self.resize(_WIDTH, 0)
        self._connect()
        self.show_recipe(FilmRecipe())

    def _connect(self) -> None:
        for fields in (self.content, self.look):
            fields.edited.connect(self._on_edited)
            fields.refused.connect(self._on_refused)
        self.look.form_chosen.connect(self._on_form)
        self.scrubber.valueChanged.connect(self._on_scrubbed)

    @property
    def recipe(self) -> FilmRecipe | None:
        """What is wanted; None where it cannot be."""
        return self._recipe

    def show_recipe(self, recipe: FilmRecipe) -> None:
        """Set all fields."""
        self.content.show_recipe(recipe)
        self.look.show_recipe(recipe)
        self._update()

    def show_frame(self, image: QImage) -> None:
        """The frame that is looked at."""
        on_dark = self._recipe is not None and self._recipe.look.theme.palette.is_dark
        self.preview.show_picture(image, on_dark)

    def show_preparing(self, part: float) -> None:
        """So much, from 0 to 1, of the film is made ready to be looked at."""
        self.preview.show_text(f"Preparing the animation … {100 * part:.0f} %")

    def _on_form(self, form: FilmFormat) -> None:
        """Put right what the form cannot have, where all else can be."""
        recipe = self._recipe
        if recipe is not None:
            self.look.show_recipe(replace(recipe).written_as(form))
        self._on_edited()

    def _on_scrubbed(self, index: int) -> None:
        self._show_time()
        self.sought.emit(index)

    def _update(self) -> None:
        self._recipe = None
        self.look.show_size()
        self.look.allow_part(Part.LOSS, "" if self.content.is_run else "Only a run has losses")
        try:
            recipe = FilmRecipe(**self.content.values(), **self.look.values())
        except ValueError as error:
            # What was on show is another film.
            self.preview.show_text("")
            self.scrubber.setEnabled(False)
            self._show_time()
            self.show_problem(str(error))
            return
        self._recipe = recipe
        self.scrubber.setEnabled(recipe.frames > 1)
        self._say(_described(recipe), is_problem=False)
        self.export_button.setEnabled(True)
        self.scrubber.blockSignals(True)
        try:
            part = self.scrubber.value() / max(1, self.scrubber.maximum())
            self.scrubber.setRange(0, recipe.frames - 1)
            self.scrubber.setPageStep(max(1, recipe.frames // 12))
            self.scrubber.setValue(round(part * (recipe.frames - 1)))
        finally:
            self.scrubber.blockSignals(False)
        self._show_time()

    def _show_time(self) -> None:
        recipe = self._recipe
        self.time.setText("" if recipe is None else f"{self.scrubber.value() / recipe.fps:.2f} s")


def _described(recipe: FilmRecipe) -> str:
    look, moving = recipe.look, recipe.moving_frames
    held = "" if moving == recipe.frames else f" ({count_text(moving)} frames move, the ends are held)"
    return (
        f"{count_text(recipe.frames)} frames of {count_text(look.width)} × {count_text(look.height)} pixels, "
        f"{recipe.seconds:.1f} s{held}, about {bytes_text(recipe.estimated_bytes)}"
    )
