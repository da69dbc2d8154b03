"""Building the output up: b0 first, then one contribution after the other, each bending the sum at its kinks."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from reluviz.core.arrays import FloatArray, IntArray
from reluviz.core.network import Network
from reluviz.core.picture import Order

MAX_PARTIAL_SUMS = 50
"""Nobody tells more curves apart."""


def kink_order(network: Network) -> IntArray:
    """The neurons by their kinks from left to right, shape (neurons,); equal kinks, and neurons without, by index.

    Neurons without a kink (v = 0, identity) come last.
    """
    return np.argsort(network.kinks, kind="stable").astype(np.int64)


def index_order(network: Network) -> IntArray:
    """The neurons as they are numbered, shape (neurons,)."""
    return np.arange(network.neurons, dtype=np.int64)


def order_of(network: Network, order: Order) -> IntArray:
    """The neurons in `order`, shape (neurons,)."""
    return kink_order(network) if order is Order.KINK else index_order(network)


def partial_sum_polyline(
    network: Network, order: npt.ArrayLike, m: int, low: float, high: float, tolerance: float | None = None
) -> FloatArray:
    """b0 with the first `m` contributions of `order` added, on [low, high]: its exact vertices, shape (corners, 2);
    of smooth ones, samples (`tolerance` as `Network.vertices` takes it).

    `order` names neurons, each at most once, and may leave some out. Raises ValueError where it names one twice or m is
    not within 0 … len(order), IndexError for a missing neuron.
    """
    chosen = _checked(network, order)
    if not 0 <= m <= len(chosen):
        raise ValueError(f"there are 0 to {len(chosen)} contributions to add, not {m}")
    if m == 0:
        return np.array([[low, network.output_bias], [high, network.output_bias]])
    return network.part(chosen[:m]).vertices(low, high, tolerance)


def _checked(network: Network, order: npt.ArrayLike) -> IntArray:
    chosen = np.asarray(order, dtype=np.int64).reshape(-1)
    if len(np.unique(chosen)) != len(chosen):
        raise ValueError("an order names each neuron at most once")
    if len(chosen) and not (chosen.min() >= 0 and chosen.max() < network.neurons):
        raise IndexError(f"an order of neurons 1 to {network.neurons} names another")
    return chosen
