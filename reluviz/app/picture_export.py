"""Pictures and tables of what the window shows: as files, and on the clipboard."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication, QImage

from reluviz.app.folders import folder_beside
from reluviz.app.job import Job
from reluviz.app.main_window import MainWindow
from reluviz.app.picture_making import PictureMaking
from reluviz.app.picture_order import PictureOrder
from reluviz.app.preferences import Preferences
from reluviz.app.questions import Questions
from reluviz.core.film import GoOn
from reluviz.core.frame import Frame
from reluviz.core.notation import count_text
from reluviz.core.picture_choices import SUFFIXES, ExportForm, PictureChoices
from reluviz.core.picture_recipe import Part
from reluviz.core.timeline import Course
from reluviz.document.document import Document
from reluviz.document.document_file import DocumentFile
from reluviz.export.subject import Subject
from reluviz.files.destination import file_name

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
        self.making = PictureMaking(window)
        self._preview: Job[QImage | str] | None = None
        self._previewed: object = None
        self.dialog = window.export_picture_dialog
        self._preview_due = QTimer(self)
        self._preview_due.setInterval(_PREVIEW_MILLISECONDS)
        self._preview_due.timeout.connect(self._show_preview)
        window.actions_["export_picture"].triggered.connect(self.choose)
        window.actions_["copy_picture"].triggered.connect(self.copy)
        window.closing.connect(self.dialog.hide)
        window.closing.connect(self._end_preview)
        self.dialog.edited.connect(self._show_preview)
        self.dialog.copy_requested.connect(self._copy_chosen)
        self.dialog.accepted.connect(self._export_chosen)
        self.dialog.rejected.connect(self._end_preview)

    def choose(self) -> None:
        """Open the dialog, with the choices of last time."""
        if self.making.is_busy():
            return
        choices = self._preferences.picture_choices
        if not self._document.picture.output:
            # What is off in the window is not expected on the picture.
            recipe = choices.recipe
            choices = replace(choices, recipe=replace(recipe, parts=recipe.parts - {Part.OUTPUT, Part.KEPT}))
        self.dialog.look.show_whether_kept(self._document.kept is not None)
        self.dialog.show_choices(choices)
        self._open()

    def _open(self) -> None:
        """Have the user look at the dialog as it is."""
        if self._window.isVisible():
            self._previewed = None
            self.dialog.open()
            self._show_preview()
            self._preview_due.start()

    def copy(self) -> None:
        """Put the picture on the clipboard, as it was chosen last."""
        self._copy(self._preferences.picture_choices)

    def _show_preview(self) -> None:
        """Have the preview painted, where it has changed. While one is being painted the next one waits."""
        choices, frame = self.dialog.choices, self._document.frame
        shown = choices, frame, self._document.picture, self._window.plot.view_range, self.dialog.preview.size()
        if choices is None or not self.dialog.isVisible() or shown == self._previewed or self._preview is not None:
            return
        self._previewed = shown
        order = self._order(choices)
        problem = "" if choices.form.is_picture else order.why_no_table()
        if problem:
            self.dialog.show_table("")
            self.dialog.show_problem(problem)
            return
        recipe = choices.recipe
        size = self.dialog.preview.fitting(recipe.width, recipe.height)
        is_picture = choices.form.is_picture
        self._preview = Job(partial(order.small_image, size) if is_picture else partial(_first_lines, order), self)
        self._preview.finished.connect(self._on_previewed)
        self._preview.failed.connect(self._on_preview_failed)
        self._preview.start()

    def _on_previewed(self) -> None:
        job = self._preview
        if job is None:
            return
        self._let_preview_go()
        if isinstance(job.result, QImage):
            self.dialog.show_preview(job.result)
        else:
            self.dialog.show_table(job.result)
        self._show_preview()

    def _on_preview_failed(self, why: str) -> None:
        self._let_preview_go()
        self.dialog.show_problem(why)

    def _end_preview(self) -> None:
        self._preview_due.stop()
        self._let_preview_go()

    def _let_preview_go(self) -> None:
        job, self._preview = self._preview, None
        if job is not None:
            job.cancel()
            job.deleteLater()

    def _export_chosen(self) -> None:
        self._end_preview()
        choices = self.dialog.choices
        if choices is None or self.making.is_busy():
            return
        self._preferences.picture_choices = choices
        # The state at this moment, however long the user looks for a place.
        order = self._order(choices)
        usual = choices.form.suffix
        known = [usual, *(suffix for suffix in SUFFIXES if suffix != usual)]
        path = self._questions.export_to_save(self._suggestion(choices.form), known)
        if path is None:
            # It was the place that was not wanted, not the picture.
            self._open()
            return
        self._folder = path.parent
        form = choices.form.in_file(path.suffix.lower())
        if form is not choices.form:
            # The name was typed last.
            choices = self._preferences.picture_choices = replace(choices, form=form)
            order = replace(order, choices=choices)
        self.making.begin(partial(_write, order, path), self._on_written, "Not exported")

    def _on_written(self, path: Path) -> None:
        self._window.status_line.report(f"Exported: {path}")

    def _copy_chosen(self) -> None:
        choices = self.dialog.choices
        if choices is not None:
            self._preferences.picture_choices = choices
            self._copy(choices)

    def _copy(self, choices: PictureChoices) -> None:
        if not self.making.is_busy():
            self.making.begin(self._order(choices).image_and_png, self._on_painted, "Not copied")

    def _on_painted(self, painted: tuple[QImage, bytes]) -> None:
        image, png = painted
        clipboard = QGuiApplication.clipboard()
        clipboard.setImage(image)
        # Otherwise it would be packed when somebody pastes it, while the window waits. The data are Qt's own: those of
        # a QMimeData made here would be asked for, or let go, when Python has ended already.
        clipboard.mimeData().setData("image/png", png)
        size = f"{count_text(image.width())} × {count_text(image.height())}"
        self._window.status_line.report(f"Copied a picture of {size} pixels")

    def _suggestion(self, form: ExportForm) -> Path:
        name = f"{file_name(self._file.name)}{form.suffix}"
        return (self._folder or folder_beside(self._file.path)) / name

    def _order(self, choices: PictureChoices) -> PictureOrder:
        """What `choices` make of the window's picture, as it is at this moment."""
        document, frame = self._document, self._frame()
        subject = Subject.of(document.state, document.picture, self._file.name, frame.split, document.kept)
        return PictureOrder(choices, frame, subject, None if choices.fitted else self._window.plot.view_range)

    def _frame(self) -> Frame:
        """What is on show, with all of its losses that are known."""
        document, state, frame = self._document, self._document.state, self._document.frame
        if document.shows_past or not len(frame.curve.steps):
            return replace(frame, curve=document.timeline.losses_up_to(frame.network, frame.step))
        course = Course(state.target, state.sampling, state.settings.loss)
        return replace(frame, curve=document.timeline.losses_to(frame.curve, course))


def _write(order: PictureOrder, path: Path, go_on: GoOn) -> Path:
    order.write(path, go_on)
    return path


def _first_lines(order: PictureOrder, go_on: GoOn) -> str:
    return _beginning(order.table(_TABLE_LINES))


def _beginning(table: str) -> str:
    lines = table.splitlines()
    shown = [line if len(line) <= _LINE_LENGTH else f"{line[:_LINE_LENGTH]} …" for line in lines]
    return "\n".join([*shown[:_TABLE_LINES], "…"] if len(lines) > _TABLE_LINES else shown)
