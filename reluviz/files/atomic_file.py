"""Replacing a file whole or not at all, whatever fails on the way."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
from pathlib import Path

from reluviz.files.temporary import lock, remove_left_behind, temporary_beside


def replace_file(path: Path, data: bytes) -> None:
    """Put `data` in the place of the file, which keeps its permissions. Raises OSError; the old file is whole then.

    The data go to a temporary file beside it and onto the disk before they take its place, so that a crash or a kill at
    any moment leaves the old file or the new one. Temporary files that killed processes left there are removed.
    """
    _check_place(path)
    remove_left_behind(path.parent)
    temporary = temporary_beside(path)
    try:
        _write_through(temporary, data)
        if path.exists():
            shutil.copymode(path, temporary)
        os.replace(temporary, path)  # noqa: PTH105
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _check_place(path: Path) -> None:
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, "this is a folder")
    if path.exists():
        if not path.is_file():
            raise OSError(errno.EINVAL, "this is not a file")
        # Only the folder's permissions count for a replacement: a file protected by its own would be lost.
        if not os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids):
            raise PermissionError(errno.EACCES, "this file is read-only")


def _write_through(path: Path, data: bytes) -> None:
    """A new file holding `data`, on the disk."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    try:
        lock(descriptor)
        rest = memoryview(data)
        while rest:
            written = os.write(descriptor, rest)
            if written <= 0:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            rest = rest[written:]
        os.fsync(descriptor)
    except BaseException:
        with contextlib.suppress(OSError):
            os.close(descriptor)
        raise
    # Some network file systems say only here that there was no room.
    os.close(descriptor)


def _sync_folder(folder: Path) -> None:
    """Have the new name outlive a power cut. Not every system and file system can; the file is whole in any case."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
