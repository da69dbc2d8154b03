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

    def __init__(self, steps: int | None) -> None:
        self._steps = steps
        self._shown = sys.stderr is not None and sys.stderr.isatty()
        self._last = time.monotonic()

    def __enter__(self) -> Self:
        self._rewrite("preparing …")
        return self

    def __exit__(self, *_: object) -> None:
        self._rewrite("")

    def update(self, trainer: Trainer) -> None:
        """Show where the training stands, if it is time to."""
        if self._shown and time.monotonic() - self._last > _REPORT_SECONDS:
            self._last = time.monotonic()
            share = (
                "" if not self._steps else f" of {count_text(self._steps)} ({100 * trainer.step / self._steps:.0f} %)"
            )
            self._rewrite(f"step {count_text(trainer.step)}{share}   J {value_text(trainer.loss())}")

    def _rewrite(self, text: str) -> None:
        if self._shown:
            print(f"\r\x1b[K{text}", end="", file=sys.stderr, flush=True)
