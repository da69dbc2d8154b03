from __future__ import annotations

import numpy as np
import pytest

from reluviz.core.activation import TANH
from reluviz.core.initializer import initialized
from reluviz.core.network import Network

MANY = 10_000


def drawn(name: str, neurons: int = MANY, seed: int = 1) -> Network:
    return initialized(name, neurons, np.random.RandomState(seed), (-3.0, 3.0), TANH)


def is_uniform(values: np.ndarray, bound: float) -> bool:
    """Whether the values fill ±bound evenly, as far as their moments tell."""
    fills = 0.99 * bound < np.abs(values).max() <= bound
    return bool(fills and abs(values.mean()) < 0.05 * bound and abs(values.std() - bound / np.sqrt(3)) < 0.02 * bound)


def test_pytorch_draws_all_parameters_within_its_bounds() -> None:
    network = drawn("pytorch")
    assert is_uniform(network.hidden_weight, 1.0)
    assert is_uniform(network.hidden_bias, 1.0)
    assert is_uniform(network.output_weight, 1 / np.sqrt(MANY))
    assert 0 < abs(network.output_bias) <= 1 / np.sqrt(MANY)
    assert network.activation is TANH
    # One draw for each parameter, in this order.
    legacy = np.random.RandomState(5)
    expected = [*legacy.uniform(-1, 1, 8), *legacy.uniform(-0.5, 0.5, 4), legacy.uniform(-0.5, 0.5)]
    assert drawn("pytorch", 4, 5).vector.tolist() == expected


def test_glorot_has_one_bound_for_both_layers() -> None:
    network = drawn("glorot")
    assert is_uniform(network.hidden_weight, np.sqrt(6 / (1 + MANY)))
    assert is_uniform(network.output_weight, np.sqrt(6 / (1 + MANY)))
    assert not network.hidden_bias.any()
    assert network.output_bias == 0.0


def test_he_has_a_variance_of_two_by_the_fan_in() -> None:
    network = drawn("he")
    assert network.hidden_weight.std() == pytest.approx(np.sqrt(2), rel=0.03)
    assert network.output_weight.std() == pytest.approx(np.sqrt(2 / MANY), rel=0.03)
    assert np.abs(network.hidden_weight).max() > 3 * np.sqrt(2), "normal, not uniform"
    assert not network.hidden_bias.any()
    assert network.output_bias == 0.0
