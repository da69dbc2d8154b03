"""Handles: the points of the picture that stand for one parameter each, and what moving them means.

| handle | where | moved | sets |
|---|---|---|---|
| kink | where the neuron's first hinge opens | sideways | hidden bias b = at − v·x |
| second kink | where a hard tanh's second hinge opens | sideways | v and b, see `reluviz.core.second_kink` |
| ray end | the contribution's far end, or where it leaves the view | up and down | output weight w = y / f(v·x + b) |
| output bias | the domain's left edge | up and down | b0 = y |
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

import numpy as np

from reluviz.core.network import Network
from reluviz.core.parameter import OUTPUT_BIAS, Kind, Parameter
from reluviz.core.second_kink import second_kink

# A ray that rises over less than this part of the domain has its end on its kink: there is nothing to take hold of, and
# w = y/f would follow every tremor of the hand.
_SHORTEST_RAY = 1e-3
# At so many places a contribution that is no ray is tried for the last one in view.
_STATIONS = 129


class HandleKind(Enum):
    """What a handle is, which is also its shape on screen."""

    KINK = "kink"
    SECOND_KINK = "second kink"
    RAY_END = "ray end"
    OUTPUT_BIAS = "output bias"


_KIND_OF = {
    Kind.HIDDEN_WEIGHT: HandleKind.SECOND_KINK,
    Kind.HIDDEN_BIAS: HandleKind.KINK,
    Kind.OUTPUT_WEIGHT: HandleKind.RAY_END,
    Kind.OUTPUT_BIAS: HandleKind.OUTPUT_BIAS,
}


@dataclass(frozen=True)
class Handle:
    """One handle at (x, y), both finite, x inside the domain.

    `beyond` is −1 or 1 for a kink that lies left or right of the domain: the handle waits at that edge, so that the
    kink can be fetched back; otherwise 0. A second kink moves v and b, and has the handle of v.
    """

    kind: HandleKind
    parameter: Parameter
    x: float
    y: float
    beyond: int = 0

    @property
    def moves_sideways(self) -> bool:
        return self.kind in (HandleKind.KINK, HandleKind.SECOND_KINK)


@dataclass(frozen=True)
class View:
    """The part of the plane that is in view: a ray that leaves it has its end at its edge, within reach."""

    left: float
    right: float
    bottom: float
    top: float


def handles(
    network: Network, low: float, high: float, neurons: Iterable[int] | None = None, view: View | None = None
) -> list[Handle]:
    """The handles of `neurons` (None: all) on the domain [low, high], and the output bias's, which comes first.

    Left out are handles that cannot exist: the kink of a neuron without one (v = 0, identity), the end of a ray that is
    nowhere active at its far end, and whatever would not lie at a finite place.
    """
    parameters = [OUTPUT_BIAS]
    for j in range(network.neurons) if neurons is None else neurons:
        parameters += [Parameter(kind, j) for kind in (Kind.OUTPUT_WEIGHT, Kind.HIDDEN_WEIGHT, Kind.HIDDEN_BIAS)]
    found = (handle_of(network, parameter, low, high, view) for parameter in parameters)
    return [handle for handle in found if handle is not None]


def handle_of(
    network: Network, parameter: Parameter, low: float, high: float, view: View | None = None, at: float | None = None
) -> Handle | None:
    """The handle of one parameter, None where it has none (see `handles`). Raises IndexError for a missing neuron.

    `at` is the x at which a ray is held, instead of at its end.
    """
    kind = _KIND_OF[parameter.kind]
    if kind is HandleKind.OUTPUT_BIAS:
        return Handle(kind, parameter, low, network.output_bias)
    j = parameter.neuron
    if not 0 <= j < network.neurons:
        raise IndexError(f"no neuron {j + 1} in a network of {network.neurons}")
    if kind is HandleKind.KINK:
        return _kink(network, j, low, high)
    if kind is HandleKind.SECOND_KINK:
        return _second_kink(network, j, low, high)
    x = _ray_end(network, j, low, high, view) if at is None else at
    activation = _graspable(network, j, low, high, x)
    y = float(network.output_weight[j]) * activation
    if activation == 0.0 or not math.isfinite(y):
        return None
    return Handle(kind, parameter, x, y)


def value_at(
    network: Network,
    parameter: Parameter,
    low: float,
    high: float,
    position: tuple[float, float],
    at: float | None = None,
) -> float | None:
    """The value of `parameter` that puts its handle at `position` (x, y), as far as it can follow; None if none does.

    It is finite. A kink follows x alone (also out of the domain), the others y alone; all others of `network` stay. A
    second kink takes more than one parameter: none.
    `at` as in `handle_of`. Raises IndexError for a missing neuron.
    """
    kind = _KIND_OF[parameter.kind]
    j = parameter.neuron
    x, y = position
    if kind is HandleKind.SECOND_KINK:
        return None
    if kind is HandleKind.OUTPUT_BIAS:
        return _finite(y)
    if not 0 <= j < network.neurons:
        raise IndexError(f"no neuron {j + 1} in a network of {network.neurons}")
    if kind is HandleKind.KINK:
        v, hinges = float(network.hidden_weight[j]), network.activation.bend_at
        return _finite(hinges[0] - v * x) if hinges and v != 0.0 else None
    activation = _graspable(network, j, low, high, _ray_end(network, j, low, high) if at is None else at)
    return _finite(y / activation) if activation != 0.0 else None


def _kink(network: Network, j: int, low: float, high: float) -> Handle | None:
    hinges = network.activation.bend_at
    v, b = float(network.hidden_weight[j]), float(network.hidden_bias[j])
    if not hinges or v == 0.0:
        return None
    kink = (hinges[0] - b) / v
    if math.isnan(kink):
        return None
    return _handle_at(network, Parameter(Kind.HIDDEN_BIAS, j), kink, hinges[0], low, high)


def _second_kink(network: Network, j: int, low: float, high: float) -> Handle | None:
    """Where both kinks are beyond the same edge, the first one's handle fetches both back."""
    kink, first = second_kink(network, j), _kink(network, j, low, high)
    if kink is None:
        return None
    handle = _handle_at(network, Parameter(Kind.HIDDEN_WEIGHT, j), kink, network.activation.bend_at[1], low, high)
    fetched = handle is not None and first is not None and handle.beyond == first.beyond != 0
    return None if fetched else handle


