"""A thread that prepares a film and then makes shots of it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtGui import QImage

from reluviz.core.film import Film, FilmCancelled, GoOn, Shot, film_of
from reluviz.core.film_recipe import FilmRecipe
from reluviz.core.filmed import Filmed, picture_of, source_of
from reluviz.core.network import Network
from reluviz.export.subject import Subject
from reluviz.plot.fit import ViewRange

PaintShot = Callable[[Shot], QImage]
"""Paints an instant of a film as a new image."""

# The axes stand still and show all of a film: so many of its shots are asked where they lie.
_ASKED, _KEPT = 64, 16
# A smaller part of the preparation is not worth telling.
_LEAST_PART = 0.01


@dataclass(frozen=True, eq=False)
class Prepared:
    """A film whose shots are about to come, the view that shows all of them, and networks from all over the film."""

    film: Film
    view: ViewRange
    networks: Sequence[Network]


def prepared(filmed: Filmed, recipe: FilmRecipe, subject: Subject, go_on: GoOn) -> Prepared:
    """The film that a recipe makes of a document. Takes its time. Raises ValueError, FilmCancelled."""
    with np.errstate(all="ignore"):
        film = film_of(source_of(filmed, recipe, go_on), recipe, filmed.domain, go_on)
        networks = [film[i].network for i in film.spread(_ASKED)]
        view = subject.fitted_view(networks, picture_of(filmed, recipe))
        return Prepared(film, view, networks[:: max(1, len(networks) // _KEPT)])


class ShotThread:
    """Prepares a film; subclasses make its shots in `_make_shots`.

    `on_change` is called from the thread whenever `part`, `prepared`, `failure` or the shots have changed.
    """

    def __init__(self, prepare: Callable[[GoOn], Prepared], on_change: Callable[[], None], name: str) -> None:
        self._prepare = prepare
        self._on_change = on_change
        self._wake = threading.Condition()
        self._is_cancelled = False
        self.part = 0.0
        self.prepared: Prepared | None = None
        self.failure: str | None = None
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def cancel(self) -> None:
        """Make no more. Returns when the thread has ended: within some hundredths of a second."""
        with self._wake:
            self._is_cancelled = True
            self._wake.notify_all()
        if self._thread.is_alive():
            self._thread.join()

    def _make_shots(self, prepared: Prepared) -> None:
        """Runs in the thread until there is no more to do or `_is_cancelled`. Raises ValueError, FilmCancelled."""
        raise NotImplementedError

    def _go_on(self, part: float) -> bool:
        if part - self.part >= _LEAST_PART:
            self.part = part
            self._on_change()
        return not self._is_cancelled

    def _run(self) -> None:
        try:
            prepared = self._prepare(self._go_on)
            with self._wake:
                self.prepared = prepared
                self._wake.notify_all()
            self._on_change()
            with np.errstate(all="ignore"):
                self._make_shots(prepared)
        except FilmCancelled:
            return
        except (ValueError, IndexError, MemoryError) as error:
            self._fail(" ".join(str(error).split()) or "not enough memory")
        except Exception:
            # Whoever waits for a shot would wait for ever.
            self._fail("an error in the program")
            raise

    def _fail(self, why: str) -> None:
        with self._wake:
            self.failure = why
            self._wake.notify_all()
        self._on_change()
