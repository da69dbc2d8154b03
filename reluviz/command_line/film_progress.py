"""How far a film has come, on stderr: a bar on a terminal, else a line for every tenth."""

from __future__ import annotations

import sys
from typing import Self

from reluviz.core.notation import count_text, duration_text

_WIDTH = 24


class FilmProgress:
    """Of a film of `frames` frames."""

    def __init__(self, frames: int) -> None:
        self._frames = frames
        self._is_terminal = sys.stderr is not None and sys.stderr.isatty()
        self._told = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._is_terminal:
            self._print("\r\x1b[K")

    def show(self, is_preparing: bool, part: float, done: int, seconds_left: float | None) -> None:
        """`part` of what is going on is done, from 0 to 1; `done` frames are written."""
        if self._is_terminal:
            self._print(f"\r\x1b[K{self._bar(is_preparing, part, done, seconds_left)}")
        elif not is_preparing and int(10 * part) > self._told:
            self._told = int(10 * part)
            self._print(f"{100 * part:.0f} % ({done} of {self._frames} frames)\n")

    def _bar(self, is_preparing: bool, part: float, done: int, seconds_left: float | None) -> str:
        filled = round(_WIDTH * part)
        bar = "█" * filled + "░" * (_WIDTH - filled)
        if is_preparing:
            return f"{bar} preparing …"
        left = "" if seconds_left is None else f", {duration_text(seconds_left)} left"
        return f"{bar} {count_text(done)} of {count_text(self._frames)} frames{left}"

    def _print(self, text: str) -> None:
        if sys.stderr is not None:
            print(text, end="", file=sys.stderr, flush=True)
