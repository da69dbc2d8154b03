"""Colours, light and dark, as hex strings: one neuron has one colour and one dash everywhere.

The neurons' cycle is Okabe and Ito's palette (Color Universal Design, 2008) without black and orange, which are the
target's and the output's, and with two tones of it more; on dark ground the same hues, lightened.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Palette:
    """The colours of one appearance. `neurons` is the cycle of neuron colours.

    `over` and `under` tint where the output lies above and below the target: red and blue, which all kinds of colour
    vision tell apart.
    """

    name: str
    window: str
    surface: str
    text: str
    muted: str
    border: str
    accent: str
    warning: str
    plot: str
    grid: str
    target: str
    output: str
    validation: str
    over: str
    under: str
    neurons: tuple[str, ...]

    @property
    def is_dark(self) -> bool:
        return self.name == "dark"

    def neuron(self, index: int) -> str:
        """The colour of neuron `index` (from 0)."""
        return self.neurons[index % len(self.neurons)]

    def dash(self, index: int) -> int:
        """Which dash neuron `index` is drawn with: 0 solid, then 1, 2, 3, and round again."""
        return index // len(self.neurons) % DASHES


DASHES = 4

LIGHT = Palette(
    name="light",
    window="#f3f4f6",
    surface="#ffffff",
    text="#16181d",
    muted="#565d6b",
    border="#c3c8d1",
    accent="#0b5cad",
    warning="#a33a00",
    plot="#ffffff",
    grid="#d9dce2",
    target="#000000",
    output="#f07800",
    validation="#b0125b",
    over="#d1344b",
    under="#1f6fd6",
    neurons=("#0072b2", "#009e73", "#cc79a7", "#56b4e9", "#b8a200", "#7a4fb5", "#8c5a2b", "#c0392b"),
)

DARK = Palette(
    name="dark",
    window="#1d2026",
    surface="#262a32",
    text="#eceff4",
    muted="#a7aebb",
    border="#464c59",
    accent="#5fb0ff",
    warning="#ffb27a",
    plot="#14161a",
    grid="#343944",
    target="#f2f2f2",
    output="#ff9a2e",
    validation="#ff78b4",
    over="#ff5f73",
    under="#4d9dff",
    neurons=("#4aa8e0", "#2fc79a", "#e79bc6", "#8fd3ff", "#f0e442", "#b595ec", "#c9966b", "#ff7b6b"),
)

PALETTES = {palette.name: palette for palette in (LIGHT, DARK)}
