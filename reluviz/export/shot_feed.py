"""The thread that makes a film's shots, some ahead of the one who paints them: training takes its time."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from reluviz.core.film import Film, FilmCancelled, GoOn, Shot, film_of
from reluviz.core.film_recipe import FilmRecipe
from reluviz.core.filmed import Filmed, source_of
from reluviz.export.film_painter import film_view
from reluviz.export.subject import Subject
from reluviz.plot.fit import ViewRange

_AHEAD = 8


@dataclass(frozen=True, eq=False)
class Prepared:
    """A film whose shots are about to come, and the view that shows all of them."""

    film: Film
    view: ViewRange


def prepared(filmed: Filmed, recipe: FilmRecipe, subject: Subject, go_on: GoOn) -> Prepared:
    """The film that a recipe makes of a document. Takes its time. Raises ValueError, FilmCancelled."""
    with np.errstate(all="ignore"):
        film = film_of(source_of(filmed, recipe, go_on), recipe, filmed.domain, go_on)
        return Prepared(film, film_view(film, filmed, recipe, subject))


class ShotFeed:
    """Prepares a film, then makes the shots of `wanted(film)`, numbers of frames, in their order.

    `on_change` is called from the thread whenever `part`, `film`, `failure` or the shots that wait have changed.
    """

    def __init__(
        self,
        prepare: Callable[[GoOn], Prepared],
        wanted: Callable[[Film], Iterable[int]],
        on_change: Callable[[], None],
    ) -> None:
        self._prepare = prepare
        self._wanted = wanted
        self._on_change = on_change
        self._wake = threading.Condition()
        self._queue: deque[Shot] = deque()
        self._is_cancelled = False
        self.part = 0.0
        self.prepared: Prepared | None = None
        self.failure: str | None = None
        self._thread = threading.Thread(target=self._run, name="shots", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def take(self) -> Shot | None:
        """The next shot, None while it is not there yet."""
        with self._wake:
            if not self._queue:
                return None
            shot = self._queue.popleft()
            self._wake.notify()
            return shot

    @property
    def has_shot(self) -> bool:
        return bool(self._queue)

    def cancel(self) -> None:
        """Make no more. Returns when the thread has ended: within some hundredths of a second."""
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
                for index in self._wanted(self.prepared.film):
                    if not self._put(self.prepared.film[index]):
                        return
        except FilmCancelled:
            return
        except (ValueError, IndexError, MemoryError) as error:
            self.failure = " ".join(str(error).split()) or "not enough memory"
            self._on_change()

    def _put(self, shot: Shot) -> bool:
        """Whether to make another one."""
        with self._wake:
            while len(self._queue) >= _AHEAD and not self._is_cancelled:
                self._wake.wait()
            self._queue.append(shot)
        self._on_change()
        return not self._is_cancelled
