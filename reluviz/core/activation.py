"""Activation functions, written as sums of hinges and a line where that is possible.

A piecewise linear activation is `f(z) = line_slope·z + line_offset + Σ_h slope_h·max(0, z − at_h)`. One exact kernel
and one drawing rule then serve all of them; ReLU is the single hinge at 0, identity the bare line.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from reluviz.core import smooth
from reluviz.core.arrays import BoolArray, FloatArray

MAX_ACTIVATION_NAME = 32
NOT_SMOOTH = -1


@dataclass(frozen=True)
class Activation:
    """A piecewise linear activation f.

    `hinge_at` and `hinge_slope` have the same length: where on the z axis each hinge opens, and by how much it changes
    the slope. Left of all hinges f is the line `line_slope·z + line_offset`.
    """

    name: str
    label: str
    line_slope: float = 0.0
    line_offset: float = 0.0
    hinge_at: tuple[float, ...] = ()
    hinge_slope: tuple[float, ...] = ()
    smooth: int = NOT_SMOOTH

    @property
    def is_smooth(self) -> bool:
        """Whether f is one of the smooth activations, without hinges and line."""
        return self.smooth != NOT_SMOOTH

    @property
    def bend_at(self) -> tuple[float, ...]:
        """Where on the z axis f bends: its hinges; the middle 0 of a smooth activation; nowhere for a line."""
        return (0.0,) if self.is_smooth else self.hinge_at

    @property
    def sensitive(self) -> tuple[float, float]:
        """The z between which f bends; beyond it is straight, or so near that learning hardly moves it.

        For a line (0, 0): it bends nowhere.
        """
        if self.is_smooth:
            return smooth.SENSITIVE[self.smooth]
        return min(self.hinge_at, default=0.0), max(self.hinge_at, default=0.0)

    def __call__(self, z: FloatArray) -> FloatArray:
        """f(z), of z's shape."""
        if self.is_smooth:
            return smooth.value(self.smooth, z)
        value = self.line_slope * z + self.line_offset
        for at, slope in zip(self.hinge_at, self.hinge_slope, strict=True):
            value = value + slope * np.maximum(z - at, 0.0)
        return np.asarray(value, dtype=np.float64)

    def derivative(self, z: FloatArray) -> FloatArray:
        """f′(z), of z's shape; exactly on a hinge the hinge counts as closed."""
        if self.is_smooth:
            return smooth.slope(self.smooth, z)
        value = np.full(np.shape(z), self.line_slope)
        for at, slope in zip(self.hinge_at, self.hinge_slope, strict=True):
            value = value + slope * (z > at)
        return value

    def is_flat_between(self, low: FloatArray, high: FloatArray) -> BoolArray:
        """Whether f is level on [low, high], of their shape: a neuron whose z stays there learns nothing.

        A smooth activation counts as level from the end of its sensitive range on.
        """
        if self.is_smooth:
            left, right = self.sensitive
            rises = self.smooth in smooth.RISING
            return np.asarray((high <= left) | ((low >= right) & (not rises)))
        slope = np.full(np.shape(low), self.line_slope)
        bent = np.zeros(np.shape(low), dtype=np.bool_)
        for at, hinge_slope in zip(self.hinge_at, self.hinge_slope, strict=True):
            slope = slope + hinge_slope * (low >= at)
            bent |= (low < at) & (at < high)
        return np.asarray((slope == 0.0) & ~bent)


RELU = Activation("relu", "ReLU", hinge_at=(0.0,), hinge_slope=(1.0,))
IDENTITY = Activation("identity", "identity", line_slope=1.0)
HARD_TANH = Activation("hardtanh", "hard tanh", line_offset=-1.0, hinge_at=(-1.0, 1.0), hinge_slope=(1.0, -1.0))
TANH = Activation("tanh", "tanh", smooth=smooth.TANH)

_LEAKY_NAME, _LEAKY_SLOPE = "leaky_relu", 0.01


def leaky_relu(slope: float = _LEAKY_SLOPE) -> Activation:
    """max(0, z) + slope·min(0, z); its name tells the slope where that is not PyTorch's default.

    Raises ValueError where the slope does not lie from −1 to 1.
    """
    if not (math.isfinite(slope) and abs(slope) <= 1.0):
        raise ValueError(f"the slope of a leaky ReLU must lie from -1 to 1, not {slope:g}")
    slope = float(slope)
    default = slope == _LEAKY_SLOPE
    name = _LEAKY_NAME if default else f"{_LEAKY_NAME}({slope!r})"
    label = "leaky ReLU" if default else f"leaky ReLU, slope {slope:g}".replace("-", "−")
    return Activation(name, label, line_slope=slope, hinge_at=(0.0,), hinge_slope=(1.0 - slope,))


def is_leaky(activation: Activation) -> bool:
    """Whether it is a `leaky_relu`, of whatever slope."""
    return activation.name.partition("(")[0] == _LEAKY_NAME


ACTIVATIONS = {
    activation.name: activation
    for activation in (
        RELU,
        leaky_relu(),
        IDENTITY,
        HARD_TANH,
        TANH,
        Activation("sigmoid", "sigmoid", smooth=smooth.SIGMOID),
        Activation("softplus", "softplus", smooth=smooth.SOFTPLUS),
        Activation("elu", "ELU", smooth=smooth.ELU),
        Activation("gelu", "GELU", smooth=smooth.GELU),
        Activation("silu", "SiLU", smooth=smooth.SILU),
    )
}


def activation_named(name: str) -> Activation:
    """The activation called `name`, as "tanh" or "leaky_relu(0.2)". Raises ValueError naming the known ones."""
    if name in ACTIVATIONS:
        return ACTIVATIONS[name]
    if name.startswith(f"{_LEAKY_NAME}(") and name.endswith(")") and len(name) <= MAX_ACTIVATION_NAME:
        try:
            slope = float(name[len(_LEAKY_NAME) + 1 : -1])
        except ValueError:
            raise ValueError(f"the slope in '{name}' is not a number, as in {_LEAKY_NAME}(0.2)") from None
        return leaky_relu(slope)
    shown = name[:MAX_ACTIVATION_NAME]
    raise ValueError(f"unknown activation '{shown}' (known: {', '.join(ACTIVATIONS)})")
