"""Steps and losses that look at every sample of a batch once, for piecewise linear activations.

A batch is sorted and swept from left to right: between two neighbouring hinges the output is a line, so a step costs
neurons + samples operations, not their product.
"""

from __future__ import annotations

import math

import numpy as np

from reluviz.core.arrays import CountArray, FloatArray
from reluviz.core.kernels.compiled import compiled
from reluviz.core.kernels.hinge_gradient import DIVERGED, gradient_of_sums
from reluviz.core.kernels.placing import place_hinges
from reluviz.core.kernels.update import update
from reluviz.core.operands import Batches, Hinges, Memory, Parameters, Penalty, Rule, Samples, Shape

_REORDER = frozenset({"contract", "reassoc"})


@compiled(inline=True)
def pull(r: float, penalty: Penalty) -> float:
    """What a residual costs more for each unit it grows: the penalty's derivative, 0 at 0."""
    bounded = min(max(penalty.square * r, -penalty.limit), penalty.limit)
    sign = 1.0 if r > 0.0 else (-1.0 if r < 0.0 else 0.0)
    return bounded + penalty.absolute * sign


@compiled(inline=True)
def cost(r: float, penalty: Penalty) -> float:
    """What a residual costs."""
    size = abs(r)
    near = min(size, penalty.limit)
    return penalty.square * near * (size - 0.5 * near) + penalty.absolute * size


@compiled
def sort_picked(source: CountArray, begin: int, end: int, picked: CountArray, bucket: CountArray) -> None:
    """source[begin:end], no two equal, ascending into `picked`: dealt into as many buckets, then by insertion."""
    size = end - begin
    low, high = source[begin], source[begin]
    in_order = True
    for i in range(begin + 1, end):
        in_order &= source[i] > high
        low = min(low, source[i])
        high = max(high, source[i])
    if in_order:
        for i in range(size):
            picked[i] = source[begin + i]
        return
    per_bucket = size / (float(high - low) + 1.0)
    for k in range(size + 1):
        bucket[k] = 0
    for i in range(begin, end):
        bucket[int(float(source[i] - low) * per_bucket) + 1] += 1
    for k in range(size):
        bucket[k + 1] += bucket[k]
    for i in range(begin, end):
        k = int(float(source[i] - low) * per_bucket)
        picked[bucket[k]] = source[i]
        bucket[k] += 1
    for i in range(1, size):
        rank = picked[i]
        k = i - 1
        while k >= 0 and picked[k] > rank:
            picked[k + 1] = picked[k]
            k -= 1
        picked[k + 1] = rank


@compiled(inline=True, fast=_REORDER)
def _pulls_along(
    x: FloatArray,
    y: FloatArray,
    begin: np.int64,
    end: np.int64,
    slope: float,
    height: float,
    penalty: Penalty,
    middle: float,
    per_scale: float,
) -> tuple[float, float]:
    """The sums of the pull, and of it times u, over some samples on which the output is slope·u + height."""
    r = 0.0
    ru = 0.0
    for i in range(begin, end):
        u = (x[i] - middle) * per_scale
        g = pull(slope * u + height - y[i], penalty)
        r += g
        ru += g * u
    return r, ru


@compiled(inline=True)
def _sweep_consecutive(
    first: int, end: int, line: tuple[float, float], penalty: Penalty, samples: Samples, hinges: Hinges
) -> tuple[float, float]:
    """The sums of the pull, and of it times u, over the samples first … end − 1; left of each hinge into `hinges`."""
    crossing, order, bend_slope, bend_height, left_r, left_ru = hinges
    slope, height = line
    x, y, middle, per_scale = samples.edges[1:], samples.y, samples.middle, 1.0 / samples.scale
    r = 0.0
    ru = 0.0
    begin = np.int64(first)
    last = len(order)
    for p in range(last + 1):
        e = np.int64(order[p]) if p < last else np.int64(0)
        stop = min(max(np.int64(crossing[e]), begin), np.int64(end)) if p < last else np.int64(end)
        piece_r, piece_ru = _pulls_along(x, y, begin, stop, slope, height, penalty, middle, per_scale)
        r += piece_r
        ru += piece_ru
        begin = stop
        if p < last:
            left_r[e] = r
            left_ru[e] = ru
            slope += bend_slope[e]
            height += bend_height[e]
    return r, ru


