"""The smooth activations' formulas, in NumPy: PyTorch's definitions with its default parameters.

gelu is the exact form z·Φ(z); softplus is ln(1 + e^z) throughout, where PyTorch cuts over to z above 20.
"""

from __future__ import annotations

import numpy as np

from reluviz.core.arrays import FloatArray

# The numbers are those that the kernels know them by.
TANH, SIGMOID, SOFTPLUS, ELU, GELU, SILU = range(6)

# Where on the z axis each bends: outside, the slope is within about 1 % of what it tends to.
SENSITIVE = {
    TANH: (-3.0, 3.0),
    SIGMOID: (-6.0, 6.0),
    SOFTPLUS: (-5.0, 5.0),
    ELU: (-5.0, 0.0),
    GELU: (-3.0, 3.0),
    SILU: (-7.0, 7.0),
}
# Those that go on rising like z on the right, where the others are level; and those that fade to 0 on the left.
RISING = frozenset({SOFTPLUS, ELU, GELU, SILU})

# The tail of the normal distribution: Φ(−a) = e^(−a²/2)·P(t) for a ≥ 0, with t = (a − c)/(a + c) and P this polynomial,
# lowest power first: interpolation at the Chebyshev points in 60 digits, relative error below 3e−15 up to a = 37.
TAIL_CENTRE = 5.0
NORMAL_TAIL = (
    0.07691930497500629,
    -0.14345755526401163,
    0.1160688118860042,
    -0.08088387726415767,
    0.04785535228412587,
    -0.023413900486908237,
    0.008991370551437226,
    -0.0023788443660425537,
    0.00021955072920173507,
    0.0001342769050874576,
    -6.042743336255403e-05,
    9.610593776829088e-07,
    6.644237619801294e-06,
    -1.2694516936823239e-06,
    -6.746330842091801e-07,
    2.4233801793668015e-07,
    7.639960525760966e-08,
    -3.815427287863827e-08,
    -1.028267135708432e-08,
    5.109887437385054e-09,
    1.4119272695340352e-09,
    -4.2528388073732695e-10,
    -1.2580953385461678e-10,
)


def _sigmoid(z: FloatArray) -> FloatArray:
    with np.errstate(over="ignore"):
        return np.asarray(1.0 / (1.0 + np.exp(-z)))


def _normal_below(z: FloatArray) -> FloatArray:
    """Φ(z)."""
    size = np.minimum(np.abs(z), 37.5)
    tail = np.exp(-0.5 * size * size) * np.polynomial.polynomial.polyval(
        (size - TAIL_CENTRE) / (size + TAIL_CENTRE), NORMAL_TAIL
    )
    return np.where(z > 0.0, 1.0 - tail, tail)


def _normal_density(z: FloatArray) -> FloatArray:
    """φ(z)."""
    return np.asarray(np.exp(-0.5 * np.minimum(np.abs(z), 38.0) ** 2) / np.sqrt(2.0 * np.pi))


def value(kind: int, z: FloatArray) -> FloatArray:
    """f(z), of z's shape."""
    if kind == TANH:
        return np.tanh(z)
    if kind == SIGMOID:
        return _sigmoid(z)
    if kind == SOFTPLUS:
        return np.asarray(np.maximum(z, 0.0) + np.log1p(np.exp(-np.abs(z))))
    if kind == ELU:
        return np.where(z > 0.0, z, np.expm1(np.minimum(z, 0.0)))
    if kind == GELU:
        return np.asarray(np.maximum(z, -1e3) * _normal_below(z))
    return np.asarray(np.maximum(z, -1e3) * _sigmoid(z))


def slope(kind: int, z: FloatArray) -> FloatArray:
    """f′(z), of z's shape."""
    if kind == TANH:
        return np.asarray(1.0 - np.tanh(z) ** 2)
    if kind == SIGMOID:
        s = _sigmoid(z)
        return s * (1.0 - s)
    if kind == SOFTPLUS:
        return _sigmoid(z)
    if kind == ELU:
        return np.exp(np.minimum(z, 0.0))
    if kind == GELU:
        return np.asarray(_normal_below(z) + np.clip(z, -1e3, 1e3) * _normal_density(z))
    s = _sigmoid(z)
    return np.asarray(s * (1.0 + np.clip(z, -1e3, 1e3) * (1.0 - s)))
