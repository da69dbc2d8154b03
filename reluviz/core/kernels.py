"""The compiled inner loops of training. They release the GIL and allocate nothing.

What they work on is in `reluviz.core.operands`; a *hinge* (h, j) of the network opens where v_j·x + b_j = at_h.
Importing this module imports Numba, which takes a second; the first call in a machine's life compiles. So import it off
the GUI thread. All stand in one file because Numba's cache watches only a kernel's own file, not those it calls into.

Three things keep a step short. The small functions are inlined by force: passing a dozen arrays costs more than three
neurons. Hinge numbers are unsigned, which spares the test for negative indices. And multiplications and additions may
be fused (`contract`) or sums reordered (`reassoc`) only where no decision hangs on the last digit: which side of a kink
a sample lies on is always decided by the plain formula.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from reluviz.core.arrays import BoolArray, CountArray, FloatArray
from reluviz.core.operands import Hinges, Parameters, Samples, Shape, Windows

# Beyond this the square of a residual nears overflow: training has diverged.
_DIVERGED = 1e140


@njit(nogil=True, cache=True, error_model="numpy")
def _crossing(edges: FloatArray, v: float, b: float, at: float, guess: np.int64) -> int:
    """How many of the ascending samples lie left of where v·x + b crosses `at`.

    The count of samples on which the hinge is closed (v ≥ 0) or open (v < 0); open means v·x + b > at, decided on the
    very samples, so that rounding cannot put a sample on another side than the formula does. Gallops from `guess`:
    between two steps a kink passes few samples or none. `edges` are the samples between −∞ and ∞.
    """
    right = v >= 0.0
    low, high = 0, len(edges) - 1
    i = min(int(guess) + 1, high - 1)
    stride = 1
    while high - low > 1:
        if (v * edges[i] + b > at) == right:
            high = i
            i -= stride
        else:
            low = i
            i += stride
        stride *= 2
        if not low < i < high:
            i = (low + high) // 2
    return high - 1


@njit(nogil=True, cache=True, error_model="numpy")
def _sort_nearly_sorted(order: CountArray, key: CountArray) -> None:
    """Sort `order` by key[order] by insertion; far from sorted, by Shell's sort with Knuth's gaps.

    Equal keys go by number, so that rounding, and with it a whole run, depends on nothing but θ.
    """
    n = len(order)
    gap = 1
    budget = 16 * n + 64
    while gap > 0:
        for p in range(gap, n):
            e = order[p]
            q = p - gap
            while q >= 0 and (key[order[q]] > key[e] or (key[order[q]] == key[e] and order[q] > e)):
                order[q + gap] = order[q]
                q -= gap
                budget -= 1
            order[q + gap] = e
            if budget < 0:
                break
        if budget < 0:
            budget = n * n
            while gap < n // 3:
                gap = 3 * gap + 1
        else:
            gap //= 3


@njit(nogil=True, cache=True, error_model="numpy", forceinline=True)
def _place_hinges(
    theta: FloatArray, level: float, edges: FloatArray, middle: float, scale: float, shape: Shape, hinges: Hinges
) -> tuple[float, float]:
    """Place every hinge among the samples, sort them, and set what each adds to the output's slope and height.

    The output is slope·u + height with u = (x − middle)/scale, and `level` without any neuron. Returns slope and height
    left of all hinges.
    """
    line_slope, line_offset, hinge_at, hinge_slope = shape
    crossing, order, bend_slope, bend_height, _, _ = hinges
    n = (len(theta) - 1) // 3
    moved = False
    slope = 0.0
    height = level
    if line_slope != 0.0 or line_offset != 0.0:
        for j in range(n):
            v, b, w = theta[j], theta[n + j], theta[2 * n + j]
            slope += w * line_slope * v * scale
            height += w * (line_slope * (v * middle + b) + line_offset)
    for h in range(len(hinge_at)):
        at = hinge_at[h]
        for j in range(n):
            e = h * n + j
            v, b = theta[j], theta[n + j]
            i = np.int64(crossing[e])
            z_left, z_right = v * edges[i] + b, v * edges[i + 1] + b
            z_closed, z_open = (z_left, z_right) if v >= 0.0 else (z_right, z_left)
            # Written so that 0·∞ at the edges counts as in place.
            if z_closed > at or z_open <= at:
                crossing[e] = _crossing(edges, v, b, at, i)
                moved = True
            bend = theta[2 * n + j] * hinge_slope[h]
            along = bend * (v * scale)
            up = bend * (v * middle + (b - at))
            if v < 0.0:
                # Open on the left: passing it from left to right takes away what it gave.
                slope += along
                height += up
                along = -along
                up = -up
            bend_slope[e] = along
            bend_height[e] = up
    if moved:
        _sort_nearly_sorted(order, crossing)
    return slope, height


@njit(nogil=True, cache=True, error_model="numpy", forceinline=True, fastmath={"contract"})
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


@njit(nogil=True, cache=True, error_model="numpy", forceinline=True, fastmath={"contract"})
def _gradient_of_sums(
    theta: FloatArray, middle: float, scale: float, shape: Shape, r: float, ru: float, hinges: Hinges, out: FloatArray
) -> None:
    """N times the gradient of J from the sums of r and r·u over all samples and on each hinge's open side, into `out`.

    With R, Q the sums of r and r·x over a ReLU's open side: ∂J/∂v = w·Q/N, ∂J/∂b = w·R/N, ∂J/∂w = (v·Q + b·R)/N.
    """
    line_slope, line_offset, hinge_at, hinge_slope = shape
    n = (len(theta) - 1) // 3
    for j in range(n):
        v, b, w = theta[j], theta[n + j], theta[2 * n + j]
        out[j] = w * line_slope * (scale * ru + middle * r)
        out[n + j] = w * line_slope * r
        out[2 * n + j] = line_slope * (v * scale * ru + (v * middle + b) * r) + line_offset * r
    for h in range(len(hinge_at)):
        at, k = hinge_at[h], hinge_slope[h]
        for j in range(n):
            v, b, w = theta[j], theta[n + j], theta[2 * n + j]
            sum_r, sum_ru = hinges.side_r[h * n + j], hinges.side_ru[h * n + j]
            out[j] += w * k * (scale * sum_ru + middle * sum_r)
            out[n + j] += w * k * sum_r
            out[2 * n + j] += k * (v * scale * sum_ru + (v * middle + (b - at)) * sum_r)
    out[3 * n] = r


@njit(nogil=True, cache=True, error_model="numpy", forceinline=True)
def _descend(theta: FloatArray, locked: BoolArray, gradient: FloatArray, rate: float) -> None:
    """θ ← θ − rate·gradient where not locked."""
    for i in range(len(theta)):
        theta[i] -= 0.0 if locked[i] else rate * gradient[i]


@njit(nogil=True, cache=True, error_model="numpy")
def full_batch_steps(
    steps: int, rate: float, parameters: Parameters, samples: Samples, shape: Shape, hinges: Hinges
) -> int:
    """SGD on all samples, θ updated in place. The number of steps made: fewer than `steps` where J diverged.

    Exact, at a cost per step that hardly depends on the number of samples N. The gradient is left at N times that of
    the last step made.
    """
    theta, locked, gradient = parameters
    edges, _, sums, middle, scale, mean = samples
    open_r, open_ru = hinges.side_r, hinges.side_ru
    n = (len(theta) - 1) // 3
    for step in range(steps):
        slope, height = _place_hinges(theta, theta[3 * n] - mean, edges, middle, scale, shape, hinges)
        r, ru = _sums_left_of_hinges(slope, height, sums, hinges)
        # Written so that NaN counts as diverged.
        if not (abs(r) < _DIVERGED and abs(ru) < _DIVERGED):
            return step
        for h in range(len(shape.hinge_at)):
            for j in range(n):
                e = h * n + j
                open_r[e] = r - open_r[e] if theta[j] >= 0.0 else open_r[e]
                open_ru[e] = ru - open_ru[e] if theta[j] >= 0.0 else open_ru[e]
        _gradient_of_sums(theta, middle, scale, shape, r, ru, hinges, gradient)
        _descend(theta, locked, gradient, rate / len(samples.y))
    return steps


@njit(nogil=True, cache=True, error_model="numpy", forceinline=True)
def _window_residuals(theta: FloatArray, x: FloatArray, y: FloatArray, shape: Shape, residual: FloatArray) -> None:
    """r = ŷ − y on a few samples, by the dense formula."""
    line_slope, line_offset, hinge_at, hinge_slope = shape
    n = (len(theta) - 1) // 3
    for i in range(len(x)):
        residual[i] = theta[3 * n] - y[i]
    if line_slope != 0.0 or line_offset != 0.0:
        for j in range(n):
            v, b, w = theta[j], theta[n + j], theta[2 * n + j]
            for i in range(len(x)):
                residual[i] += w * (line_slope * (v * x[i] + b) + line_offset)
    for h in range(len(hinge_at)):
        at = hinge_at[h]
        for j in range(n):
            v, b, bend = theta[j], theta[n + j], theta[2 * n + j] * hinge_slope[h]
            for i in range(len(x)):
                residual[i] += bend * max(0.0, v * x[i] + b - at)


@njit(nogil=True, cache=True, error_model="numpy", forceinline=True, fastmath={"reassoc"})
def _open_sums(x: FloatArray, residual: FloatArray, v: float, b: float, at: float) -> tuple[float, float]:
    """Σr and Σr·x over the samples on which v·x + b > at."""
    r = 0.0
    rx = 0.0
    for i in range(len(x)):
        counted = residual[i] if v * x[i] + b > at else 0.0
        r += counted
        rx += counted * x[i]
    return r, rx


@njit(nogil=True, cache=True, error_model="numpy")
def mini_batch_steps(windows: Windows, rate: float, parameters: Parameters, shape: Shape, hinges: Hinges) -> int:
    """One SGD step on each window of the samples, θ updated in place. Returns as `full_batch_steps`.

    Dense: batch size × neurons operations a step.
    """
    starts, x, y, residual = windows
    theta, locked, gradient = parameters
    n = (len(theta) - 1) // 3
    size = len(residual)
    open_r, open_rx = hinges.side_r, hinges.side_ru
    for step in range(len(starts)):
        window = slice(starts[step], starts[step] + size)
        _window_residuals(theta, x[window], y[window], shape, residual)
        r, rx = _open_sums(x[window], residual, 0.0, 1.0, 0.0)
        if not (abs(r) < _DIVERGED and abs(rx) < _DIVERGED):
            return step
        for h in range(len(shape.hinge_at)):
            for j in range(n):
                e = h * n + j
                open_r[e], open_rx[e] = _open_sums(x[window], residual, theta[j], theta[n + j], shape.hinge_at[h])
        _gradient_of_sums(theta, 0.0, 1.0, shape, r, rx, hinges, gradient)
        _descend(theta, locked, gradient, rate / size)
    return len(starts)


@njit(nogil=True, cache=True, error_model="numpy", forceinline=True, fastmath={"contract", "reassoc"})
def _squared_residuals(samples: Samples, begin: np.int64, end: np.int64, slope: float, height: float) -> float:
    """Σ(slope·(x − middle) + height − y)² over the samples from `begin` to before `end`."""
    edges, y, _, middle, _, _ = samples
    total = 0.0
    for i in range(begin, end):
        r = slope * (edges[i + 1] - middle) + height - y[i]
        total += r * r
    return total


@njit(nogil=True, cache=True, error_model="numpy")
def half_squared_residuals(theta: FloatArray, samples: Samples, shape: Shape, hinges: Hinges) -> float:
    """J = 1/(2N)·Σ(ŷ − y)² over all samples, from residuals, in one sweep along the output's pieces."""
    crossing, order, bend_slope, bend_height, _, _ = hinges
    slope, height = _place_hinges(theta, theta[-1], samples.edges, samples.middle, 1.0, shape, hinges)
    total = 0.0
    begin = np.int64(0)
    for p in range(len(order)):
        e = np.int64(order[p])
        end = np.int64(crossing[e])
        total += _squared_residuals(samples, begin, end, slope, height)
        slope += bend_slope[e]
        height += bend_height[e]
        begin = end
    total += _squared_residuals(samples, begin, np.int64(len(samples.y)), slope, height)
    return total / (2 * len(samples.y))