@compiled(inline=True, fast=frozenset({"contract"}))
def _sweep_picked(
    size: int, line: tuple[float, float], penalty: Penalty, samples: Samples, batches: Batches, hinges: Hinges
) -> tuple[float, float]:
    """As `_sweep_consecutive`, over the samples whose ascending numbers are picked[:size]."""
    crossing, order, bend_slope, bend_height, left_r, left_ru = hinges
    edges, y, _, middle, scale, _ = samples
    picked, u, wanted = batches.picked, batches.x, batches.y
    slope, height = line
    per_scale = 1.0 / scale
    for i in range(size):
        u[i] = (edges[picked[i] + np.int64(1)] - middle) * per_scale
        wanted[i] = y[picked[i]]
    r = 0.0
    ru = 0.0
    i = 0
    last = len(order)
    for p in range(last + 1):
        e = np.int64(order[p]) if p < last else np.int64(0)
        stop = np.int64(crossing[e]) if p < last else np.int64(len(y))
        while i < size and np.int64(picked[i]) < stop:
            g = pull(slope * u[i] + height - wanted[i], penalty)
            r += g
            ru += g * u[i]
            i += 1
        if p < last:
            left_r[e] = r
            left_ru[e] = ru
            slope += bend_slope[e]
            height += bend_height[e]
    return r, ru


@compiled
def sweep_steps(
    batches: Batches,
    penalty: Penalty,
    rule: Rule,
    parameters: Parameters,
    memory: Memory,
    samples: Samples,
    shape: Shape,
    hinges: Hinges,
) -> int:
    """One step down the batch's mean penalty for each of `batches`, θ updated in place. The number of steps made.

    Fewer than the batches where J diverged. The gradient is left at the batch size times that of the last step made.
    """
    theta, _, gradient = parameters
    begins, ends = batches.begins, batches.ends
    middle, scale = samples.middle, samples.scale
    for step in range(len(begins)):
        begin, end = begins[step], ends[step]
        line = place_hinges(theta, theta[-1], samples.edges, middle, scale, shape, hinges)
        if len(batches.ranks):
            sort_picked(batches.ranks, begin, end, batches.picked, batches.bucket)
            r, ru = _sweep_picked(end - begin, line, penalty, samples, batches, hinges)
        else:
            r, ru = _sweep_consecutive(begin, end, line, penalty, samples, hinges)
        # Written so that NaN counts as diverged.
        if not (abs(r) < DIVERGED and abs(ru) < DIVERGED):
            return step
        gradient_of_sums(theta, middle, scale, shape, r, ru, hinges, gradient)
        update(rule, 1.0 / (end - begin), step, parameters, memory)
    return len(begins)


@compiled(inline=True, fast=_REORDER)
def _costs_along(
    samples: Samples, begin: np.int64, end: np.int64, slope: float, height: float, penalty: Penalty
) -> float:
    """The sum of the penalty over some samples on which the output is slope·(x − middle) + height."""
    total = 0.0
    for i in range(begin, end):
        total += cost(slope * (samples.edges[i + 1] - samples.middle) + height - samples.y[i], penalty)
    return total


@compiled
def mean_cost(theta: FloatArray, penalty: Penalty, samples: Samples, shape: Shape, hinges: Hinges) -> float:
    """The mean penalty over all samples, from residuals, in one sweep along the output's pieces; inf if too large."""
    crossing, order, bend_slope, bend_height, _, _ = hinges
    slope, height = place_hinges(theta, theta[-1], samples.edges, samples.middle, 1.0, shape, hinges)
    total = 0.0
    begin = np.int64(0)
    for p in range(len(order)):
        e = np.int64(order[p])
        end = np.int64(crossing[e])
        total += _costs_along(samples, begin, end, slope, height, penalty)
        slope += bend_slope[e]
        height += bend_height[e]
        begin = end
    total += _costs_along(samples, begin, np.int64(len(samples.y)), slope, height, penalty)
    return total / len(samples.y) if math.isfinite(total) else math.inf


@compiled(keeps_gil=True)
def mean_cost_at_once(theta: FloatArray, penalty: Penalty, samples: Samples, shape: Shape, hinges: Hinges) -> float:
    """`mean_cost` of few samples and few neurons."""
    return mean_cost(theta, penalty, samples, shape, hinges)
