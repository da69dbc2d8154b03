"""The plain dense formulas that the exact kernels are held against, and random networks and samples to do it with."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from hypothesis import strategies as st

from reluviz.core.activation import IDENTITY, RELU, Activation
from reluviz.core.arrays import FloatArray
from reluviz.core.dataset import Dataset
from reluviz.core.network import Network

LEAKY = Activation("leaky", "leaky", line_slope=0.25, hinge_at=(0.0,), hinge_slope=(0.75,))
HARD_TANH = Activation("hard", "hard", line_offset=-1.0, hinge_at=(-1.0, 1.0), hinge_slope=(1.0, -1.0))
ACTIVATIONS = (RELU, IDENTITY, LEAKY, HARD_TANH)


def dense_output(network: Network, x: FloatArray) -> FloatArray:
    z = np.outer(network.hidden_weight, x) + network.hidden_bias[:, None]
    return network.output_weight @ network.activation(z) + network.output_bias


def dense_loss(network: Network, x: FloatArray, y: FloatArray) -> float:
    return float(np.mean((dense_output(network, x) - y) ** 2) / 2)


def dense_gradient(network: Network, x: FloatArray, y: FloatArray) -> FloatArray:
    """∂J/∂θ, shape (3·neurons + 1,): back-propagation through the (neurons, samples) matrix."""
    z = np.outer(network.hidden_weight, x) + network.hidden_bias[:, None]
    r = (dense_output(network, x) - y) / len(x)
    back = network.output_weight[:, None] * network.activation.derivative(z) * r
    return np.concatenate((back @ x, back.sum(axis=1), network.activation(z) @ r, [r.sum()]))


def dense_pull(loss: str, r: FloatArray) -> FloatArray:
    """The derivative of what each residual costs."""
    pulls = {"half_mse": r, "mse": 2 * r, "mae": np.sign(r), "huber": np.clip(r, -1, 1)}
    return pulls[loss]


def dense_cost(loss: str, r: FloatArray) -> float:
    """What the residuals cost on average, as PyTorch's documentation has it."""
    size = np.abs(r)
    costs = {"half_mse": r * r / 2, "mse": r * r, "mae": size, "huber": np.where(size < 1, r * r / 2, size - 0.5)}
    return float(np.mean(costs[loss]))


def dense_loss_gradient(network: Network, x: FloatArray, y: FloatArray, loss: str) -> FloatArray:
    """∂/∂θ of any loss, shape (3·neurons + 1,)."""
    # The gradient of ½·mean r² at targets that make each residual the pull it is.
    return dense_gradient(network, x, dense_output(network, x) - dense_pull(loss, dense_output(network, x) - y))


def rounding(network: Network, x: FloatArray, y: FloatArray) -> FloatArray:
    """How large the terms are that cancel in each component of the gradient: 1e−16 of it is rounding."""
    v, b, w = np.abs(network.hidden_weight), np.abs(network.hidden_bias), np.abs(network.output_weight)
    far = np.abs(x).max()
    # The raw rays' size, hinge by hinge, and with it the residual's.
    slope = abs(network.activation.line_slope) + sum(map(abs, network.activation.hinge_slope))
    hinge = max(map(abs, network.activation.hinge_at), default=0.0)
    ray = slope * (v * far + b + hinge) + abs(network.activation.line_offset)
    r = w @ ray + abs(network.output_bias) + np.abs(y).max()
    return np.concatenate((w * slope * r * far, w * slope * r, ray * r, [r]))


@dataclass(frozen=True)
class Case:
    """A network and the samples to train it on."""

    network: Network
    data: Dataset


_GRID = st.integers(-12, 12).map(lambda k: k / 4)
_NUMBER = st.one_of(_GRID, st.floats(-3.0, 3.0, allow_subnormal=False))


@st.composite
def cases(draw: st.DrawFn, offsets: tuple[float, ...] = (0.0, 1e6, -1e6)) -> Case:
    """Small networks, with v = 0, kinks exactly on samples and on one another, one sample, samples at one place."""
    activation = draw(st.sampled_from(ACTIVATIONS))
    offset = draw(st.sampled_from(offsets))
    x = np.array(draw(st.lists(_NUMBER, min_size=1, max_size=12))) + offset
    y = np.array(draw(st.lists(_NUMBER, min_size=len(x), max_size=len(x)))) + draw(st.sampled_from((0.0, 1e6)))
    neurons = draw(st.integers(1, 6))
    v = np.array(draw(st.lists(_NUMBER, min_size=neurons, max_size=neurons)))
    w = np.array(draw(st.lists(_NUMBER, min_size=neurons, max_size=neurons)))
    b = np.array(draw(st.lists(_NUMBER, min_size=neurons, max_size=neurons)))
    for j in range(neurons):
        if draw(st.booleans()):
            at = draw(st.sampled_from((0.0, *activation.hinge_at)))
            b[j] = at - v[j] * draw(st.sampled_from(list(x)))
    return Case(Network(v, b, w, draw(_NUMBER), activation), Dataset(x, y))
