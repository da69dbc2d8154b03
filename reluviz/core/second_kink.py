"""Moving the second kink of a neuron that has two, as those of hard tanh have, while the first one stays.

Between its kinks x₁ and x₂, where v·x + b reaches z₁ and z₂, such a neuron rises. From wanted x₁ and x₂ follow

    v = (z₂ − z₁) / (x₂ − x₁),  b = z₁ − v·x₁.

w stays, and with it the two levels of the contribution; what changes is how steep the way between them is.
"""

from __future__ import annotations

import math

from reluviz.core.activation import Activation
from reluviz.core.network import Network
from reluviz.core.notation import parameter_text
from reluviz.core.parameter import Kind, Locks, Parameter

# The second kink keeps at least this part of the domain away from the first, on its own side.
_NARROWEST = 1e-3


def has_second_kink(activation: Activation) -> bool:
    """Whether a neuron of it bends at two places."""
    return len(activation.bend_at) == 2


def second_kink(network: Network, neuron: int) -> float | None:
    """x₂, None where there is none or it is not finite. Raises IndexError for a missing neuron."""
    v, b = _values(network, neuron)
    if not has_second_kink(network.activation) or v == 0.0:
        return None
    x = (network.activation.bend_at[1] - b) / v
    return x + 0.0 if math.isfinite(x) else None


def widen_refusal(network: Network, neuron: int, locks: Locks | None = None) -> str:
    """Why the second kink of `neuron` does not move, as a sentence's end; "" if it does.

    Raises IndexError for a missing neuron.
    """
    for parameter in _parameters(network, neuron):
        if locks is not None and parameter in locks.locked:
            return f"{parameter_text(parameter)} is locked"
    return "" if second_kink(network, neuron) is not None else f"a {network.activation.label} has no second kink"


def widened(
    network: Network, neuron: int, low: float, high: float, x: float, locks: Locks | None = None
) -> dict[Parameter, float] | None:
    """The v and b that put the second kink of `neuron` at `x` and leave the first where it is.

    It stays on its side of the first one, a thousandth of the domain [low, high] away at least. None where it does not
    move: see `widen_refusal`, and where numbers would be out of range. Raises IndexError for a missing neuron.
    """
    if widen_refusal(network, neuron, locks) or not math.isfinite(x):
        return None
    v, b = _values(network, neuron)
    z_first, z_second = network.activation.bend_at
    first, side = (z_first - b) / v, math.copysign(1.0, v)
    width = max((x - first) * side, _NARROWEST * (high - low))
    new_v = side * (z_second - z_first) / width
    new_b = z_first - new_v * first
    if new_v == 0.0 or not (math.isfinite(new_v) and math.isfinite(new_b)):
        return None
    parameter_v, parameter_b = _parameters(network, neuron)
    return {parameter_v: new_v, parameter_b: new_b + 0.0}


def _parameters(network: Network, neuron: int) -> tuple[Parameter, Parameter]:
    if not 0 <= neuron < network.neurons:
        raise IndexError(f"no neuron {neuron + 1} in a network of {network.neurons}")
    return Parameter(Kind.HIDDEN_WEIGHT, neuron), Parameter(Kind.HIDDEN_BIAS, neuron)


def _values(network: Network, neuron: int) -> tuple[float, float]:
    _parameters(network, neuron)
    return float(network.hidden_weight[neuron]), float(network.hidden_bias[neuron])
