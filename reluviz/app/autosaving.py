"""Autosave while the program runs: when, in which thread, and what a crash has left for this start."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, QTimer, Signal

from reluviz.core.kept import Kept
from reluviz.core.network import Network
from reluviz.core.recording import Recording
from reluviz.document.autosave import Autosave, left_behind
from reluviz.document.document import Document
from reluviz.document.document_file import DocumentFile
from reluviz.document.opened import OpenedDocument
from reluviz.document.state import State
from reluviz.document.storage import DocumentError

_MILLISECONDS = 3000


def autosave_folder() -> Path:
    """Where autosaves are kept, one folder for all windows of a user."""
    data = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppLocalDataLocation)
    return Path(data) / "autosave"


_Shown = tuple[State, Network, int, Kept | Recording | None]
"""What an autosave is of: where none of it has changed there is nothing to write."""


class Autosaving(QObject):
    """Keeps unsaved changes in an autosave, a few seconds after the change at the latest.

    All disk access is in one thread, in the order in which it was asked for. `found(list)`: pairs of Autosave and
    Recovered that programs which did not come to their end have left. `failed(str)`: why nothing can be kept; each
    reason once.
    """

    found = Signal(object)
    failed = Signal(str)
    _not_written = Signal(str)

    def __init__(
        self, document: Document, file: DocumentFile, folder: Path | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._file = file
        self._folder = folder or autosave_folder()
        self._autosave = Autosave.new(self._folder)
        self._disk = ThreadPoolExecutor(1, thread_name_prefix="autosave")
        self._writing: Future[None] | None = None
        self._kept: _Shown | None = None
        self._may_exist = False
        self._reasons: set[str] = set()
        self._is_closed = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_MILLISECONDS)
        self._timer.timeout.connect(self.keep)
        self._not_written.connect(self._on_not_written)
        file.changed.connect(self._on_change)
        document.state_changed.connect(self._on_change)
        document.frame_changed.connect(self._on_change)
        document.kept_changed.connect(self._on_change)

    @property
    def path(self) -> Path:
        """Where this program's autosave is, if there is one."""
        return self._autosave.path

    def set_interval(self, milliseconds: int) -> None:
        self._timer.setInterval(milliseconds)

    def look_for_left_behind(self) -> None:
        """Have `found` say what there is to recover."""
        self._do(self._look)

    def _look(self) -> None:
        readable = []
        for autosave in left_behind(self._folder):
            try:
                recovered = autosave.read()
                recovered.document.prepare()
                readable.append((autosave, recovered))
            except DocumentError as error:
                autosave.set_aside()
                self.failed.emit(f"An unsaved document of an earlier session cannot be read: {error}")
        if readable:
            self.found.emit(readable)

    def _on_change(self) -> None:
        if not self._timer.isActive() and not self._is_closed:
            self._timer.start()

    def keep(self) -> None:
        """Write what is on show if it has unsaved changes, else see that nothing is left of an autosave."""
        if self._is_closed:
            return
        if not self._file.is_modified:
            self.forget()
            return
        if self._writing is not None and not self._writing.done():
            self._timer.start()
            return
        shown = self._shown()
        if self._kept is None or not _is_same(self._kept, shown):
            self._kept = shown
            self._writing = self._write(self._file.snapshot(), self._file.path)

    def _shown(self) -> _Shown:
        document = self._document
        return document.state, document.present.network, document.present.step, document.kept

    def _write(self, document: OpenedDocument, own_path: Path | None) -> Future[None]:
        autosave = self._autosave
        self._may_exist = True

        def write() -> None:
            try:
                autosave.write(document, own_path)
            except DocumentError as error:
                self._not_written.emit(f"Autosave does not work: {error}")

        return self._do(write)

    def _on_not_written(self, reason: str) -> None:
        self._kept = None
        self._on_change()
        if reason not in self._reasons:
            self._reasons.add(reason)
            self.failed.emit(reason)

    def forget(self) -> None:
        """What was kept is saved elsewhere, or not wanted any more."""
        self._kept = None
        if self._may_exist:
            self._may_exist = False
            self._do(self._autosave.forget)

    def adopt(self, autosave: Autosave) -> None:
        """Go on with an autosave that was found, now that its document is on show."""
        self._do(self._autosave.discard)
        self._autosave = autosave
        self._may_exist = True
        self._kept = self._shown()

    def discard(self, autosave: Autosave) -> None:
        """An autosave that was found is not wanted."""
        self._do(autosave.discard)

    def release(self, autosave: Autosave) -> None:
        """Leave an autosave that was found to the next start. Possible after the end too."""
        if self._is_closed:
            autosave.release()
        else:
            self._do(autosave.release)

    def close(self, keep: bool = False) -> None:
        """Come to the end: with no autosave left, or if `keep` with one of all unsaved changes. Waits for the disk."""
        if self._is_closed:
            return
        self._timer.stop()
        keep = keep and self._file.is_modified
        if keep:
            self._write(self._file.snapshot(), self._file.path)
        self._is_closed = True
        self._do(self._autosave.release if keep else self._autosave.discard)
        self._disk.shutdown()

    def _do(self, work: Callable[[], None]) -> Future[None]:
        return self._disk.submit(work)


def _is_same(one: _Shown, other: _Shown) -> bool:
    return one[0] is other[0] and one[2:] == other[2:] and one[1].same_as(other[1])
