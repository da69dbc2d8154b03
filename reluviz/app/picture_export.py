"""Pictures and tables of what the window shows: as files, and on the clipboard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, QStandardPaths, QTimer
from PySide6.QtGui import QGuiApplication, QImage

from reluviz.app.background import in_background
from reluviz.app.main_window import MainWindow
from reluviz.app.preferences import Preferences
from reluviz.app.questions import Questions
from reluviz.core.csv_table import check_curves, curves_csv, losses_csv, parameters_csv
from reluviz.core.frame import Frame
from reluviz.core.history import LossCurve
from reluviz.core.notation import count_text
from reluviz.core.picture_choices import ExportForm, PictureChoices
from reluviz.core.picture_recipe import Part, PictureRecipe
from reluviz.core.timeline import Course
from reluviz.document.document import Document
from reluviz.document.document_file import DocumentFile
from reluviz.export.offscreen_plot import OffscreenPlot
from reluviz.export.picture_file import PictureFormat, picture_bytes, png_bytes
from reluviz.export.subject import Subject
from reluviz.files.destination import DestinationError, check_destination, file_name, write_destination

# The preview follows training as often.
_PREVIEW_MILLISECONDS = 200
_TABLE_LINES = 14
_LINE_LENGTH = 60


class PictureExport(QObject):
    """Joins the dialog and the actions of one window to its document."""

    def __init__(
        self,
        window: MainWindow,
        document: Document,
        file: DocumentFile,
        preferences: Preferences,
        questions: Questions,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._document = document
        self._file = file
        self._preferences = preferences
        self._questions = questions
        self._folder: Path | None = None
        self._is_busy = False
        self._previewed: object = None
        self.dialog = window.export_picture_dialog
        self._preview_due = QTimer(self)
        self._preview_due.setInterval(_PREVIEW_MILLISECONDS)
        self._preview_due.timeout.connect(self._show_preview)
        window.actions_["export_picture"].triggered.connect(self.choose)
        window.actions_["copy_picture"].triggered.connect(self.copy)
        window.closing.connect(self.dialog.hide)
        self.dialog.edited.connect(self._show_preview)
        self.dialog.copy_requested.connect(self._copy_chosen)
        self.dialog.accepted.connect(self._export_chosen)
        self.dialog.finished.connect(self._preview_due.stop)

    def choose(self) -> None:
        """Open the dialog, with the choices of last time."""
        choices = self._preferences.picture_choices
        if not self._document.picture.output:
            # What is off in the window is not expected on the picture.
            recipe = choices.recipe
            choices = replace(choices, recipe=replace(recipe, parts=recipe.parts - {Part.OUTPUT}))
        self._previewed = None
        self.dialog.show_choices(choices)
        self.dialog.open()
        self._show_preview()
        self._preview_due.start()

    def copy(self) -> None:
        """Put the picture on the clipboard, as it was chosen last."""
        self._copy(self._preferences.picture_choices)

    # The dialog.

    def _show_preview(self) -> None:
        choices, frame = self.dialog.choices, self._document.frame
        shown = choices, frame, self._document.picture, self._window.plot.view_range, self.dialog.preview.size()
        if choices is None or not self.dialog.isVisible() or shown == self._previewed:
            return
        self._previewed = shown
        frame = self._frame()
        if not choices.form.is_picture:
            problem = self._why_no_table(choices.form, frame)
            self.dialog.show_table("" if problem else _beginning(self._table(choices.form, frame, _TABLE_LINES)))
            if problem:
                self.dialog.show_problem(problem)
            return
        recipe = choices.recipe
        size = self.dialog.preview.fitting(recipe.width, recipe.height)
        small = replace(choices, recipe=replace(recipe, width=size.width(), height=size.height()))
        self.dialog.show_preview(self._plot(small, frame).image())

    def _frame(self) -> Frame:
        """What is on show, with all of its losses that are known."""
        document, state, frame = self._document, self._document.state, self._document.frame
        if document.shows_past or not len(frame.curve.steps):
            return replace(frame, curve=document.timeline.losses_up_to(frame.network, frame.step))
        course = Course(state.target, state.sampling, state.settings.loss)
        return replace(frame, curve=document.timeline.losses_to(frame.curve, course))

    def _copy_chosen(self) -> None:
        choices = self.dialog.choices
        if choices is not None:
            self._preferences.picture_choices = choices
            self._copy(choices)

    def _export_chosen(self) -> None:
        choices = self.dialog.choices
        if choices is None or self._is_busy:
            return
        self._preferences.picture_choices = choices
        # The state at this moment, however long the user looks for a place.
        frame = self._frame()
        path = self._questions.picture_to_save(self._suggestion(choices.form), choices.form.suffix)
        if path is None:
            return
        self._folder = path.parent
        self._write(path, choices, frame)

    def _suggestion(self, form: ExportForm) -> Path:
        name = f"{file_name(self._file.name)}{form.suffix}"
        own = None if self._file.path is None else self._file.path.parent
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        return (self._folder or own or Path(documents or Path.home())) / name

    # What is written.

    def _write(self, path: Path, choices: PictureChoices, frame: Frame) -> None:
        self._is_busy = True
        try:
            check_destination(path, replaces=True)
            write = self._writing(path, choices, frame)
            in_background(write)
        except (DestinationError, OSError, MemoryError) as error:
            self._window.status_line.warn(f"Not exported: {error}")
        else:
            self._window.status_line.say(f"Exported: {path}")
        finally:
            self._is_busy = False

    def _writing(self, path: Path, choices: PictureChoices, frame: Frame) -> Callable[[], None]:
        """What remains to be done in the background: painting has to be done here."""
        if not choices.form.is_picture:
            return partial(self._write_table, path, choices.form, frame)
        plot = self._plot(choices, frame)
        if choices.form is ExportForm.PNG:
            return partial(_write_png, path, plot.image(), plot.recipe.dpi, plot.subject.title)
        return partial(write_destination, path, picture_bytes(plot, PictureFormat(choices.form.value)))

    def _write_table(self, path: Path, form: ExportForm, frame: Frame) -> None:
        write_destination(path, self._table(form, frame).encode("utf-8"))

    def _table(self, form: ExportForm, frame: Frame, rows: int | None = None) -> str:
        """The table, or its first `rows`."""
        if form is ExportForm.PARAMETERS:
            network = frame.network
            shorter = rows is not None and network.neurons > rows
            return parameters_csv(network.part(np.arange(network.neurons)[:rows]) if shorter else network)
        if form is ExportForm.LOSSES:
            curve = frame.curve.latest
            return losses_csv(LossCurve(curve.steps[:rows], curve.losses[:rows], curve.validation[:rows]))
        return curves_csv(frame.network, self._document.state.target, rows=rows)

    def _why_no_table(self, form: ExportForm, frame: Frame) -> str:
        if form is ExportForm.LOSSES and len(frame.curve.latest.steps) < 2:
            return "there is no loss history yet: train first"
        if form is ExportForm.CURVES:
            try:
                check_curves(frame.network, self._document.state.target)
            except ValueError as error:
                return str(error)
        return ""

    def _copy(self, choices: PictureChoices) -> None:
        recipe = choices.recipe
        try:
            image = self._plot(choices, self._frame()).image()
        except MemoryError as error:
            self._window.status_line.warn(f"Not copied: {error}")
            return
        QGuiApplication.clipboard().setImage(image)
        size = f"{count_text(recipe.width)} × {count_text(recipe.height)}"
        self._window.status_line.say(f"Copied a picture of {size} pixels")

    def _plot(self, choices: PictureChoices, frame: Frame) -> OffscreenPlot:
        """What `choices` make of the window's picture."""
        document = self._document
        subject = Subject.of(document.state, document.picture, self._file.name, frame.split)
        recipe: PictureRecipe = choices.recipe
        plot = OffscreenPlot(recipe, subject, None if choices.fitted else self._window.plot.view_range)
        plot.show(frame)
        return plot


def _write_png(path: Path, image: QImage, dpi: float, title: str) -> None:
    write_destination(path, png_bytes(image, dpi, title))


def _beginning(table: str) -> str:
    lines = table.splitlines()
    shown = [line if len(line) <= _LINE_LENGTH else f"{line[:_LINE_LENGTH]} …" for line in lines]
    return "\n".join([*shown[:_TABLE_LINES], "…"] if len(lines) > _TABLE_LINES else shown)
