"""How things are drawn: in which colours, and how large."""

from __future__ import annotations

from dataclasses import dataclass

from reluviz.core.palette import LIGHT, Palette


@dataclass(frozen=True)
class Look:
    """`scale` is how much larger than usual lines, handles and type are."""

    palette: Palette = LIGHT
    scale: float = 1.0
