"""Where training starts: initialisers, with NumPy's legacy generator and the tutorials' order of draws."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from reluviz.core.activation import RELU, Activation
from reluviz.core.arrays import FloatArray
from reluviz.core.network import MAX_NEURONS, Network


def check_neurons(neurons: int) -> None:
    """Raises ValueError where a network cannot have that many neurons."""
    if not 1 <= neurons <= MAX_NEURONS:
        raise ValueError(f"a network has 1 to {MAX_NEURONS} neurons, not {neurons}")


def gaussian(neurons: int, random: np.random.RandomState, low: float, high: float) -> Network:
    """The tutorials' start: v = randn(neurons), then w = randn(neurons), all biases 0, so every kink is at x = 0."""
    v = random.randn(neurons)
    w = random.randn(neurons)
    return Network(v, np.zeros(neurons), w)


def even(neurons: int, random: np.random.RandomState, low: float, high: float) -> Network:
    """Kinks evenly spaced from the domain's left end on, v = 1, w = randn(neurons)/neurons: every section has a ray."""
    return Network(np.ones(neurons), -_even_kinks(neurons, low, high), random.randn(neurons) / neurons)


def pytorch(neurons: int, random: np.random.RandomState, low: float, high: float) -> Network:
    """PyTorch's default for nn.Linear: weights and biases uniform in ±1/√fan_in, in the order v, b, w, b0.

    The fan_in of the hidden layer is 1, that of the output layer the number of neurons.
    """
    v, b = random.uniform(-1.0, 1.0, neurons), random.uniform(-1.0, 1.0, neurons)
    bound = 1.0 / np.sqrt(neurons)
    return Network(v, b, random.uniform(-bound, bound, neurons), random.uniform(-bound, bound))


def glorot(neurons: int, random: np.random.RandomState, low: float, high: float) -> Network:
    """v and w uniform in ±√(6/(fan_in + fan_out)) = ±√(6/(1 + neurons)), biases 0 (Glorot and Bengio 2010)."""
    bound = np.sqrt(6.0 / (1.0 + neurons))
    v = random.uniform(-bound, bound, neurons)
    return Network(v, np.zeros(neurons), random.uniform(-bound, bound, neurons))


def he(neurons: int, random: np.random.RandomState, low: float, high: float) -> Network:
    """v and w normal with variance 2/fan_in: 2 for v, 2/neurons for w; biases 0 (He et al. 2015)."""
    v = np.sqrt(2.0) * random.randn(neurons)
    return Network(v, np.zeros(neurons), np.sqrt(2.0 / neurons) * random.randn(neurons))


def blank(neurons: int, low: float, high: float) -> Network:
    """Nothing tuned yet: kinks evenly spaced from the domain's left end on, v = 1, w = 0, b0 = 0.

    Raises ValueError for an impossible number of neurons.
    """
    check_neurons(neurons)
    return Network(np.ones(neurons), -_even_kinks(neurons, low, high) + 0.0, np.zeros(neurons))


def _even_kinks(neurons: int, low: float, high: float) -> FloatArray:
    return np.asarray(low + (high - low) * np.arange(neurons) / neurons)


Initializer = Callable[[int, np.random.RandomState, float, float], Network]
INITIALIZERS: dict[str, Initializer] = {
    "gaussian": gaussian,
    "pytorch": pytorch,
    "glorot": glorot,
    "he": he,
    "even": even,
}


def initialized(
    name: str,
    neurons: int,
    random: np.random.RandomState,
    domain: tuple[float, float],
    activation: Activation = RELU,
) -> Network:
    """A new network. `random` is advanced by exactly the initialiser's draws, so that a sampler can go on from there.

    Raises ValueError for an unknown initialiser or number of neurons.
    """
    check_neurons(neurons)
    if name not in INITIALIZERS:
        raise ValueError(f"unknown initializer '{name[:32]}' (known: {', '.join(INITIALIZERS)})")
    return INITIALIZERS[name](neurons, random, *domain).with_activation(activation)


def resized(network: Network, fresh: Network) -> Network:
    """A network of `fresh`'s size in which the neurons that stay are `network`'s and the new ones `fresh`'s.

    The output bias is `network`'s.
    """
    n, kept = fresh.neurons, min(network.neurons, fresh.neurons)
    return Network(
        np.concatenate((network.hidden_weight[:kept], fresh.hidden_weight[kept:n])),
        np.concatenate((network.hidden_bias[:kept], fresh.hidden_bias[kept:n])),
        np.concatenate((network.output_weight[:kept], fresh.output_weight[kept:n])),
        network.output_bias,
        network.activation,
    )
