"""`reluviz export`: write a picture, a table or an animation of a document, without a window."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

from reluviz.command_line.arguments import OneLineParser, UsageError, shown, whole_number
from reluviz.command_line.film_export import export_film
from reluviz.command_line.film_options import add_film_options, refuse_film_options
from reluviz.command_line.opening import opened
from reluviz.command_line.picture_export import PICTURES, add_picture_options, export_picture, export_table
from reluviz.command_line.training_options import add_training_options, overridden
from reluviz.core.film_format import FORMATS, format_of
from reluviz.core.notation import count_text
from reluviz.core.settings import MAX_STEPS
from reluviz.document.opened import OpenedDocument
from reluviz.files.destination import DestinationError, check_destination

Writer = Callable[[argparse.Namespace, OpenedDocument, Path], None]
WRITERS: dict[str, Writer] = {**dict.fromkeys(PICTURES, export_picture), ".csv": export_table}
"""What writes a file, by its extension."""
FILMS = [form.suffix for form in FORMATS.values() if form.suffix]


def _parser() -> OneLineParser:
    known = ", ".join([*WRITERS, *FILMS])
    parser = OneLineParser(
        "reluviz export",
        "Write what a document shows to a file, by its extension a picture, a table or\n"
        f"an animation: {known};\nor numbered PNGs to a folder, as frames/.",
        "examples:\n  reluviz export sine-by-5-relus sine.svg --steps 20000\n"
        "  reluviz export my.reluviz figure.pdf --size column --parts target,output\n"
        "  reluviz export my.reluviz curves.csv\n"
        "  reluviz export sine-by-5-relus training.mp4 --steps 20000 --seconds 20\n"
        "  reluviz export three-segments frames/ --what build --theme transparent",
    )
    parser.usage = "reluviz export FILE|EXAMPLE OUT [options]"
    add = parser.add_argument
    add("document", metavar="FILE|EXAMPLE", help="what to export")
    add("out", metavar="OUT", help=f"the file to write, ending in {known}")
    add("--steps", type=whole_number, metavar="N", help="train so many steps first, or in the animation")
    add_picture_options(parser)
    add_film_options(parser)
    add_training_options(parser)
    add("--force", action="store_true", help="replace a file that is there")
    return parser


def export(arguments: Sequence[str]) -> int:
    """Carry out the command. The exit code. Raises UsageError, DocumentError."""
    options = _parser().parse(arguments)
    if options.steps is not None and not 0 <= options.steps <= MAX_STEPS:
        raise UsageError(f"--steps: training makes 0 to {count_text(MAX_STEPS)} steps, not {count_text(options.steps)}")
    name: str = options.out
    writer = None if _is_film(name) else _writer(Path(name))
    document = overridden(opened(options.document)[0], options)
    if writer is None:
        export_film(options, document, name)
        return 0
    refuse_film_options(options, name)
    try:
        check_destination(Path(name), options.force)
        writer(options, document, Path(name))
    except DestinationError as error:
        hint = " (--force replaces it)" if "already" in str(error) else ""
        raise UsageError(f"{error}{hint}") from None
    return 0


def _is_film(name: str) -> bool:
    """Whether the name asks for an animation: by its ending, or as a folder."""
    try:
        format_of(name)
    except ValueError:
        return False
    return True


def _writer(path: Path) -> Writer:
    writer = WRITERS.get(path.suffix.lower())
    if writer is None:
        what = f"unknown extension '{shown(path.suffix)}'" if path.suffix else "the extension is missing"
        raise UsageError(
            f"'{shown(path.name)}': {what} (known: {', '.join([*WRITERS, *FILMS])}, or / for numbered PNGs)"
        )
    return writer
