"""Shaking parameters: a bundle of networks under random changes, to see which part of the output hangs on them.

The bundle is the one that R. Kibria's article ends on (Approximating a function by hand with ReLUs).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from reluviz.core.arrays import FloatArray
from reluviz.core.network import Network
from reluviz.core.parameter import Locks, Parameter

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
    if not (np.isfinite(size) and size >= 0.0):
        raise ValueError("the size of a change is a number from 0 on")
    if not 0 <= count <= MAX_SHAKEN:
        raise ValueError(f"a bundle has 0 to {MAX_SHAKEN} networks, not {count}")
    held = frozenset() if locks is None else locks.locked
    # In a fixed order: the noise must not depend on the order in which a set is walked through.
    at = np.array(sorted({p.position(network.neurons) for p in parameters if p not in held}), dtype=np.int64)
    vector = network.vector
    noise = np.random.default_rng(seed).standard_normal((count, len(at)))
    with np.errstate(over="ignore"):
        changed = vector[at] + size * np.maximum(np.abs(vector[at]), 1.0) * noise
    changed = np.clip(changed, -_LARGEST, _LARGEST)
    bundle = []
    for values in changed:
        vector[at] = values
        bundle.append(Network.from_vector(vector, network.activation))
    return bundle


def outputs(networks: Sequence[Network], low: float, high: float) -> list[FloatArray]:
    """Each network's output on [low, high] as its exact polyline, shape (corners, 2) each."""
    return [network.vertices(low, high) for network in networks]
