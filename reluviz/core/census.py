"""What all neurons of a network do, counted, with those that only do what another does already."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from reluviz.core.arrays import IntArray
from reluviz.core.network import STATUSES, Network, Status
from reluviz.core.neuron_editing import duplicates

_ACTIVE, _DUPLICATE = STATUSES.index(Status.ACTIVE), STATUSES.index(Status.DUPLICATE)
# What brings back none of its own: training does not move it, or only its w.
LOST = (Status.DEAD, Status.CONSTANT)


@dataclass(frozen=True, eq=False)
class Census:
    """`codes` are places in STATUSES; `like` is, for a duplicate, the first neuron that does the same, else itself.

    Both have shape (neurons,).
    """

    codes: IntArray
    like: IntArray

    def status(self, neuron: int) -> Status:
        return STATUSES[int(self.codes[neuron])]

    def neurons_of(self, status: Status) -> IntArray:
        """The neurons of that status, ascending."""
        return np.flatnonzero(self.codes == STATUSES.index(status))

    @cached_property
    def counts(self) -> dict[Status, int]:
        """How many neurons are what, zeros included."""
        found = np.bincount(self.codes, minlength=len(STATUSES)).tolist()
        return dict(zip(STATUSES, found, strict=True))

    @property
    def lost(self) -> int:
        """How many neurons could be revived."""
        return sum(self.counts[status] for status in LOST)


def census(network: Network, low: float, high: float) -> Census:
    """The census of `network` on [low, high]: an active neuron that does what one before it does is a duplicate."""
    codes, like = network.status_codes(low, high), duplicates(network, low, high)
    repeats = (codes == _ACTIVE) & (like != np.arange(network.neurons)) & (codes[like] == _ACTIVE)
    return Census(np.where(repeats, _DUPLICATE, codes), np.where(repeats, like, np.arange(network.neurons)))
