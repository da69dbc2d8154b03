"""The thread that makes whichever shot of a film is looked at, the newest wish first."""

from __future__ import annotations

from collections.abc import Callable

from reluviz.core.film import Film, GoOn, Shot
from reluviz.export.shot_thread import Prepared, ShotThread


class ShotScrubber(ShotThread):
    """Makes the shots that are wanted; wishes that another one overtakes are dropped."""

    def __init__(self, prepare: Callable[[GoOn], Prepared], on_change: Callable[[], None]) -> None:
        super().__init__(prepare, on_change, "preview")
        self._wanted: int | None = None
        self._shot: tuple[int, Shot] | None = None

    def want(self, index: int) -> None:
        """Have the shot of a frame made; beyond the last it is the last."""
        with self._wake:
            self._wanted = index
            self._wake.notify()

    def take(self) -> tuple[int, Shot] | None:
        """The newest shot with its frame's number, once."""
        with self._wake:
            shot, self._shot = self._shot, None
            return shot

    def _make_shots(self, film: Film) -> None:
        while (index := self._next()) is not None:
            self._put(index, film[min(index, len(film) - 1)])

    def _next(self) -> int | None:
        """The frame that is wanted; None when there will be none any more."""
        with self._wake:
            while self._wanted is None and not self._is_cancelled:
                self._wake.wait()
            wanted, self._wanted = self._wanted, None
            return None if self._is_cancelled else wanted

    def _put(self, index: int, shot: Shot) -> None:
        with self._wake:
            self._shot = index, shot
        self._on_change()
