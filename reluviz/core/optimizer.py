"""Optimizers, with PyTorch's names, definitions and defaults (torch.optim.SGD, RMSprop, Adam).

With the gradient g (weight decay λ adds λ·θ to it, as in PyTorch's own) and the learning rate η:
sgd: θ ← θ − η·g. momentum: m ← μ·m + g, θ ← θ − η·m; nesterov: the same m, θ ← θ − η·(g + μ·m).
rmsprop: s ← α·s + (1 − α)·g², θ ← θ − η·g/(√s + ε).
adam: m ← β₁·m + (1 − β₁)·g, s ← β₂·s + (1 − β₂)·g², θ ← θ − η·m̂/(√ŝ + ε), where m̂ = m/(1 − β₁ᵗ), ŝ = s/(1 − β₂ᵗ).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from reluviz.core.field_types import check_name, check_real

# The numbers are those that the kernels know them by.
SGD, MOMENTUM, NESTEROV, RMSPROP, ADAM = range(5)
OPTIMIZERS = {"sgd": SGD, "momentum": MOMENTUM, "nesterov": NESTEROV, "rmsprop": RMSPROP, "adam": ADAM}

_MAX_WEIGHT_DECAY = 1e3


def check_within(name: str, value: float, least: float, below: float) -> None:
    """Raises ValueError, naming the field, where not least ≤ value < below."""
    if not (np.isfinite(value) and least <= value < below):
        raise ValueError(f"{name} must be at least {least:g} and less than {below:g}, not {value:g}")


@dataclass(frozen=True)
class Optimizer:
    """How a gradient moves the parameters. Each optimizer reads the numbers its definition names and no other.

    `alpha` is rmsprop's, `beta1` and `beta2` are adam's, `epsilon` is for both. Raises ValueError, naming the field,
    for an unknown name or an impossible value, TypeError for a value of another type.
    """

    name: str = "sgd"
    momentum: float = 0.9
    alpha: float = 0.99
    beta1: float = 0.9
    beta2: float = 0.999
    epsilon: float = 1e-8
    weight_decay: float = 0.0

    def __post_init__(self) -> None:
        check_name("an optimizer's name", self.name)
        check_real(momentum=self.momentum, alpha=self.alpha, beta1=self.beta1, beta2=self.beta2)
        check_real(epsilon=self.epsilon, weight_decay=self.weight_decay)
        if self.name not in OPTIMIZERS:
            raise ValueError(f"unknown optimizer '{self.name[:32]}' (known: {', '.join(OPTIMIZERS)})")
        for name in ("momentum", "alpha", "beta1", "beta2"):
            check_within(name, getattr(self, name), 0.0, 1.0)
        if not (np.isfinite(self.epsilon) and 0.0 < self.epsilon <= 1.0):
            raise ValueError(f"epsilon must lie above 0 and up to 1, not {self.epsilon:g}")
        if not (np.isfinite(self.weight_decay) and 0.0 <= self.weight_decay <= _MAX_WEIGHT_DECAY):
            raise ValueError(f"weight decay must lie from 0 to {_MAX_WEIGHT_DECAY:g}, not {self.weight_decay:g}")

    @property
    def kind(self) -> int:
        """Its number among OPTIMIZERS."""
        return OPTIMIZERS[self.name]

    @property
    def remembers(self) -> bool:
        """Whether a step depends on the gradients before."""
        return self.kind != SGD

    @property
    def first_decay(self) -> float:
        """How much of the first moment a step keeps: μ or β₁; 0 without one."""
        return {MOMENTUM: self.momentum, NESTEROV: self.momentum, ADAM: self.beta1}.get(self.kind, 0.0)

    @property
    def second_decay(self) -> float:
        """How much of the second moment a step keeps: α or β₂; 0 without one."""
        return {RMSPROP: self.alpha, ADAM: self.beta2}.get(self.kind, 0.0)
