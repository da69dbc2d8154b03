"""The thread that paints a film's frames: as soon as shots are made, and as long as the encoder has room for them."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from PySide6.QtGui import QImage

from reluviz.core.film import Film
from reluviz.export.encoder import Encoder
from reluviz.export.shot_feed import ShotFeed
from reluviz.export.shot_thread import PaintShot, Prepared
from reluviz.files.destination import reason


class FrameThread:
    """Paints the shots of `feed`: the first `samples(film)` for `begin_encoding`, all others for the encoder it makes.

    Both, and `begin_painting`, which makes what paints a film, are called in the thread; `begin_encoding` returns None
    where the film is not wanted any more. `on_change` is called when there is a `failure`. With the feed and the
    encoder cancelled it ends within a frame.
    """

    def __init__(
        self,
        feed: ShotFeed,
        begin_painting: Callable[[Prepared], PaintShot],
        samples: Callable[[Film], int],
        begin_encoding: Callable[[list[QImage]], Encoder | None],
        on_change: Callable[[], None],
    ) -> None:
        self._feed = feed
        self._begin_painting = begin_painting
        self._samples = samples
        self._begin_encoding = begin_encoding
        self._on_change = on_change
        self.failure: str | None = None
        self.seconds = 0.0
        self._thread = threading.Thread(target=self._run, name="frames", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def join(self) -> None:
        """Wait until the thread has ended."""
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        try:
            prepared = self._feed.wait()
            if prepared is not None:
                self._paint_all(prepared)
        except OSError as error:
            self._fail(reason(error))
        except (MemoryError, ValueError) as error:
            self._fail(" ".join(str(error).split()) or "not enough memory")
        except Exception:
            self._fail("an error in the program")
            raise

    def _fail(self, why: str) -> None:
        self.failure = why
        self._on_change()

    def _paint_all(self, prepared: Prepared) -> None:
        self._paint = self._begin_painting(prepared)
        samples = []
        for _ in range(self._samples(prepared.film)):
            image = self._next()
            if image is None:
                return
            samples.append(image)
        encoder = self._begin_encoding(samples)
        del samples
        if encoder is None:
            return
        for _ in range(len(prepared.film)):
            image = self._next()
            if image is None or not encoder.put(image):
                return
            # While it waits for the next shot it is no owner of this one's picture.
            del image

    def _next(self) -> QImage | None:
        """The next frame; None when there will be none."""
        shot = self._feed.next()
        if shot is None:
            return None
        begun = time.perf_counter()
        try:
            return self._paint(shot)
        finally:
            self.seconds += time.perf_counter() - begun
