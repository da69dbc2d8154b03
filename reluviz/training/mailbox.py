"""One slot between the worker, which puts, and the display, which takes: the newest value wins, nothing queues up."""

from __future__ import annotations

import threading
from typing import Generic, TypeVar

T = TypeVar("T")


class Mailbox(Generic[T]):
    """Thread-safe. Putting never waits and overwrites what was not taken."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._value: T | None = None

    def put(self, value: T) -> None:
        with self._lock:
            self._value = value

    def take(self) -> T | None:
        """The newest value since the last take, or None."""
        with self._lock:
            value, self._value = self._value, None
        return value