def _handle_at(network: Network, parameter: Parameter, kink: float, z: float, low: float, high: float) -> Handle | None:
    """The handle of a kink at x = `kink`, where v·x + b = `z`."""
    beyond = int(kink > high) - int(kink < low)
    x = min(max(kink, low), high)
    y = float(network.output_weight[parameter.neuron]) * float(network.activation(np.asarray(z))) + 0.0
    return Handle(_KIND_OF[parameter.kind], parameter, x, y, beyond) if math.isfinite(y) else None


def _activation(network: Network, j: int, x: float) -> float:
    with np.errstate(over="ignore", invalid="ignore"):
        return float(network.activation(network.hidden_weight[j] * x + network.hidden_bias[j]))


def _ray_end(network: Network, j: int, low: float, high: float, view: View | None = None) -> float:
    """x at the far end of neuron j's ray, or where the ray leaves the view on its way there."""
    v, w = float(network.hidden_weight[j]), float(network.output_weight[j])
    leftwards = v < 0 and bool(network.activation.bend_at)
    if view is None:
        return low if leftwards else high
    left, right = max(low, view.left), min(high, view.right)
    end = left if leftwards else right
    y = w * _activation(network, j, end)
    edge = min(max(y, view.bottom), view.top)
    slope = w * v
    if edge == y or slope == 0.0:
        return end
    if network.activation.is_smooth or len(network.activation.hinge_at) > 1:
        x = np.linspace(right if leftwards else left, end, _STATIONS)
        with np.errstate(over="ignore", invalid="ignore"):
            heights = w * np.asarray(network.activation(v * x + float(network.hidden_bias[j])))
        seen = np.flatnonzero((heights >= view.bottom) & (heights <= view.top))
        return float(x[seen[-1]]) if len(seen) else end
    # Beyond its last hinge the ray is straight.
    crossing = end + (edge - y) / slope
    return crossing if left <= crossing <= right else end


def _graspable(network: Network, j: int, low: float, high: float, x: float) -> float:
    """f(v·x + b), or 0 where it is too small to take hold of."""
    v = float(network.hidden_weight[j])
    activation = _activation(network, j, x)
    scale = abs(v) * (high - low) if v != 0.0 else abs(float(network.hidden_bias[j]))
    return activation if math.isfinite(activation) and abs(activation) > _SHORTEST_RAY * scale else 0.0


def _finite(value: float) -> float | None:
    return value + 0.0 if math.isfinite(value) else None
