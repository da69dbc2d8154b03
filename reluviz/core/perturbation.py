"""Shaking parameters: a bundle of networks under random changes, to see which part of the output hangs on them.

The bundle is the one that R. Kibria's article ends on (Approximating a function by hand with ReLUs).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from reluviz.core.arrays import FloatArray
from reluviz.core.network import Network
from reluviz.core.parameter import Kind, Parameter

MAX_SHAKEN = 1000
_LARGEST = float(np.finfo(np.float64).max)


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
    """The outputs of `count` networks with the shaken parameters changed by Gaussian noise, all others as they are.

    Found from what changes alone: the cost does not grow with the neurons. `corners`, shape (m, 2), x ascending, is the
    polyline of the network's own output on the domain; the result is as exact as it is.

    The noise's standard deviation is the shake's size × max(|value|, 1): relative for large values, so that a network
    of any scale is shaken alike, and absolute for small ones, so that a weight of 0 is shaken at all. For one seed the
    directions are the same at every size: the bundle opens smoothly. Raises ValueError where the size is negative or
    not finite or `count` is not within 0 … MAX_SHAKEN, IndexError for a missing neuron.
    """
    neuron = next((p.neuron for p in shake.parameters), 0)
    alone = Network(
        network.hidden_weight[[neuron]],
        network.hidden_bias[[neuron]],
        network.output_weight[[neuron]],
        network.output_bias,
        network.activation,
    )
    after = _shaken(alone.vector, [Parameter(p.kind).position(1) for p in shake.parameters], shake, count)
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


def _shaken(vector: FloatArray, positions: Sequence[int], shake: Shake, count: int) -> FloatArray:
    """`count` vectors of parameters, changed at `positions`."""
    if not (np.isfinite(shake.size) and shake.size >= 0.0):
        raise ValueError("the size of a change is a number from 0 on")
    if not 0 <= count <= MAX_SHAKEN:
        raise ValueError(f"a bundle has 0 to {MAX_SHAKEN} networks, not {count}")
    # In a fixed order: the noise must not depend on the order in which a set is walked through.
    at = np.array(sorted(positions), dtype=np.int64)
    noise = np.random.default_rng(shake.seed).standard_normal((count, len(at)))
    changed = np.tile(vector, (count, 1))
    with np.errstate(over="ignore"):
        changed[:, at] += shake.size * np.maximum(np.abs(vector[at]), 1.0) * noise
    return np.clip(changed, -_LARGEST, _LARGEST)
