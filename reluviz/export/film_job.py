"""The making of one film: one thread makes its shots, the next one paints them, and a third one encodes the frames."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from reluviz.core.film import Film
from reluviz.core.film_format import FRAMES, GIF
from reluviz.core.film_recipe import FilmRecipe
from reluviz.core.filmed import Filmed
from reluviz.export.encoder import Encoder
from reluviz.export.film_painter import FilmPainter
from reluviz.export.film_writer import PRESET, check_codec, open_writer
from reluviz.export.frame_thread import FrameThread
from reluviz.export.output_place import OutputFile, OutputFolder, OutputPlace, check_output
from reluviz.export.shot_feed import ShotFeed
from reluviz.export.shot_thread import PaintShot, Prepared, prepared
from reluviz.export.subject import Subject

_SAMPLES = 8
# Before so many seconds nothing is said about how long it will take.
_LEAST_SECONDS = 0.5


class FilmJob(QObject):
    """Writes a film to `target`, which appears when it is whole, or not at all.

    All the work is done in threads of its own, which tell of it by the event loop of the application's. After
    `finished`, `failed` or `cancel` nothing of it runs any more.
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
        self._place: OutputPlace | None = None
        self._encoder: Encoder | None = None
        self._feed = ShotFeed(partial(prepared, filmed, recipe, subject), self._wanted, self._tell)
        self._frames = FrameThread(self._feed, self._painter_of, self._samples, self._begin_encoding, self._tell)
        self._begun = 0.0
        self._is_over = False
        # Whatever the threads have to tell, one message of it waits for this one.
        self._telling = threading.Lock()
        self._is_told = False
        self._changed.connect(self._advance)
        self.note = ""

    def start(self) -> None:
        """Begin. Raises OSError where nothing can be written."""
        self._place = OutputFolder(self.target) if self._recipe.form is FRAMES else OutputFile(self.target)
        self._feed.start()
        self._frames.start()

    @property
    def painting_seconds(self) -> float:
        """How long painting has taken so far."""
        return self._frames.seconds

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
        with self._telling:
            # From here on no encoder is made.
            self._is_over = True
        self._feed.cancel()
        if self._encoder is not None:
            self._encoder.cancel()
        self._frames.join()
        if self._place is not None:
            self._place.discard()

    def _fail(self, why: str) -> None:
        self._end()
        self.failed.emit(why)

    def _wanted(self, film: Film) -> Iterable[int]:
        """The numbers of the frames to be painted: first those that a palette is taken from."""
        if self._recipe.form is GIF:
            yield from film.spread(_SAMPLES)
        yield from range(len(film))

    def _samples(self, film: Film) -> int:
        return len(film.spread(_SAMPLES)) if self._recipe.form is GIF else 0

    def _tell(self) -> None:
        with self._telling:
            if self._is_told:
                return
            self._is_told = True
        self._changed.emit()

    def _advance(self) -> None:
        """See how the threads are getting on."""
        with self._telling:
            self._is_told = False
        if self._is_over:
            return
        encoder = self._encoder
        failure = self._feed.failure or self._frames.failure or (None if encoder is None else encoder.failure)
        if failure is not None:
            self._fail(failure)
            return
        self.progressed.emit()
        if encoder is not None and encoder.is_done and not self._is_over:
            self._end()
            self.finished.emit()

    # What the thread of frames calls.

    def _painter_of(self, film: Prepared) -> PaintShot:
        self.note = film.film.source.note
        curve, networks = film.film.source.curve, film.networks
        painter = FilmPainter(self._filmed, self._recipe, self._subject, film.view, curve, networks=networks)
        self._begun = time.perf_counter()
        return painter.image

    def _begin_encoding(self, samples: list[QImage]) -> Encoder | None:
        assert self._place is not None
        recipe = self._recipe
        size = recipe.look.width, recipe.look.height
        has_ground = recipe.look.theme.has_ground
        open_ = partial(open_writer, recipe.form, self._place.path, size, recipe.fps, samples, self._preset, has_ground)
        encoder = Encoder(open_, self._place, self.frames, self._tell, steps_back=self._steps_back)
        with self._telling:
            if self._is_over:
                return None
            self._encoder = encoder
            encoder.start()
        return encoder
