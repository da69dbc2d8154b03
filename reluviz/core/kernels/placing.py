"""Where the hinges of a network lie among sorted samples, and what each adds to the output there.

A *hinge* (h, j) opens where v_j·x + b_j = at_h. Hinge numbers are unsigned, which spares the test for negative indices.
Which side of a kink a sample lies on is always decided by the plain formula, never by a fused or reordered one.
"""

from __future__ import annotations

import numpy as np

from reluviz.core.arrays import CountArray, FloatArray
from reluviz.core.kernels.compiled import compiled
from reluviz.core.operands import Hinges, Shape


@compiled
def samples_left_of(edges: FloatArray, v: float, b: float, at: float, guess: np.int64) -> int:
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


@compiled
def sort_nearly_sorted(order: CountArray, key: CountArray) -> None:
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


@compiled(inline=True)
def place_hinges(
    theta: FloatArray, level: float, edges: FloatArray, middle: float, scale: float, shape: Shape, hinges: Hinges
) -> tuple[float, float]:
    """Place every hinge among the samples, sort them, and set what each adds to the output's slope and height.

    The output is slope·u + height with u = (x − middle)/scale, and `level` without any neuron. Returns slope and height
    left of all hinges.
    """
    line_slope, line_offset, hinge_at, hinge_slope, _ = shape
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
                crossing[e] = samples_left_of(edges, v, b, at, i)
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
        sort_nearly_sorted(order, crossing)
    return slope, height
