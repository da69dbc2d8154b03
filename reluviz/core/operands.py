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
    """An activation: its line, and where on the z axis its hinges open by how much slope, both of shape (hinges,).

    `smooth` is the number of a smooth activation, which has neither, see `reluviz.core.smooth`; −1 for none.
    """

    line_slope: float
    line_offset: float
    hinge_at: FloatArray
    hinge_slope: FloatArray
    smooth: int


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


class Batches(NamedTuple):
    """The samples that each step sees: those numbered ranks[begins[step]:ends[step]] in the sorted dataset.

    Without `ranks` (shape (0,)) the samples are numbered begins[step] … ends[step] − 1 themselves. `picked`, `x`, `y`
    and `bucket` are room for one batch and one more, where there are ranks.
    """

    begins: IntArray
    ends: IntArray
    ranks: CountArray
    picked: CountArray
    bucket: CountArray
    x: FloatArray
    y: FloatArray


class Dense(NamedTuple):
    """Room for a block of samples through the smooth neurons: x, y, ∂J/∂ŷ of shape (block,); f, f′ (neurons, block)."""

    x: FloatArray
    y: FloatArray
    pull: FloatArray
    value: FloatArray
    slope: FloatArray


class Penalty(NamedTuple):
    """What a residual r costs: square·c·(|r| − c/2) + absolute·|r|, c = min(|r|, limit); see `reluviz.core.loss`."""

    square: float
    limit: float
    absolute: float


class Rule(NamedTuple):
    """An optimizer and a schedule in numbers, see `reluviz.core.optimizer` and `reluviz.core.schedule`."""

    kind: int
    weight_decay: float
    momentum: float
    decay: float
    epsilon: float
    rate: float
    schedule: int
    every: float
    factor: float
    least: float


class Memory(NamedTuple):
    """What the optimizer remembers of the gradients, both of θ's shape (or (0,)): its mean or sum, and its square's.

    `step` is the run's first step here, for the schedule; `updates` how many the optimizer has made since it began.
    """

    first: FloatArray
    second: FloatArray
    step: int
    updates: int
