"""Where a neuron is sensitive and where it is not: stretches of the z axis, and of the domain, that it treats alike.

An activation has at least one range in which a change of z changes f(z), and most have one in which it hardly does:
there the neuron is off (f is 0, or nearly) or saturated (f is level at another value), and learns next to nothing.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from itertools import pairwise

import numpy as np

from reluviz.core.activation import Activation
from reluviz.core.network import SILENT, Network
from reluviz.core.notation import short_text


class Response(Enum):
    """What a neuron does with a change of its z."""

    SENSITIVE = "sensitive"
    SATURATED = "saturated"
    OFF = "off"


@dataclass(frozen=True)
class Stretch:
    """From `low` to `high`, on the z axis or on the domain, `response` is the same."""

    low: float
    high: float
    response: Response


@lru_cache(maxsize=64)
def responses(activation: Activation) -> tuple[Stretch, ...]:
    """The stretches of the whole z axis from left to right; neighbours differ."""
    inner = sorted(set(activation.sensitive if activation.is_smooth else activation.hinge_at))
    edges = [-math.inf, *inner, math.inf]
    found: list[Stretch] = []
    for low, high in pairwise(edges):
        response = _response(activation, low, high)
        alike = bool(found) and found[-1].response is response
        found.append(Stretch(found.pop().low if alike else low, high, response))
    return tuple(found)


def neuron_responses(network: Network, neuron: int, low: float, high: float) -> list[Stretch]:
    """The stretches of [low, high], from left to right, on which `neuron` responds alike; they cover it.

    Raises IndexError for a missing neuron.
    """
    if not 0 <= neuron < network.neurons:
        raise IndexError(f"no neuron {neuron + 1} in a network of {network.neurons}")
    v, b = float(network.hidden_weight[neuron]), float(network.hidden_bias[neuron])
    parts = responses(network.activation)
    if v == 0.0:
        return [Stretch(low, high, next(part.response for part in parts if b <= part.high))]
    found = []
    for part in parts if v > 0.0 else reversed(parts):
        ends = sorted(((part.low - b) / v, (part.high - b) / v))
        left, right = max(ends[0], low), min(ends[1], high)
        if left < right:
            found.append(Stretch(left, right, part.response))
    # A bend so far out that its place overflows leaves the domain to the part that z = b is in.
    return found or [Stretch(low, high, next(part.response for part in parts if b <= part.high))]


def response_word(activation: Activation, response: Response) -> str:
    """The word for it: a neuron that is off or rises with slope 1, and nothing else, is active or off."""
    is_switch = not activation.is_smooth and activation.line_slope == 0.0 and len(activation.hinge_at) == 1
    return "active" if is_switch and response is Response.SENSITIVE else response.value


def responses_text(activation: Activation) -> str:
    """All stretches of the z axis in words, "off below z = −5, sensitive above"."""
    parts = responses(activation)
    if len(parts) == 1:
        return f"{response_word(activation, parts[0].response)} everywhere"
    texts = []
    for i, part in enumerate(parts):
        word = response_word(activation, part.response)
        if i == 0:
            texts.append(f"{word} below z = {short_text(part.high)}")
        elif i < len(parts) - 1:
            texts.append(f"{word} up to {short_text(part.high)}")
        else:
            texts.append(f"{word} above")
    return ", ".join(texts)


def _response(activation: Activation, low: float, high: float) -> Response:
    level = activation.is_flat_between(np.array([low]), np.array([high]))[0]
    if not level:
        return Response.SENSITIVE
    inside = high if math.isinf(low) else low
    silent = abs(float(activation(np.array([inside]))[0])) <= SILENT
    return Response.OFF if silent else Response.SATURATED
