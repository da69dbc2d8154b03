"""Replacing a file whole or not at all, whatever fails on the way."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import shutil
import time
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows: there an open file cannot be removed by others, which is all that the lock is for.
    fcntl = None  # type: ignore[assignment]

_PREFIX = ".reluviz-"
_SUFFIX = ".tmp"
# Younger ones may have been made an instant ago and not be locked yet.
_LEFT_BEHIND_SECONDS = 60.0


def replace_file(path: Path, data: bytes) -> None:
    """Put `data` in the place of the file, which keeps its permissions. Raises OSError; the old file is whole then.

    The data go to a temporary file beside it and onto the disk before they take its place, so that a crash or a kill at
    any moment leaves the old file or the new one. Temporary files that killed processes left there are removed.
    """
    _check_place(path)
    _remove_left_behind(path.parent)
    temporary = path.with_name(f"{_PREFIX}{secrets.token_hex(6)}{_SUFFIX}")
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
        _lock(descriptor)
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


def _lock(descriptor: int) -> bool:
    """Whether the open file is this process's now, until it closes it or dies."""
    if fcntl is None:
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _remove_left_behind(folder: Path) -> None:
    """Remove temporary files of processes that are gone. What cannot be removed stays: it does no harm."""
    with contextlib.suppress(OSError):
        for temporary in folder.glob(f"{_PREFIX}*{_SUFFIX}"):
            with contextlib.suppress(OSError):
                if abs(time.time() - temporary.stat().st_mtime) > _LEFT_BEHIND_SECONDS and _is_free(temporary):
                    temporary.unlink()


def _is_free(temporary: Path) -> bool:
    descriptor = os.open(temporary, os.O_RDONLY)
    try:
        return _lock(descriptor)
    finally:
        os.close(descriptor)


def _sync_folder(folder: Path) -> None:
    """Have the new name outlive a power cut. Not every system and file system can; the file is whole in any case."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
