"""Smooth activations and their derivatives, written so that a compiler turns their loops into vector instructions.

The C library's tanh and exp are called for one number at a time and cost ten times as much. These are exact to a few
units in the last place (1e−14 relative at most). Taylor's polynomial of e^r − 1 on |r| ≤ ln 2 / 2, the range reduced as
in fdlibm's e_exp.c; the integer part of the exponent is read off the bits of a sum with 1.5·2⁵².
"""

from __future__ import annotations

import numpy as np

from reluviz.core.arrays import FloatArray
from reluviz.core.kernels.compiled import compiled
from reluviz.core.smooth import ELU, GELU, NORMAL_TAIL, SIGMOID, SILU, SOFTPLUS, TAIL_CENTRE, TANH

_CONTRACT = frozenset({"contract"})
_PER_LN2 = 1.4426950408889634
_LN2_HIGH, _LN2_LOW = 6.93147180369123816490e-01, 1.90821492927058770002e-10
_ROUND = 6755399441055744.0
# Left of here what fades is 0: the tail itself is kept from underflow, which would make its product with z large.
_FAR = 1e3
_PER_ROOT_TAU = 0.3989422804014327


@compiled(inline=True, fast=_CONTRACT)
def _scale_and_rest(z: float) -> tuple[float, float]:
    """(s, p), s a power of two, with e^z = s·(1 + p), |p| < 0.42; for |z| ≤ 708."""
    shifted = z * _PER_LN2 + _ROUND
    n = shifted - _ROUND
    r = (z - n * _LN2_HIGH) - n * _LN2_LOW
    bits = np.float64(shifted).view(np.int64)
    scale = np.int64((bits + 1023) << 52).view(np.float64)
    r2 = r * r
    r4 = r2 * r2
    low = (1 / 2 + r * (1 / 6)) + r2 * (1 / 24 + r * (1 / 120))
    middle = (1 / 720 + r * (1 / 5040)) + r2 * (1 / 40320 + r * (1 / 362880))
    high = (1 / 3628800 + r * (1 / 39916800)) + r2 * (1 / 479001600 + r * (1 / 6227020800))
    return scale, r + r2 * ((low + r4 * middle) + r4 * r4 * high)


@compiled(inline=True, fast=_CONTRACT)
def _exp(z: float) -> float:
    scale, rest = _scale_and_rest(min(max(z, -708.0), 708.0))
    return scale + scale * rest


@compiled(inline=True, fast=_CONTRACT)
def _expm1(z: float) -> float:
    scale, rest = _scale_and_rest(min(max(z, -708.0), 708.0))
    return scale * rest + (scale - 1.0)


@compiled(inline=True, fast=_CONTRACT)
def _sigmoid(z: float) -> float:
    return 1.0 / (1.0 + _exp(-z))


@compiled(inline=True, fast=_CONTRACT)
def _log1p(t: float) -> float:
    """ln(1 + t) for 0 ≤ t ≤ 1, as 2·artanh(s) with s = t/(2 + t) ≤ 1/3."""
    s = t / (2.0 + t)
    q = s * s
    series = 1 / 33
    for k in range(15, -1, -1):
        series = series * q + 1 / (2 * k + 1)
    return 2.0 * s * series


@compiled(inline=True, fast=_CONTRACT)
def _normal_below(z: float) -> tuple[float, float]:
    """Φ(z), the normal distribution's probability below z, and its density φ(z)."""
    size = min(abs(z), 37.5)
    bell = _exp(-0.5 * size * size)
    t = (size - TAIL_CENTRE) / (size + TAIL_CENTRE)
    tail = NORMAL_TAIL[-1]
    for k in range(len(NORMAL_TAIL) - 2, -1, -1):
        tail = tail * t + NORMAL_TAIL[k]
    tail *= bell
    return (1.0 - tail if z > 0.0 else tail), _PER_ROOT_TAU * bell


@compiled(inline=True, fast=_CONTRACT)
def _tanh_along(v: float, b: float, x: FloatArray, value: FloatArray, slope: FloatArray) -> None:
    for i in range(len(x)):
        e = _expm1(2.0 * min(max(v * x[i] + b, -20.0), 20.0))
        t = e / (e + 2.0)
        value[i] = t
        slope[i] = 1.0 - t * t


@compiled(inline=True, fast=_CONTRACT)
def _sigmoid_along(v: float, b: float, x: FloatArray, value: FloatArray, slope: FloatArray) -> None:
    for i in range(len(x)):
        s = _sigmoid(v * x[i] + b)
        value[i] = s
        slope[i] = s * (1.0 - s)


@compiled(inline=True, fast=_CONTRACT)
def _softplus_along(v: float, b: float, x: FloatArray, value: FloatArray, slope: FloatArray) -> None:
    for i in range(len(x)):
        z = v * x[i] + b
        t = _exp(-abs(z))
        value[i] = max(z, 0.0) + _log1p(t)
        slope[i] = (1.0 if z > 0.0 else t) / (1.0 + t)


@compiled(inline=True, fast=_CONTRACT)
def _elu_along(v: float, b: float, x: FloatArray, value: FloatArray, slope: FloatArray) -> None:
    for i in range(len(x)):
        z = v * x[i] + b
        e = _expm1(z)
        value[i] = z if z > 0.0 else e
        slope[i] = 1.0 if z > 0.0 else e + 1.0


@compiled(inline=True, fast=_CONTRACT)
def _gelu_along(v: float, b: float, x: FloatArray, value: FloatArray, slope: FloatArray) -> None:
    for i in range(len(x)):
        z = v * x[i] + b
        below, density = _normal_below(z)
        value[i] = max(z, -_FAR) * below
        slope[i] = below + min(max(z, -_FAR), _FAR) * density


@compiled(inline=True, fast=_CONTRACT)
def _silu_along(v: float, b: float, x: FloatArray, value: FloatArray, slope: FloatArray) -> None:
    for i in range(len(x)):
        z = v * x[i] + b
        s = _sigmoid(z)
        value[i] = max(z, -_FAR) * s
        slope[i] = s * (1.0 + min(max(z, -_FAR), _FAR) * (1.0 - s))


@compiled
def activate(kind: int, v: float, b: float, x: FloatArray, value: FloatArray, slope: FloatArray) -> None:
    """f(v·x + b) and f′(v·x + b) of a smooth activation, see `reluviz.core.smooth`, all of one shape."""
    if kind == TANH:
        _tanh_along(v, b, x, value, slope)
    elif kind == SIGMOID:
        _sigmoid_along(v, b, x, value, slope)
    elif kind == SOFTPLUS:
        _softplus_along(v, b, x, value, slope)
    elif kind == ELU:
        _elu_along(v, b, x, value, slope)
    elif kind == GELU:
        _gelu_along(v, b, x, value, slope)
    elif kind == SILU:
        _silu_along(v, b, x, value, slope)
