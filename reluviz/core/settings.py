"""How a training run goes: the numbers that training reads, none of which changes the network's shape."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

MAX_LEARNING_RATE = 1e6
MAX_STEPS = 10**12


@dataclass(frozen=True)
class TrainingSettings:
    """SGD on J. Raises ValueError, naming the field, where a value is impossible.

    `batch_size` None is the full batch. A mini-batch is a window of consecutive samples, its start drawn evenly from
    `0 … window_limit − batch_size − 1`; `window_limit` None lets every window of the data occur. `shuffle` permutes the
    samples once, before the first step. `steps` is where a run stops by itself; None: it goes on.
    """

    learning_rate: float = 0.01
    batch_size: int | None = None
    shuffle: bool = False
    window_limit: int | None = None
    steps: int | None = None

    def __post_init__(self) -> None:
        if not (np.isfinite(self.learning_rate) and 0 < self.learning_rate <= MAX_LEARNING_RATE):
            limit = f"{MAX_LEARNING_RATE:g}"
            raise ValueError(f"learning_rate must lie above 0 and up to {limit}, not {self.learning_rate:g}")
        if self.batch_size is not None and self.batch_size < 1:
            raise ValueError(f"batch_size must be at least 1 or the full batch, not {self.batch_size}")
        if self.window_limit is not None and self.window_limit < 1:
            raise ValueError(f"window_limit must be at least 1, not {self.window_limit}")
        if self.steps is not None and not 0 <= self.steps <= MAX_STEPS:
            raise ValueError(f"steps must lie from 0 to {MAX_STEPS}, not {self.steps}")

    def check_for(self, samples: int) -> None:
        """Raises ValueError where a batch would be larger than the data."""
        if self.batch_size is not None and self.batch_size > samples:
            raise ValueError(f"batch_size {self.batch_size} is more than the {samples} samples")
