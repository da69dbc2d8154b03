"""How far training has come, on stderr."""

from __future__ import annotations

import sys
import time
from typing import Self

from reluviz.core.notation import count_text, value_text
from reluviz.core.trainer import Trainer

_REPORT_SECONDS = 0.2


class Progress:
    """One line on stderr, rewritten a few times a second and cleared at the end; nothing where that is no terminal."""

    def __init__(self, first: int, last: int | None) -> None:
        """From step `first` to `last`, or None: nobody knows."""
        self._first, self._last = first, last
        self._shown = sys.stderr is not None and sys.stderr.isatty()
        self._shown_at = time.monotonic()

    def __enter__(self) -> Self:
        self._rewrite("preparing …")
        return self

    def __exit__(self, *_: object) -> None:
        self._rewrite("")

    def update(self, trainer: Trainer) -> None:
        """Show where the training stands, if it is time to."""
        if self._shown and time.monotonic() - self._shown_at > _REPORT_SECONDS:
            self._shown_at = time.monotonic()
            share = ""
            if self._last is not None and self._last > self._first:
                part = (trainer.step - self._first) / (self._last - self._first)
                share = f" of {count_text(self._last)} ({100 * part:.0f} %)"
            self._rewrite(f"step {count_text(trainer.step)}{share}   J {value_text(trainer.loss())}")

    def _rewrite(self, text: str) -> None:
        if self._shown:
            print(f"\r\x1b[K{text}", end="", file=sys.stderr, flush=True)
