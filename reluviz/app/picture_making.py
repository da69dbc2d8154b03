"""One picture or table at a time that is made while the window goes on, with a bar and a way out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QTimer

from reluviz.app.job import Job
from reluviz.app.main_window import MainWindow
from reluviz.core.film import GoOn
from reluviz.panels.export_progress import ExportProgress

_T = TypeVar("_T")
# So long nobody misses a bar.
_PATIENCE_MILLISECONDS = 300


class PictureMaking(QObject):
    """Runs the job, and shows how far it has come: in the dialog while it is open, else in the status line."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._dialog = window.export_picture_dialog
        self._failure = ""
        self.job: Job[Any] | None = None
        self.progress = ExportProgress(window)
        window.status_line.addPermanentWidget(self.progress)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE_MILLISECONDS)
        self._patience.timeout.connect(self._show_progress)
        for progress in (self.progress, self._dialog.progress):
            progress.cancel_requested.connect(self.cancel)
        window.closing.connect(self._end)
        self._dialog.finished.connect(self._show_progress)

    def begin(self, work: Callable[[GoOn], _T], then: Callable[[_T], None], failure: str) -> None:
        """Have something made, and `then` take it; `failure` is what is said, with the reason, where there is none."""
        self._failure, self._then = failure, then
        self.job = job = Job(work, self)
        job.progressed.connect(self._show_progress)
        job.finished.connect(self._on_finished)
        job.failed.connect(self._on_failed)
        self._patience.start()
        job.start()

    def is_busy(self) -> bool:
        """Whether something is being made; the user is told so."""
        if self.job is not None:
            self._window.status_line.say("A picture is being exported: wait for it, or cancel it")
        return self.job is not None

    def cancel(self) -> None:
        """Break off what is being made; nothing of it is left."""
        if self._end() is not None:
            self._window.status_line.report("Export cancelled: nothing was written")

    def _end(self) -> Job[Any] | None:
        job, self.job = self.job, None
        self._patience.stop()
        self._show_progress()
        if job is not None:
            job.cancel()
            job.deleteLater()
        return job

    def _show_progress(self) -> None:
        if self._patience.isActive():
            return
        shown, other = self._dialog.progress, self.progress
        if not self._dialog.isVisible():
            shown, other = other, shown
        other.hide()
        if self.job is None:
            shown.hide()
        else:
            shown.show_picture(self.job.part)

    def _on_finished(self) -> None:
        job = self._end()
        if job is not None:
            self._then(job.result)

    def _on_failed(self, why: str) -> None:
        self._end()
        self._window.status_line.report_failure(f"{self._failure}: {why}")
