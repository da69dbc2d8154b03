"""What a film shows, how it goes through it, and what it looks like: the same recipe gives the same film."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from enum import Enum

from reluviz.core.film_format import FORMATS, MP4, FilmFormat
from reluviz.core.notation import count_text
from reluviz.core.parameter import Parameter
from reluviz.core.picture_recipe import USUAL_PARTS, Part, PictureRecipe, Theme
from reluviz.core.settings import MAX_STEPS

MAX_FRAMES = 20_000
MAX_HOLD = 60.0

USUAL_LOOK = PictureRecipe(1920, 1080, parts=USUAL_PARTS | {Part.LOSS, Part.CAPTION})


class What(Enum):
    """What passes by in a film."""

    RUN = "run"
    BUILD = "build"
    SUMS = "sums"
    SWEEP = "sweep"
    RECORDING = "recording"

    @property
    def is_run(self) -> bool:
        """Whether it has steps, and losses."""
        return self in {What.RUN, What.RECORDING}


class Pace(Enum):
    """Which moments the frames show: as many steps apart, as many times later, or as different to look at."""

    UNIFORM = "uniform"
    LOGARITHMIC = "logarithmic"
    CHANGE = "change"


@dataclass(frozen=True)
class Sweep:
    """`parameter` goes from `low` to `high`; None for either: so far to both sides as `swept_range` says."""

    parameter: Parameter
    low: float | None = None
    high: float | None = None

    def __post_init__(self) -> None:
        for end in (self.low, self.high):
            if end is not None and not (math.isfinite(end) and abs(end) <= 1e9):
                raise ValueError(f"a parameter is swept between finite numbers up to 10⁹, not {end:g}")
        if self.low is not None and self.low == self.high:
            raise ValueError("a parameter is swept between two different values")


@dataclass(frozen=True)
class FilmRecipe:
    """A film of `frames` frames, `fps` of them a second; the first and the last are held for `hold` seconds each.

    `frames` counts the held ones. `width` and `height` are in pixels; `theme` is one of THEMES, `parts` are some of
    PARTS. `steps` is how long a fresh run is, None for as long as the document's own; `from_present`: whether it goes
    on from the present state instead of the start. `pace` None is the usual one.

    Raises ValueError, in one line, for what cannot be.
    """

    what: What = What.RUN
    form: FilmFormat = MP4
    look: PictureRecipe = field(default=USUAL_LOOK)
    fps: int = 30
    frames: int = 300
    pace: Pace | None = None
    hold: float = 1.0
    steps: int | None = None
    from_present: bool = False
    sweep: Sweep | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.frames <= MAX_FRAMES:
            raise ValueError(f"a film has 1 to {count_text(MAX_FRAMES)} frames, not {count_text(self.frames)}")
        self.form.check_size(self.look.width, self.look.height)
        self.form.check_fps(self.fps)
        if not 0.0 <= self.hold <= MAX_HOLD:
            raise ValueError(f"the ends of a film are held for 0 to {MAX_HOLD:g} seconds, not {self.hold:g}")
        if not self.look.theme.has_ground and not self.form.transparent:
            fits = ", ".join(form.label for form in FORMATS.values() if form.transparent)
            raise ValueError(f"{self.form.label} cannot be transparent: {fits} can")
        if self.steps is not None and not 1 <= self.steps <= MAX_STEPS:
            raise ValueError(f"a run for a film has 1 to {MAX_STEPS} steps, not {self.steps}")

    @property
    def paced(self) -> Pace:
        """The pace it goes at: by how much it changes for runs, even for the rest, which has pauses to be read."""
        if self.pace is not None:
            return self.pace
        return Pace.CHANGE if self.what.is_run else Pace.UNIFORM

    @property
    def seconds(self) -> float:
        """How long the film is."""
        return self.frames / self.fps

    @property
    def held_frames(self) -> int:
        """How many frames more than one the first moment, and the last, are shown: never more than a sixth of all."""
        return min(round(self.hold * self.fps), self.frames // 6)

    @property
    def moving_frames(self) -> int:
        """How many frames there are beside those in which the ends are held."""
        return self.frames - 2 * self.held_frames

    @property
    def estimated_bytes(self) -> float:
        """About how large the film will be: plots are mostly ground, so their size follows from that of the frames."""
        return self.frames * self.look.width * self.look.height * self.form.bytes_per_pixel

    def unlike(self, wished: FilmRecipe) -> str:
        """What of another recipe this one does without, in a few words; "" where that is nothing."""
        look, other = self.look, wished.look
        lacks = []
        if other.theme.has_ground is not look.theme.has_ground:
            lacks.append("no transparency")
        if (look.width, look.height) != (other.width, other.height):
            lacks.append(f"{look.width} × {look.height} pixels")
        if self.fps != wished.fps:
            lacks.append(f"{self.fps} frames per second")
        return ", ".join(lacks)

    def lasting(self, seconds: float) -> FilmRecipe:
        """The same film, `seconds` long. Raises ValueError where it cannot be that long."""
        if not (math.isfinite(seconds) and 0.0 < seconds <= 1e6):
            raise ValueError(f"a film lasts more than 0 seconds, not {seconds:g}")
        return replace(self, frames=round(seconds * self.fps))

    def written_as(self, form: FilmFormat) -> FilmRecipe:
        """The same film in another form, with what that form cannot have put right."""
        look = self.look
        width, height = (side + side % 2 if form.even else side for side in (look.width, look.height))
        theme = look.theme
        if not theme.has_ground and not form.transparent:
            theme = Theme.DARK if theme.palette.is_dark else Theme.LIGHT
        look = replace(look, width=width, height=height, theme=theme)
        fps = min(self.fps, form.most_fps)
        frames = max(1, round(self.frames * fps / self.fps))
        return replace(self, form=form, look=look, fps=fps, frames=frames)
