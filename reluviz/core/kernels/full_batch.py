"""Exact full-batch steps on prefix sums, for piecewise linear activations and squared residuals.

Three things keep a step short. The small functions are inlined by force: passing a dozen arrays costs more than three
neurons. Nothing is allocated. And multiplications and additions may be fused (`contract`) only where no decision hangs
on the last digit.
"""

from __future__ import annotations

import numpy as np

from reluviz.core.arrays import FloatArray
from reluviz.core.kernels.compiled import compiled
from reluviz.core.kernels.hinge_gradient import DIVERGED, gradient_of_sums
from reluviz.core.kernels.placing import place_hinges
from reluviz.core.kernels.update import descend, is_plain, update
from reluviz.core.operands import Hinges, Memory, Parameters, Rule, Samples, Shape
from reluviz.core.schedule import CONSTANT

_CONTRACT = frozenset({"contract"})


@compiled(inline=True, fast=_CONTRACT)
def _sums_left_of_hinges(slope: float, height: float, sums: FloatArray, hinges: Hinges) -> tuple[float, float]:
    """Σr and Σr·u over all samples, and over those left of each hinge into `hinges`.

    Between neighbouring hinges the residual is slope·u + height − q, with u and q the centred x and y, so its sums over
    a piece are differences of prefix sums.
    """
    crossing, order, bend_slope, bend_height, left_r, left_ru = hinges
    r = 0.0
    ru = 0.0
    left = np.int64(0)
    u_left, uu_left, q_left, uq_left = 0.0, 0.0, 0.0, 0.0
    last = len(order)
    for p in range(last + 1):
        e = np.int64(order[p]) if p < last else np.int64(0)
        i = np.int64(crossing[e]) if p < last else np.int64(len(sums) - 1)
        u, uu, q, uq = sums[i, 0], sums[i, 1], sums[i, 2], sums[i, 3]
        r += slope * (u - u_left) + height * float(i - left) - (q - q_left)
        ru += slope * (uu - uu_left) + height * (u - u_left) - (uq - uq_left)
        u_left, uu_left, q_left, uq_left, left = u, uu, q, uq, i
        if p < last:
            left_r[e] = r
            left_ru[e] = ru
            slope += bend_slope[e]
            height += bend_height[e]
    return r, ru


@compiled
def _plain_steps(
    steps: int, rate: float, parameters: Parameters, samples: Samples, shape: Shape, hinges: Hinges
) -> int:
    """As `full_batch_steps`, by SGD at a constant rate. On its own: the others' calls would slow it down."""
    theta, locked, gradient = parameters
    edges, _, sums, middle, scale, mean = samples
    for step in range(steps):
        slope, height = place_hinges(theta, theta[-1] - mean, edges, middle, scale, shape, hinges)
        r, ru = _sums_left_of_hinges(slope, height, sums, hinges)
        # Written so that NaN counts as diverged.
        if not (abs(r) < DIVERGED and abs(ru) < DIVERGED):
            return step
        gradient_of_sums(theta, middle, scale, shape, r, ru, hinges, gradient)
        descend(theta, locked, gradient, rate)
    return steps


@compiled
def full_batch_steps(
    steps: int,
    square: float,
    rule: Rule,
    parameters: Parameters,
    memory: Memory,
    samples: Samples,
    shape: Shape,
    hinges: Hinges,
) -> int:
    """Steps down the mean of square·r²/2 over all samples, θ updated in place. The number of steps made.

    Fewer than `steps` where J diverged. Exact, at a cost per step that hardly depends on the number of samples N. The
    gradient is left at N/square times that of the last step made.
    """
    per_sample = square / len(samples.y)
    if is_plain(rule) and rule.schedule == CONSTANT:
        return _plain_steps(steps, rule.rate * per_sample, parameters, samples, shape, hinges)
    theta, _, gradient = parameters
    edges, _, sums, middle, scale, mean = samples
    for step in range(steps):
        slope, height = place_hinges(theta, theta[-1] - mean, edges, middle, scale, shape, hinges)
        r, ru = _sums_left_of_hinges(slope, height, sums, hinges)
        if not (abs(r) < DIVERGED and abs(ru) < DIVERGED):
            return step
        gradient_of_sums(theta, middle, scale, shape, r, ru, hinges, gradient)
        update(rule, per_sample, step, parameters, memory)
    return steps
