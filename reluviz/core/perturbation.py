"""Shaking parameters: a bundle of networks under random changes, to see which part of the output hangs on them.

The bundle is the one that R. Kibria's article ends on (Approximating a function by hand with ReLUs).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from reluviz.core.arrays import FloatArray, IntArray
from reluviz.core.network import Network
from reluviz.core.parameter import Kind, Locks, Parameter

MAX_SHAKEN = 1000
_LARGEST = float(np.finfo(np.float64).max)


def shaken(
    network: Network, parameters: Iterable[Parameter], size: float, count: int, seed: int, locks: Locks | None = None
) -> list[Network]:
    """`count` networks with `parameters` changed by Gaussian noise, all others, and the locked ones, as they are.

    The noise's standard deviation is `size` × max(|value|, 1): relative for large values, so that a network of any
    scale is shaken alike, and absolute for small ones, so that a weight of 0 is shaken at all. For one seed the
    directions are the same at every size: the bundle opens smoothly. Raises ValueError where `size` is negative or not
    finite or `count` is not within 0 … MAX_SHAKEN, IndexError for a missing neuron.
    """
    held = frozenset() if locks is None else locks.locked
    at, changed = _noisy(network, [p for p in parameters if p not in held], size, count, seed)
    vector = network.vector
    networks = []
    for values in changed:
        vector[at] = values
        networks.append(Network.from_vector(vector, network.activation))
    return networks


def _noisy(
    network: Network, parameters: Iterable[Parameter], size: float, count: int, seed: int
) -> tuple[IntArray, FloatArray]:
    """The positions of `parameters` in the network's vector, and so many new values of them, shape (count, m)."""
    if not (np.isfinite(size) and size >= 0.0):
        raise ValueError("the size of a change is a number from 0 on")
    if not 0 <= count <= MAX_SHAKEN:
        raise ValueError(f"a bundle has 0 to {MAX_SHAKEN} networks, not {count}")
    # In a fixed order: the noise must not depend on the order in which a set is walked through.
    at = np.array(sorted({p.position(network.neurons) for p in parameters}), dtype=np.int64)
    values = network.vector[at]
    noise = np.random.default_rng(seed).standard_normal((count, len(at)))
    with np.errstate(over="ignore"):
        changed = values + size * np.maximum(np.abs(values), 1.0) * noise
    return at, np.clip(changed, -_LARGEST, _LARGEST)


def outputs(networks: Sequence[Network], low: float, high: float) -> list[FloatArray]:
    """Each network's output on [low, high] as its exact polyline, shape (corners, 2) each."""
    return [network.vertices(low, high) for network in networks]


@dataclass(frozen=True)
class Shake:
    """What is shaken: some of one neuron's parameters, or the output bias; by how much, and with which seed."""

    parameters: frozenset[Parameter]
    size: float
    seed: int

    def __post_init__(self) -> None:
        if len({None if p.kind is Kind.OUTPUT_BIAS else p.neuron for p in self.parameters}) > 1:
            raise ValueError("one neuron is shaken at a time")


@dataclass(frozen=True, eq=False)
class Bundle:
    """Shaken outputs as polylines: `x`, `y`, and how far each corner has `moved` up; each of shape (count, corners)."""

    x: FloatArray
    y: FloatArray
    moved: FloatArray


def bundle(network: Network, shake: Shake, count: int, corners: FloatArray) -> Bundle:
    """`outputs` of the `shaken` networks, from what changes alone: the cost does not grow with the neurons.

    `corners`, shape (m, 2), x ascending, is the polyline of the network's own output on the domain; the result is as
    exact as it is. Raises what `shaken` does.
    """
    neuron = next((p.neuron for p in shake.parameters), 0)
    alone = Network(
        network.hidden_weight[[neuron]],
        network.hidden_bias[[neuron]],
        network.output_weight[[neuron]],
        network.output_bias,
        network.activation,
    )
    at, changed = _noisy(alone, [Parameter(p.kind) for p in shake.parameters], shake.size, count, shake.seed)
    after = np.tile(alone.vector, (count, 1))
    after[:, at] = changed
    before = np.broadcast_to(alone.vector, (count, 4))
    along = np.broadcast_to(corners[:, 0], (count, len(corners)))
    with np.errstate(all="ignore"):
        bends = [_hinges(vectors, network, along) for vectors in (before, after)]
        x = np.sort(np.concatenate((along, *bends), axis=1), axis=1)
        moved = _alone(after, x, network) - _alone(before, x, network)
        return Bundle(x, np.interp(x, corners[:, 0], corners[:, 1]) + moved, moved)


def _hinges(vectors: FloatArray, network: Network, along: FloatArray) -> FloatArray:
    """Where neurons of parameters (v, b, w, b0) bend, shape (count, hinges), held within the range of `along`."""
    at = (np.asarray(network.activation.hinge_at) - vectors[:, 1:2]) / vectors[:, :1]
    return np.asarray(np.clip(np.nan_to_num(at, nan=along[0, 0]), along[0, 0], along[0, -1]))


def _alone(vectors: FloatArray, x: FloatArray, network: Network) -> FloatArray:
    """The output of networks of one neuron with the parameters (v, b, w, b0), of x's shape (count, samples)."""
    v, b, w, b0 = vectors.T[:, :, None]
    return np.asarray(b0 + w * network.activation(v * x + b))
