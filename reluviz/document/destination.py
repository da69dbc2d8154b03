"""Files that are made for others: whether one can be written, under which name, and writing it."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from reluviz.document.atomic_file import replace_file

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
    folder = path.parent
    if "\0" in str(path):
        raise _error(path, "no name has a zero character")
    try:
        if not folder.is_dir():
            what = "is not a folder" if folder.exists() else "does not exist"
            raise _error(path, f"the folder {_shown(folder)} {what}")
        if path.is_dir():
            raise _error(path, "this is a folder")
        if os.path.lexists(path):
            if not replaces:
                raise _error(path, "there is a file of this name already")
            if path.exists() and not path.is_file():
                raise _error(path, "this is not a file")
            if path.exists() and not _is_writable(path, os.W_OK):
                raise _error(path, "this file is read-only")
        if not _is_writable(folder, os.W_OK | os.X_OK):
            raise _error(path, f"the folder {_shown(folder)} cannot be written to")
    except OSError as error:
        raise _error(path, _reason(error)) from None


def write_destination(path: Path, data: bytes) -> None:
    """Put `data` into the file, whole or not at all. Raises DestinationError; what was there before stays then."""
    try:
        replace_file(Path(os.path.realpath(path)), data)
    except (OSError, ValueError) as error:
        raise _error(path, f"not written: {_reason(error)}") from None


def _is_writable(path: Path, mode: int) -> bool:
    return os.access(path, mode, effective_ids=os.access in os.supports_effective_ids)


def _error(path: Path, reason: str) -> DestinationError:
    return DestinationError(f"{_shown(path)}: {reason}")


def _shown(path: Path) -> str:
    line = "".join(letter if letter.isprintable() else "?" for letter in str(path))
    return line if len(line) <= _MAX_SHOWN else f"{line[: _MAX_SHOWN // 2 - 1]}…{line[-_MAX_SHOWN // 2 :]}"


def _reason(error: OSError | ValueError) -> str:
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        return "the disk is full"
    text = getattr(error, "strerror", None) or str(error)
    return text[:1].lower() + text[1:]
