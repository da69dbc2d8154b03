"""Closing the window: what is being exported, and what is not saved, is asked about first."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QCloseEvent

from reluviz.app.files import Files
from reluviz.app.film_export import FilmExport
from reluviz.app.main_window import MainWindow
from reluviz.app.picture_export import PictureExport


class Closing(QObject):
    """Joins one window's wish to close to those who have something to lose by it."""

    def __init__(self, window: MainWindow, files: Files, films: FilmExport, pictures: PictureExport) -> None:
        super().__init__(window)
        self._files = files
        self._films = films
        self._pictures = pictures
        window.close_requested.connect(self._on_close_requested)

    @property
    def _is_exporting(self) -> bool:
        return self._films.job is not None or self._pictures.making.job is not None

    def _on_close_requested(self, event: QCloseEvent) -> None:
        # The program may come to its end while a question is open.
        if not (self._may_end_exports() and self._files.may_leave()) and self._files.asks:
            event.ignore()

    def _may_end_exports(self) -> bool:
        """Whether nothing is being exported, or need not be any more; it is broken off then."""
        if not self._files.asks or not self._is_exporting:
            return True
        if not self._files.questions.may_cancel_export():
            return False
        # At once, as it was answered: the question about changes that comes next may stay open for long.
        self._films.cancel()
        self._pictures.making.cancel()
        return True
