"""Where a training run begins: what Reset goes back to, draw for draw."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from reluviz.core.activation import RELU, Activation
from reluviz.core.field_types import check_name, check_type, check_whole
from reluviz.core.initializer import INITIALIZERS, check_neurons, initialized, resized
from reluviz.core.network import Network
from reluviz.core.seed import check_seed


@dataclass(frozen=True, eq=False)
class Start:
    """The start of a run: an initialiser's draws, or a given network.

    The run's generator is seeded with `seed`, makes the initialiser's draws (if the network is not given), and then
    serves the sampler. Raises ValueError for an unknown initialiser, a bad seed or number of neurons,
    TypeError for a value of another type.
    """

    initializer: str = "gaussian"
    neurons: int = 5
    seed: int = 1234
    activation: Activation = RELU
    network: Network | None = None

    def __post_init__(self) -> None:
        check_name("initializer", self.initializer)
        check_whole(neurons=self.neurons, seed=self.seed)
        check_type("activation", self.activation, Activation, 'RELU or ACTIVATIONS["tanh"]')
        if self.initializer not in INITIALIZERS:
            raise ValueError(f"unknown initializer '{self.initializer[:32]}' (known: {', '.join(INITIALIZERS)})")
        check_seed(self.seed)
        check_neurons(self.neurons)
        if self.network is not None:
            object.__setattr__(self, "neurons", self.network.neurons)
            object.__setattr__(self, "activation", self.network.activation)

    def begin(self, low: float, high: float) -> tuple[Network, np.random.RandomState]:
        """The first network, on the domain [low, high], and the generator that goes on from there."""
        random = np.random.RandomState(self.seed)
        if self.network is not None:
            return self.network, random
        return initialized(self.initializer, self.neurons, random, (low, high), self.activation), random

    def same_as(self, other: Start) -> bool:
        """Whether runs from both begin with the same network and the same draws."""
        same = (self.initializer, self.neurons, self.seed, self.activation)
        if same != (other.initializer, other.neurons, other.seed, other.activation):
            return False
        if self.network is None or other.network is None:
            return self.network is other.network
        return self.network.same_as(other.network)

    def fitting(self, network: Network, low: float, high: float) -> Start:
        """The same start for a run that has come to `network`, of another activation or number of neurons perhaps."""
        start = self if self.activation == network.activation else self.with_activation(network.activation)
        return start if start.neurons == network.neurons else start.with_neurons(network.neurons, low, high)

    def given(self, network: Network) -> Start:
        """The same seed, starting from `network`."""
        return replace(self, network=network)

    def anew(self, seed: int | None = None) -> Start:
        """The initialiser's own draws (of another seed), whatever network was given before."""
        return replace(self, network=None, seed=self.seed if seed is None else seed)

    def with_neurons(self, neurons: int, low: float, high: float) -> Start:
        """The same start with more or fewer neurons; those that stay start where they started before.

        New ones are the initialiser's, drawn for the new size. Raises ValueError for an impossible number.
        """
        check_neurons(neurons)
        present, _ = self.begin(low, high)
        fresh, _ = replace(self, network=None, neurons=neurons).begin(low, high)
        return replace(self, network=resized(present, fresh))

    def with_activation(self, activation: Activation) -> Start:
        """The same parameters under another activation."""
        network = None if self.network is None else self.network.with_activation(activation)
        return replace(self, activation=activation, network=network)
