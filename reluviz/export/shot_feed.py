"""The thread that makes a film's shots, some ahead of the one who paints them: training takes its time."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable

from reluviz.core.film import Film, GoOn, Shot
from reluviz.export.shot_thread import Prepared, ShotThread

_AHEAD = 8


class ShotFeed(ShotThread):
    """Makes the shots of `wanted(film)`, numbers of frames, in their order."""

    def __init__(
        self,
        prepare: Callable[[GoOn], Prepared],
        wanted: Callable[[Film], Iterable[int]],
        on_change: Callable[[], None],
    ) -> None:
        super().__init__(prepare, on_change, "shots")
        self._wanted = wanted
        self._queue: deque[Shot] = deque()

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

    def _make_shots(self, film: Film) -> None:
        for index in self._wanted(film):
            if not self._put(film[index]):
                return

    def _put(self, shot: Shot) -> bool:
        """Whether to make another one."""
        with self._wake:
            while len(self._queue) >= _AHEAD and not self._is_cancelled:
                self._wake.wait()
            self._queue.append(shot)
        self._on_change()
        return not self._is_cancelled
