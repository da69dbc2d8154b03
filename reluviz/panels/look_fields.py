"""What a picture or a film looks like: its size, how large lines and text are, its colours, and what is on it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from reluviz.core.picture_recipe import (
    MAX_MAGNIFICATION,
    MIN_MAGNIFICATION,
    SIZE_PRESETS,
    Part,
    PictureRecipe,
    SizePreset,
    Theme,
)
from reluviz.panels.controls import Check, Choice
from reluviz.panels.field_grid import FieldGrid
from reluviz.panels.number_edit import CountEdit, NumberEdit
from reluviz.panels.picture_labels import NOTHING_KEPT, PARTS, THEMES

_OWN = "Own size"
_COLUMNS = 3


class LookFields(QWidget):
    """The fields that all exports have; subclasses add theirs and say where each stands.

    `edited` when the user has changed a value, `refused(str)` when a number cannot be taken. Subclasses connect what
    they add by `_join`.
    """

    edited = Signal()
    refused = Signal(str)

    def __init__(self, least_side: int, most_side: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.size_choice, self.theme_choice = Choice("Size"), Choice("Colours")
        for preset in SIZE_PRESETS:
            self.size_choice.offer(preset.title, preset)
        self.size_choice.offer(_OWN, None)
        self.width_edit = CountEdit("width", least_side, most_side)
        self.height_edit = CountEdit("height", least_side, most_side)
        least, most = round(100 * MIN_MAGNIFICATION), round(100 * MAX_MAGNIFICATION)
        self.percent_edit = CountEdit("lines and text", least, most)
        for theme, label in THEMES.items():
            self.theme_choice.offer(label, theme)
        self.parts: dict[Part, Check] = {part: Check(label) for part, (label, _) in PARTS.items()}
        for part, (_, tip) in PARTS.items():
            self.parts[part].setToolTip(tip)
        self._why_not: dict[Part, str] = {}
        self.size_choice.chosen.connect(self._on_size)
        self._join(self.theme_choice, self.width_edit, self.height_edit, self.percent_edit, *self.parts.values())

    def _join(self, *fields: Choice | NumberEdit | CountEdit | Check) -> None:
        for field in fields:
            if isinstance(field, Choice):
                field.chosen.connect(self.edited)
            elif isinstance(field, Check):
                field.clicked.connect(self.edited)
            else:
                field.edited.connect(self.edited)
                field.refused.connect(self.refused)

    def _lay_out(self, grid: FieldGrid) -> None:
        """Put the fields of `grid` above the parts."""
        checks = QGridLayout()
        for i, check in enumerate(self.parts.values()):
            checks.addWidget(check, i // _COLUMNS, i % _COLUMNS)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(grid)
        layout.addSpacing(6)
        layout.addLayout(checks)

    def allow_part(self, part: Part, why_not: str = "") -> None:
        """Whether there is such a part to draw: `why_not` says why there is none, "" where there is."""
        self._why_not[part] = why_not
        self.parts[part].setToolTip(why_not or PARTS[part][1])
        self.parts[part].setEnabled(not why_not)

    def show_whether_kept(self, is_kept: bool) -> None:
        """Whether there is anything to compare with."""
        self.allow_part(Part.KEPT, "" if is_kept else NOTHING_KEPT)

    def _enable_parts(self, is_drawn: bool) -> None:
        for part, check in self.parts.items():
            check.setEnabled(is_drawn and not self._why_not.get(part))

    def show_look(self, look: PictureRecipe) -> None:
        """Set the fields."""
        self.width_edit.set_value(look.width)
        self.height_edit.set_value(look.height)
        self.percent_edit.set_value(round(100 * look.magnification))
        self.theme_choice.show_value(look.theme)
        for part, check in self.parts.items():
            check.setChecked(part in look.parts)
        self.show_size()

    def look(self) -> PictureRecipe:
        """What they say. Raises ValueError for what cannot be."""
        return PictureRecipe(
            self.width_edit.value(),
            self.height_edit.value(),
            Theme(self.theme_choice.value_at(self.theme_choice.currentIndex())),
            frozenset(part for part, check in self.parts.items() if check.isChecked()),
            self.percent_edit.value() / 100.0,
        )

    def show_size(self) -> None:
        """Name the size that the numbers are."""
        self.size_choice.show_value(next((preset for preset in SIZE_PRESETS if self._is_of(preset)), None))

    def _is_of(self, preset: SizePreset) -> bool:
        numbers = self.width_edit.value(), self.height_edit.value(), self.percent_edit.value()
        return numbers == (preset.width, preset.height, round(100 * preset.magnification))

    def _show_preset(self, preset: SizePreset) -> None:
        self.width_edit.set_value(preset.width)
        self.height_edit.set_value(preset.height)
        self.percent_edit.set_value(round(100 * preset.magnification))

    def _on_size(self, preset: object) -> None:
        if isinstance(preset, SizePreset):
            self._show_preset(preset)
        self.edited.emit()
