"""What `FILE | EXAMPLE` on the command line stands for."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from reluviz.command_line.arguments import UsageError, shown, suggestion
from reluviz.document.examples import NAMES, load_example
from reluviz.document.storage import SUFFIX, OpenedDocument, load


def opened(name: str, commands: Iterable[str] = ()) -> tuple[OpenedDocument, Path | None]:
    """The document of that name, and its path if it is the user's file; an example comes before a file of its name.

    `commands` are words that the user may have meant instead. Raises UsageError, DocumentError.
    """
    if name in NAMES:
        return load_example(name), None
    path = Path(name)
    if path.suffix == SUFFIX or os.sep in name or os.path.lexists(name):
        return load(path), path
    guess = suggestion(name, [*NAMES, *commands])
    raise UsageError(f"'{shown(name)}' is neither a file nor an example{guess} ('reluviz examples' lists the examples)")
