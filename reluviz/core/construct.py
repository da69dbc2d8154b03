"""Building a ReLU network by hand: one ray per segment, each bending the running sum into its segment's direction.

The construction is R. Kibria's (Approximating a function by hand with ReLUs): all v = 1, kink j at the left end of
segment j, w_j the change of slope there, b0 the height at the left edge.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import overload

import numpy as np
import numpy.typing as npt

from reluviz.core.arrays import FloatArray
from reluviz.core.network import MAX_NEURONS, Network
from reluviz.core.notation import subscript, value_text
from reluviz.core.target import PointsTarget, Target


def construct(points: npt.ArrayLike) -> Network:
    """The network of N ReLUs whose output is the polyline through N + 1 `points`, shape (N + 1, 2), x ascending.

    Raises ValueError where there are fewer than two points or too many, x does not ascend, or a value is not finite.
    """
    corners = _checked(points)
    with np.errstate(over="ignore", invalid="ignore"):
        slopes = np.diff(corners[:, 1]) / np.diff(corners[:, 0])
        bends = np.diff(slopes, prepend=0.0)
    if not np.isfinite(bends).all():
        raise ValueError("the points are too steep: a slope between them is too large for a number")
    return Network(np.ones(len(bends)), -corners[:-1, 0] + 0.0, bends, float(corners[0, 1]))


def _checked(points: npt.ArrayLike) -> FloatArray:
    corners = np.asarray(points, dtype=np.float64)
    if corners.ndim != 2 or corners.shape[1] != 2 or len(corners) < 2:
        raise ValueError("a construction needs at least two points (x, y)")
    if len(corners) > MAX_NEURONS + 1:
        raise ValueError(f"a construction has at most {MAX_NEURONS} segments, not {len(corners) - 1}")
    if not np.isfinite(corners).all():
        raise ValueError("the points' coordinates must be finite numbers")
    if not (np.diff(corners[:, 0]) > 0).all():
        raise ValueError("the points must ascend from left to right, no two at the same x")
    return corners


def corners_of(target: Target, segments: int | None = None) -> FloatArray:
    """The points to build `target` from: its own corners where it has some, else `segments` equal sections.

    Shape (segments + 1, 2), fewer where the target has no value everywhere: what is between is joined. Raises
    ValueError where a smooth target comes without a possible number of segments, or has a value at fewer than two of
    their ends.
    """
    if isinstance(target, PointsTarget) and segments is None:
        return target.polyline()
    if segments is None or not 1 <= segments <= MAX_NEURONS:
        raise ValueError(f"a smooth target is built from 1 to {MAX_NEURONS} segments")
    x = np.linspace(target.low, target.high, segments + 1)
    y = target(x)
    known = np.isfinite(y)
    if np.count_nonzero(known) < 2:
        raise ValueError(f"the target has a value at fewer than two of the {segments + 1} ends of {segments} segments")
    return np.column_stack((x, y))[known]


@dataclass(frozen=True, eq=False)
class BuildStep:
    """One step of the construction: the network so far (weights to come are 0) and a sentence with its numbers."""

    network: Network
    sentence: str
    neuron: int | None


def build_steps(points: npt.ArrayLike) -> BuildSteps:
    """The construction step by step: first b0, then for each ReLU its kink placed and its ray bent, 2·N + 1 steps.

    Raises ValueError as `construct` does.
    """
    return BuildSteps(_checked(points))


class BuildSteps(Sequence[BuildStep]):
    """The steps of a construction, each made when it is asked for: all of a large one would not fit into memory."""

    def __init__(self, corners: FloatArray) -> None:
        self._x = corners[:, 0]
        self._whole = construct(corners)
        self._slopes = np.concatenate(([0.0], np.diff(corners[:, 1]) / np.diff(self._x)))

    def __len__(self) -> int:
        return 2 * self._whole.neurons + 1

    @overload
    def __getitem__(self, index: int) -> BuildStep: ...

    @overload
    def __getitem__(self, index: slice) -> list[BuildStep]: ...

    def __getitem__(self, index: int | slice) -> BuildStep | list[BuildStep]:
        if isinstance(index, slice):
            return [self._step(i) for i in range(len(self))[index]]
        return self._step(range(len(self))[index])

    def _step(self, index: int) -> BuildStep:
        if index == 0:
            height = value_text(self._whole.output_bias)
            sentence = f"b₀ = {height}: the output starts at the height of the first point."
            return BuildStep(self._network(0, 0), sentence, None)
        j = (index - 1) // 2
        name = subscript(j + 1)
        bent = index % 2 == 0
        if bent:
            sentence = (
                f"The sum runs there with slope {value_text(self._slopes[j])}, segment {j + 1} needs "
                f"{value_text(self._slopes[j + 1])}: w{name} = {value_text(self._whole.output_weight[j])} bends it."
            )
        else:
            sentence = (
                f"Segment {j + 1} begins at x = {value_text(self._x[j])}: "
                f"b{name} = {value_text(self._whole.hidden_bias[j])} puts kink {j + 1} there."
            )
        return BuildStep(self._network(j + 1, j + 1 if bent else j), sentence, j)

    def _network(self, placed: int, bent: int) -> Network:
        """The network with the first `placed` kinks in place and the first `bent` rays bent."""
        bias, weight = self._whole.hidden_bias.copy(), self._whole.output_weight.copy()
        # A kink that is not placed yet waits at the right edge, where its ray is off.
        bias[placed:] = -self._x[-1] + 0.0
        weight[bent:] = 0.0
        return Network(self._whole.hidden_weight, bias, weight, self._whole.output_bias)
