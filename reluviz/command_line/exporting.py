"""`reluviz export`: write a picture or a table of a document, without a window."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

from reluviz.command_line.arguments import OneLineParser, UsageError, shown, whole_number
from reluviz.command_line.opening import opened
from reluviz.command_line.picture_export import PICTURES, add_picture_options, export_picture, export_table
from reluviz.core.notation import count_text
from reluviz.core.settings import MAX_STEPS
from reluviz.document.destination import DestinationError, check_destination
from reluviz.document.opened import OpenedDocument

Writer = Callable[[argparse.Namespace, OpenedDocument, Path], None]
WRITERS: dict[str, Writer] = {**dict.fromkeys(PICTURES, export_picture), ".csv": export_table}
"""What writes a file, by its extension."""


def _parser() -> OneLineParser:
    known = ", ".join(WRITERS)
    parser = OneLineParser(
        "reluviz export",
        f"Write what a document shows to a file, by its extension: {known}.",
        "examples:\n  reluviz export sine-by-5-relus sine.svg --steps 20000\n"
        "  reluviz export my.reluviz figure.pdf --size column --parts target,output,rays,legend\n"
        "  reluviz export my.reluviz curves.csv",
    )
    add = parser.add_argument
    add("document", metavar="FILE|EXAMPLE", help="what to export")
    add("out", type=Path, metavar="OUT", help=f"the file to write, ending in {known}")
    add("--steps", type=whole_number, metavar="N", help="train so many steps first")
    add_picture_options(parser)
    add("--force", action="store_true", help="replace a file that is there")
    return parser


def export(arguments: Sequence[str]) -> int:
    """Carry out the command. The exit code. Raises UsageError, DocumentError."""
    options = _parser().parse(arguments)
    if options.steps is not None and not 0 <= options.steps <= MAX_STEPS:
        raise UsageError(f"--steps: training makes 0 to {count_text(MAX_STEPS)} steps, not {count_text(options.steps)}")
    path: Path = options.out
    writer = _writer(path)
    document, _ = opened(options.document)
    try:
        check_destination(path, options.force)
        writer(options, document, path)
    except DestinationError as error:
        hint = " (--force replaces it)" if "already" in str(error) else ""
        raise UsageError(f"{error}{hint}") from None
    return 0


def _writer(path: Path) -> Writer:
    writer = WRITERS.get(path.suffix.lower())
    if writer is None:
        what = f"unknown extension '{shown(path.suffix)}'" if path.suffix else "the extension is missing"
        raise UsageError(f"'{shown(path.name)}': {what} (known: {', '.join(WRITERS)})")
    return writer
