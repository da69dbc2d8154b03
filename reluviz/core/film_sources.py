"""What a film can show beside a run of training: a construction, partial sums, a parameter that is swept."""

from __future__ import annotations

import math

import numpy as np

from reluviz.core.arrays import FloatArray
from reluviz.core.construct import BuildSteps, build_steps, corners_of
from reluviz.core.film import GoOn, Shot
from reluviz.core.history import LossCurve
from reluviz.core.network import Network
from reluviz.core.notation import parameter_text, value_text
from reluviz.core.ordering import kink_order
from reluviz.core.parameter import OUTPUT_BIAS, Kind, Parameter
from reluviz.core.sum_sentence import sum_sentence
from reluviz.core.target import PointsTarget, Target

# Of the time between two steps of a construction: the rest it stands still, to be read.
_MOVING = 0.6
_SMOOTH_SEGMENTS = 8
_LEAST_SWEEP = 1.0


class _Still:
    """What a source that needs no run has."""

    def __init__(self) -> None:
        self.stops: FloatArray = np.zeros(0)
        self.curve = LossCurve()
        self.note = ""

    def at(self, position: float) -> Shot:
        raise NotImplementedError

    def heights(self, position: float, x: FloatArray) -> FloatArray:
        return self.at(position).network.output(x)

    def prepare(self, positions: FloatArray, go_on: GoOn) -> None:
        """Every moment is made in no time."""


class BuildSource(_Still):
    """The construction of a target: position i is its step i; between two the parameters move, then rest."""

    is_whole = False

    def __init__(self, target: Target) -> None:
        """A smooth target is built from eight segments. Raises ValueError where there is no construction."""
        super().__init__()
        segments = None if isinstance(target, PointsTarget) else _SMOOTH_SEGMENTS
        self._steps: BuildSteps = build_steps(corners_of(target, segments))
        self.last = float(len(self._steps) - 1)

    def at(self, position: float) -> Shot:
        done = min(int(position), len(self._steps) - 1)
        step = self._steps[done]
        part = position - done
        if part <= 0.0:
            return Shot(step.network, step.sentence)
        coming = self._steps[min(done + 1, len(self._steps) - 1)]
        moved = _eased(min(1.0, part / _MOVING))
        # The sentence is that of what moves.
        return Shot(_between(step.network, coming.network, moved), coming.sentence)


class SumsSource(_Still):
    """The partial sums in the order of the kinks: position m has b0 and m contributions."""

    is_whole = True

    def __init__(self, network: Network, target: Target) -> None:
        super().__init__()
        self._network = network
        self._order = kink_order(network)
        self._domain = target.low, target.high
        self.last = float(network.neurons)

    def at(self, position: float) -> Shot:
        added = round(position)
        return Shot(self._network, sum_sentence(self._network, self._order.tolist(), added, *self._domain), added=added)

    def heights(self, position: float, x: FloatArray) -> FloatArray:
        added = round(position)
        if added == 0:
            return np.full_like(x, self._network.output_bias)
        return self._network.part(self._order[:added]).output(x)


class SweepSource(_Still):
    """One parameter on its way from `low`, at position 0, to `high`, at position 1; all others stay."""

    is_whole = False
    last = 1.0

    def __init__(self, network: Network, parameter: Parameter, low: float, high: float) -> None:
        super().__init__()
        self._network = network
        self._parameter = parameter
        self._low, self._high = low, high

    def at(self, position: float) -> Shot:
        value = self._low + (self._high - self._low) * position
        caption = f"{parameter_text(self._parameter)} = {value_text(value)}"
        return Shot(self._network.with_values({self._parameter: value}), caption)


def usual_swept(network: Network) -> Parameter:
    """The parameter that a film sweeps where none is named: the largest output weight's, which bends the most."""
    if not network.neurons:
        return OUTPUT_BIAS
    return Parameter(Kind.OUTPUT_WEIGHT, int(np.argmax(np.abs(network.output_weight))))


def swept(network: Network, parameter: Parameter, low: float | None, high: float | None) -> SweepSource:
    """The sweep of a parameter; an end that is None is as far from the present value as that is large.

    Raises ValueError for a neuron that the network does not have.
    """
    if parameter.kind is not Kind.OUTPUT_BIAS and parameter.neuron >= network.neurons:
        raise ValueError(f"{parameter_text(parameter)} cannot be swept: the network has {network.neurons} neurons")
    value = network[parameter]
    reach = max(abs(value), _LEAST_SWEEP)
    return SweepSource(
        network, parameter, value - reach if low is None else low, value + reach if high is None else high
    )


def _eased(part: float) -> float:
    """0 to 1, slow at both ends."""
    return 0.5 - 0.5 * math.cos(math.pi * part)


def _between(a: Network, b: Network, part: float) -> Network:
    return Network.from_vector((1.0 - part) * a.vector + part * b.vector, a.activation)
