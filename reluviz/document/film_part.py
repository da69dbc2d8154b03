"""The recipe of the film that was last made of a document, as a part of it. What is as usual is not written."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from reluviz.core.film_format import FORMATS
from reluviz.core.film_recipe import USUAL_LOOK, FilmRecipe, Pace, Sweep, What
from reluviz.core.parameter import OUTPUT_BIAS, Kind, Parameter
from reluviz.core.picture_recipe import Part as PicturePiece
from reluviz.core.picture_recipe import PictureRecipe, Theme
from reluviz.document.part import Part, located, sparing
from reluviz.document.training_part import Count

_Side = Annotated[int, msgspec.Meta(ge=1, le=10**6)]
_ALL = tuple(piece.value for piece in PicturePiece)
_USUAL = tuple(sorted((piece.value for piece in USUAL_LOOK.parts), key=_ALL.index))


class SweepPart(Part, omit_defaults=True):
    """`neuron` is counted from 0 as in the network's lists, None for the output bias."""

    parameter: Literal["hidden_weight", "hidden_bias", "output_weight", "output_bias"]
    neuron: Annotated[int, msgspec.Meta(ge=0, lt=10**6)] | None = None
    low: float | None = None
    high: float | None = None


class FilmPart(Part, omit_defaults=True):
    """See `FilmRecipe`. Sizes are in pixels; a missing pace is the usual one."""

    what: Literal["run", "build", "sums", "sweep", "recording"] = "run"
    format: Literal["mp4", "webm", "gif", "apng", "frames"] = "mp4"
    width: _Side = USUAL_LOOK.width
    height: _Side = USUAL_LOOK.height
    fps: Annotated[int, msgspec.Meta(ge=1, le=1000)] = 30
    frames: Count = 300
    pace: Literal["uniform", "logarithmic", "change"] | None = None
    hold: float = 1.0
    theme: Literal["light", "dark", "transparent", "transparent-dark"] = "light"
    parts: tuple[str, ...] = _USUAL
    magnification: float = 1.0
    steps: Count | None = None
    from_present: bool = False
    sweep: SweepPart | None = None


def film_of(part: FilmPart) -> FilmRecipe:
    """Raises DocumentError where a value is impossible."""
    with located("$.film.parts"):
        pieces = frozenset(PicturePiece(name) for name in part.parts)
    with located("$.film.sweep"):
        sweep = None if part.sweep is None else _sweep(part.sweep)
    with located("$.film"):
        look = PictureRecipe(part.width, part.height, Theme(part.theme), pieces, part.magnification)
        return FilmRecipe(
            What(part.what),
            FORMATS[part.format],
            look,
            part.fps,
            part.frames,
            None if part.pace is None else Pace(part.pace),
            part.hold,
            part.steps,
            part.from_present,
            sweep,
        )


def _sweep(part: SweepPart) -> Sweep:
    if part.parameter == "output_bias":
        return Sweep(OUTPUT_BIAS, part.low, part.high)
    if part.neuron is None:
        raise ValueError(f"the neuron is missing whose {part.parameter} is swept")
    return Sweep(Parameter(Kind(part.parameter), part.neuron), part.low, part.high)


def film_part(recipe: FilmRecipe | None) -> FilmPart | None:
    """What to write for a recipe; None for none."""
    if recipe is None:
        return None
    look, sweep = recipe.look, recipe.sweep
    return sparing(
        FilmPart(
            what=recipe.what.value,
            format=recipe.form.name,  # type: ignore[arg-type]  # FORMATS has these names alone
            width=look.width,
            height=look.height,
            fps=recipe.fps,
            frames=recipe.frames,
            pace=None if recipe.pace is None else recipe.pace.value,
            hold=recipe.hold,
            theme=look.theme.value,
            parts=tuple(sorted((piece.value for piece in look.parts), key=_ALL.index)),
            magnification=look.magnification,
            steps=recipe.steps,
            from_present=recipe.from_present,
            sweep=None if sweep is None else _sweep_part(sweep),
        )
    )


def _sweep_part(sweep: Sweep) -> SweepPart:
    neuron = None if sweep.parameter == OUTPUT_BIAS else sweep.parameter.neuron
    return SweepPart(sweep.parameter.kind.value, neuron, sweep.low, sweep.high)


def film_text(recipe: FilmRecipe) -> str:
    """The recipe as one line, for `film_of_text`."""
    return msgspec.json.encode(film_part(recipe)).decode()


def film_of_text(text: str) -> FilmRecipe:
    """The recipe in a line that `film_text` wrote; the usual one where it is damaged."""
    try:
        return film_of(msgspec.json.decode(text.encode(), type=FilmPart))
    except (ValueError, RecursionError):
        return FilmRecipe()
