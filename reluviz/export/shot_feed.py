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

    def wait(self) -> Prepared | None:
        """The film, once it is prepared; None where there will be none."""
        with self._wake:
            while self.prepared is None and not self._is_over:
                self._wake.wait()
            return None if self._is_over else self.prepared

    def next(self) -> Shot | None:
        """The next shot, once it is made; None where there will be none."""
        with self._wake:
            while not self._queue and not self._is_over:
                self._wake.wait()
            if self._is_over:
                return None
            self._wake.notify_all()
            return self._queue.popleft()

    @property
    def _is_over(self) -> bool:
        return self._is_cancelled or self.failure is not None

    def _make_shots(self, prepared: Prepared) -> None:
        for index in self._wanted(prepared.film):
            if not self._put(prepared.film[index]):
                return

    def _put(self, shot: Shot) -> bool:
        """Whether to make another one."""
        with self._wake:
            while len(self._queue) >= _AHEAD and not self._is_cancelled:
                self._wake.wait()
            self._queue.append(shot)
            self._wake.notify_all()
            return not self._is_cancelled
