"""Where a film goes: something temporary beside the target that takes its place only when it is whole."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import secrets
import shutil
import time
from pathlib import Path
from typing import Protocol

try:
    import fcntl
except ImportError:  # Windows: there an open file cannot be removed by others, which is all that the lock is for.
    fcntl = None  # type: ignore[assignment]

_PREFIX = ".reluviz-"
_SUFFIX = ".part"
# Younger ones may have been made an instant ago and not be locked yet.
_LEFT_BEHIND_SECONDS = 60.0
_FRAME_NAME = re.compile(r"frame-\d{5}\.png")


class OutputError(ValueError):
    """A place that nothing can be written to. The message is one line."""


class OutputPlace(Protocol):
    """`path` is where to write. Then either `commit` or `discard`; both may be repeated."""

    path: Path

    def commit(self) -> None:
        """Give what was written its final name. Raises OSError; nothing is left then."""

    def discard(self) -> None:
        """Leave nothing of what was written."""


def check_output(target: Path, is_folder: bool, replaces: bool) -> None:
    """Raises OutputError where a film could not take the place `target`, as far as that can be known before.

    `replaces`: whether a film that is there may go.
    """
    shown, parent = _shown(target), target.parent
    try:
        if not parent.is_dir():
            raise OutputError(f"{shown}: there is no folder '{_shown(parent)}'")
        if not os.access(parent, os.W_OK | os.X_OK):
            raise OutputError(f"{shown}: the folder '{_shown(parent)}' cannot be written to")
        if is_folder:
            _check_folder(target, shown, replaces)
        elif target.is_dir():
            raise OutputError(f"{shown}: this is a folder")
        elif os.path.lexists(target):
            if not replaces:
                raise OutputError(f"{shown}: the file exists already")
            if not target.is_file() or not os.access(target, os.W_OK):
                raise OutputError(f"{shown}: this file cannot be replaced")
    except (OSError, ValueError) as error:
        if isinstance(error, OutputError):
            raise
        reason = error.strerror if isinstance(error, OSError) else None
        raise OutputError(f"{shown}: {(reason or str(error)).lower()}") from None


def _shown(path: Path) -> str:
    return "".join(letter if letter.isprintable() else "?" for letter in str(path))


def _check_folder(target: Path, shown: str, replaces: bool) -> None:
    if not os.path.lexists(target):
        return
    if not target.is_dir():
        raise OutputError(f"{shown}: this is a file, where a folder of numbered PNGs is to be")
    names = [entry.name for entry in target.iterdir()]
    others = [name for name in names if not _FRAME_NAME.fullmatch(name)]
    if others:
        # Whatever else is in there is not ours to replace.
        raise OutputError(f"{shown}: the folder holds other files than numbered PNGs: choose another one")
    if names and not replaces:
        raise OutputError(f"{shown}: the folder holds {len(names)} pictures already")


class OutputFile:
    """A file without a name, where the system has such: it is gone with the process, whatever ends it."""

    def __init__(self, target: Path) -> None:
        """Raises OSError where nothing can be written there."""
        self._target = Path(os.path.realpath(target))
        self._descriptor: int | None = None
        _remove_left_behind(self._target.parent)
        self._temporary = _temporary_beside(self._target)
        self.path = self._temporary
        if hasattr(os, "O_TMPFILE") and Path("/proc/self/fd").is_dir():
            with contextlib.suppress(OSError):
                self._descriptor = os.open(self._target.parent, os.O_TMPFILE | os.O_RDWR, 0o666)
                self.path = Path(f"/proc/self/fd/{self._descriptor}")
        if self._descriptor is None:
            self._descriptor = os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o666)
        _lock(self._descriptor)

    @property
    def is_nameless(self) -> bool:
        return self.path != self._temporary

    def commit(self) -> None:
        if self._descriptor is None:
            return
        try:
            os.fsync(self._descriptor)
            if self.is_nameless:
                # A folder's descriptor has Python call linkat, which alone follows the link to the nameless file.
                folder = os.open(self._target.parent, os.O_RDONLY)
                try:
                    os.link(self.path, self._temporary, src_dir_fd=folder, follow_symlinks=True)
                finally:
                    os.close(folder)
            os.close(self._descriptor)
            self._descriptor = None
            if self._target.exists():
                shutil.copymode(self._target, self._temporary)
            os.replace(self._temporary, self._target)  # noqa: PTH105
        except BaseException:
            self.discard()
            raise

    def discard(self) -> None:
        with contextlib.suppress(OSError):
            if self._descriptor is not None:
                os.ftruncate(self._descriptor, 0)
                os.close(self._descriptor)
        self._descriptor = None
        with contextlib.suppress(OSError):
            self._temporary.unlink(missing_ok=True)


class OutputFolder:
    """A folder that is renamed."""

    def __init__(self, target: Path) -> None:
        """Raises OSError where nothing can be written there."""
        self._target = Path(os.path.realpath(target))
        _remove_left_behind(self._target.parent)
        self.path = _temporary_beside(self._target)
        self.path.mkdir()
        self._descriptor: int | None = None if fcntl is None else os.open(self.path, os.O_RDONLY)
        _lock(self._descriptor)
        self._is_open = True

    def commit(self) -> None:
        if not self._is_open:
            return
        self._is_open = False
        self._unlock()
        old: Path | None = None
        try:
            if self._target.exists():
                # What is there is empty or another film's frames: `check_output` has seen to that.
                old = _temporary_beside(self._target)
                os.replace(self._target, old)  # noqa: PTH105
            os.replace(self.path, self._target)  # noqa: PTH105
        except BaseException:
            if old is not None and old.exists() and not self._target.exists():
                os.replace(old, self._target)  # noqa: PTH105
            self._remove()
            raise
        if old is not None:
            shutil.rmtree(old, ignore_errors=True)

    def discard(self) -> None:
        if self._is_open:
            self._is_open = False
            self._unlock()
            self._remove()

    def _unlock(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def _remove(self) -> None:
        shutil.rmtree(self.path, ignore_errors=True)


def frame_name(index: int) -> str:
    """The name of the picture of frame `index`, from 0."""
    return f"frame-{index + 1:05d}.png"


def output_reason(error: OSError) -> str:
    """Why something could not be written, in a few words."""
    if error.errno == errno.ENOSPC:
        return "the disk is full"
    return (error.strerror or str(error)).lower()


def _temporary_beside(target: Path) -> Path:
    return target.with_name(f"{_PREFIX}{secrets.token_hex(6)}{_SUFFIX}")


def _lock(descriptor: int | None) -> bool:
    """Whether what is open is this process's now, until it closes it or dies."""
    if fcntl is None or descriptor is None:
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _remove_left_behind(folder: Path) -> None:
    """Remove what processes that are gone left. What cannot be removed stays: it does no harm."""
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
        return _lock(descriptor)
    finally:
        os.close(descriptor)
