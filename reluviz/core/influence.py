"""Which part of the output a parameter moves: the answer to "what does this parameter do?".

A small change of w_j moves the output where f(v_j·x + b_j) is not 0, one of v_j or b_j where w_j·f′ is not 0: for a
right-facing ReLU everything right of its kink, for a left-facing one everything left of it; b0 moves everything.
Smooth activations never end quite: what counts is where they are sensitive, or, for w_j, not off.
"""

from __future__ import annotations

import numpy as np

from reluviz.core.network import Network
from reluviz.core.notation import parameter_text, short_text
from reluviz.core.parameter import OUTPUT_BIAS, Kind, Parameter
from reluviz.core.response import Response, neuron_responses


def moved_interval(network: Network, parameter: Parameter, low: float, high: float) -> tuple[float, float] | None:
    """The smallest interval of [low, high] outside of which a small change of `parameter` moves nothing.

    None where it moves nothing at all: a neuron that is off on the domain, v and b where w = 0. Raises IndexError for a
    missing neuron.
    """
    if parameter.kind is Kind.OUTPUT_BIAS:
        return low, high
    parameter.position(network.neurons)
    j = parameter.neuron
    v, b, w = (float(array[j]) for array in (network.hidden_weight, network.hidden_bias, network.output_weight))
    if parameter.kind is not Kind.OUTPUT_WEIGHT and w == 0.0:
        return None
    if network.activation.is_smooth:
        return _moved_by_smooth(network, parameter, low, high)
    # The pieces between the hinges; on each of them f is a line.
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        hinges = (np.asarray(network.activation.hinge_at) - b) / v if v != 0.0 else np.zeros(0)
        x = np.unique(np.concatenate(([low], hinges[(hinges > low) & (hinges < high)] + 0.0, [high])))
        middle = x[:-1] + np.diff(x) / 2
        moved = network.activation.derivative(v * middle + b) != 0.0
        if parameter.kind is Kind.OUTPUT_WEIGHT:
            # Where f is level it may still be other than 0, as right of a hard tanh's second kink.
            moved |= network.activation(v * middle + b) != 0.0
    pieces = np.flatnonzero(moved)
    return (float(x[pieces[0]]), float(x[pieces[-1] + 1])) if len(pieces) else None


def _moved_by_smooth(network: Network, parameter: Parameter, low: float, high: float) -> tuple[float, float] | None:
    scales = parameter.kind is Kind.OUTPUT_WEIGHT
    moved = [
        part
        for part in neuron_responses(network, parameter.neuron, low, high)
        if part.response is Response.SENSITIVE or (scales and part.response is Response.SATURATED)
    ]
    return (moved[0].low, moved[-1].high) if moved else None


def moved_text(network: Network, parameter: Parameter, low: float, high: float) -> str:
    """`moved_interval` in words, "everything right of x = −0.5". Raises IndexError for a missing neuron."""
    moved = moved_interval(network, parameter, low, high)
    if moved is None:
        weight = Parameter(Kind.OUTPUT_WEIGHT, parameter.neuron)
        if network[weight] == 0.0 and parameter != weight:
            return f"nothing while {parameter_text(weight)} is 0"
        silent = moved_interval(network, weight, low, high) is None
        return f"nothing here: the ray is {'off' if silent else 'saturated'}"
    from_low, to_high = moved[0] == low, moved[1] == high
    if from_low and to_high and parameter != OUTPUT_BIAS and not network.activation.is_smooth:
        # A kink that lies on the domain's edge is still what it moves from.
        kink = float(network.kinks[parameter.neuron])
        from_low, to_high = kink != low, kink != high
    match from_low, to_high:
        case True, True:
            return "the whole output"
        case False, True:
            return f"everything right of x = {short_text(moved[0])}"
        case True, False:
            return f"everything left of x = {short_text(moved[1])}"
        case _:
            return f"x from {short_text(moved[0])} to {short_text(moved[1])}"
