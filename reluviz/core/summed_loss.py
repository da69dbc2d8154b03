"""The loss over very many samples from their prefix sums, for a picture at full rate: no sample is looked at.

On a piece of the output between two vertices ŷ = A·u + B, so Σr² = A²·Σu² + 2AB·Σu + B²·n + Σq² − 2A·Σuq − 2B·Σq with u
and q = y − c as in `Dataset.centre` (B taken less c). The sums of a piece are differences of prefix sums.
"""

from __future__ import annotations

import numpy as np

from reluviz.core.dataset import Dataset
from reluviz.core.loss import Loss
from reluviz.core.network import Network

# Fewer samples are looked at in less than a millisecond.
MANY_SAMPLES = 200_000
# A sum that cancels to less than this part of its terms has lost too many digits to be shown.
_LEAST_LEFT = 1e-9


def summed_loss(loss: Loss, network: Network, dataset: Dataset) -> float | None:
    """`loss` of `network` on the dataset, to about seven digits; None where it needs the samples themselves.

    That is for a loss that is not a multiple of Σr², a smooth activation, few samples, a fit so close that the sums
    cancel, and numbers out of range.
    """
    x = dataset.x
    if not loss.is_squared or network.activation.is_smooth or len(x) < MANY_SAMPLES or x[0] == x[-1]:
        return None
    middle, scale, height = dataset.centre
    vertices = network.vertices(float(x[0]), float(x[-1]))
    at = (vertices[:, 0] - middle) / scale
    with np.errstate(all="ignore"):
        slope = np.diff(vertices[:, 1]) / np.diff(at)
        # From a piece's own left end: far from it rounding of the slope would count.
        offset = vertices[:-1, 1] - height - slope * at[:-1]
        edges = np.searchsorted(x, vertices[1:-1, 0])
        edges = np.concatenate(([0], edges, [len(x)]))
        u, uu, q, uq = np.diff(dataset.prefix_sums[edges], axis=0).T
        n = np.diff(edges)
        terms = (slope * slope * uu, 2.0 * slope * offset * u, offset * offset * n, -2.0 * (slope * uq + offset * q))
        total = sum(float(np.sum(term)) for term in terms) + dataset.sum_of_squares
        largest = sum(float(np.sum(np.abs(term))) for term in terms) + dataset.sum_of_squares
    if not (np.isfinite(largest) and total > _LEAST_LEFT * largest):
        return None
    return total * loss.penalty.square / 2.0 / len(x)
