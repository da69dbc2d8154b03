"""What shaking parameters does to the output, in one sentence."""

from __future__ import annotations

from collections.abc import Sequence

from reluviz.core.influence import moved_interval, moved_text
from reluviz.core.network import Network
from reluviz.core.notation import parameter_text
from reluviz.core.parameter import OUTPUT_BIAS, Kind, Locks, Parameter


def shake_sentence(network: Network, parameters: Sequence[Parameter], locks: Locks, low: float, high: float) -> str:
    """What shaking `parameters`, of one neuron or b0, moves on [low, high], and which of them locks hold still.

    Raises IndexError for a missing neuron.
    """
    number = parameters[0].neuron + 1
    free = [p for p in parameters if p not in locks.locked]
    if not free:
        held = f"All of neuron {number}" if len(parameters) > 1 else parameter_text(parameters[0])
        return f"{held} is locked and does not shake: unlock it, or choose something else to shake."
    if len(parameters) > 1:
        name = f"neuron {number}"
    else:
        name = "b₀" if free == [OUTPUT_BIAS] else f"{parameter_text(free[0])} of neuron {number}"
    held_still = [parameter_text(p) for p in parameters if p in locks.locked]
    verb = "are" if len(held_still) > 1 else "is"
    still = f" {' and '.join(held_still)} {verb} locked." if held_still else ""
    return f"Shaking {name} moves {_moved(network, free, low, high)}.{still}"


def _moved(network: Network, parameters: Sequence[Parameter], low: float, high: float) -> str:
    moving = [p for p in parameters if moved_interval(network, p, low, high) is not None]
    j = parameters[0].neuron
    places_kink = any(_places_kink(network, p) for p in parameters)
    if not moving and places_kink and network.output_weight[j] != 0.0:
        return "nothing here, unless it is far enough to switch the ray on"
    # Where one of v, b and w moves the output all do, unless w is 0; past the last kink of a hard tanh only w does.
    said = moved_text(network, max(moving or parameters, key=_is_output_weight), low, high)
    is_kink_here = bool(low <= network.kinks[j] <= high)
    moves_kink = places_kink and is_kink_here and network.output_weight[j] != 0.0
    return f"its kink and {said}" if moves_kink else said


def _places_kink(network: Network, parameter: Parameter) -> bool:
    """Whether the kink −b/v goes elsewhere with `parameter`; that at 0 stays there however v turns the ray."""
    if parameter.kind is Kind.HIDDEN_WEIGHT:
        return bool(network.hidden_bias[parameter.neuron] != 0.0)
    return parameter.kind is Kind.HIDDEN_BIAS


def _is_output_weight(parameter: Parameter) -> bool:
    return parameter.kind is Kind.OUTPUT_WEIGHT
