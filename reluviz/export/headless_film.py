"""A film made without a window, until it is whole or somebody interrupts."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from PySide6.QtCore import QEventLoop, QTimer

from reluviz.export.film_job import FilmJob

# Threads take turns as often as in the window's process.
SWITCH_SECONDS = 0.0005
# So often Python gets to see a signal, whatever Qt is doing.
_WATCH_MILLISECONDS = 50


class FilmFailure(RuntimeError):  # noqa: N818
    """There is no film; the message is one line."""


def carry_out(job: FilmJob, on_tick: Callable[[], None]) -> None:
    """Run the job to its end; `on_tick` is called some times a second, and at the end.

    Raises FilmFailure, KeyboardInterrupt after Ctrl-C, a polite kill or the terminal's end, and OSError where nothing
    can be written; nothing is left then.
    """
    loop, watch, failures = QEventLoop(), QTimer(), list[str]()
    watch.setInterval(_WATCH_MILLISECONDS)
    watch.timeout.connect(on_tick)
    job.failed.connect(failures.append)
    job.failed.connect(loop.quit)
    job.finished.connect(loop.quit)
    with _quick_turns(), _interrupts(loop.quit) as interrupts:
        try:
            watch.start()
            job.start()
            if not interrupts:
                loop.exec()
        finally:
            watch.stop()
            job.cancel()
        if interrupts:
            raise KeyboardInterrupt
    if failures:
        raise FilmFailure(failures[0])
    on_tick()


@contextmanager
def _quick_turns() -> Iterator[None]:
    """The encoder, which needs the interpreter only for an instant, does not wait long for the one who paints."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(SWITCH_SECONDS)
    try:
        yield
    finally:
        sys.setswitchinterval(before)


@contextmanager
def _interrupts(end: Callable[[], None]) -> Iterator[list[int]]:
    """Ctrl-C, a polite kill and a closed terminal call `end`; the list gets the signals."""
    received: list[int] = []

    def on_signal(number: int, frame: FrameType | None) -> None:
        received.append(number)
        end()

    names = [name for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {name: signal.signal(getattr(signal, name), on_signal) for name in names}
    try:
        yield received
    finally:
        for name, handler in before.items():
            signal.signal(getattr(signal, name), handler)
