"""Which samples a mini-batch step sees."""

from __future__ import annotations

import numpy as np

from reluviz.core.arrays import FloatArray, IntArray
from reluviz.core.dataset import Dataset, permuted
from reluviz.core.settings import TrainingSettings


class WindowSampler:
    """Windows of consecutive samples, their starts drawn from NumPy's legacy generator as the tutorials draw them.

    `random` is the run's one generator: it has already made the initialiser's draws, here come the permutation (if
    shuffled) and then one draw a step. Drawing k starts at once gives the same numbers as k single draws.
    """

    def __init__(self, dataset: Dataset, settings: TrainingSettings, random: np.random.RandomState) -> None:
        self._random = random
        self._samples = len(dataset)
        self.window_limit = settings.window_limit
        permutation = random.permutation(len(dataset)) if settings.shuffle else None
        self.x: FloatArray
        self.y: FloatArray
        self.x, self.y = permuted(dataset, permutation)

    def starts(self, batch_size: int, steps: int) -> IntArray:
        """The first samples of the next `steps` windows, shape (steps,)."""
        limit = self._samples + 1 if self.window_limit is None else min(self.window_limit, self._samples + 1)
        return np.asarray(self._random.randint(0, max(1, limit - batch_size), size=steps), dtype=np.int64)
