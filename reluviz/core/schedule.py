"""How the learning rate goes on, with PyTorch's definitions (torch.optim.lr_scheduler), counted in steps."""

from __future__ import annotations

import math
from dataclasses import dataclass

from reluviz.core.field_types import check_name, check_real, check_whole

# The numbers are those that the kernels know them by.
CONSTANT, STEP, COSINE = range(3)
SCHEDULES = {"constant": CONSTANT, "step": STEP, "cosine": COSINE}

MAX_PERIOD = 10**12


@dataclass(frozen=True)
class Schedule:
    """The learning rate η at step t, from the settings' η₀.

    constant: η₀. step (StepLR): η₀·γ^⌊t/every⌋, with γ = `gamma`. cosine (CosineAnnealingLR):
    least + (η₀ − least)·(1 + cos(π·t/every))/2, which swings back up after `every` steps. Raises ValueError, naming the
    field, for an unknown name or an impossible value, TypeError for a value of another type.
    """

    name: str = "constant"
    every: int = 1000
    gamma: float = 0.1
    least: float = 0.0

    def __post_init__(self) -> None:
        check_name("a schedule's name", self.name)
        check_whole(every=self.every)
        check_real(gamma=self.gamma, least=self.least)
        if self.name not in SCHEDULES:
            raise ValueError(f"unknown schedule '{self.name[:32]}' (known: {', '.join(SCHEDULES)})")
        if not 1 <= self.every <= MAX_PERIOD:
            raise ValueError(f"a period must lie from 1 to {MAX_PERIOD} steps, not {self.every}")
        if not (math.isfinite(self.gamma) and 0.0 < self.gamma <= 1.0):
            raise ValueError(f"gamma must lie above 0 and up to 1, not {self.gamma:g}")
        if not (math.isfinite(self.least) and self.least >= 0.0):
            raise ValueError(f"the least rate must be at least 0, not {self.least:g}")

    @property
    def kind(self) -> int:
        """Its number among SCHEDULES."""
        return SCHEDULES[self.name]

    def rate(self, base: float, step: int) -> float:
        """η at `step`, from η₀ = `base`."""
        if self.kind == STEP:
            return base * self.gamma ** (step // self.every)
        if self.kind == COSINE:
            return self.least + (base - self.least) * (1.0 + math.cos(math.pi * step / self.every)) / 2.0
        return base
