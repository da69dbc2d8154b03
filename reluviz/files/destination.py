"""Files that are made for others: whether one can be written, under which name, and writing it."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reluviz.files.atomic_file import replace_file

_NOT_IN_A_NAME = '<>:"/\\|?*'
_MAX_NAME = 80
# What Windows takes for a device, with whatever extension.
_DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{i}" for port in ("com", "lpt") for i in "0123456789¹²³")}
_MAX_SHOWN = 120


class DestinationError(ValueError):
    """A file that cannot be written there. The message is one line that begins with its name."""


def file_name(title: str) -> str:
    """A name that every file system takes, from a document's title: no separators, no `..`, no device."""
    name = "".join("-" if letter in _NOT_IN_A_NAME or not letter.isprintable() else letter for letter in title)
    name = name[:_MAX_NAME].strip(" .") or "Untitled"
    return f"_{name}" if name.partition(".")[0].strip().lower() in _DEVICES else name


def check_destination(path: Path, replaces: bool) -> None:
    """Raises DestinationError where no file can be written to `path`, as far as that can be known before.

    `replaces`: whether a file that is there may go.
    """
    with refusals(path):
        check_folder_of(path)
        if path.is_dir():
            raise refusal(path, "this is a folder")
        if os.path.lexists(path):
            if not replaces:
                raise refusal(path, "the file exists already")
            if path.exists() and not path.is_file():
                raise refusal(path, "this is not a file")
            if path.exists() and not _is_writable(path, os.W_OK):
                raise refusal(path, "this file is read-only")


def check_folder_of(path: Path) -> None:
    """Raises DestinationError where nothing can be put into the folder that `path` is in. Raises OSError."""
    folder = path.parent
    if "\0" in str(path):
        raise refusal(path, "no name has a zero character")
    if not folder.is_dir():
        name = f"'{_shown(folder)}'"
        raise refusal(path, f"{name} is not a folder" if folder.exists() else f"there is no folder {name}")
    if not _is_writable(folder, os.W_OK | os.X_OK):
        raise refusal(path, f"the folder '{_shown(folder)}' cannot be written to")


def write_destination(path: Path, data: bytes) -> None:
    """Put `data` into the file, whole or not at all. Raises DestinationError; what was there before stays then."""
    try:
        replace_file(Path(os.path.realpath(path)), data)
    except (OSError, ValueError) as error:
        raise refusal(path, f"not written: {reason(error)}") from None


def refusal(path: Path, why: str) -> DestinationError:
    """The error that says why nothing can be written to `path`."""
    return DestinationError(f"{_shown(path)}: {why}")


@contextmanager
def refusals(path: Path) -> Iterator[None]:
    """What the system has against `path` while it is looked at becomes a DestinationError."""
    try:
        yield
    except OSError as error:
        raise refusal(path, reason(error)) from None


def reason(error: OSError | ValueError) -> str:
    """Why something could not be written, in a few words."""
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        return "the disk is full"
    text = getattr(error, "strerror", None) or str(error)
    return text[:1].lower() + text[1:]


def _is_writable(path: Path, mode: int) -> bool:
    return os.access(path, mode, effective_ids=os.access in os.supports_effective_ids)


def _shown(path: Path) -> str:
    line = "".join(letter if letter.isprintable() else "?" for letter in str(path))
    return line if len(line) <= _MAX_SHOWN else f"{line[: _MAX_SHOWN // 2 - 1]}…{line[-_MAX_SHOWN // 2 :]}"
