"""Autosaves: one file for each running program, which the next start finds if the program did not come to its end.

A file is `<process id>-<token>.reluviz` in a folder of its own, with the path of the document's own file beside it
(`….path`) and a lock (`….lock`), which is free again as soon as the process is gone. Only the lock's holder touches it.
"""

from __future__ import annotations

import contextlib
import os
import secrets
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QLockFile

from reluviz.document.opened import OpenedDocument
from reluviz.document.storage import SUFFIX, DocumentError, load, save
from reluviz.files.atomic_file import replace_file

_DAMAGED = ".damaged"
_RECORDED_BYTES = 2**20


@dataclass(frozen=True, eq=False)
class Recovered:
    """A document found in an autosave, and the file that it belongs to, if any."""

    document: OpenedDocument
    path: Path | None
    modified: float  # seconds since 1970


class Autosave:
    """One autosave file, held by this process until `discard` or `release`. Not for several threads at once."""

    def __init__(self, path: Path) -> None:
        """`path` need not exist yet, nor its folder; nothing is touched before `acquire`."""
        self.path = path
        self._own_path_file = path.with_suffix(".path")
        self._noted: list[Path | None] = []
        self._lock = QLockFile(str(path.with_suffix(".lock")))
        # Only the death of its holder frees it, never its age: a window may stay open for weeks.
        self._lock.setStaleLockTime(0)

    @classmethod
    def new(cls, folder: Path) -> Autosave:
        """One that no other process can have."""
        return cls(folder / f"{os.getpid()}-{secrets.token_hex(6)}{SUFFIX}")

    def acquire(self) -> bool:
        """Whether it is this process's now."""
        return self._lock.isLocked() or self._lock.tryLock(0)

    def write(self, document: OpenedDocument, own_path: Path | None) -> None:
        """Keep the document, whose own file is `own_path`. Raises DocumentError; the autosave before is kept then."""
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not self.acquire():
                raise DocumentError(f"{self.path}: not saved: the lock beside it cannot be had")
            if self._noted != [own_path]:
                self._note(own_path)
        except OSError as error:
            raise DocumentError(f"{self.path}: not saved: {error.strerror or error}") from None
        # It is written every few seconds, beside training and a window that shall not notice.
        save(replace(document, timeline=document.timeline.within(_RECORDED_BYTES)), self.path)

    def _note(self, own_path: Path | None) -> None:
        if own_path is None:
            self._own_path_file.unlink(missing_ok=True)
        else:
            replace_file(self._own_path_file, os.fsencode(own_path))
        self._noted = [own_path]

    def read(self) -> Recovered:
        """What it holds. Raises DocumentError."""
        document = load(self.path)
        own_path = None
        with contextlib.suppress(OSError, ValueError):
            own_path = Path(os.fsdecode(self._own_path_file.read_bytes()))
        try:
            modified = self.path.stat().st_mtime
        except OSError as error:
            raise DocumentError(f"{self.path}: {error.strerror}") from None
        return Recovered(document, own_path, modified)

    def forget(self) -> None:
        """Remove what it holds, if anything; it stays this process's."""
        self._noted = []
        for file in (self.path, self._own_path_file):
            with contextlib.suppress(OSError):
                file.unlink(missing_ok=True)

    def set_aside(self) -> None:
        """Keep a file that cannot be read under a name that is not offered again."""
        with contextlib.suppress(OSError):
            self.path.replace(self.path.with_name(self.path.name + _DAMAGED))
        self.discard()

    def release(self) -> None:
        """Let go of it; what it holds is for the next start to find."""
        self._lock.unlock()

    def discard(self) -> None:
        """Remove it for good."""
        if self._lock.isLocked():
            self.forget()
        self.release()


def left_behind(folder: Path) -> list[Autosave]:
    """The autosaves in `folder` whose processes are gone, the newest first; they are this process's now."""
    found = []
    for path in _files(folder):
        autosave = Autosave(path)
        if not autosave.acquire():
            continue
        # Its process may have come to a good end between the two looks.
        if path.exists():
            found.append(autosave)
        else:
            autosave.discard()
    return found


def _files(folder: Path) -> list[Path]:
    """The autosaves of the folder, the newest first; also those of which only the lock or the path is left."""
    try:
        files = {file.with_suffix(SUFFIX) for file in folder.iterdir() if file.suffix in {SUFFIX, ".path", ".lock"}}
    except OSError:
        return []
    return sorted(files, key=_age)


def _age(file: Path) -> float:
    try:
        return -file.stat().st_mtime
    except OSError:
        return 0.0
