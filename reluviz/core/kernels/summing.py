"""Prefix sums over very many samples, to the last digit."""

from __future__ import annotations

from reluviz.core.arrays import FloatArray
from reluviz.core.kernels.compiled import compiled


@compiled(inline=True)
def _carried(total: float, lost: float, value: float) -> tuple[float, float]:
    """total + lost + value as a sum rounded once and what that lost: Knuth's two-sum, then a fast one."""
    high = total + value
    back = high - total
    low = (total - (high - back)) + (value - back) + lost
    rounded = high + low
    return rounded, low - (rounded - high)


@compiled
def fill_prefix_sums(x: FloatArray, y: FloatArray, middle: float, scale: float, mean: float, sums: FloatArray) -> None:
    """Row i of `sums`, shape (samples + 1, 4): Σu, Σu², Σq and Σuq over the first i samples.

    u = (x − middle)/scale and q = y − mean. Summed in twice the precision of a float64 and rounded once each, so that
    differences of neighbouring rows over ten million samples stay exact to about the last digit of the whole.
    """
    a, a_lost, b, b_lost, c, c_lost, d, d_lost = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
    for k in range(4):
        sums[0, k] = 0.0
    for i in range(len(x)):
        u = (x[i] - middle) / scale
        q = y[i] - mean
        a, a_lost = _carried(a, a_lost, u)
        b, b_lost = _carried(b, b_lost, u * u)
        c, c_lost = _carried(c, c_lost, q)
        d, d_lost = _carried(d, d_lost, u * q)
        sums[i + 1, 0] = a
        sums[i + 1, 1] = b
        sums[i + 1, 2] = c
        sums[i + 1, 3] = d
