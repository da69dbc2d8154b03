"""Which samples a mini-batch step sees."""

from __future__ import annotations

import numpy as np

from reluviz.core.arrays import CountArray, IntArray
from reluviz.core.operands import Batches
from reluviz.core.permutation import permutation
from reluviz.core.settings import TrainingSettings

_IN_ORDER: CountArray = np.zeros(0, dtype=np.uint32)


class Sampler:
    """Mini-batches of numbers of sorted samples, drawn from NumPy's legacy generator as the tutorials draw them.

    `random` is the run's one generator: it has already made the initialiser's draws. For windows here come the
    permutation (if shuffled) and then one draw a step; drawing k starts at once gives the same numbers as k single
    draws. For epochs here comes a permutation (if shuffled) at the start of each.
    """

    def __init__(self, samples: int, settings: TrainingSettings, random: np.random.RandomState) -> None:
        self._random = random
        self._samples = samples
        self.settings = settings
        self._in_epochs = settings.batching == "epochs"
        # Drawn when it is first needed: a full batch never asks for it.
        self._order = _IN_ORDER
        self._position = 0
        self._room: tuple[CountArray, CountArray, np.ndarray, np.ndarray] | None = None

    def continues(self, settings: TrainingSettings) -> bool:
        """Whether the samples' order stays under other settings; set `settings` then."""
        return (settings.shuffle, settings.batching) == (self.settings.shuffle, self.settings.batching)

    def skip(self, steps: int) -> None:
        """Go to where an epoch stands after so many steps."""
        if self._in_epochs:
            self._position = self.settings.samples_after(steps, self._samples) % self._samples
            self._order = self._drawn_order() if self.settings.shuffle and self._position else _IN_ORDER

    def batches(self, size: int, steps: int) -> Batches:
        """The next `steps` batches of `size` samples (the last one of an epoch has what is left)."""
        begins, ends, ranks = self._epochs(size, steps) if self._in_epochs else self._windows(size, steps)
        if self._room is None or len(self._room[0]) != size:
            self._room = np.empty(size, np.uint32), np.empty(size + 1, np.uint32), np.empty(size), np.empty(size)
        return Batches(begins, ends, ranks, *self._room)

    def _drawn_order(self) -> CountArray:
        return permutation(self._random, self._samples)

    def _windows(self, size: int, steps: int) -> tuple[IntArray, IntArray, CountArray]:
        if self.settings.shuffle and not len(self._order):
            self._order = self._drawn_order()
        limit = self._samples + 1
        if self.settings.window_limit is not None:
            limit = min(self.settings.window_limit, limit)
        begins = np.asarray(self._random.randint(0, max(1, limit - size), size=steps), dtype=np.int64)
        return begins, begins + size, self._order

    def _epochs(self, size: int, steps: int) -> tuple[IntArray, IntArray, CountArray]:
        begins, ends, orders, offset = [], [], [], 0
        while steps > 0:
            if self._position == 0 and self.settings.shuffle:
                self._order = self._drawn_order()
            first = np.arange(self._position, self._samples, size, dtype=np.int64)[:steps]
            last = np.minimum(first + size, self._samples)
            begins.append(first + offset)
            ends.append(last + offset)
            if self.settings.shuffle:
                orders.append(self._order)
                offset += self._samples
            self._position = int(last[-1]) % self._samples
            steps -= len(first)
        return np.concatenate(begins), np.concatenate(ends), np.concatenate(orders) if orders else _IN_ORDER
