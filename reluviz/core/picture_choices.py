"""What the user wants to export, to be remembered from one time to the next."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from enum import Enum

from reluviz.core.picture_recipe import Part, PictureRecipe, Theme


class ExportForm(Enum):
    """What is written: a picture in one of its formats, or a table."""

    PNG = "png"
    SVG = "svg"
    PDF = "pdf"
    CURVES = "curves"
    PARAMETERS = "parameters"
    LOSSES = "losses"

    @property
    def is_picture(self) -> bool:
        return self in {ExportForm.PNG, ExportForm.SVG, ExportForm.PDF}

    @property
    def suffix(self) -> str:
        """The extension of its files, with the dot."""
        return f".{self.value}" if self.is_picture else ".csv"

    def in_file(self, suffix: str) -> ExportForm:
        """What is written to a file of that extension, one of SUFFIXES: this, or else the first that can be."""
        return self if self.suffix == suffix else next(form for form in ExportForm if form.suffix == suffix)


SUFFIXES = tuple(dict.fromkeys(form.suffix for form in ExportForm))


@dataclass(frozen=True)
class PictureChoices:
    """`fitted`: everything is brought into view; else the picture shows what the window shows."""

    form: ExportForm = ExportForm.PNG
    recipe: PictureRecipe = field(default_factory=PictureRecipe)
    fitted: bool = False


def choices_text(choices: PictureChoices) -> str:
    """The choices as one line, for `choices_of`."""
    recipe = choices.recipe
    return json.dumps(
        {
            "form": choices.form.value,
            "width": recipe.width,
            "height": recipe.height,
            "theme": recipe.theme.value,
            "parts": sorted(part.value for part in recipe.parts),
            "magnification": recipe.magnification,
            "dpi": recipe.dpi,
            "fitted": choices.fitted,
        }
    )


def choices_of(text: str) -> PictureChoices:
    """The choices in a line that `choices_text` wrote; the usual ones where it is damaged."""
    try:
        stored = json.loads(text)
        recipe = PictureRecipe(
            int(stored["width"]),
            int(stored["height"]),
            Theme(stored["theme"]),
            frozenset(Part(name) for name in stored["parts"]),
            float(stored["magnification"]),
            float(stored["dpi"]),
        )
        return PictureChoices(ExportForm(stored["form"]), recipe, stored["fitted"] is True)
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
        return PictureChoices()
