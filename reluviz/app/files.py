"""What the user does with documents as files: new, open, save, examples, recent files, and leaving unsaved changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from reluviz.app.autosaving import Autosaving
from reluviz.app.background import in_background
from reluviz.app.folders import documents_folder
from reluviz.app.main_window import MainWindow
from reluviz.app.questions import Answer, Questions
from reluviz.app.wiring import Wiring
from reluviz.document.autosave import Recovered
from reluviz.document.document_file import DocumentFile
from reluviz.document.examples import DEFAULT, examples, load_example
from reluviz.document.opened import OpenedDocument
from reluviz.document.recent_files import RecentFiles, absolute
from reluviz.document.storage import SUFFIX, DocumentError, load, save
from reluviz.files.destination import file_name

_T = TypeVar("_T")


class Files(QObject):
    """Joins the file menu and drops of one window with what they do.

    `questions` asks the user. `warned(str)`, `said(str)`: one line; after a warning what is on show is untouched.
    """

    warned = Signal(str)
    said = Signal(str)

    def __init__(
        self,
        window: MainWindow,
        file: DocumentFile,
        wiring: Wiring,
        autosaving: Autosaving,
        questions: Questions,
    ) -> None:
        super().__init__(window)
        self.questions = questions
        # Where nobody can be asked: unsaved changes are left to the autosave.
        self.asks = True
        self._window = window
        self._file = file
        self._wiring = wiring
        self._autosaving = autosaving
        self._recent = RecentFiles()
        self._is_busy = False
        self._join()
        self._show_recent()

    def _join(self) -> None:
        actions = self._window.actions_
        actions["new"].triggered.connect(self.new)
        actions["open"].triggered.connect(self._on_open)
        actions["save"].triggered.connect(self.save)
        actions["save_as"].triggered.connect(self.save_as)
        actions.set_examples([(e.source, e.name, e.title, e.look_at) for e in examples()])
        actions.example_chosen.connect(self._on_example)
        actions.recent_chosen.connect(self._on_recent)
        self._window.file_dropped.connect(self.open)
        self._window.drop_refused.connect(self._window.status_line.warn)
        self._window.transport.speed_changed.connect(self._file.set_speed)
        self._file.changed.connect(self._show_name)
        self._autosaving.failed.connect(self.warned)
        self.warned.connect(self._window.status_line.report_failure)
        self.said.connect(self._window.status_line.report)

    def show_document(self, document: OpenedDocument, path: Path | None = None, modified: bool = False) -> None:
        """Show `document` in the place of the one on show; `path` is its own file, if it has one."""
        self._autosaving.forget()
        self._wiring.open(document)
        self._file.set_opened(document, None if path is None else absolute(path), modified)
        if path is not None:
            self._recent.add(path)
            self._show_recent()

    def new(self) -> None:
        """The default document, after asking about unsaved changes."""
        if self.may_leave():
            document = load_example(DEFAULT)
            self.show_document(replace(document, title="Untitled", source="", look_at=""))

    def _on_open(self) -> None:
        path = self.questions.file_to_open(self._folder())
        if path is not None:
            self.open(path)

    def open(self, path: Path) -> bool:
        """Show a file, after asking about unsaved changes. Whether it is on show now."""
        if self._is_busy:
            return False
        try:
            document = self._in_background(partial(_loaded, path))
        except DocumentError as error:
            self.warned.emit(f"Not opened: {error}")
            return False
        if not self.may_leave():
            return False
        self.show_document(document, path)
        return True

    def _on_recent(self, path: Path) -> None:
        if not self.open(path) and not path.exists():
            self._recent.remove(path)
            self._show_recent()

    def _on_example(self, name: str) -> None:
        if self.may_leave():
            self.show_document(load_example(name))

    def restore(self, recovered: Recovered) -> bool:
        """Show a recovered document, with its unsaved changes. Whether it is on show now."""
        if not self.may_leave():
            return False
        self.show_document(recovered.document, recovered.path, modified=True)
        return True

    def save(self) -> bool:
        """Save to the document's own file; the user chooses one if it has none. Whether it is saved."""
        return self.save_as() if self._file.path is None else self._save_to(self._file.path)

    def save_as(self) -> bool:
        """Save to a file of the user's choice, which becomes the document's own. Whether it is saved."""
        path = self.questions.file_to_save(self._file.path or self._folder() / f"{file_name(self._file.name)}{SUFFIX}")
        return path is not None and self._save_to(path)

    def _save_to(self, path: Path) -> bool:
        if self._is_busy:
            return False
        path = absolute(path)
        document = self._file.begin_saving()
        try:
            self._in_background(partial(save, document, path))
        except DocumentError as error:
            self._file.cancel_saving()
            self.warned.emit(str(error))
            return self.questions.other_place(str(error)) and self.save_as()
        self._file.finish_saving(path)
        self._autosaving.forget()
        self._recent.add(path)
        self._show_recent()
        self.said.emit(f"Saved: {path}")
        return True

    def may_leave(self) -> bool:
        """Whether the document on show may go: it is saved, or the user has said what becomes of its changes."""
        if self._is_busy:
            return False
        if not self.asks or not self._file.is_modified:
            return True
        answer = self.questions.unsaved(self._file.name)
        return self.save() if answer is Answer.SAVE else answer is Answer.DISCARD

    def _in_background(self, work: Callable[[], _T]) -> _T:
        self._is_busy = True
        try:
            return in_background(work)
        finally:
            self._is_busy = False

    def _show_name(self) -> None:
        name = self._file.name.replace("[*]", "[*][*]")
        self._window.setWindowTitle(f"{name}[*] – reluviz")
        self._window.setWindowModified(self._file.is_modified)

    def _show_recent(self) -> None:
        self._window.actions_.set_recent(self._recent.paths)

    def _folder(self) -> Path:
        """Where to begin to look for files."""
        if self._file.path is not None:
            return self._file.path.parent
        recent = self._recent.paths
        return recent[0].parent if recent else documents_folder()


def _loaded(path: Path) -> OpenedDocument:
    return load(path).prepare()
