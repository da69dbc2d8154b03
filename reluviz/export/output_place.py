"""Where a film goes: something temporary beside the target that takes its place only when it is whole."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
from pathlib import Path
from typing import Protocol

from reluviz.files.destination import check_destination, check_folder_of, refusal, refusals
from reluviz.files.temporary import lock, opened_folder, remove_left_behind, temporary_beside

_FRAME_NAME = re.compile(r"frame-\d{5}\.png")


class OutputPlace(Protocol):
    """`path` is where to write. Then either `commit` or `discard`; both may be repeated."""

    path: Path

    def commit(self) -> None:
        """Give what was written its final name. Raises OSError; nothing is left then."""

    def discard(self) -> None:
        """Leave nothing of what was written."""


def check_output(target: Path, is_folder: bool, replaces: bool) -> None:
    """Raises DestinationError where a film could not take the place `target`, as far as that can be known before.

    `replaces`: whether a film that is there may go.
    """
    if is_folder:
        with refusals(target):
            check_folder_of(target)
            _check_frames(target, replaces)
    else:
        check_destination(target, replaces)


def _check_frames(target: Path, replaces: bool) -> None:
    if not os.path.lexists(target):
        return
    if not target.is_dir():
        raise refusal(target, "this is a file, where a folder of numbered PNGs is to be")
    names = [entry.name for entry in target.iterdir()]
    others = [name for name in names if not _FRAME_NAME.fullmatch(name)]
    if others:
        # Whatever else is in there is not ours to replace.
        raise refusal(target, "the folder holds other files than numbered PNGs: choose another one")
    if names and not replaces:
        raise refusal(target, f"the folder holds {len(names)} pictures already")


class OutputFile:
    """A file without a name, where the system has such: it is gone with the process, whatever ends it."""

    def __init__(self, target: Path) -> None:
        """Raises OSError where nothing can be written there."""
        self._target = Path(os.path.realpath(target))
        self._descriptor: int | None = None
        remove_left_behind(self._target.parent)
        self._temporary = temporary_beside(self._target)
        self.path = self._temporary
        if hasattr(os, "O_TMPFILE") and Path("/proc/self/fd").is_dir():
            with contextlib.suppress(OSError):
                self._descriptor = os.open(self._target.parent, os.O_TMPFILE | os.O_RDWR, 0o666)
                self.path = Path(f"/proc/self/fd/{self._descriptor}")
        if self._descriptor is None:
            self._descriptor = os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o666)
        lock(self._descriptor)

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
        remove_left_behind(self._target.parent)
        self.path = temporary_beside(self._target)
        self.path.mkdir()
        self._descriptor = opened_folder(self.path)
        lock(self._descriptor)
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
                old = temporary_beside(self._target)
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
