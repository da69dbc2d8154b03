"""Σr² over very many samples from their prefix sums, for a picture at full rate: no sample is looked at.

On a piece of the output between two hinges ŷ − c = A·u + B, so Σr² = A²·Σu² + 2AB·Σu + B²·n + Σq² − 2A·Σuq − 2B·Σq
with u and q = y − c as in `Dataset.centre`. The sums of a piece are differences of prefix sums.
"""

from __future__ import annotations

import numpy as np

from reluviz.core.arrays import FloatArray
from reluviz.core.kernels.compiled import compiled
from reluviz.core.kernels.placing import place_hinges
from reluviz.core.operands import Hinges, Samples, Shape


@compiled
def summed_square(
    theta: FloatArray, squares: float, samples: Samples, shape: Shape, hinges: Hinges
) -> tuple[float, float]:
    """Σr² over all samples, `squares` being their Σq², and the sum of its terms' sizes: what may have cancelled."""
    crossing, order, bend_slope, bend_height, _, _ = hinges
    edges, _, sums, middle, scale, mean = samples
    slope, height = place_hinges(theta, theta[-1] - mean, edges, middle, scale, shape, hinges)
    total = squares
    sizes = squares
    left = np.int64(0)
    last = len(order)
    for p in range(last + 1):
        e = np.int64(order[p]) if p < last else np.int64(0)
        i = np.int64(crossing[e]) if p < last else np.int64(len(sums) - 1)
        if i > left:
            u, uu = sums[i, 0] - sums[left, 0], sums[i, 1] - sums[left, 1]
            q, uq = sums[i, 2] - sums[left, 2], sums[i, 3] - sums[left, 3]
            square, mixed, level = slope * slope * uu, 2.0 * slope * height * u, height * height * float(i - left)
            across = -2.0 * (slope * uq + height * q)
            total += square + mixed + level + across
            sizes += square + abs(mixed) + level + abs(across)
            left = i
        if p < last:
            slope += bend_slope[e]
            height += bend_height[e]
    return total, sizes
