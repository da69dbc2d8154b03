"""The thread that makes and paints whichever frame of a film is looked at, the newest wish first."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage

from reluviz.core.film import GoOn
from reluviz.export.shot_thread import PaintShot, Prepared, ShotThread


class ShotScrubber(ShotThread):
    """Paints the frames that are wanted; wishes that another one overtakes are dropped.

    `painter_of` makes what paints the film in frames of a size; it is called in the thread.
    """

    def __init__(
        self,
        prepare: Callable[[GoOn], Prepared],
        painter_of: Callable[[Prepared, QSize], PaintShot],
        on_change: Callable[[], None],
    ) -> None:
        super().__init__(prepare, on_change, "preview")
        self._painter_of = painter_of
        self._wanted: tuple[int, QSize] | None = None
        self._image: QImage | None = None

    def want(self, index: int, size: QSize) -> None:
        """Have a frame painted, of `size` pixels; beyond the last it is the last."""
        with self._wake:
            self._wanted = index, QSize(size)
            self._wake.notify_all()

    def take(self) -> QImage | None:
        """The newest frame, once."""
        with self._wake:
            image, self._image = self._image, None
            return image

    def _make_shots(self, prepared: Prepared) -> None:
        film, painted_size, paint = prepared.film, QSize(), None
        while (wanted := self._next()) is not None:
            index, size = wanted
            if paint is None or size != painted_size:
                painted_size, paint = size, self._painter_of(prepared, size)
            self._put(paint(film[min(index, len(film) - 1)]))

    def _next(self) -> tuple[int, QSize] | None:
        """What is wanted; None when there will be nothing any more."""
        with self._wake:
            while self._wanted is None and not self._is_cancelled:
                self._wake.wait()
            wanted, self._wanted = self._wanted, None
            return None if self._is_cancelled else wanted

    def _put(self, image: QImage) -> None:
        with self._wake:
            self._image = image
        self._on_change()
