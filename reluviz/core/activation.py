"""Activation functions, written as sums of hinges and a line where that is possible.

A piecewise linear activation is `f(z) = line_slope·z + line_offset + Σ_h slope_h·max(0, z − at_h)`. One exact kernel
and one drawing rule then serve all of them; ReLU is the single hinge at 0, identity the bare line.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from reluviz.core.arrays import BoolArray, FloatArray

MAX_ACTIVATION_NAME = 32


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

    def __call__(self, z: FloatArray) -> FloatArray:
        """f(z), of z's shape."""
        value = self.line_slope * z + self.line_offset
        for at, slope in zip(self.hinge_at, self.hinge_slope, strict=True):
            value = value + slope * np.maximum(z - at, 0.0)
        return np.asarray(value, dtype=np.float64)

    def derivative(self, z: FloatArray) -> FloatArray:
        """f′(z), of z's shape; exactly on a hinge the hinge counts as closed."""
        value = np.full(np.shape(z), self.line_slope)
        for at, slope in zip(self.hinge_at, self.hinge_slope, strict=True):
            value = value + slope * (z > at)
        return value

    def is_flat_between(self, low: FloatArray, high: FloatArray) -> BoolArray:
        """Whether f is constant on [low, high], of their shape: a neuron whose z stays there learns nothing."""
        slope = np.full(np.shape(low), self.line_slope)
        bent = np.zeros(np.shape(low), dtype=np.bool_)
        for at, hinge_slope in zip(self.hinge_at, self.hinge_slope, strict=True):
            slope = slope + hinge_slope * (low >= at)
            bent |= (low < at) & (at < high)
        return np.asarray((slope == 0.0) & ~bent)


RELU = Activation("relu", "ReLU", hinge_at=(0.0,), hinge_slope=(1.0,))
IDENTITY = Activation("identity", "identity", line_slope=1.0)

ACTIVATIONS = {activation.name: activation for activation in (RELU, IDENTITY)}


def activation_named(name: str) -> Activation:
    """The activation called `name`. Raises ValueError naming the known ones."""
    try:
        return ACTIVATIONS[name]
    except KeyError:
        shown = name[:MAX_ACTIVATION_NAME]
        raise ValueError(f"unknown activation '{shown}' (known: {', '.join(ACTIVATIONS)})") from None
