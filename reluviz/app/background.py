"""Work that may take longer than a frame, waited for while the window goes on painting."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QEventLoop, QObject, Signal

_T = TypeVar("_T")
# What takes no longer does not need an event loop of its own.
_SHORT_SECONDS = 0.004


class _Work(QObject, Generic[_T]):
    """`done()` when the work has ended, in whatever way."""

    done = Signal()

    def __init__(self, work: Callable[[], _T]) -> None:
        super().__init__()
        self._work = work
        self._results: list[_T] = []
        self._error: BaseException | None = None

    def run(self) -> None:
        try:
            self._results.append(self._work())
        except BaseException as error:  # raised again where it is waited for
            self._error = error
        self.done.emit()

    def result(self) -> _T:
        if self._error is not None:
            raise self._error
        return self._results[0]


def in_background(work: Callable[[], _T]) -> _T:
    """The result of `work`, or its exception; made in another thread, while keys and mouse have to wait."""
    loop = QEventLoop()
    running = _Work(work)
    running.done.connect(loop.quit)
    thread = threading.Thread(target=running.run, name="files", daemon=True)
    thread.start()
    thread.join(_SHORT_SECONDS)
    if thread.is_alive():
        loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        thread.join()
    return running.result()
