"""Networks and documents that the tests of the panels show."""

from __future__ import annotations

import numpy as np

from reluviz.core.network import Network


def three_segments() -> Network:
    """The worked example of the domain [−1, 1]: all three neurons active."""
    return Network(np.ones(3), np.array([1.0, 0.5, 0.0]), np.array([4.0, -8.0, 5.0]), -1.0)


def every_status() -> Network:
    """On [−1, 1]: active, dead, off domain, constant."""
    return Network(np.array([2.0, 1.0, -1.0, 0.0]), np.array([1.0, -3.0, 5.0, 1.0]), np.array([3.0, 1.0, 2.0, 1.0]))


def one_column(network: Network) -> list[str]:
    """One number of each neuron as text: what every neuron costs that is asked on its own."""
    return [f"{value:.4g}" for value in network.hidden_weight.tolist()]


def random_network(neurons: int, seed: int = 0) -> Network:
    random = np.random.RandomState(seed)
    return Network(random.randn(neurons), random.randn(neurons), random.randn(neurons))
