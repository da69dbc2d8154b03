"""The making of one film: shots from their thread are painted here and encoded in a third, a frame for each turn."""

from __future__ import annotations

import time
from collections.abc import Iterable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage

from reluviz.core.film import Film
from reluviz.core.film_format import FRAMES, GIF
from reluviz.core.film_recipe import FilmRecipe
from reluviz.core.filmed import Filmed
from reluviz.export.encoder import Encoder
from reluviz.export.film_painter import FilmPainter
from reluviz.export.film_writer import PRESET, check_codec, open_writer
from reluviz.export.output_place import OutputFile, OutputFolder, OutputPlace, check_output
from reluviz.export.shot_feed import ShotFeed
from reluviz.export.shot_thread import prepared
from reluviz.export.subject import Subject
from reluviz.files.destination import reason

_SAMPLES = 8
# Before so many seconds nothing is said about how long it will take.
_LEAST_SECONDS = 0.5


class FilmJob(QObject):
    """Writes a film to `target`, which appears when it is whole, or not at all.

    It lives by the event loop of the application's thread and never keeps it busy for longer than a frame takes to be
    painted. After `finished`, `failed` or `cancel` nothing of it runs any more.
    """

    progressed = Signal()
    """`done`, `part` or `seconds_left` are others now."""
    finished = Signal()
    failed = Signal(str)
    """Why there is no film, in one line."""
    _changed = Signal()

    def __init__(
        self,
        filmed: Filmed,
        recipe: FilmRecipe,
        subject: Subject,
        target: Path,
        *,
        replaces: bool = False,
        preset: str = PRESET,
        steps_back: bool = False,
        parent: QObject | None = None,
    ) -> None:
        """`steps_back`: whether there is a window whose frames come first.

        Raises DestinationError and WriterError where it is known that nothing can come of it; nothing is written yet.
        """
        super().__init__(parent)
        check_output(target, recipe.form is FRAMES, replaces)
        check_codec(recipe.form)
        self._filmed = filmed
        self._recipe = recipe
        self._subject = subject
        self._preset = preset
        self._steps_back = steps_back
        self.target = target
        self._feed = ShotFeed(partial(prepared, filmed, recipe, subject), self._wanted, self._changed.emit)
        self._place: OutputPlace | None = None
        self._encoder: Encoder | None = None
        self._painter: FilmPainter | None = None
        self._samples: list[QImage] = []
        self._begun = 0.0
        self._is_over = False
        self._turn = QTimer(self)
        self._turn.setSingleShot(True)
        self._turn.setInterval(0)
        self._turn.timeout.connect(self._advance)
        self._changed.connect(self._advance)
        self.painting_seconds = 0.0
        self.note = ""

    def start(self) -> None:
        """Begin. Raises OSError where nothing can be written."""
        self._place = OutputFolder(self.target) if self._recipe.form is FRAMES else OutputFile(self.target)
        self._feed.start()

    @property
    def frames(self) -> int:
        return self._recipe.frames

    @property
    def done(self) -> int:
        """How many frames are written."""
        return 0 if self._encoder is None else self._encoder.written

    @property
    def is_preparing(self) -> bool:
        """Whether the film is still being trained, or its pace found."""
        return self._feed.prepared is None

    @property
    def part(self) -> float:
        """How much of what is going on, preparing or writing, is done: from 0 to 1."""
        return self._feed.part if self.is_preparing else self.done / self.frames

    @property
    def seconds_left(self) -> float | None:
        """How long the writing will go on, None while that is not known."""
        taken = time.perf_counter() - self._begun
        if not self.done or taken < _LEAST_SECONDS:
            return None
        return taken / self.done * (self.frames - self.done)

    def cancel(self) -> None:
        """Break off and leave nothing. Harmless when it is over."""
        if not self._is_over:
            self._end()

    def _end(self) -> None:
        self._is_over = True
        self._turn.stop()
        self._feed.cancel()
        if self._encoder is not None:
            self._encoder.cancel()
        elif self._place is not None:
            self._place.discard()

    def _fail(self, why: str) -> None:
        self._end()
        self.failed.emit(why)

    def _wanted(self, film: Film) -> Iterable[int]:
        """The numbers of the frames to be painted: first those that a palette is taken from."""
        if self._recipe.form is GIF:
            yield from film.spread(_SAMPLES)
        yield from range(len(film))

    def _advance(self) -> None:
        """Paint the next frame where there is one and room for it, and see how the others are getting on."""
        if self._is_over:
            return
        failure = self._feed.failure or (None if self._encoder is None else self._encoder.failure)
        if failure is not None:
            self._fail(failure)
            return
        if self._encoder is not None and self._encoder.is_done:
            self._is_over = True
            self._feed.cancel()
            self._encoder.join()
            self.progressed.emit()
            self.finished.emit()
            return
        if self._feed.prepared is not None:
            self._paint_next()
        self.progressed.emit()

    def _paint_next(self) -> None:
        try:
            if self._painter is None:
                self._begin_painting()
            if self._is_sampling or (self._encoder is not None and self._encoder.has_room):
                self._paint()
        except (MemoryError, ValueError) as error:
            self._fail(str(error) or "not enough memory")
            return
        except OSError as error:
            self._fail(reason(error))
            return
        if self._feed.has_shot and (self._encoder is None or self._encoder.has_room):
            self._turn.start()

    @property
    def _is_sampling(self) -> bool:
        return self._encoder is None

    def _begin_painting(self) -> None:
        assert self._feed.prepared is not None
        film, view = self._feed.prepared.film, self._feed.prepared.view
        self.note = film.source.note
        self._painter = FilmPainter(self._filmed, self._recipe, self._subject, view, film.source.curve)
        self._samples_due = len(film.spread(_SAMPLES)) if self._recipe.form is GIF else 0
        self._begun = time.perf_counter()
        if not self._samples_due:
            self._begin_encoding()

    def _begin_encoding(self) -> None:
        assert self._place is not None
        recipe = self._recipe
        size = recipe.look.width, recipe.look.height
        samples, self._samples = self._samples, []
        has_ground = recipe.look.theme.has_ground
        open_ = partial(open_writer, recipe.form, self._place.path, size, recipe.fps, samples, self._preset, has_ground)
        self._encoder = Encoder(open_, self._place, self.frames, self._changed.emit, steps_back=self._steps_back)
        self._encoder.start()

    def _paint(self) -> None:
        shot = self._feed.take()
        if shot is None:
            return
        assert self._painter is not None
        begun = time.perf_counter()
        image = self._painter.image(shot)
        self.painting_seconds += time.perf_counter() - begun
        if self._encoder is None:
            self._samples.append(image)
            if len(self._samples) == self._samples_due:
                self._begin_encoding()
        else:
            self._encoder.put(image)
