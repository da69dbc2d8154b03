"""How well a network fits its target: the largest error and where it is, and a score against the exact solution."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from reluviz.core.arrays import FloatArray, frozen
from reluviz.core.construct import construct, corners_of
from reluviz.core.data_target import DataTarget
from reluviz.core.dataset import Dataset, Sampling
from reluviz.core.loss import half_mse
from reluviz.core.network import Network
from reluviz.core.target import PointsTarget, Target

# A loss this small, as part of the best constant's, is full marks: rounding, and the eye, cannot tell it from 0.
_PERFECT = 1e-6
_MOST_CORNERS = 10_000
_MOST_SAMPLES = 4096
# The goal's loss counts as reached this near to it: other samples of the same target, or rounding, make that much.
_REACHED = 1.001
# A construction that is hardly better than a constant is no goal.
_LEAST_GOAL = 0.5


@dataclass(frozen=True)
class FitError:
    """The largest |ŷ − y| on the domain, and where: at `at_x` the output is `output_y`, the target `target_y`."""

    largest: float
    at_x: float
    output_y: float
    target_y: float


class ErrorFinder:
    """Finds the largest error against one target, whose corners it keeps at hand."""

    def __init__(self, target: Target) -> None:
        self._target = target
        self._data = _thinned(np.column_stack(target.rows)) if isinstance(target, DataTarget) else None
        self._x = np.unique(_thinned(target.polyline()[:, 0]))

    @property
    def spread(self) -> float:
        """The target's highest less its lowest value."""
        heights = self._target.polyline()[:, 1] if self._data is None else self._data[:, 1]
        heights = heights[np.isfinite(heights)]
        return float(np.ptp(heights)) if len(heights) else 0.0

    def find(self, network: Network) -> FitError:
        """The largest error of `network` on the target's domain; `largest` is inf where the output is out of range.

        Exact for a target of points, up to 10 000 of them: the difference is piecewise linear, its extremes are at the
        corners of either. For another target, the largest at the points it is drawn by and at the output's vertices,
        where the target has a value. For data, the largest at their rows, or at 10 000 of them.
        """
        vertices = network.vertices(self._target.low, self._target.high)
        x = np.union1d(vertices[:, 0], self._x) if self._data is None else self._data[:, 0]
        with np.errstate(over="ignore", invalid="ignore"):
            output = np.interp(x, vertices[:, 0], vertices[:, 1])
            wanted = self._target(x) if self._data is None else self._data[:, 1]
            error = np.abs(output - wanted)
        error[np.isnan(error)] = np.inf
        error[np.isnan(wanted)] = 0.0
        worst = int(np.argmax(error))
        return FitError(float(error[worst]), float(x[worst]), float(output[worst]), float(wanted[worst]))


def _thinned(rows: FloatArray) -> FloatArray:
    """Of more rows than a screen has pixels every so many-th, and the last: the error is sought many times a second."""
    stride = -(-len(rows) // _MOST_CORNERS)
    return np.concatenate((rows[::stride], rows[-1:]))


def score_samples(target: Target, sampling: Sampling) -> Dataset:
    """The samples that a score is made from: all, or some thousands of more; it is asked for many times a second.

    Raises ValueError as `Sampling.of` does.
    """
    samples = replace(sampling, samples=min(sampling.samples, _MOST_SAMPLES)).of(target)
    stride = -(-len(samples) // _MOST_SAMPLES)
    return samples if stride == 1 else Dataset(samples.x[::stride], samples.y[::stride])


@dataclass(frozen=True)
class Score:
    """`points` from 0 (no better than a constant) to 100 (the goal), `word` for them, and the loss J they are for."""

    points: float
    word: str
    loss: float


@dataclass(frozen=True, eq=False)
class Goal:
    """What a budget of neurons can reach on a target: the constructed solution to hold a hand-tuned network against."""

    solution: Network
    corners: FloatArray
    """The points that the solution runs through, shape (segments + 1, 2)."""
    solution_loss: float
    constant_loss: float
    """J of the best constant, the mean of y; where y is constant itself, J of the output 0 (½ where that is 0 too)."""

    @classmethod
    def of(cls, target: Target, dataset: Dataset, neurons: int) -> Goal:
        """The goal for `neurons` ReLUs: through all corners of a target of points if they are enough, else through as
        many equally spaced points of the target as they can join.

        Raises ValueError where `neurons` is not a possible number of segments or the target is too steep to construct.
        """
        exact = isinstance(target, PointsTarget) and len(target.polyline()) - 1 <= neurons
        corners = frozen(corners_of(target, None if exact else neurons))
        solution = construct(corners)
        with np.errstate(over="ignore"):
            spread, height = float(np.var(dataset.y)) / 2, float(np.mean(dataset.y**2)) / 2
        constant = spread if spread > 1e-20 * height else height
        return cls(solution, corners, half_mse(solution, dataset), constant if 0.0 < constant < math.inf else 0.5)

    def solution_of(self, neurons: int) -> Network:
        """The solution as a network of so many neurons, at least its own: more of them wait silently at the right edge.

        Raises ValueError where it needs more.
        """
        idle = neurons - self.solution.neurons
        if idle < 0:
            raise ValueError(f"the solution has {self.solution.neurons} neurons, not {neurons}")
        return Network(
            np.append(self.solution.hidden_weight, np.ones(idle)),
            np.append(self.solution.hidden_bias, np.full(idle, -self.corners[-1, 0] + 0.0)),
            np.append(self.solution.output_weight, np.zeros(idle)),
            self.solution.output_bias,
        )

    @property
    def full_loss(self) -> float:
        """J at which the score is 100."""
        return self.constant_loss * min(max(self.solution_loss / self.constant_loss, _PERFECT), _LEAST_GOAL)

    def score(self, network: Network, dataset: Dataset) -> Score:
        """The score of `network`: 100·log(J/J_constant) / log(J_full/J_constant), kept within 0 … 100.

        J_full is the solution's loss, or 10⁻⁶ of the best constant's where that is more. The scale is logarithmic
        because hand-tuning is: against an exact solution every tenfold smaller J is worth 100/6 points. A smaller J
        never scores less.
        """
        loss = half_mse(network, dataset)
        return Score(*self._points_and_word(loss), loss)

    def _points_and_word(self, loss: float) -> tuple[float, str]:
        if loss <= _PERFECT * self.constant_loss:
            return 100.0, "perfect"
        if loss <= _REACHED * self.full_loss:
            return 100.0, "goal reached"
        # As differences: a quotient of very small or large losses could leave the range of numbers.
        whole = math.log(self.full_loss) - math.log(self.constant_loss)
        part = math.log(loss) - math.log(self.constant_loss) if math.isfinite(loss) else math.inf
        points = min(max(100.0 * part / whole, 0.0), 100.0)
        for least, word in ((80.0, "very close"), (50.0, "close"), (20.0, "on the way"), (0.1, "a start")):
            if points >= least:
                return points, word
        return points, "no fit yet"
