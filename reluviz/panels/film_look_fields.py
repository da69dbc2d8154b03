"""In what form a film is written, how long it is and what it looks like."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from reluviz.core.film_format import APNG, FORMATS, FRAMES, GIF, MAX_SIDE, MIN_SIDE, MP4, WEBM, FilmFormat
from reluviz.core.film_recipe import MAX_FRAMES, FilmRecipe
from reluviz.panels.controls import Choice
from reluviz.panels.field_grid import FieldGrid
from reluviz.panels.look_fields import LookFields
from reluviz.panels.number_edit import CountEdit, NumberEdit
from reluviz.panels.picture_labels import THEMES
from reluviz.panels.side_by_side import side_by_side

_FORMS = {
    MP4: ("MP4 video", "H.264: for slides, on every computer"),
    WEBM: ("WebM video", "VP9: smaller, for web pages; may be transparent"),
    GIF: ("GIF animation", "256 colours, plays by itself nearly everywhere"),
    APNG: ("APNG animation", "All colours, exact, may be transparent; plays by itself in browsers"),
    FRAMES: ("Numbered PNGs", "A folder with a picture for every frame, exact, may be transparent"),
}
_MOST_FPS = max(form.most_fps for form in FORMATS.values())
_LETTERS = 16


class FilmLookFields(LookFields):
    """`form_chosen(FilmFormat)` when the user has chosen another format; all else is `edited`."""

    form_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(MIN_SIDE, MAX_SIDE, parent)
        self.form_choice = Choice("Format")
        for form, (label, tip) in _FORMS.items():
            self.form_choice.offer(label, form, tip)
        self.form_choice.setMinimumContentsLength(_LETTERS)
        self.fps_edit = CountEdit("frames per second", 1, _MOST_FPS)
        self.seconds_edit = NumberEdit("length", 0.0, float(MAX_FRAMES), is_setting=True)
        self.form_choice.chosen.connect(self._on_form)
        self._join(self.seconds_edit, self.fps_edit)
        self._lay_out(self._grid())

    def _grid(self) -> FieldGrid:
        grid = FieldGrid("Lines, text (%)")
        grid.add_field("&Format", self.form_choice, "What kind of file")
        grid.add_field("&Size", self.size_choice, "Sizes that are wanted often")
        grid.add_field("Pi&xels", side_by_side(self.width_edit, self.height_edit), "Width and height")
        grid.add_field("Lines, text (&%)", self.percent_edit, "How thick and large, beside what suits the size")
        grid.add_field("Len&gth (s)", self.seconds_edit, "The ends that are held included")
        grid.add_field("F&rames per s", self.fps_edit, "How smoothly it moves; the length stays")
        grid.add_field("Colo&urs", self.theme_choice, "And whether there is a ground, where the format can do without")
        grid.align_fields(self.fontMetrics())
        return grid

    def show_recipe(self, recipe: FilmRecipe) -> None:
        """Set all fields."""
        self.form_choice.show_value(recipe.form)
        self.seconds_edit.set_value(recipe.seconds)
        self.fps_edit.set_value(recipe.fps)
        self.show_look(recipe.look)
        self._allow_themes()

    def values(self) -> dict[str, Any]:
        """The fields of a recipe that are set here. Raises ValueError for what cannot be."""
        fps = self.fps_edit.value()
        return {"form": self.form, "look": self.look(), "fps": fps, "frames": round(self.seconds_edit.value() * fps)}

    def _on_form(self, form: FilmFormat) -> None:
        self._allow_themes()
        self.form_chosen.emit(form)

    def _allow_themes(self) -> None:
        able = ", ".join(form.label for form in _FORMS if form.transparent)
        for theme in THEMES:
            allowed = theme.has_ground or self.form.transparent
            self.theme_choice.allow(
                theme, allowed, "" if allowed else f"{self.form.label} needs a ground: {able} do not"
            )

    @property
    def form(self) -> FilmFormat:
        form = self.form_choice.value_at(self.form_choice.currentIndex())
        assert isinstance(form, FilmFormat)
        return form
