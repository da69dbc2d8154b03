"""Steps and losses of smooth activations: every neuron on every sample of a batch, a block of samples at a time."""

from __future__ import annotations

import math

import numpy as np

from reluviz.core.arrays import FloatArray
from reluviz.core.kernels.compiled import compiled
from reluviz.core.kernels.elementary import activate
from reluviz.core.kernels.hinge_gradient import DIVERGED
from reluviz.core.kernels.sweep import cost, pull
from reluviz.core.kernels.update import update
from reluviz.core.operands import Batches, Dense, Memory, Parameters, Penalty, Rule, Samples

_REORDER = frozenset({"contract", "reassoc"})


@compiled(inline=True, fast=frozenset({"contract"}))
def _add_scaled(to: FloatArray, factor: float, values: FloatArray) -> None:
    for i in range(len(to)):
        to[i] += factor * values[i]


@compiled(fast=_REORDER)
def _residuals(theta: FloatArray, kind: int, size: int, dense: Dense) -> None:
    """ŷ − y of the block's first `size` samples into dense.pull, f and f′ of all neurons beside it."""
    n = len(dense.value)
    x, residual = dense.x[:size], dense.pull[:size]
    for i in range(size):
        residual[i] = theta[3 * n] - dense.y[i]
    for j in range(n):
        value = dense.value[j, :size]
        activate(kind, theta[j], theta[n + j], x, value, dense.slope[j, :size])
        _add_scaled(residual, theta[2 * n + j], value)


@compiled(fast=_REORDER)
def _add_gradient(theta: FloatArray, size: int, dense: Dense, gradient: FloatArray) -> None:
    n = len(dense.value)
    x, pulls = dense.x[:size], dense.pull[:size]
    for j in range(n):
        value, slope = dense.value[j, :size], dense.slope[j, :size]
        along_w, along_b, along_v = 0.0, 0.0, 0.0
        for i in range(size):
            along_w += pulls[i] * value[i]
            back = pulls[i] * slope[i]
            along_b += back
            along_v += back * x[i]
        gradient[j] += theta[2 * n + j] * along_v
        gradient[n + j] += theta[2 * n + j] * along_b
        gradient[2 * n + j] += along_w
    total = 0.0
    for i in range(size):
        total += pulls[i]
    gradient[3 * n] += total


@compiled(inline=True)
def _load(begin: int, end: int, batches: Batches, samples: Samples, dense: Dense) -> int:
    """Copy the samples of the next block, from the batch's `begin`, into the room for it. How many there are."""
    size = min(end - begin, len(dense.x))
    for i in range(size):
        rank = np.int64(batches.ranks[begin + i]) if len(batches.ranks) else np.int64(begin + i)
        dense.x[i] = samples.edges[rank + 1]
        dense.y[i] = samples.y[rank]
    return size


@compiled
def dense_steps(
    batches: Batches,
    penalty: Penalty,
    rule: Rule,
    parameters: Parameters,
    memory: Memory,
    samples: Samples,
    kind: int,
    dense: Dense,
) -> int:
    """One step down the batch's mean penalty for each of `batches`, θ updated in place. The number of steps made.

    Fewer than the batches where J diverged. The gradient is left at the batch size times that of the last step made.
    """
    theta, _, gradient = parameters
    for step in range(len(batches.begins)):
        begin, end = batches.begins[step], batches.ends[step]
        for i in range(len(gradient)):
            gradient[i] = 0.0
        done = begin
        while done < end:
            size = _load(done, end, batches, samples, dense)
            _residuals(theta, kind, size, dense)
            for i in range(size):
                dense.pull[i] = pull(dense.pull[i], penalty)
            _add_gradient(theta, size, dense, gradient)
            done += size
        # Written so that NaN counts as diverged.
        if not abs(gradient[-1]) < DIVERGED:
            return step
        update(rule, 1.0 / (end - begin), step, parameters, memory)
    return len(batches.begins)


@compiled
def dense_mean_cost(
    theta: FloatArray, penalty: Penalty, batches: Batches, samples: Samples, kind: int, dense: Dense
) -> float:
    """The mean penalty over the samples of the first of `batches`; inf where it overflows."""
    total = 0.0
    done, end = batches.begins[0], batches.ends[0]
    while done < end:
        size = _load(done, end, batches, samples, dense)
        _residuals(theta, kind, size, dense)
        for i in range(size):
            total += cost(dense.pull[i], penalty)
        done += size
    return total / (end - batches.begins[0]) if math.isfinite(total) else math.inf
