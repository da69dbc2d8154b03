"""What an exported picture is to look like: its size, its colours and what is on it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum

from reluviz.core.notation import count_text
from reluviz.core.palette import DARK, LIGHT, Palette

MAX_SIDE = 16_384
MAX_PIXELS = 8192 * 8192
# Lines and type have their size of the screen in a picture of so many pixels.
USUAL_WIDTH, USUAL_HEIGHT = 1280, 720
# In a smaller or longer one they are no larger than leaves room for this much at their usual size.
_LEAST_WIDTH, _LEAST_HEIGHT = 320, 180
MIN_MAGNIFICATION, MAX_MAGNIFICATION = 0.25, 8.0
MIN_DPI, MAX_DPI = 36.0, 2400.0


class Theme(Enum):
    """Which colours are drawn in, and whether there is a ground below them."""

    LIGHT = "light"
    DARK = "dark"
    TRANSPARENT = "transparent"
    TRANSPARENT_DARK = "transparent-dark"

    @property
    def palette(self) -> Palette:
        return DARK if self in {Theme.DARK, Theme.TRANSPARENT_DARK} else LIGHT

    @property
    def has_ground(self) -> bool:
        """Whether what nothing is drawn on is filled; else it is transparent."""
        return self in {Theme.LIGHT, Theme.DARK}


class Part(Enum):
    """What may be on a picture or be left out. Axes and grid always are."""

    TARGET = "target"
    OUTPUT = "output"
    RAYS = "rays"
    KINKS = "kinks"
    SAMPLES = "samples"
    KEPT = "ghost"
    LOSS = "loss"
    CAPTION = "caption"
    TITLE = "title"
    LEGEND = "legend"


USUAL_PARTS = frozenset({Part.TARGET, Part.OUTPUT, Part.RAYS, Part.SAMPLES, Part.KEPT, Part.LEGEND})


@dataclass(frozen=True)
class PictureRecipe:
    """A picture of `width` × `height` pixels.

    `magnification` makes lines and type larger than their size follows from the picture's; `dpi` is how many pixels are
    printed on an inch, which is what sizes on paper follow from. Raises ValueError, in one line, for what cannot be.
    """

    width: int = 1920
    height: int = 1080
    theme: Theme = Theme.LIGHT
    parts: frozenset[Part] = USUAL_PARTS
    magnification: float = 1.0
    dpi: float = 96.0

    def __post_init__(self) -> None:
        check_size(self.width, self.height)
        if not MIN_MAGNIFICATION <= self.magnification <= MAX_MAGNIFICATION:
            raise ValueError(
                f"lines and type can be {MIN_MAGNIFICATION:g} to {MAX_MAGNIFICATION:g} times their usual size, "
                f"not {self.magnification:g}"
            )
        if not MIN_DPI <= self.dpi <= MAX_DPI:
            raise ValueError(f"a picture has {MIN_DPI:g} to {MAX_DPI:g} dots per inch, not {self.dpi:g}")

    @property
    def scale(self) -> float:
        """How much larger than on screen lines and type are: 1 at 1280 × 720."""
        by_area = math.sqrt(self.width * self.height / (USUAL_WIDTH * USUAL_HEIGHT)) * self.magnification
        return min(by_area, self.width / _LEAST_WIDTH, self.height / _LEAST_HEIGHT)

    def shows(self, part: Part) -> bool:
        return part in self.parts


@dataclass(frozen=True)
class SizePreset:
    """A size that is wanted often, called `name` on the command line."""

    name: str
    title: str
    width: int
    height: int
    magnification: float = 1.0
    dpi: float = 96.0


SIZE_PRESETS = (
    SizePreset("slide", "Slide, 1920 × 1080", 1920, 1080),
    SizePreset("square", "Square, 1080 × 1080", 1080, 1080),
    SizePreset("4k", "4K, 3840 × 2160", 3840, 2160),
    # Letters of 8 points at this magnification.
    SizePreset("column", "Paper column, 8.5 cm at 300 dpi", 1004, 700, 2.25, 300.0),
)


def check_size(width: int, height: int) -> None:
    """Raises ValueError where no picture can have that many pixels."""
    for side, name in ((width, "wide"), (height, "high")):
        if not 1 <= side <= MAX_SIDE:
            raise ValueError(f"a picture is 1 to {count_text(MAX_SIDE)} pixels {name}, not {count_text(side)}")
    if width * height > MAX_PIXELS:
        raise ValueError(
            f"a picture has at most {count_text(MAX_PIXELS)} pixels, "
            f"not {count_text(width)} × {count_text(height)} = {count_text(width * height)}"
        )
