"""How a training run goes: the numbers that training reads, none of which changes the network's shape."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace

import numpy as np

from reluviz.core.field_types import check_flag, check_name, check_real, check_type, check_whole
from reluviz.core.loss import loss_named
from reluviz.core.optimizer import Optimizer
from reluviz.core.schedule import Schedule

MAX_LEARNING_RATE = 1e3
MAX_STEPS = 10**12

BATCHINGS = ("windows", "epochs")


@dataclass(frozen=True)
class Plateau:
    """Stop when the best loss of the last `steps` steps is not smaller than the best before by more than `tolerance`.

    `tolerance` is a part of the best loss before. Raises ValueError, naming the field, where a value is impossible.
    """

    steps: int = 10_000
    tolerance: float = 1e-3

    def __post_init__(self) -> None:
        check_whole(steps=self.steps)
        check_real(tolerance=self.tolerance)
        if not 1 <= self.steps <= MAX_STEPS:
            raise ValueError(f"a plateau's steps must lie from 1 to {MAX_STEPS}, not {self.steps}")
        if not (math.isfinite(self.tolerance) and 0.0 <= self.tolerance < 1.0):
            raise ValueError(f"a plateau's tolerance must be at least 0 and less than 1, not {self.tolerance:g}")


@dataclass(frozen=True)
class TrainingSettings:
    """How to go down the loss. Raises ValueError, naming the field, where a value is impossible, and TypeError where it
    is of another type, as the name of an optimizer in place of an Optimizer.

    `batch_size` None is the full batch. A mini-batch is, by `batching`:
    windows: consecutive samples, their start drawn evenly from `0 … window_limit − batch_size − 1`; `window_limit` None
    lets every window of the data occur; `shuffle` permutes the samples once, before the first step.
    epochs: the next samples in turn, all of them once in an epoch, the last batch as small as the rest is; `shuffle`
    permutes them anew for every epoch.

    A run stops by itself after `steps` or `epochs`, when the loss is at or below `loss_goal`, or on a plateau; None: it
    goes on.
    """

    learning_rate: float = 0.01
    batch_size: int | None = None
    shuffle: bool = False
    window_limit: int | None = None
    steps: int | None = None
    optimizer: Optimizer = field(default_factory=Optimizer)
    schedule: Schedule = field(default_factory=Schedule)
    loss: str = "half_mse"
    batching: str = "windows"
    epochs: int | None = None
    loss_goal: float | None = None
    plateau: Plateau | None = None

    def __post_init__(self) -> None:
        self._check_types()
        if not (np.isfinite(self.learning_rate) and 0 < self.learning_rate <= MAX_LEARNING_RATE):
            limit = f"{MAX_LEARNING_RATE:g}"
            raise ValueError(f"the learning rate must lie above 0 and up to {limit}, not {self.learning_rate:g}")
        if self.batch_size is not None and self.batch_size < 1:
            raise ValueError(f"a batch has at least 1 sample, not {self.batch_size}")
        if self.window_limit is not None and self.window_limit < 1:
            raise ValueError(f"window_limit must be at least 1, not {self.window_limit}")
        for name in ("steps", "epochs"):
            value = getattr(self, name)
            if value is not None and not 0 <= value <= MAX_STEPS:
                raise ValueError(f"{name} must lie from 0 to {MAX_STEPS}, not {value}")
        if self.schedule.name == "cosine" and self.schedule.least > self.learning_rate:
            raise ValueError(
                f"the least rate {self.schedule.least:g} is more than the learning rate {self.learning_rate:g}"
            )
        loss_named(self.loss)
        if self.batching not in BATCHINGS:
            raise ValueError(f"unknown batching '{self.batching[:32]}' (known: {', '.join(BATCHINGS)})")
        if self.loss_goal is not None and not (math.isfinite(self.loss_goal) and self.loss_goal >= 0.0):
            raise ValueError(f"loss_goal must be at least 0, not {self.loss_goal:g}")

    def _check_types(self) -> None:
        check_real(learning_rate=self.learning_rate)
        for name in ("batch_size", "window_limit", "steps", "epochs"):
            if getattr(self, name) is not None:
                check_whole(**{name: getattr(self, name)})
        if self.loss_goal is not None:
            check_real(loss_goal=self.loss_goal)
        check_type("optimizer", self.optimizer, Optimizer, 'Optimizer("adam")')
        check_type("schedule", self.schedule, Schedule, 'Schedule("cosine", every=1000)')
        if self.plateau is not None:
            check_type("plateau", self.plateau, Plateau, "Plateau(steps=1000)")
        check_name("loss", self.loss)
        check_name("batching", self.batching)
        check_flag("shuffle", self.shuffle)

    def check_for(self, samples: int) -> None:
        """Raises ValueError where a batch would be larger than the data."""
        if self.batch_size is not None and self.batch_size > samples:
            number = f"{samples} sample{'s' * (samples != 1)}"
            raise ValueError(f"a batch of {self.batch_size} is more than the {number}")

    def fitting(self, samples: int) -> tuple[TrainingSettings, str]:
        """The settings for so many samples, and a line that says what had to be changed: a batch larger than the data
        becomes the full batch. "" where nothing had to be."""
        try:
            self.check_for(samples)
        except ValueError as error:
            return replace(self, batch_size=None, window_limit=None), f"{error}: full batch now"
        return self, ""

    def samples_after(self, steps: int, samples: int) -> int:
        """How many samples, counted each time, so many steps on `samples` samples see."""
        if self.batch_size is None:
            return steps * samples
        if self.batching == "windows":
            return steps * self.batch_size
        epochs, batches = divmod(steps, -(-samples // self.batch_size))
        return epochs * samples + batches * self.batch_size

    def last_step(self, samples: int) -> int | None:
        """The step after which a run on `samples` samples stops by `steps` or `epochs`; None where neither is set."""
        limits = [] if self.steps is None else [self.steps]
        if self.epochs is not None:
            size = self.batch_size or samples
            in_turn = self.batching == "epochs" or self.batch_size is None
            limits.append(self.epochs * -(-samples // size) if in_turn else -(-self.epochs * samples // size))
        return min(limits, default=None)
