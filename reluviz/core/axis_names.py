"""What the axes are called, with their units."""

from __future__ import annotations

from dataclasses import dataclass

MAX_NAME = 60


@dataclass(frozen=True)
class AxisNames:
    """Names of both axes, "" for none. Raises ValueError where one is longer than MAX_NAME or no plain line."""

    x: str = ""
    y: str = ""

    def __post_init__(self) -> None:
        for axis, name in (("x", self.x), ("y", self.y)):
            if len(name) > MAX_NAME:
                raise ValueError(f"the name of the {axis} axis is longer than {MAX_NAME} characters")
            if not name.isprintable() or name != name.strip():
                raise ValueError(f"the name of the {axis} axis must be plain text on one line")


def axis_name(text: str) -> str:
    """Any text as the name of an axis: one line, cut where it is too long."""
    line = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    return line if len(line) <= MAX_NAME else line[: MAX_NAME - 1] + "…"
