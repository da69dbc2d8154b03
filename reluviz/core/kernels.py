"""The compiled inner loops of training. They release the GIL and allocate nothing.

Parameters come as one vector θ = (v…, b…, w…, b0), see `reluviz.core.parameter`; `locked` is a mask of the same shape.
An activation comes as its line and hinges, see `reluviz.core.activation`. A *hinge* (j, h) of the network, numbered
e = j·hinges + h, opens where v_j·x + b_j = at_h.

Importing this module imports Numba, which takes a second; the first call in a machine's life compiles. So import it off
the GUI thread.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from reluviz.core.arrays import BoolArray, FloatArray, IntArray

# Beyond this the square of a residual nears overflow: training has diverged.
_DIVERGED = 1e140


@njit(nogil=True, cache=True, error_model="numpy")
def _crossing(x: FloatArray, v: float, c: float, guess: int) -> int:
    """How many of the ascending samples lie left of where v·x + c changes sign.

    The count of samples on which the hinge is closed (v ≥ 0) or open (v < 0); open means v·x + c > 0, decided on the very
    samples, so that rounding cannot put a sample on another side than the formula does. Gallops from `guess`: between
    two steps a kink passes few samples or none.
    """
    n = len(x)
    right = v >= 0.0
    low, high = -1, n
    i = min(guess, n - 1)
    stride = 1
    if (v * x[i] + c > 0.0) == right:
        high = i
        while high - stride >= 0:
            i = high - stride
            if (v * x[i] + c > 0.0) != right:
                low = i
                break
            high = i
            stride *= 2
    else:
        low = i
        while low + stride < n:
            i = low + stride
            if (v * x[i] + c > 0.0) == right:
                high = i
                break
            low = i
            stride *= 2
    while high - low > 1:
        i = (low + high) // 2
        if (v * x[i] + c > 0.0) == right:
            high = i
        else:
            low = i
    return high


@njit(nogil=True, cache=True, error_model="numpy")
def _sort_nearly_sorted(order: IntArray, key: IntArray) -> None:
    """Sort `order` by key[order], by insertion; where that is far from sorted, by a merge sort instead."""
    budget = 16 * len(order) + 64
    for p in range(1, len(order)):
        e = order[p]
        k = key[e]
        q = p - 1
        while q >= 0 and key[order[q]] > k:
            order[q + 1] = order[q]
            q -= 1
        order[q + 1] = e
        budget -= p - 1 - q
        if budget < 0:
            order[:] = order[np.argsort(key[order], kind="mergesort")]
            return


@njit(nogil=True, cache=True, error_model="numpy")
def _full_batch_gradient(
    theta: FloatArray,
    x: FloatArray,
    sums: FloatArray,
    centre: FloatArray,
    line: FloatArray,
    hinge_at: FloatArray,
    hinge_slope: FloatArray,
    crossing: IntArray,
    order: IntArray,
    scratch: FloatArray,
    gradient: FloatArray,
) -> bool:
    """N times the gradient of J, exact, at a cost that hardly depends on the number of samples N. False where J diverged.

    Between neighbouring hinges the residual is slope·u + height − q, with u and q the centred x and y, so its sums over a
    piece are differences of prefix sums. Going from left to right, `scratch[e]` takes what the hinge adds to slope and
    height, and Σr and Σr·u over all samples left of it. A hinge facing right is open on all samples right of it, one facing
    left on all left of it; with R, Q the sums of r and r·x over the open side, ∂J/∂w = (v·Q + b·R)/N, ∂J/∂v = w·Q/N,
    ∂J/∂b = w·R/N.
    """
    n = (len(theta) - 1) // 3
    hinges = len(hinge_at)
    m, s, mean = centre[0], centre[1], centre[2]
    line_slope, line_offset = line[0], line[1]
    slope = 0.0
    height = theta[3 * n] - mean
    for j in range(n):
        v, b, w = theta[j], theta[n + j], theta[2 * n + j]
        slope += w * line_slope * v * s
        height += w * (line_slope * (v * m + b) + line_offset)
        for h in range(hinges):
            e = j * hinges + h
            crossing[e] = _crossing(x, v, b - hinge_at[h], crossing[e])
            bend_slope = w * hinge_slope[h] * v * s
            bend_height = w * hinge_slope[h] * (v * m + (b - hinge_at[h]))
            if v < 0.0:
                slope += bend_slope
                height += bend_height
                bend_slope = -bend_slope
                bend_height = -bend_height
            scratch[e, 0] = bend_slope
            scratch[e, 1] = bend_height
    _sort_nearly_sorted(order, crossing)

    r = 0.0
    ru = 0.0
    left = 0
    for p in range(len(order)):
        e = order[p]
        i = crossing[e]
        if i != left:
            du = sums[i, 0] - sums[left, 0]
            r += slope * du + height * (i - left) - (sums[i, 2] - sums[left, 2])
            ru += slope * (sums[i, 1] - sums[left, 1]) + height * du - (sums[i, 3] - sums[left, 3])
            left = i
        slope += scratch[e, 0]
        height += scratch[e, 1]
        scratch[e, 2] = r
        scratch[e, 3] = ru
    i = len(x)
    du = sums[i, 0] - sums[left, 0]
    r += slope * du + height * (i - left) - (sums[i, 2] - sums[left, 2])
    ru += slope * (sums[i, 1] - sums[left, 1]) + height * du - (sums[i, 3] - sums[left, 3])

    for j in range(n):
        v, b, w = theta[j], theta[n + j], theta[2 * n + j]
        grad_v = w * line_slope * (s * ru + m * r)
        grad_b = w * line_slope * r
        grad_w = line_slope * (v * s * ru + (v * m + b) * r) + line_offset * r
        for h in range(hinges):
            e = j * hinges + h
            open_r, open_ru = scratch[e, 2], scratch[e, 3]
            if v >= 0.0:
                open_r, open_ru = r - open_r, ru - open_ru
            grad_v += w * hinge_slope[h] * (s * open_ru + m * open_r)
            grad_b += w * hinge_slope[h] * open_r
            grad_w += hinge_slope[h] * (v * s * open_ru + (v * m + (b - hinge_at[h])) * open_r)
        gradient[j] = grad_v
        gradient[n + j] = grad_b
        gradient[2 * n + j] = grad_w
    gradient[3 * n] = r
    # Written so that NaN counts as diverged.
    return abs(r) < _DIVERGED and abs(ru) < _DIVERGED


@njit(nogil=True, cache=True, error_model="numpy")
def _window_gradient(
    theta: FloatArray,
    x: FloatArray,
    y: FloatArray,
    line: FloatArray,
    hinge_at: FloatArray,
    hinge_slope: FloatArray,
    gradient: FloatArray,
) -> bool:
    """len(x) times the gradient of J on these samples, by the dense formula, sample by sample. False where J diverged."""
    n = (len(theta) - 1) // 3
    gradient[:] = 0.0
    for i in range(len(x)):
        r = theta[3 * n] - y[i]
        for j in range(n):
            z = theta[j] * x[i] + theta[n + j]
            f = line[0] * z + line[1]
            for h in range(len(hinge_at)):
                f += hinge_slope[h] * max(0.0, z - hinge_at[h])
            r += theta[2 * n + j] * f
        for j in range(n):
            z = theta[j] * x[i] + theta[n + j]
            f = line[0] * z + line[1]
            slope = line[0]
            for h in range(len(hinge_at)):
                f += hinge_slope[h] * max(0.0, z - hinge_at[h])
                slope += hinge_slope[h] if z > hinge_at[h] else 0.0
            back = r * slope * theta[2 * n + j]
            gradient[j] += back * x[i]
            gradient[n + j] += back
            gradient[2 * n + j] += r * f
        gradient[3 * n] += r
    return abs(gradient[3 * n]) < _DIVERGED


@njit(nogil=True, cache=True, error_model="numpy")
def _descend(theta: FloatArray, locked: BoolArray, gradient: FloatArray, rate: float) -> None:
    """θ ← θ − rate·gradient where not locked."""
    for i in range(len(theta)):
        theta[i] -= 0.0 if locked[i] else rate * gradient[i]


@njit(nogil=True, cache=True, error_model="numpy")
def full_batch_steps(
    steps: int,
    rate: float,
    theta: FloatArray,
    locked: BoolArray,
    x: FloatArray,
    sums: FloatArray,
    centre: FloatArray,
    line: FloatArray,
    hinge_at: FloatArray,
    hinge_slope: FloatArray,
    crossing: IntArray,
    order: IntArray,
    scratch: FloatArray,
    gradient: FloatArray,
) -> int:
    """SGD on all samples, θ updated in place. The number of steps made: fewer than `steps` where J diverged."""
    for step in range(steps):
        if not _full_batch_gradient(
            theta, x, sums, centre, line, hinge_at, hinge_slope, crossing, order, scratch, gradient
        ):
            return step
        _descend(theta, locked, gradient, rate / len(x))
    return steps


@njit(nogil=True, cache=True, error_model="numpy")
def mini_batch_steps(
    starts: IntArray,
    batch_size: int,
    rate: float,
    theta: FloatArray,
    locked: BoolArray,
    x: FloatArray,
    y: FloatArray,
    line: FloatArray,
    hinge_at: FloatArray,
    hinge_slope: FloatArray,
    gradient: FloatArray,
) -> int:
    """One SGD step on each window x[start : start + batch_size], θ updated in place. Returns as `full_batch_steps`."""
    for step in range(len(starts)):
        window = slice(starts[step], starts[step] + batch_size)
        if not _window_gradient(theta, x[window], y[window], line, hinge_at, hinge_slope, gradient):
            return step
        _descend(theta, locked, gradient, rate / batch_size)
    return len(starts)


@njit(nogil=True, cache=True, error_model="numpy")
def half_squared_residuals(
    theta: FloatArray,
    x: FloatArray,
    y: FloatArray,
    centre: FloatArray,
    line: FloatArray,
    hinge_at: FloatArray,
    hinge_slope: FloatArray,
    crossing: IntArray,
    order: IntArray,
) -> float:
    """J = 1/(2N)·Σ(ŷ − y)² over all samples, from residuals, in one sweep along the output's pieces."""
    n = (len(theta) - 1) // 3
    hinges = len(hinge_at)
    m = centre[0]
    slope = 0.0
    height = theta[3 * n]
    for j in range(n):
        v, b, w = theta[j], theta[n + j], theta[2 * n + j]
        slope += w * line[0] * v
        height += w * (line[0] * (v * m + b) + line[1])
        for h in range(hinges):
            e = j * hinges + h
            crossing[e] = _crossing(x, v, b - hinge_at[h], crossing[e])
            if v < 0.0:
                slope += w * hinge_slope[h] * v
                height += w * hinge_slope[h] * (v * m + (b - hinge_at[h]))
    _sort_nearly_sorted(order, crossing)
    total = 0.0
    i = 0
    for p in range(len(order) + 1):
        end = crossing[order[p]] if p < len(order) else len(x)
        while i < end:
            r = slope * (x[i] - m) + height - y[i]
            total += r * r
            i += 1
        if p < len(order):
            j = order[p] // hinges
            h = order[p] - j * hinges
            v = theta[j]
            bend = theta[2 * n + j] * hinge_slope[h]
            if v < 0.0:
                bend = -bend
            slope += bend * v
            height += bend * (v * m + (theta[n + j] - hinge_at[h]))
    return total / (2 * len(x))
