"""Losses: what the residuals r = ŷ − y cost, averaged over the samples.

With PyTorch's definitions: mse r², mae |r| (L1Loss), huber r²/2 up to |r| = 1 and |r| − ½ beyond (HuberLoss, δ = 1);
half_mse is J = 1/(2N)·Σr². All are square·c·(|r| − c/2) + absolute·|r| with c = min(|r|, limit).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from reluviz.core.arrays import FloatArray
from reluviz.core.dataset import Dataset
from reluviz.core.network import Network
from reluviz.core.operands import Penalty


@dataclass(frozen=True)
class Loss:
    """A loss: its name, its formula on screen, and what a residual costs."""

    name: str
    label: str
    penalty: Penalty

    @property
    def is_squared(self) -> bool:
        """Whether it is a multiple of Σr², which a full batch computes without looking at the samples."""
        return self.penalty.limit == np.inf

    def mean(self, residuals: FloatArray) -> float:
        """The loss of residuals of shape (samples,); inf where it overflows."""
        square, limit, absolute = self.penalty
        with np.errstate(over="ignore", invalid="ignore"):
            if self.is_squared:
                total = float(np.dot(residuals, residuals)) * square / 2.0
            else:
                size = np.abs(residuals)
                near = np.minimum(size, limit)
                total = float(np.sum(square * near * (size - near / 2.0) + absolute * size))
        return total / len(residuals) if np.isfinite(total) else float("inf")

    def of(self, network: Network, dataset: Dataset) -> float:
        """The loss of `network` on the dataset; inf where it overflows."""
        with np.errstate(over="ignore", invalid="ignore"):
            return self.mean(residuals(network, dataset))


HALF_MSE = Loss("half_mse", "½·mean r²", Penalty(1.0, np.inf, 0.0))

LOSSES = {
    loss.name: loss
    for loss in (
        HALF_MSE,
        Loss("mse", "mean r²", Penalty(2.0, np.inf, 0.0)),
        Loss("mae", "mean |r|", Penalty(0.0, 0.0, 1.0)),
        Loss("huber", "Huber, δ = 1", Penalty(1.0, 1.0, 0.0)),
    )
}


def loss_named(name: str) -> Loss:
    """The loss called `name`. Raises ValueError naming the known ones."""
    if name not in LOSSES:
        raise ValueError(f"unknown loss '{name[:32]}' (known: {', '.join(LOSSES)})")
    return LOSSES[name]


def residuals(network: Network, dataset: Dataset) -> FloatArray:
    """r = ŷ − y at every sample, shape (samples,).

    ŷ is read off a piecewise linear output's exact vertices, neurons·log + samples; else by the dense formula.
    """
    x, y = dataset.x, dataset.y
    if network.activation.is_smooth or len(x) == 1 or x[0] == x[-1]:
        return network.output(x) - y
    vertices = network.vertices(float(x[0]), float(x[-1]))
    return np.interp(x, vertices[:, 0], vertices[:, 1]) - y


def half_mse(network: Network, dataset: Dataset) -> float:
    """J on the dataset; inf where it overflows."""
    return HALF_MSE.of(network, dataset)
