"""Work in a thread of its own that the window goes on beside, and that can be broken off."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, Signal

from reluviz.core.film import FilmCancelled, GoOn

_T = TypeVar("_T")
# A smaller part of the work is not worth telling.
_LEAST_PART = 0.01


class Job(QObject, Generic[_T]):
    """Does `work`, which asks now and then whether to go on, and tells how it ended on the thread of its maker.

    After `cancel` it is silent; its thread ends after the step that it is in, and is of no use to anybody.
    """

    progressed = Signal()
    """`part` is another one now."""
    finished = Signal()
    """There is a `result`."""
    failed = Signal(str)
    """Why there is none, in one line."""
    _changed = Signal()

    def __init__(self, work: Callable[[GoOn], _T], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._results: list[_T] = []
        self._failure: str | None = None
        self._error: Exception | None = None
        self._is_cancelled = False
        self._telling = threading.Lock()
        self.part = 0.0
        # No daemon: the program waits for it at its end, since Qt aborts the process where it paints on after that.
        self._thread = threading.Thread(target=self._run, name="picture")
        self._changed.connect(self._advance)

    def start(self) -> None:
        self._thread.start()

    @property
    def result(self) -> _T:
        """What was made. Once it is finished."""
        return self._results[0]

    def cancel(self) -> None:
        """Break off. Harmless when it is over."""
        with self._telling:
            self._is_cancelled = True

    def _go_on(self, part: float) -> bool:
        if part >= 1.0 > self.part or part - self.part >= _LEAST_PART:
            self.part = part
            self._tell()
        return not self._is_cancelled

    def _run(self) -> None:
        try:
            self._results.append(self._work(self._go_on))
        except FilmCancelled:
            return
        except (OSError, ValueError, MemoryError) as error:
            self._failure = " ".join(str(error).split()) or "not enough memory"
        except Exception as error:  # raised again where it is heard of
            self._failure, self._error = "an error in the program", error
        self._tell()

    def _tell(self) -> None:
        # Whoever has cancelled it may destroy it at once.
        with self._telling:
            if not self._is_cancelled:
                self._changed.emit()

    def _advance(self) -> None:
        if self._is_cancelled:
            return
        if self._failure is not None:
            self.cancel()
            self.failed.emit(self._failure)
            if self._error is not None:
                raise self._error
        elif self._results:
            self.cancel()
            self.finished.emit()
        else:
            self.progressed.emit()
