"""A neuron's status in plain words: what it means, and how to bring the neuron back to life."""

from __future__ import annotations

from reluviz.core.bend_text import place_symbol
from reluviz.core.network import Network, Status
from reluviz.core.notation import parameter_text, subscript, value_text
from reluviz.core.parameter import Kind, Parameter

# From the fullest word to the shortest that still says it, for narrow columns.
BADGES: dict[Status, tuple[str, ...]] = {
    Status.ACTIVE: ("active", "on"),
    Status.DEAD: ("dead",),
    Status.SATURATED: ("saturated", "satur."),
    Status.OFF_DOMAIN: ("off domain", "off"),
    Status.CONSTANT: ("constant", "const"),
    Status.DUPLICATE: ("duplicate", "dup"),
}


def badges(status: Status, like: int) -> tuple[str, ...]:
    """What the badge of a neuron says; a duplicate's names the neuron (from 0) that it is like."""
    return (
        (f"duplicate of {like + 1}", f"dup {like + 1}", f"={like + 1}")
        if status is Status.DUPLICATE
        else BADGES[status]
    )


def explanation(network: Network, neuron: int, status: Status, low: float, high: float, like: int = 0) -> str:
    """What `status` means for `neuron` (from 0) on [low, high], a few lines of plain text.

    A duplicate is one of neuron `like`.
    """
    v_name = parameter_text(Parameter(Kind.HIDDEN_WEIGHT, neuron))
    name = f"Neuron {neuron + 1}"
    match status:
        case Status.CONSTANT:
            return (
                f"{name} is constant: {v_name} = 0, so it has no kink and only raises or lowers the output.\n"
                f"To revive it, give {v_name} another value."
            )
        case Status.ACTIVE:
            return f"{name} is active: {_activity(network, neuron)}"
        case Status.DUPLICATE:
            return (
                f"{name} bends where neuron {like + 1} does, the same way: the two act as one.\n"
                "Training parts them unless v, b and w are equal. Split it, move its kink, or remove it."
            )
        case _:
            return f"{name} {_idleness(network, neuron, status, low, high)}"


def _activity(network: Network, neuron: int) -> str:
    if not network.activation.bend_at:
        return "without a kink it is a straight line everywhere."
    place = f"{place_symbol(network.activation)}{subscript(neuron + 1)} = {value_text(float(network.kinks[neuron]))}"
    return f"it bends the output inside the domain, {'about' if network.activation.is_smooth else 'at'} {place}."


def _idleness(network: Network, neuron: int, status: Status, low: float, high: float) -> str:
    """What a neuron that is dead, saturated or off the domain does, and which b would bring it back."""
    v, b = float(network.hidden_weight[neuron]), float(network.hidden_bias[neuron])
    b_name = parameter_text(Parameter(Kind.HIDDEN_BIAS, neuron))
    now = f"(now {value_text(b)})."
    left, right = network.activation.sensitive
    first, last = sorted((v * low, v * high))
    if status is Status.DEAD:
        return (
            "is dead: inactive on all samples, so its gradient is zero and training cannot move it.\n"
            f"To revive it, raise {b_name} above {value_text(left - last)} {now}"
        )
    if status is Status.SATURATED:
        return (
            "is saturated: it is level on all samples, or as good as that, so training hardly moves it.\n"
            f"To revive it, put {b_name} between {value_text(left - last)} and {value_text(right - first)} {now}"
        )
    if network.activation.is_smooth:
        return (
            "bends outside the domain: here it is as good as a straight line.\n"
            f"To bring the bend in, lower {b_name} below {value_text(right - first)} {now}"
        )
    return (
        "has its kink outside the domain: here it is a straight line.\n"
        f"To bring the kink in, put {b_name} between {value_text(left - last)} and {value_text(left - first)} {now}"
    )
