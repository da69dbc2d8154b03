"""Building a ReLU network by hand: one ray per segment, each bending the running sum into its segment's direction.

The construction is R. Kibria's (Approximating a function by hand with ReLUs): all v = 1, kink j at the left end of
segment j, w_j the change of slope there, b0 the height at the left edge.
"""

from __future__ import annotations

from dataclasses import dataclass

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
    slopes = np.diff(corners[:, 1]) / np.diff(corners[:, 0])
    bends = np.diff(slopes, prepend=0.0)
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

    Shape (segments + 1, 2). Raises ValueError where a smooth target comes without a possible number of segments.
    """
    if isinstance(target, PointsTarget) and segments is None:
        return target.polyline()
    if segments is None or not 1 <= segments <= MAX_NEURONS:
        raise ValueError(f"a smooth target is built from 1 to {MAX_NEURONS} segments")
    x = np.linspace(target.low, target.high, segments + 1)
    return np.column_stack((x, target(x)))


@dataclass(frozen=True, eq=False)
class BuildStep:
    """One step of the construction: the network so far (weights to come are 0) and a sentence with its numbers."""

    network: Network
    sentence: str
    neuron: int | None


def build_steps(points: npt.ArrayLike) -> list[BuildStep]:
    """The construction step by step: first b0, then for each ReLU its kink placed and its ray bent, 2·N + 1 steps."""
    corners = _checked(points)
    whole = construct(corners)
    n = whole.neurons
    bias, weight = np.zeros(n), np.zeros(n)
    # A kink that is not placed yet waits at the right edge, where its ray is off.
    bias[:] = -corners[-1, 0]
    steps = [
        BuildStep(
            Network(np.ones(n), bias, weight, whole.output_bias),
            f"b₀ = {value_text(whole.output_bias)}: the output starts at the height of the first point.",
            None,
        )
    ]
    running = 0.0
    for j in range(n):
        name = subscript(j + 1)
        bias[j] = whole.hidden_bias[j]
        steps.append(
            BuildStep(
                Network(np.ones(n), bias, weight, whole.output_bias),
                f"Segment {j + 1} begins at x = {value_text(corners[j, 0])}: b{name} = {value_text(bias[j])} puts kink "
                f"{j + 1} there.",
                j,
            )
        )
        weight[j] = whole.output_weight[j]
        needed = running + float(weight[j])
        steps.append(
            BuildStep(
                Network(np.ones(n), bias, weight, whole.output_bias),
                f"The sum runs there with slope {value_text(running)}, segment {j + 1} needs {value_text(needed)}: "
                f"w{name} = {value_text(weight[j])} bends it.",
                j,
            )
        )
        running = needed
    return steps
