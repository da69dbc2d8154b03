"""From sums of residuals beside each hinge to the gradient."""

from __future__ import annotations

from reluviz.core.arrays import FloatArray
from reluviz.core.kernels.compiled import compiled
from reluviz.core.operands import Hinges, Shape

# Beyond this the square of a residual nears overflow: training has diverged.
DIVERGED = 1e140


@compiled(inline=True, fast=frozenset({"contract"}))
def gradient_of_sums(
    theta: FloatArray, middle: float, scale: float, shape: Shape, r: float, ru: float, hinges: Hinges, out: FloatArray
) -> None:
    """N times the gradient of J from the sums of r and r·u over all samples and left of each hinge, into `out`.

    With R, Q the sums of r and r·x over a ReLU's open side: ∂J/∂v = w·Q/N, ∂J/∂b = w·R/N, ∂J/∂w = (v·Q + b·R)/N.
    """
    line_slope, line_offset, hinge_at, hinge_slope, _ = shape
    n = (len(theta) - 1) // 3
    open_r, open_ru = hinges.side_r, hinges.side_ru
    for h in range(len(hinge_at)):
        for j in range(n):
            e = h * n + j
            open_r[e] = r - open_r[e] if theta[j] >= 0.0 else open_r[e]
            open_ru[e] = ru - open_ru[e] if theta[j] >= 0.0 else open_ru[e]
    for j in range(n):
        v, b, w = theta[j], theta[n + j], theta[2 * n + j]
        out[j] = w * line_slope * (scale * ru + middle * r)
        out[n + j] = w * line_slope * r
        out[2 * n + j] = line_slope * (v * scale * ru + (v * middle + b) * r) + line_offset * r
    for h in range(len(hinge_at)):
        at, k = hinge_at[h], hinge_slope[h]
        for j in range(n):
            v, b, w = theta[j], theta[n + j], theta[2 * n + j]
            sum_r, sum_ru = open_r[h * n + j], open_ru[h * n + j]
            out[j] += w * k * (scale * sum_ru + middle * sum_r)
            out[n + j] += w * k * sum_r
            out[2 * n + j] += k * (v * scale * sum_ru + (v * middle + (b - at)) * sum_r)
    out[3 * n] = r
