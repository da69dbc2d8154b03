"""Animations of the document: chosen in a dialog, looked at there, written while the window goes on."""

from __future__ import annotations

from itertools import count
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QImage

from reluviz.app.folders import folder_beside
from reluviz.app.main_window import MainWindow
from reluviz.app.preferences import Preferences
from reluviz.app.questions import Questions
from reluviz.core.film_format import FORMATS, FRAMES, format_of
from reluviz.core.film_recipe import FilmRecipe
from reluviz.core.film_run import FilmedRun
from reluviz.core.film_sources import usual_swept
from reluviz.core.filmed import Filmed, possible
from reluviz.core.notation import count_text
from reluviz.document.document import Document
from reluviz.document.document_file import DocumentFile
from reluviz.export.film_job import FilmJob
from reluviz.export.film_preview import FilmPreview
from reluviz.export.film_writer import WriterError
from reluviz.export.subject import Subject
from reluviz.files.destination import DestinationError, file_name, reason

# Of several changes in a row the last one is looked at.
_PREVIEW_MILLISECONDS = 150


class FilmExport(QObject):
    """Joins the dialog, the preview and the progress of one window to its document. One film at a time is written."""

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
        self.job: FilmJob | None = None
        self._note = ""
        self.preview = FilmPreview(self)
        self.dialog = window.export_film_dialog
        self._filmed: Filmed | None = None
        self._preview_due = QTimer(self)
        self._preview_due.setSingleShot(True)
        self._preview_due.setInterval(_PREVIEW_MILLISECONDS)
        self._preview_due.timeout.connect(self._show_preview)
        self._join()

    def _join(self) -> None:
        window, dialog = self._window, self.dialog
        window.actions_["export_film"].triggered.connect(self.choose)
        window.export_progress.cancel_requested.connect(self.cancel)
        window.closing.connect(self.close)
        dialog.edited.connect(self._preview_due.start)
        dialog.preview.resized.connect(self._resize_preview)
        dialog.sought.connect(self.preview.seek)
        dialog.accepted.connect(self._export_chosen)
        dialog.rejected.connect(self._end_preview)
        self.preview.shown.connect(self._on_shown)
        self.preview.progressed.connect(dialog.show_preparing)
        self.preview.failed.connect(dialog.show_problem)

    def choose(self) -> None:
        """Open the dialog, with the document's own recipe, else with that of last time."""
        if self.job is not None:
            self._window.status_line.say("An animation is being exported: wait or cancel it")
            return
        self._filmed = self._present()
        network, content = self._filmed.network, self.dialog.content
        content.show_neurons(network.neurons)
        content.show_swept(usual_swept(network))
        self.dialog.look.show_whether_kept(self._document.kept is not None)
        self.dialog.show_recipe(possible(self._file.film or self._preferences.film, network))
        self._open()

    def _open(self) -> None:
        """Have the user look at the dialog as it is."""
        if self._window.isVisible():
            self.dialog.open()
            self._show_preview()

    def _present(self) -> Filmed:
        """The document as it is now, frozen: training may go on meanwhile."""
        document, state, frame = self._document, self._document.state, self._document.frame
        run = FilmedRun(state.target, state.sampling, document.start, state.settings, state.locks, step=frame.step)
        return Filmed(run, frame.network, document.picture, document.timeline.recording)

    def _subject(self) -> Subject:
        document = self._document
        split, kept = document.frame.split, document.kept
        return Subject.of(document.state, document.picture, document.title, split, kept)

    def _show_preview(self) -> None:
        recipe, filmed = self.dialog.recipe, self._filmed
        if recipe is None:
            # What is on its way is of a film that is not wanted any more.
            self.preview.close()
        if recipe is None or filmed is None or not self.dialog.isVisible():
            return
        size = self.dialog.preview.fitting(recipe.look.width, recipe.look.height)
        self.preview.seek(self.dialog.scrubber.value())
        self.preview.begin(filmed, recipe, self._subject(), size)

    def _resize_preview(self) -> None:
        recipe = self.dialog.recipe
        if recipe is not None:
            self.preview.resize(self.dialog.preview.fitting(recipe.look.width, recipe.look.height))

    def _on_shown(self, image: QImage) -> None:
        self.dialog.show_frame(image)

    def _end_preview(self) -> None:
        self._preview_due.stop()
        self.preview.close()

    def _export_chosen(self) -> None:
        self._end_preview()
        recipe, filmed = self.dialog.recipe, self._filmed
        if recipe is None or filmed is None:
            return
        self._file.film = self._preferences.film = recipe
        path = self._place(recipe)
        if path is None:
            # It was the place that was not wanted, not the film.
            self._open()
            return
        self._folder = path.parent
        if recipe.form is FRAMES or recipe.form is format_of(path.name):
            self.export(filmed, recipe, path)
            return
        # The name was typed last.
        wished, recipe = recipe, recipe.written_as(format_of(path.name))
        self._file.film = self._preferences.film = recipe
        self.export(filmed, recipe, path)
        self._note = f"{recipe.form.label} as its name says{recipe.unlike(wished) and f': {recipe.unlike(wished)}'}"

    def _place(self, recipe: FilmRecipe) -> Path | None:
        """Where the user wants the film; None: nowhere."""
        name = file_name(self._file.name)
        folder = self._folder or folder_beside(self._file.path)
        if recipe.form is not FRAMES:
            usual = recipe.form.suffix
            known = [usual, *(form.suffix for form in FORMATS.values() if form.suffix not in {usual, ""})]
            return self._questions.export_to_save(folder / f"{name}{usual}", known)
        names = (f"{name} frames{'' if i == 1 else f' {i}'}" for i in count(1))
        return self._questions.folder_to_make(next(folder / name for name in names if not (folder / name).exists()))

    def export(self, filmed: Filmed, recipe: FilmRecipe, path: Path) -> None:
        """Write the film in the background. What is there was agreed to be replaced."""
        try:
            job = FilmJob(filmed, recipe, self._subject(), path, replaces=True, steps_back=True, parent=self)
            job.start()
        except OSError as error:
            self._window.status_line.report_failure(f"Not exported: {path}: {reason(error)}")
            return
        except (DestinationError, WriterError) as error:
            self._window.status_line.report_failure(f"Not exported: {error}")
            return
        self.job, self._note = job, ""
        job.progressed.connect(self._show_progress)
        job.finished.connect(self._on_finished)
        job.failed.connect(self._on_failed)
        self._show_progress()

    def cancel(self) -> None:
        """Break off what is being written; nothing of it is left."""
        if self._end_job():
            self._window.status_line.report("Export cancelled: nothing was written")

    def close(self) -> None:
        """The window closes: end all that is going on."""
        self._end_preview()
        self.dialog.hide()
        self._end_job()

    def _end_job(self) -> FilmJob | None:
        job, self.job = self.job, None
        if job is not None:
            job.cancel()
            job.deleteLater()
        self._window.export_progress.hide()
        return job

    def _show_progress(self) -> None:
        job = self.job
        if job is None:
            return
        if job.is_preparing:
            self._window.export_progress.show_preparing(job.part)
        else:
            self._window.export_progress.show_frames(job.done, job.frames, job.seconds_left)

    def _on_finished(self) -> None:
        job = self._end_job()
        if job is not None:
            notes = "; ".join(filter(None, (self._note, job.note)))
            note = f" ({notes})" if notes else ""
            self._window.status_line.report(f"Exported {count_text(job.frames)} frames: {job.target}{note}")

    def _on_failed(self, why: str) -> None:
        job = self._end_job()
        if job is not None:
            self._window.status_line.report_failure(f"Not exported: {job.target}: {why}")
