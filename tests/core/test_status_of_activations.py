"""The status of a neuron of any activation beside what its values on densely spaced samples show."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reluviz.core.activation import ACTIVATIONS, Activation, leaky_relu
from reluviz.core.network import SILENT, Network, Status

LOW, HIGH = -1.5, 2.0
X = np.linspace(LOW, HIGH, 4001)

weights = st.one_of(st.floats(0.05, 20.0), st.floats(-20.0, -0.05))
biases = st.floats(-40.0, 40.0)
STRAIGHT = [activation for activation in ACTIVATIONS.values() if not activation.is_smooth] + [leaky_relu(-0.4)]
SMOOTH = [activation for activation in ACTIVATIONS.values() if activation.is_smooth]


def status(activation: Activation, v: float, b: float) -> Status:
    (found,) = Network([v], [b], [1.0], 0.0, activation).status(LOW, HIGH)
    return found


@pytest.mark.parametrize("activation", STRAIGHT, ids=lambda activation: activation.name)
@given(v=weights, b=biases)
def test_of_straight_pieces(activation: Activation, v: float, b: float) -> None:
    z = v * X + b
    # On an edge of the domain rounding decides.
    assume(all(min(abs(z[0] - at), abs(z[-1] - at)) > 1e-6 for at in activation.hinge_at))
    f = activation(z)
    bends = any(z.min() < at < z.max() for at in activation.hinge_at)
    if np.ptp(f) <= 1e-9 * np.abs(z).max():
        wanted = Status.DEAD if abs(f[0]) <= SILENT else Status.SATURATED
    else:
        wanted = Status.ACTIVE if bends or not activation.hinge_at else Status.OFF_DOMAIN
    assert status(activation, v, b) is wanted


@pytest.mark.parametrize("activation", SMOOTH, ids=lambda activation: activation.name)
@given(v=weights, b=biases)
def test_of_smooth_ones(activation: Activation, v: float, b: float) -> None:
    z = v * X + b
    f, slope = activation(z), activation.derivative(z)
    left, right = activation.sensitive
    match status(activation, v, b):
        case Status.DEAD:
            assert np.abs(f).max() <= 1.1 * SILENT
        case Status.SATURATED:
            assert np.abs(f).min() > SILENT / 2.0
            assert np.ptp(f) < 0.02
        case Status.OFF_DOMAIN:
            assert np.ptp(slope) < 0.06
            assert np.abs(slope).min() > 0.5
        case found:
            assert found is Status.ACTIVE
            assert z.min() < right
            assert z.max() > left
    if left < z.min() < right or left < z.max() < right:
        assert status(activation, v, b) is Status.ACTIVE


@pytest.mark.parametrize("activation", [*STRAIGHT, *SMOOTH], ids=lambda activation: activation.name)
@given(b=biases)
def test_without_a_hidden_weight_it_is_constant(activation: Activation, b: float) -> None:
    assert status(activation, 0.0, b) is Status.CONSTANT
    assert np.ptp(Network([0.0], [b], [1.0], 0.0, activation).contributions(X)) == 0.0
