"""In what form a film is written, how long it is and what it looks like."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from reluviz.core.film_format import APNG, FORMATS, FRAMES, GIF, MAX_SIDE, MIN_SIDE, MP4, WEBM, FilmFormat
from reluviz.core.film_recipe import MAX_FRAMES, FilmRecipe
from reluviz.core.picture_recipe import MAX_MAGNIFICATION, MIN_MAGNIFICATION, SIZE_PRESETS, PictureRecipe, Theme
from reluviz.panels.controls import Check, Choice
from reluviz.panels.field_grid import FieldGrid
from reluviz.panels.number_edit import CountEdit, NumberEdit
from reluviz.panels.picture_labels import PARTS, THEMES
from reluviz.panels.side_by_side import side_by_side

_FORMS = {
    MP4: ("MP4 video", "H.264: for slides, on every computer"),
    WEBM: ("WebM video", "VP9: smaller, for web pages"),
    GIF: ("GIF animation", "256 colours, plays by itself nearly everywhere"),
    APNG: ("APNG animation", "All colours, exact, may be transparent; plays by itself in browsers"),
    FRAMES: ("Numbered PNGs", "A folder with a picture for every frame, exact, may be transparent"),
}
_OWN = "Own size"
_MOST_FPS = max(form.most_fps for form in FORMATS.values())
_LETTERS = 16


class FilmLookFields(QWidget):
    """`edited` when the user has changed a value, `form_chosen(FilmFormat)` when it is the format; `refused(str)`."""

    edited = Signal()
    form_chosen = Signal(object)
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.form_choice, self.size_choice, self.theme_choice = Choice("Format"), Choice("Size"), Choice("Colours")
        for form, (label, tip) in _FORMS.items():
            self.form_choice.offer(label, form, tip)
        self.form_choice.setMinimumContentsLength(_LETTERS)
        for preset in SIZE_PRESETS:
            self.size_choice.offer(preset.title, preset)
        self.size_choice.offer(_OWN, None)
        self.width_edit = CountEdit("width", MIN_SIDE, MAX_SIDE)
        self.height_edit = CountEdit("height", MIN_SIDE, MAX_SIDE)
        least, most = round(100 * MIN_MAGNIFICATION), round(100 * MAX_MAGNIFICATION)
        self.percent_edit = CountEdit("lines and text", least, most)
        self.fps_edit = CountEdit("frames per second", 1, _MOST_FPS)
        self.seconds_edit = NumberEdit("length", 0.0, float(MAX_FRAMES), is_setting=True)
        for theme, label in THEMES.items():
            self.theme_choice.offer(label, theme)
        self.parts = {part: Check(label) for part, (label, _) in PARTS.items()}
        for part, (_, tip) in PARTS.items():
            self.parts[part].setToolTip(tip)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        grid = FieldGrid("Lines, text (%)")
        grid.add_field("&Format", self.form_choice, "What kind of file")
        grid.add_field("&Size", self.size_choice, "Sizes that are wanted often")
        grid.add_field("Pi&xels", side_by_side(self.width_edit, self.height_edit), "Width and height")
        grid.add_field("Lines, text (&%)", self.percent_edit, "How thick and large, beside what suits the size")
        grid.add_field("Len&gth (s)", self.seconds_edit, "The ends that are held included")
        grid.add_field("F&rames per s", self.fps_edit, "How smoothly it moves; the length stays")
        grid.add_field("Colo&urs", self.theme_choice, "And whether there is a ground, where the format can do without")
        grid.align_fields(self.fontMetrics())
        checks = QGridLayout()
        for i, check in enumerate(self.parts.values()):
            checks.addWidget(check, i // 3, i % 3)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(grid)
        layout.addSpacing(6)
        layout.addLayout(checks)

    def _connect(self) -> None:
        self.form_choice.chosen.connect(self.form_chosen)
        self.size_choice.chosen.connect(self._on_size)
        self.theme_choice.chosen.connect(self.edited)
        for check in self.parts.values():
            check.clicked.connect(self.edited)
        numbers = self.width_edit, self.height_edit, self.percent_edit, self.seconds_edit, self.fps_edit
        for number in numbers:
            number.edited.connect(self.edited)
            number.refused.connect(self.refused)

    def show_recipe(self, recipe: FilmRecipe) -> None:
        """Set all fields."""
        look = recipe.look
        self.form_choice.show_value(recipe.form)
        self.width_edit.set_value(look.width)
        self.height_edit.set_value(look.height)
        self.percent_edit.set_value(round(100 * look.magnification))
        self.seconds_edit.set_value(recipe.seconds)
        self.fps_edit.set_value(recipe.fps)
        self.theme_choice.show_value(look.theme)
        for part, check in self.parts.items():
            check.setChecked(part in look.parts)
        self.show_size()

    def show_size(self) -> None:
        """Name the size that the numbers are."""
        numbers = self.width_edit.value(), self.height_edit.value(), self.percent_edit.value()
        named = [p for p in SIZE_PRESETS if (p.width, p.height, round(100 * p.magnification)) == numbers]
        self.size_choice.show_value(named[0] if named else None)

    def values(self) -> dict[str, Any]:
        """The fields of a recipe that are set here. Raises ValueError for what cannot be."""
        fps = self.fps_edit.value()
        return {
            "form": self.form,
            "look": PictureRecipe(
                self.width_edit.value(),
                self.height_edit.value(),
                Theme(self.theme_choice.value_at(self.theme_choice.currentIndex())),
                frozenset(part for part, check in self.parts.items() if check.isChecked()),
                self.percent_edit.value() / 100.0,
            ),
            "fps": fps,
            "frames": round(self.seconds_edit.value() * fps),
        }

    @property
    def form(self) -> FilmFormat:
        form = self.form_choice.value_at(self.form_choice.currentIndex())
        assert isinstance(form, FilmFormat)
        return form

    def _on_size(self, preset: object) -> None:
        for known in SIZE_PRESETS:
            if preset == known:
                self.width_edit.set_value(known.width)
                self.height_edit.set_value(known.height)
                self.percent_edit.set_value(round(100 * known.magnification))
        self.edited.emit()
