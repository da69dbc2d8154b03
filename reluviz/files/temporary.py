"""Temporary files and folders beside what they are to become, which no killed process leaves behind for long."""

from __future__ import annotations

import contextlib
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


def temporary_beside(target: Path) -> Path:
    """A name that nothing has, in the folder of `target`."""
    return target.with_name(f"{_PREFIX}{secrets.token_hex(6)}{_SUFFIX}")


def opened_folder(folder: Path) -> int | None:
    """A descriptor of the folder, to be locked and closed; None where the system locks no folders."""
    return None if fcntl is None else os.open(folder, os.O_RDONLY)


def lock(descriptor: int | None) -> bool:
    """Whether what is open is this process's now, until it closes it or dies."""
    if fcntl is None or descriptor is None:
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def remove_left_behind(folder: Path) -> None:
    """Remove what processes that are gone left in the folder. What cannot be removed stays: it does no harm."""
    with contextlib.suppress(OSError):
        for temporary in folder.glob(f"{_PREFIX}*{_SUFFIX}"):
            with contextlib.suppress(OSError):
                if abs(time.time() - temporary.stat().st_mtime) > _LEFT_BEHIND_SECONDS and _is_free(temporary):
                    if temporary.is_dir():
                        shutil.rmtree(temporary, ignore_errors=True)
                    else:
                        temporary.unlink()


def _is_free(temporary: Path) -> bool:
    if fcntl is None:
        return True
    descriptor = os.open(temporary, os.O_RDONLY)
    try:
        return lock(descriptor)
    finally:
        os.close(descriptor)
