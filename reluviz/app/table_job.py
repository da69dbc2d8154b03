"""Work on a table in a thread of its own, with progress, that can be cancelled at any time."""

from __future__ import annotations

import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from reluviz.document.table_reading import ReadingCancelled

GoOn = Callable[[float], bool]


class TableJob(QObject):
    """One piece of work, begun at once. After `cancel` nothing more is told."""

    progressed = Signal(float)
    """How much of it is done, from 0 to 1."""
    finished = Signal(object)
    """The result of the work."""
    failed = Signal(str)
    """Why there is none, in one line."""

    def __init__(self, work: Callable[[GoOn], object]) -> None:
        super().__init__()
        self._work = work
        self._is_wanted = True
        self._thread = threading.Thread(target=self._run, name="table", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def cancel(self) -> None:
        """Break it off at the next opportunity; whoever listens hears no more of it."""
        self._is_wanted = False
        self.blockSignals(True)

    def join(self) -> None:
        """Wait until the thread has ended."""
        if self._thread.is_alive():
            self._thread.join()

    def _go_on(self, part: float) -> bool:
        if self._is_wanted:
            self.progressed.emit(part)
        return self._is_wanted

    def _run(self) -> None:
        try:
            result = self._work(self._go_on)
        except ReadingCancelled:
            return
        except (ValueError, MemoryError) as error:
            self.failed.emit(" ".join(str(error).split()) or "not enough memory")
        else:
            self.finished.emit(result)
