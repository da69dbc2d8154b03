"""What of a network is drawn: which rays, which neurons, and what between target and output."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum

import numpy as np

from reluviz.core.arrays import IntArray
from reluviz.core.network import MAX_NEURONS


class Rays(Enum):
    """What stands for a neuron: its contribution, its activation, or the sum up to it."""

    SCALED = "scaled"
    RAW = "raw"
    PARTIAL_SUMS = "partial sums"


class Order(Enum):
    """In which order contributions are added: by their kinks from left to right, or as they are numbered."""

    KINK = "kink"
    INDEX = "index"


@dataclass(frozen=True)
class Picture:
    """What is drawn; none of it changes the network.

    `added` is how many contributions the partial sum on show has, None for all. `hidden` neurons are not drawn; with
    `solo` no other neuron is. `output`: whether the network's output is drawn; `residual`: whether ŷ − y is shaded;
    `largest_error`: whether the place where |ŷ − y| is largest is marked. Raises ValueError for impossible numbers.
    """

    rays: Rays = Rays.SCALED
    order: Order = Order.KINK
    added: int | None = None
    hidden: frozenset[int] = field(default_factory=frozenset)
    solo: int | None = None
    output: bool = True
    residual: bool = False
    largest_error: bool = False

    def __post_init__(self) -> None:
        if self.added is not None and not 0 <= self.added <= MAX_NEURONS:
            raise ValueError(f"a partial sum has 0 to {MAX_NEURONS} contributions, not {self.added}")
        for neuron in (*self.hidden, *(() if self.solo is None else (self.solo,))):
            if not 0 <= neuron < MAX_NEURONS:
                raise ValueError(f"no neuron {neuron} among 0 … {MAX_NEURONS - 1}")

    def shows(self, neuron: int) -> bool:
        """Whether `neuron` (from 0) is drawn."""
        return neuron not in self.hidden if self.solo is None else neuron == self.solo

    def drawn(self, neurons: int) -> IntArray:
        """Which of so many neurons are drawn, ascending, shape (drawn,)."""
        if self.solo is not None:
            return np.array([self.solo] if self.solo < neurons else [], dtype=np.int64)
        if not self.hidden:
            return np.arange(neurons, dtype=np.int64)
        return np.setdiff1d(np.arange(neurons, dtype=np.int64), list(self.hidden))

    @property
    def shows_all(self) -> bool:
        """Whether every neuron is drawn."""
        return self.solo is None and not self.hidden

    def all_shown(self) -> Picture:
        """The same with every neuron drawn."""
        return replace(self, hidden=frozenset(), solo=None)

    def hide_toggled(self, neuron: int, neurons: int) -> Picture:
        """The same with `neuron`, of so many, hidden if it is drawn, and drawn if it is not.

        What a solo hid stays hidden when another neuron comes back; hiding the neuron in solo ends the solo.
        """
        if self.solo is None:
            return replace(self, hidden=self.hidden ^ {neuron})
        if neuron == self.solo:
            return replace(self, solo=None)
        return replace(self, solo=None, hidden=frozenset(range(neurons)) - {self.solo, neuron})

    def solo_toggled(self, neuron: int) -> Picture:
        """The same with `neuron` drawn alone, or, where it is, with the others again."""
        return replace(self, solo=None if self.solo == neuron else neuron)

    def below(self, neurons: int) -> Picture:
        """The same of a network of `neurons`: what is said of others is forgotten."""
        hidden = frozenset(j for j in self.hidden if j < neurons)
        solo = self.solo if self.solo is not None and self.solo < neurons else None
        added = self.added if self.added is not None and self.added < neurons else None
        if (hidden, solo, added) == (self.hidden, self.solo, self.added):
            return self
        return replace(self, hidden=hidden, solo=solo, added=added)
