"""Data from files, drops and the clipboard: read in the background, shown in a dialog, taken over as the target."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from reluviz.app.editing import Editing
from reluviz.app.folders import documents_folder
from reluviz.app.main_window import MainWindow
from reluviz.app.questions import Questions
from reluviz.app.table_job import GoOn, TableJob
from reluviz.core.axis_names import AxisNames, axis_name
from reluviz.core.data_target import DataTarget
from reluviz.core.notation import count_text
from reluviz.core.table import Table, TableFormat
from reluviz.document.table_bytes import TableError, decoded, read_bytes
from reluviz.document.table_format import guessed_format, preview, unguessed_format
from reluviz.document.table_reading import read_table

_LONGEST_NAME = 120


@dataclass(frozen=True, eq=False)
class _Read:
    """A table that was read, and the target it makes."""

    table: Table
    target: DataTarget


class Importing(QObject):
    """Joins the actions and drops of one window to the dialog. What is imported is one undo step."""

    def __init__(self, window: MainWindow, editing: Editing, questions: Questions) -> None:
        super().__init__(window)
        self._window = window
        self._editing = editing
        self._questions = questions
        self._folder: Path | None = None
        self.dialog = window.data_dialog
        self._job: TableJob | None = None
        self._name = ""
        self._text = ""
        self._read: _Read | None = None
        window.actions_["import_data"].triggered.connect(self.choose)
        window.actions_["paste_data"].triggered.connect(self.paste)
        window.target_panel.data_requested.connect(self.choose)
        window.table_dropped.connect(self.import_file)
        window.closing.connect(self.cancel)
        self.dialog.signs_edited.connect(self._on_signs)
        self.dialog.form_edited.connect(self._read_in)
        self.dialog.accepted.connect(self._take_over)
        self.dialog.rejected.connect(self.cancel)

    def choose(self) -> None:
        """Import a file of the user's choice."""
        path = self._questions.data_to_import(self._folder or documents_folder())
        if path is not None:
            self.import_file(path)

    def import_file(self, path: Path) -> None:
        """Show what a file holds."""
        self._folder = path.parent
        self._open(path.name, partial(_text_of_file, path))

    def paste(self) -> None:
        """Show the table on the clipboard, if there is one."""
        text = QGuiApplication.clipboard().text()
        try:
            if not text.strip():
                raise TableError("the clipboard holds no text")
            guessed_format(text)
        except TableError as error:
            self._window.status_line.warn(f"No data pasted: {error}")
            return
        self._open("pasted data", partial(_text_of_bytes, text.encode("utf-8", "replace")))

    def _open(self, name: str, get_text: Callable[[GoOn], str]) -> None:
        self.cancel()
        self._name = "".join(letter if letter.isprintable() else " " for letter in name)[:_LONGEST_NAME]
        self.dialog.begin(self._name)
        self.dialog.open()
        self._start(get_text, self._on_text)

    def cancel(self) -> None:
        """Read no further, and close the dialog."""
        self._stop()
        self._text, self._read = "", None
        self.dialog.hide()

    def _on_text(self, text: str) -> None:
        self._text = text
        try:
            form = guessed_format(text)
        except TableError as error:
            self._show_form(unguessed_format(text, ",", "."))
            self._on_failed(str(error))
        else:
            self._read_in(form)

    def _on_signs(self, delimiter: str, decimal: str) -> None:
        """Guess the rest anew, for the delimiter and the decimal sign that the user has chosen."""
        self._stop()
        try:
            form = guessed_format(self._text, delimiter, decimal)
        except TableError as error:
            self._show_form(unguessed_format(self._text, delimiter, decimal))
            self._on_failed(str(error))
        else:
            self._read_in(form)

    def _read_in(self, form: TableFormat) -> None:
        self._show_form(form)
        self._start(partial(_read, self._text, form, self._name), self._on_read)

    def _show_form(self, form: TableFormat) -> None:
        self.dialog.show_form(form, preview(self._text, form))

    def _start(self, work: Callable[[GoOn], object], done: Callable[..., None]) -> None:
        self._stop()
        job = self._job = TableJob(work)
        job.progressed.connect(self.dialog.show_reading)
        job.finished.connect(done)
        job.failed.connect(self._on_failed)
        self.dialog.show_reading()
        job.start()

    def _stop(self) -> None:
        job, self._job = self._job, None
        if job is not None:
            job.cancel()
            # At most one block of the text: a hundredth of a second.
            job.join()

    def _on_read(self, read: _Read) -> None:
        self._read = read
        self.dialog.show_table(read.table)

    def _on_failed(self, problem: str) -> None:
        self._read = None
        self.dialog.show_problem(problem)

    def _take_over(self) -> None:
        read = self._read
        self.cancel()
        if read is None:
            return
        left_out = f", {count_text(read.table.rejected)} left out" if read.table.rejected else ""
        said = f"Imported {count_text(len(read.table.x))} rows from {self._name}{left_out}"
        self._editing.import_target(read.target, f"import {self._name}", said, _axes(read.table))


def _axes(table: Table) -> AxisNames:
    """The names that the table gives its columns; a mere number is none."""
    form = table.format
    named = ((table.x_name, form.x_column), (table.y_name, form.y_column))
    return AxisNames(*("" if name == f"column {column + 1}" else axis_name(name) for name, column in named))


def _text_of_file(path: Path, go_on: GoOn) -> str:
    return decoded(read_bytes(path))[0]


def _text_of_bytes(data: bytes, go_on: GoOn) -> str:
    return decoded(data)[0]


def _read(text: str, form: TableFormat, name: str, go_on: GoOn) -> _Read:
    """The table and its target; what the target finds out when first asked is found out here, off the window."""
    table = read_table(text, form, go_on)
    target = DataTarget(table.x, table.y, name=name, x_name=table.x_name, y_name=table.y_name)
    target.prepare()
    return _Read(table, target)
