"""What an exchange of v and w at constant w·v has done, in numbers and words."""

from __future__ import annotations

import numpy as np

from reluviz.core.network import Network
from reluviz.core.notation import parameter_text, value_text
from reluviz.core.parameter import Kind, Parameter


def largest_change(before: Network, after: Network, neuron: int, low: float, high: float) -> float:
    """The largest |Δŷ| on [low, high] between two networks that differ in v, b and w of `neuron` alone.

    That is the change of its contribution, computed at the ends of the domain and at all hinges of both; a piecewise
    linear function is largest at one of these. Raises IndexError for a missing neuron.
    """
    x = [low, high]
    for network in (before, after):
        v, b = float(network.hidden_weight[neuron]), float(network.hidden_bias[neuron])
        x += [(at - b) / v for at in network.activation.hinge_at if v != 0.0]
    inside = [at for at in x if low <= at <= high]
    with np.errstate(all="ignore"):
        change = _alone(after, neuron).contributions(inside) - _alone(before, neuron).contributions(inside)
    return float(np.abs(change).max())


def exchange_text(before: Network, after: Network, neuron: int, low: float, high: float) -> str:
    """Two lines: how v and w changed, and that their product stays, with the change of the output as computed."""
    parts = []
    for kind in (Kind.HIDDEN_WEIGHT, Kind.OUTPUT_WEIGHT):
        parameter = Parameter(kind, neuron)
        parts.append(f"{parameter_text(parameter)} {value_text(before[parameter])} → {value_text(after[parameter])}")
    moved = largest_change(before, after, neuron, low, high)
    stays = f"{product_text(after, neuron)} stays; the plot moves by {value_text(moved, 2)}"
    return f"{' · '.join(parts)}\n{stays}"


def present_text(network: Network, neuron: int) -> str:
    """Two lines: v, w, and their product as they are."""
    v, w = Parameter(Kind.HIDDEN_WEIGHT, neuron), Parameter(Kind.OUTPUT_WEIGHT, neuron)
    parts = [f"{parameter_text(p)} = {value_text(network[p])}" for p in (v, w)]
    return f"{' · '.join(parts)}\n{product_text(network, neuron)}"


def product_text(network: Network, neuron: int) -> str:
    """v₂·w₂ = −8.000."""
    v, w = Parameter(Kind.HIDDEN_WEIGHT, neuron), Parameter(Kind.OUTPUT_WEIGHT, neuron)
    with np.errstate(over="ignore"):
        product = float(np.float64(network[v]) * network[w])
    return f"{parameter_text(v)}·{parameter_text(w)} = {value_text(product)}"


def _alone(network: Network, j: int) -> Network:
    parts = (network.hidden_weight[[j]], network.hidden_bias[[j]], network.output_weight[[j]])
    return Network(*parts, activation=network.activation)
