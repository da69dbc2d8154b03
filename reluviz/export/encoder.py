"""The thread that encodes: a few frames wait in front of it, so that painting and encoding overlap."""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from collections import deque
from collections.abc import Callable

from PySide6.QtGui import QImage

from reluviz.export.film_writer import FilmWriter, WriterError
from reluviz.export.output_place import OutputPlace
from reluviz.files.destination import reason

# Of frames that wait: enough to even out a slow one, little enough for the largest.
_QUEUE_BYTES = 48 * 2**20
_MOST_QUEUED = 8
_NICENESS = 10


class Encoder:
    """Takes `frames` frames by `put` and writes them; runs from `start` until they are written or it is cancelled.

    `open_writer` is called in the thread. `on_change` is called from the thread after every frame and at the end; then
    `is_done` or `failure` says how it ended. Without a failure and without `cancel` the place is committed.
    `steps_back`: whether a window has to stay alive beside it.
    """

    def __init__(
        self,
        open_writer: Callable[[], FilmWriter],
        place: OutputPlace,
        frames: int,
        on_change: Callable[[], None],
        *,
        steps_back: bool = False,
    ) -> None:
        self._open_writer = open_writer
        self._place = place
        self._frames = frames
        self._on_change = on_change
        self._steps_back = steps_back
        self._wake = threading.Condition()
        self._queue: deque[QImage] = deque()
        self._is_cancelled = self._is_ended = False
        self._capacity = _MOST_QUEUED
        self.written = 0
        self.failure: str | None = None
        self.is_done = False
        self._thread = threading.Thread(target=self._run, name="encoder", daemon=True)

    def start(self) -> None:
        self._thread.start()

    @property
    def has_room(self) -> bool:
        """Whether another frame can wait."""
        return len(self._queue) < self._capacity

    def put(self, image: QImage) -> bool:
        """Have the image, which nobody paints on any more, written as the next frame, once there is room for it.

        Whether another one is of any use: not after `cancel` or a failure.
        """
        with self._wake:
            self._capacity = max(2, min(_MOST_QUEUED, _QUEUE_BYTES // max(1, image.sizeInBytes())))
            while not (self.has_room or self._is_over):
                self._wake.wait()
            self._queue.append(image)
            self._wake.notify_all()
            return not self._is_over

    def cancel(self) -> None:
        """Break off and leave nothing. Returns when the thread has ended: within a frame or so."""
        with self._wake:
            self._is_cancelled = True
            self._wake.notify_all()
        self.join()

    def join(self) -> None:
        """Wait until the thread has ended."""
        if self._thread.is_alive() and threading.current_thread() is not self._thread:
            self._thread.join()

    @property
    def _is_over(self) -> bool:
        return self._is_cancelled or self._is_ended

    def _run(self) -> None:
        try:
            if self._steps_back:
                _step_back()
            if self._write_all():
                self._place.commit()
                self.is_done = True
        except OSError as error:
            self.failure = reason(error)
        except (WriterError, ValueError, RuntimeError, MemoryError) as error:
            self.failure = " ".join(str(error).split()) or "not enough memory"
        except Exception:
            # Whoever waits for the film would wait for ever.
            self.failure = "an error in the program"
            raise
        finally:
            self._place.discard()
            with self._wake:
                self._is_ended = True
                self._wake.notify_all()
            self._on_change()

    def _write_all(self) -> bool:
        """Whether all frames are written."""
        writer = self._open_writer()
        is_whole = False
        try:
            for _ in range(self._frames):
                image = self._next()
                if image is None:
                    return False
                # The image lives until its bits are read.
                writer.write(image)
                del image
                self.written += 1
                self._on_change()
            for _ in writer.finish():
                if self._is_cancelled:
                    return False
            is_whole = True
        finally:
            if not is_whole:
                self._abandon(writer)
        return True

    def _next(self) -> QImage | None:
        """The next frame; None when it is cancelled."""
        with self._wake:
            while not self._queue and not self._is_cancelled:
                self._wake.wait()
            if self._is_cancelled:
                return None
            self._wake.notify_all()
            return self._queue.popleft()

    def _abandon(self, writer: FilmWriter) -> None:
        # Closing writes a trailer, which would copy all of a long film about: there is nothing to be copied then.
        self._place.discard()
        try:
            writer.abandon()
        except (OSError, ValueError, RuntimeError):
            return


def _step_back() -> None:
    """Have this thread, and those of the codec that it begins, wait where another one of the program wants to run."""
    if sys.platform == "linux":
        # Elsewhere a priority is the whole process's.
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICENESS)
