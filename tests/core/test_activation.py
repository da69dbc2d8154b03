from __future__ import annotations

import numpy as np
import pytest
from dense_oracle import HARD_TANH, LEAKY

from reluviz.core.activation import ACTIVATIONS, IDENTITY, RELU, activation_named

Z = np.array([-2.0, -1.0, -0.5, 0.0, 0.5, 1.0, 2.0])


def test_values() -> None:
    assert RELU(Z).tolist() == [0, 0, 0, 0, 0.5, 1, 2]
    assert IDENTITY(Z).tolist() == Z.tolist()
    assert LEAKY(Z).tolist() == [-0.5, -0.25, -0.125, 0, 0.5, 1, 2]
    assert HARD_TANH(Z).tolist() == [-1, -1, -0.5, 0, 0.5, 1, 1]


def test_derivative_is_that_of_the_closed_side_on_a_hinge() -> None:
    assert RELU.derivative(Z).tolist() == [0, 0, 0, 0, 1, 1, 1]
    assert HARD_TANH.derivative(Z).tolist() == [0, 0, 1, 1, 1, 1, 0]


def test_flat_stretches() -> None:
    low, high = np.array([-2.0, -1.0, 1.0, -1.0, -3.0]), np.array([-1.0, 1.0, 2.0, -0.5, 3.0])
    assert HARD_TANH.is_flat_between(low, high).tolist() == [True, False, True, False, False]
    assert RELU.is_flat_between(low, high).tolist() == [True, False, False, True, False]
    assert not IDENTITY.is_flat_between(low, high).any()
    assert not LEAKY.is_flat_between(low, high).any()


def test_names() -> None:
    assert [activation_named(name) for name in ACTIVATIONS] == list(ACTIVATIONS.values())
    with pytest.raises(ValueError, match=r"unknown activation 'swish' \(known: relu, leaky_relu, identity, hardtanh"):
        activation_named("swish")
