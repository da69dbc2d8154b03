"""The film that a command line asks for."""

from __future__ import annotations

import argparse
from dataclasses import replace
from typing import Any

from reluviz.command_line.arguments import OneLineParser, UsageError, number, one_of, shown, whole_number
from reluviz.core.film_format import FilmFormat
from reluviz.core.film_recipe import FilmRecipe, Pace, Sweep, What
from reluviz.core.parameter import OUTPUT_BIAS, Kind, Parameter
from reluviz.core.picture_recipe import Theme

_KINDS = {"v": Kind.HIDDEN_WEIGHT, "b": Kind.HIDDEN_BIAS, "w": Kind.OUTPUT_WEIGHT}
_ONLY_FILMS = ("what", "frames", "seconds", "fps", "pace", "hold", "begin", "parameter", "between")


def add_film_options(parser: OneLineParser) -> None:
    """The options that only animations have; without one, the document's own recipe holds."""
    add = parser.add_argument
    add("--what", type=one_of([what.value for what in What]), metavar="NAME", help="run, build, sums, sweep, recording")
    length = parser.add_mutually_exclusive_group()
    length.add_argument("--frames", type=whole_number, metavar="N", help="length of an animation in frames")
    length.add_argument("--seconds", type=number, metavar="F", help="the same in seconds")
    add("--fps", type=whole_number, metavar="N", help="frames per second")
    add("--pace", type=one_of([pace.value for pace in Pace]), metavar="NAME", help="uniform, logarithmic, change")
    add("--hold", type=number, metavar="F", help="how many seconds the first and the last frame stay")
    add("--begin", type=one_of(("start", "present")), metavar="NAME", help="where a run begins: start, present")
    add("--parameter", type=_parameter, metavar="NAME", help="what a sweep moves, as w2 or b0 for the output bias")
    add("--between", nargs=2, type=number, metavar=("LOW", "HIGH"), help="from where to where it does")


def refuse_film_options(options: argparse.Namespace, name: str) -> None:
    """Raises UsageError where a file that is no film was given an option that only films have."""
    for option in _ONLY_FILMS:
        if getattr(options, option) is not None:
            raise UsageError(f"--{option}: only an animation has that ({shown(name)} is none)")


def chosen_film(options: argparse.Namespace, form: FilmFormat, saved: FilmRecipe | None) -> FilmRecipe:
    """The film that the options ask for; what they do not say is as it was `saved`, or as usual.

    Raises UsageError, in one line, for what cannot be.
    """
    for name in ("table", "dpi"):
        if getattr(options, name) is not None:
            raise UsageError(f"--{name}: an animation has none")
    recipe = (saved or FilmRecipe()).written_as(form)
    try:
        recipe = replace(recipe, look=_look(options, recipe), **_changes(options, recipe))
        return recipe if options.seconds is None else recipe.lasting(options.seconds)
    except ValueError as error:
        raise UsageError(str(error)) from None


def _look(options: argparse.Namespace, recipe: FilmRecipe) -> Any:
    changes: dict[str, Any] = {}
    if isinstance(options.size, tuple):
        changes["width"], changes["height"] = options.size
    elif options.size is not None:
        size = options.size
        changes = {"width": size.width, "height": size.height, "magnification": size.magnification}
    if options.magnification is not None:
        changes["magnification"] = options.magnification
    if options.theme is not None:
        changes["theme"] = Theme(options.theme)
    if options.parts is not None:
        changes["parts"] = options.parts
    return replace(recipe.look, **changes)


def _changes(options: argparse.Namespace, recipe: FilmRecipe) -> dict[str, Any]:
    changes: dict[str, Any] = {
        name: getattr(options, name)
        for name in ("frames", "fps", "hold", "steps")
        if getattr(options, name) is not None
    }
    if options.fps is not None and options.frames is None:
        # It is the length that stays.
        changes["frames"] = max(1, round(recipe.seconds * options.fps))
    if options.what is not None:
        changes["what"] = What(options.what)
    if options.pace is not None:
        changes["pace"] = Pace(options.pace)
    if options.begin is not None:
        changes["from_present"] = options.begin == "present"
    if options.parameter is not None or options.between is not None:
        changes["what"] = What.SWEEP if options.what is None else What(options.what)
        changes["sweep"] = _sweep(options, recipe.sweep)
    return changes


def _sweep(options: argparse.Namespace, saved: Sweep | None) -> Sweep:
    parameter = options.parameter or (None if saved is None else saved.parameter)
    if parameter is None:
        raise UsageError("--between: of which parameter? (--parameter w1)")
    return Sweep(parameter, *(options.between or (None, None)))


def _parameter(text: str) -> Parameter:
    """An argument's type: v1, b1, w1 of the first neuron, b0 the output bias."""
    name = text.strip().lower()
    kind, count = _KINDS.get(name[:1]), name[1:]
    if (
        kind is None
        or not count.isascii()
        or not count.isdigit()
        or len(count) > 6
        or (kind is not Kind.HIDDEN_BIAS and not int(count))
    ):
        raise argparse.ArgumentTypeError(f"'{shown(text)}' is no parameter: as v1, b1, w1, or b0 for the output bias")
    return Parameter(kind, int(count) - 1) if int(count) else OUTPUT_BIAS
