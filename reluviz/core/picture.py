"""What of a network is drawn: which rays, which neurons, and what between target and output."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum

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

    def below(self, neurons: int) -> Picture:
        """The same of a network of `neurons`: what is said of others is forgotten."""
        hidden = frozenset(j for j in self.hidden if j < neurons)
        solo = self.solo if self.solo is not None and self.solo < neurons else None
        added = self.added if self.added is not None and self.added < neurons else None
        if (hidden, solo, added) == (self.hidden, self.solo, self.added):
            return self
        return replace(self, hidden=hidden, solo=solo, added=added)
