"""Networks, and what runs start from, as parts of the document."""

from __future__ import annotations

from typing import Annotated

import msgspec

from reluviz.core.activation import activation_named
from reluviz.core.network import Network
from reluviz.core.start import Start
from reluviz.document.part import Line, Part, located


class NetworkPart(Part):
    activation: Line
    hidden_weight: tuple[float, ...]
    hidden_bias: tuple[float, ...]
    output_weight: tuple[float, ...]
    output_bias: float


class DrawnPart(Part, tag_field="kind", tag="drawn"):
    """A start that an initialiser draws."""

    initializer: Line
    neurons: Annotated[int, msgspec.Meta(ge=-(10**15), le=10**15)]
    activation: Line
    seed: int


class GivenPart(Part, tag_field="kind", tag="given"):
    """A start from a given network; the initialiser serves when new draws are asked for."""

    network: NetworkPart
    initializer: Line
    seed: int


def start_of(part: DrawnPart | GivenPart, path: str = "$.start") -> Start:
    """Raises DocumentError, naming `path`, where it is impossible."""
    if isinstance(part, GivenPart):
        network = network_of(part.network, f"{path}.network")
        with located(path):
            return Start(initializer=part.initializer, seed=part.seed, network=network)
    with located(path):
        return Start(part.initializer, part.neurons, part.seed, activation_named(part.activation))


def network_of(part: NetworkPart, path: str) -> Network:
    """Raises DocumentError, naming `path`, where it is impossible."""
    with located(path):
        return Network(
            part.hidden_weight,  # type: ignore[arg-type]  # Network copies any list into an array
            part.hidden_bias,  # type: ignore[arg-type]
            part.output_weight,  # type: ignore[arg-type]
            part.output_bias,
            activation_named(part.activation),
        )


def start_part(start: Start) -> DrawnPart | GivenPart:
    """What to write for a start."""
    if start.network is not None:
        return GivenPart(network_part(start.network), start.initializer, start.seed)
    return DrawnPart(start.initializer, start.neurons, start.activation.name, start.seed)


def network_part(network: Network) -> NetworkPart:
    """What to write for a network."""
    return NetworkPart(
        activation=network.activation.name,
        hidden_weight=tuple(network.hidden_weight.tolist()),
        hidden_bias=tuple(network.hidden_bias.tolist()),
        output_weight=tuple(network.output_weight.tolist()),
        output_bias=network.output_bias,
    )
