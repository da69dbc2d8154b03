"""Errors that nobody has foreseen, in a thread that goes on after them."""

from __future__ import annotations

import threading


def log_unforeseen(error: Exception) -> None:
    """Tell of `error` as if it had ended this thread: that is what the program's log listens to."""
    thread = threading.current_thread()
    threading.excepthook(threading.ExceptHookArgs((type(error), error, error.__traceback__, thread)))
