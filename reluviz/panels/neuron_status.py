"""A neuron's status in plain words: what it means, and how to bring the neuron back to life."""

from __future__ import annotations

from reluviz.core.network import Network, Status
from reluviz.core.notation import parameter_text, subscript, value_text
from reluviz.core.parameter import Kind, Parameter

# From the fullest word to the shortest that still says it, for narrow columns.
BADGES: dict[Status, tuple[str, ...]] = {
    Status.ACTIVE: ("active", "on"),
    Status.DEAD: ("dead",),
    Status.OFF_DOMAIN: ("off domain", "outer"),
    Status.CONSTANT: ("constant", "const"),
}


def explanation(network: Network, neuron: int, status: Status, low: float, high: float) -> str:
    """What `status` means for `neuron` (from 0) on [low, high], a few lines of plain text."""
    v, b = float(network.hidden_weight[neuron]), float(network.hidden_bias[neuron])
    v_name = parameter_text(Parameter(Kind.HIDDEN_WEIGHT, neuron))
    b_name = parameter_text(Parameter(Kind.HIDDEN_BIAS, neuron))
    name = f"Neuron {neuron + 1}"
    at = min(network.activation.hinge_at, default=0.0)
    if status is Status.CONSTANT:
        return (
            f"{name} is constant: {v_name} = 0, so it has no kink and only raises or lowers the output.\n"
            f"To revive it, give {v_name} another value."
        )
    if status is Status.DEAD:
        least = at - max(v * low, v * high)
        return (
            f"{name} is dead: inactive on all samples, so its gradient is zero and training cannot move it.\n"
            f"To revive it, raise {b_name} above {value_text(least)} (now {value_text(b)})."
        )
    if status is Status.OFF_DOMAIN:
        first, last = sorted((at - v * low, at - v * high))
        return (
            f"{name} has its kink outside the domain: here it is a straight line.\n"
            f"To bring the kink in, put {b_name} between {value_text(first)} and {value_text(last)}"
            f" (now {value_text(b)})."
        )
    if not network.activation.hinge_at:
        return f"{name} is active: without a kink it is a straight line everywhere."
    kink = value_text(float(network.kinks[neuron]))
    return f"{name} is active: it bends the output inside the domain, at k{subscript(neuron + 1)} = {kink}."
