"""What the kernels work on, as plain tuples of numbers and arrays. Loads without Numba.

The hinges of a network are numbered e = h·neurons + j, hinge h of neuron j: neighbouring neurons lie side by side.
"""

from __future__ import annotations

from typing import NamedTuple

from reluviz.core.arrays import BoolArray, CountArray, FloatArray, IntArray


class Parameters(NamedTuple):
    """All parameters θ = (v…, b…, w…, b0), which of them are locked, and J's slope in each: all of one shape."""

    theta: FloatArray
    locked: BoolArray
    gradient: FloatArray


class Shape(NamedTuple):
    """An activation: its line, and where on the z axis its hinges open by how much slope, both of shape (hinges,)."""

    line_slope: float
    line_offset: float
    hinge_at: FloatArray
    hinge_slope: FloatArray


class Samples(NamedTuple):
    """A dataset's `edges`, `y`, `prefix_sums` and `centre`, see `reluviz.core.dataset`."""

    edges: FloatArray
    y: FloatArray
    sums: FloatArray
    middle: float
    scale: float
    mean: float


class Hinges(NamedTuple):
    """What the kernels know of every hinge, each of shape (neurons·hinges,); `crossing` and `order` from step to step.

    How many samples lie left of it; the hinges from left to right; what passing it to the right adds to the output's
    slope and height; the sums of the residual r, and of r·u, over the samples on one side.
    """

    crossing: CountArray
    order: CountArray
    bend_slope: FloatArray
    bend_height: FloatArray
    side_r: FloatArray
    side_ru: FloatArray


class Windows(NamedTuple):
    """Mini-batches: each the samples (x, y) from a start on, as many as `residual` has room for."""

    starts: IntArray
    x: FloatArray
    y: FloatArray
    residual: FloatArray
