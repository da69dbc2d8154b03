"""The gauge of a neuron: v, b and w can change together so that nothing on the plot moves; and turning a ray about its
kink, which changes v and b alone.

For f with f(c·z) = c·f(z), c > 0 (ReLU, leaky ReLU, identity), the contribution w·f(v·x + b) is the same for
(c·v, c·b, w/c). Training is not: the gradient reaches v scaled by w.
"""

from __future__ import annotations

import math

from reluviz.core.activation import Activation
from reluviz.core.network import Network
from reluviz.core.notation import parameter_text
from reluviz.core.parameter import Kind, Locks, Parameter

# A ray turned flat keeps at least this much of its activation at the far end, so that it can be turned up again.
_FLATTEST = 1e-6
# A hand nearer to the kink than this part of the ray turns it as if it were that far away.
_SHORTEST_ARM = 0.05


def is_homogeneous(activation: Activation) -> bool:
    """Whether f(c·z) = c·f(z) for every c > 0: all hinges at 0, and f(0) = 0."""
    if activation.is_smooth:
        return False
    return activation.line_offset == 0.0 and all(at == 0.0 for at in activation.hinge_at)


def gauge_refusal(network: Network, neuron: int, locks: Locks | None = None) -> str:
    """Why v, b and w of `neuron` cannot be exchanged, as a sentence's end; "" if they can.

    Raises IndexError for a missing neuron.
    """
    for parameter in _parameters(network, neuron):
        if locks is not None and parameter in locks.locked:
            return f"{parameter_text(parameter)} is locked"
    if not is_homogeneous(network.activation):
        return f"{network.activation.label} does not scale with its input"
    return ""


def regauged(network: Network, neuron: int, factor: float, locks: Locks | None = None) -> dict[Parameter, float]:
    """(v·c, b·c, w/c) for c = `factor` > 0: other parameters of `neuron`, the same contribution up to rounding.

    Raises ValueError, saying why, where c is not a positive finite number, a parameter of the neuron is locked, the
    activation is not positively homogeneous, or a value would leave the range of numbers; IndexError for a missing
    neuron.
    """
    refusal = gauge_refusal(network, neuron, locks)
    if refusal:
        raise ValueError(refusal)
    if not (math.isfinite(factor) and factor > 0.0):
        raise ValueError("the factor must be a positive finite number")
    v, b, w = _parameters(network, neuron)
    old = {parameter: network[parameter] for parameter in (v, b, w)}
    new = {v: old[v] * factor, b: old[b] * factor, w: old[w] / factor}
    for parameter, value in new.items():
        # Subnormal numbers have lost digits: the contribution would not be the same.
        lost = abs(value) < 2.3e-308 and old[parameter] != 0.0
        if not math.isfinite(value) or lost:
            raise ValueError(f"{parameter_text(parameter)} would be too {'small' if lost else 'large'} for a number")
    return new


def turn_refusal(network: Network, neuron: int, low: float, high: float, locks: Locks | None = None) -> str:
    """Why the ray of `neuron` cannot be turned about its kink, as a sentence's end; "" if it can.

    Raises IndexError for a missing neuron.
    """
    v, b, w = _parameters(network, neuron)
    for parameter in (v, b):
        if locks is not None and parameter in locks.locked:
            return f"{parameter_text(parameter)} is locked"
    activation = network.activation
    if not activation.hinge_at or not is_homogeneous(activation) or not _open_slope(activation) > 0.0:
        return f"a ray of {activation.label} has no kink to turn about"
    for parameter in (v, w):
        if network[parameter] == 0.0:
            return f"{parameter_text(parameter)} is 0"
    kink = -network[b] / network[v]
    reach = high - kink if network[v] > 0.0 else kink - low
    return "" if math.isfinite(kink) and reach > 0.0 else "the ray is outside the domain"


def _open_slope(activation: Activation) -> float:
    """f′ right of all hinges."""
    return activation.line_slope + sum(activation.hinge_slope)


def rotated(
    network: Network,
    neuron: int,
    low: float,
    high: float,
    position: tuple[float, float],
    locks: Locks | None = None,
) -> dict[Parameter, float] | None:
    """The v and b that turn the ray of `neuron` about its kink so that it passes through `position` (x, y).

    w stays, and so do the kink and the side on which the ray is: dragged past flat, it stops at a tiny slope. A
    position beside the ray or near its kink counts as if it were on the ray's side, far enough to turn it. None where
    there is nothing to turn: no kink (v = 0, identity), w = 0, the ray off the domain, v or b locked, an activation
    that is not positively homogeneous, numbers out of range. Raises IndexError for a missing neuron.
    """
    if turn_refusal(network, neuron, low, high, locks) or not math.isfinite(position[0] + position[1]):
        return None
    parameter_v, parameter_b, parameter_w = _parameters(network, neuron)
    v, b, w = network[parameter_v], network[parameter_b], network[parameter_w]
    kink, side = -b / v, math.copysign(1.0, v)
    reach = ((high if v > 0.0 else low) - kink) * side
    slope = _open_slope(network.activation)
    arm = max((position[0] - kink) * side, _SHORTEST_ARM * reach)
    steepness = position[1] / (w * slope * arm) if w * slope * arm != 0.0 else math.inf
    steepness = max(steepness, min(_FLATTEST / reach, abs(v)))
    new_v = side * steepness
    # From the old b, not from the kink: an unchanged v gives an unchanged b.
    new_b = b * (new_v / v)
    if not (math.isfinite(new_v) and math.isfinite(new_b)):
        return None
    return {parameter_v: new_v, parameter_b: new_b + 0.0}


def _parameters(network: Network, neuron: int) -> tuple[Parameter, Parameter, Parameter]:
    if not 0 <= neuron < network.neurons:
        raise IndexError(f"no neuron {neuron + 1} in a network of {network.neurons}")
    return (
        Parameter(Kind.HIDDEN_WEIGHT, neuron),
        Parameter(Kind.HIDDEN_BIAS, neuron),
        Parameter(Kind.OUTPUT_WEIGHT, neuron),
    )
