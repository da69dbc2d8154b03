"""The loss J = 1/(2N)·Σ(y − ŷ)², from residuals."""

from __future__ import annotations

import numpy as np

from reluviz.core.arrays import FloatArray
from reluviz.core.dataset import Dataset
from reluviz.core.network import Network


def residuals(network: Network, dataset: Dataset) -> FloatArray:
    """r = ŷ − y at every sample, shape (samples,); ŷ read off the output's exact vertices, neurons·log + samples."""
    x, y = dataset.x, dataset.y
    if len(x) == 1 or x[0] == x[-1]:
        return network.output(x) - y
    vertices = network.vertices(float(x[0]), float(x[-1]))
    return np.interp(x, vertices[:, 0], vertices[:, 1]) - y


def half_mse(network: Network, dataset: Dataset) -> float:
    """J on the dataset; inf where it overflows."""
    with np.errstate(over="ignore", invalid="ignore"):
        r = residuals(network, dataset)
        loss = float(np.dot(r, r)) / (2 * len(dataset))
    return loss if np.isfinite(loss) else float("inf")
