"""The thread that makes whichever shot of a film is looked at, the newest wish first."""

from __future__ import annotations

import threading
from collections.abc import Callable

import numpy as np

from reluviz.core.film import FilmCancelled, GoOn, Shot
from reluviz.export.shot_feed import Prepared


class ShotScrubber:
    """Prepares a film, then makes the shots that are wanted; wishes that another one overtakes are dropped.

    `on_change` is called from the thread whenever `part`, `prepared`, `failure` or the shot has changed.
    """

    def __init__(self, prepare: Callable[[GoOn], Prepared], on_change: Callable[[], None]) -> None:
        self._prepare = prepare
        self._on_change = on_change
        self._wake = threading.Condition()
        self._wanted: int | None = None
        self._shot: tuple[int, Shot] | None = None
        self._is_cancelled = False
        self.part = 0.0
        self.prepared: Prepared | None = None
        self.failure: str | None = None
        self._thread = threading.Thread(target=self._run, name="preview", daemon=True)

    def start(self) -> None:
        self._thread.start()

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

    def cancel(self) -> None:
        """End the thread: within some hundredths of a second."""
        with self._wake:
            self._is_cancelled = True
            self._wake.notify()
        if self._thread.is_alive():
            self._thread.join()

    def _go_on(self, part: float) -> bool:
        if part - self.part >= 0.01:
            self.part = part
            self._on_change()
        return not self._is_cancelled

    def _run(self) -> None:
        try:
            self.prepared = self._prepare(self._go_on)
            self._on_change()
            with np.errstate(all="ignore"):
                while (index := self._next()) is not None:
                    last = len(self.prepared.film) - 1
                    self._put(index, self.prepared.film[min(index, last)])
        except FilmCancelled:
            return
        except (ValueError, IndexError, MemoryError) as error:
            self.failure = " ".join(str(error).split()) or "not enough memory"
            self._on_change()

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
