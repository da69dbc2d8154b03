"""What the program remembers between two starts: appearance, text size, snapping, the window's place."""

from __future__ import annotations

import math

from PySide6.QtCore import QByteArray, QSettings, Qt
from PySide6.QtGui import QGuiApplication

from reluviz.core.film_recipe import FilmRecipe
from reluviz.core.palette import DARK, LIGHT, PALETTES, Palette
from reluviz.core.picture_choices import PictureChoices, choices_of, choices_text
from reluviz.document.film_part import film_of_text, film_text

FONT_SCALES = (0.8, 0.9, 1.0, 1.15, 1.3, 1.5, 1.75, 2.0)


class Preferences:
    """Typed access to QSettings; what is missing or damaged there gives the default."""

    def __init__(self) -> None:
        self._settings = QSettings()

    @property
    def palette(self) -> Palette:
        """The chosen appearance; without a choice, the system's."""
        name = str(self._settings.value("appearance", "", type=str))
        if name in PALETTES:
            return PALETTES[name]
        return DARK if QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark else LIGHT

    @palette.setter
    def palette(self, palette: Palette) -> None:
        self._settings.setValue("appearance", palette.name)

    @property
    def font_scale(self) -> float:
        stored = self._settings.value("font_scale", 1.0, type=float)
        scale = float(stored) if isinstance(stored, (int, float)) else 1.0
        return 1.0 if math.isnan(scale) else min(FONT_SCALES, key=lambda known: abs(known - scale))

    @font_scale.setter
    def font_scale(self, scale: float) -> None:
        self._settings.setValue("font_scale", scale)

    @property
    def snap(self) -> bool:
        """Whether a dragging hand snaps to the grid and to the target's points."""
        # Anything but a plain no, damaged entries too, is the default.
        return str(self._settings.value("snap", "true", type=str)).lower() != "false"

    @snap.setter
    def snap(self, snap: bool) -> None:
        self._settings.setValue("snap", "true" if snap else "false")

    @property
    def unfolded(self) -> set[str]:
        """The names of the panels' groups that are folded out."""
        stored = str(self._settings.value("unfolded", "", type=str))
        return set(stored.split(",")) - {""}

    @unfolded.setter
    def unfolded(self, names: set[str]) -> None:
        self._settings.setValue("unfolded", ",".join(sorted(names)))

    @property
    def picture_choices(self) -> PictureChoices:
        """How a picture was exported last."""
        return choices_of(str(self._settings.value("picture", "", type=str)))

    @picture_choices.setter
    def picture_choices(self, choices: PictureChoices) -> None:
        self._settings.setValue("picture", choices_text(choices))

    @property
    def film(self) -> FilmRecipe:
        """The animation that was exported last."""
        return film_of_text(str(self._settings.value("film", "", type=str)))

    @film.setter
    def film(self, recipe: FilmRecipe) -> None:
        self._settings.setValue("film", film_text(recipe))

    @property
    def geometry(self) -> QByteArray:
        stored = self._settings.value("geometry")
        return stored if isinstance(stored, QByteArray) else QByteArray()

    @geometry.setter
    def geometry(self, geometry: QByteArray) -> None:
        self._settings.setValue("geometry", geometry)
