"""A film to be looked at before it is written, frame by frame, painted as the film's own frames are but smaller."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, QSize, Signal

from reluviz.core.film_recipe import FilmRecipe
from reluviz.core.filmed import Filmed
from reluviz.export.film_painter import FilmPainter
from reluviz.export.shot_scrubber import ShotScrubber
from reluviz.export.shot_thread import PaintShot, Prepared, prepared
from reluviz.export.subject import Subject


class FilmPreview(QObject):
    """Shows the frame that was asked for last, of the film that was begun last."""

    shown = Signal(object)
    """The frame as a QImage."""
    progressed = Signal(float)
    """So much, from 0 to 1, of the film is prepared; before, there is nothing to show."""
    failed = Signal(str)
    """Why there is no such film, in one line."""
    _changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._scrubber: ShotScrubber | None = None
        self._index = 0
        self._size = QSize()
        self._changed.connect(self._on_changed)

    def begin(self, filmed: Filmed, recipe: FilmRecipe, subject: Subject, size: QSize) -> None:
        """Show this film from now on, in frames of `size` pixels."""
        self.close()
        self._size = size
        self._scrubber = ShotScrubber(
            partial(prepared, filmed, recipe, subject), partial(_painter, filmed, recipe, subject), self._tell
        )
        self._want()
        self._scrubber.start()

    def seek(self, index: int) -> None:
        """Show this frame."""
        self._index = index
        self._want()

    def resize(self, size: QSize) -> None:
        """Show the same film in frames of another `size`."""
        self._size = size
        self._want()

    def close(self) -> None:
        """Show nothing any more, and end what was going on for it."""
        scrubber, self._scrubber = self._scrubber, None
        if scrubber is not None:
            scrubber.cancel()

    def _want(self) -> None:
        if self._scrubber is not None:
            self._scrubber.want(self._index, self._size)

    def _tell(self) -> None:
        self._changed.emit(self._scrubber)

    def _on_changed(self, scrubber: object) -> None:
        current = self._scrubber
        if current is None or scrubber is not current:
            # Of a film before this one.
            return
        if current.failure is not None:
            self.failed.emit(current.failure)
        elif current.prepared is None:
            self.progressed.emit(current.part)
        elif (image := current.take()) is not None:
            self.shown.emit(image)


def _painter(filmed: Filmed, recipe: FilmRecipe, subject: Subject, film: Prepared, size: QSize) -> PaintShot:
    look = replace(recipe.look, width=size.width(), height=size.height())
    return FilmPainter(filmed, recipe, subject, film.view, film.film.source.curve, look, film.networks).image
