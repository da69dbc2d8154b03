from __future__ import annotations

import numpy as np
import pytest

from reluviz.core.activation import IDENTITY
from reluviz.core.initializer import INITIALIZERS, initialized, resized
from reluviz.core.network import Network
from reluviz.core.seed import MAX_SEED
from reluviz.core.start import Start


@pytest.mark.parametrize("initializer", INITIALIZERS)
def test_beginning_again_repeats_every_draw(initializer: str) -> None:
    start = Start(initializer, 7, 99)
    first, first_random = start.begin(-2.0, 5.0)
    again, again_random = start.begin(-2.0, 5.0)
    assert first.same_as(again)
    assert first_random.randint(0, 1000, 20).tolist() == again_random.randint(0, 1000, 20).tolist()
    assert not first.same_as(start.anew(100).begin(-2.0, 5.0)[0])


def test_gaussian_draws_v_then_w() -> None:
    network, random = Start("gaussian", 3, 1234).begin(-3.0, 3.0)
    legacy = np.random.RandomState(1234)
    assert network.hidden_weight.tolist() == legacy.randn(3).tolist()
    assert network.output_weight.tolist() == legacy.randn(3).tolist()
    assert network.hidden_bias.tolist() == [0, 0, 0]
    assert network.output_bias == 0.0
    assert random.randint(0, 10**6) == legacy.randint(0, 10**6)


def test_even_spreads_the_kinks_from_the_left_end() -> None:
    network, _ = Start("even", 4, 1).begin(-1.0, 3.0)
    assert network.kinks.tolist() == [-1, 0, 1, 2]
    assert network.hidden_weight.tolist() == [1, 1, 1, 1]


def test_a_given_network_makes_no_draws() -> None:
    network = Network([1.0], [2.0], [3.0], 4.0, IDENTITY)
    start = Start(seed=5).given(network)
    assert (start.neurons, start.activation) == (1, IDENTITY)
    begun, random = start.begin(-3.0, 3.0)
    assert begun is network
    assert random.randint(0, 10**6) == np.random.RandomState(5).randint(0, 10**6)
    assert start.anew().begin(-3.0, 3.0)[0].same_as(Start(neurons=1, seed=5, activation=IDENTITY).begin(-3.0, 3.0)[0])


@pytest.mark.parametrize("neurons", [1, 4, 5, 6, 12])
def test_the_neurons_that_stay_start_where_they_did(neurons: int) -> None:
    start = Start("gaussian", 5, 1234)
    before = start.begin(-3.0, 3.0)[0]
    after = start.with_neurons(neurons, -3.0, 3.0).begin(-3.0, 3.0)[0]
    kept = min(5, neurons)
    assert after.neurons == neurons
    for name in ("hidden_weight", "hidden_bias", "output_weight"):
        assert getattr(after, name)[:kept].tolist() == getattr(before, name)[:kept].tolist()
    fresh = Start("gaussian", neurons, 1234).begin(-3.0, 3.0)[0]
    assert after.output_weight[kept:].tolist() == fresh.output_weight[kept:].tolist()


def test_resizing_keeps_output_bias_and_activation() -> None:
    network = Network([1.0, 2.0], [3.0, 4.0], [5.0, 6.0], 7.0, IDENTITY)
    fresh = Network([9.0], [9.0], [9.0])
    assert resized(network, fresh).same_as(Network([1.0], [3.0], [5.0], 7.0, IDENTITY))


def test_another_activation_keeps_the_parameters() -> None:
    start = Start().given(Network([1.0], [2.0], [3.0]))
    assert start.with_activation(IDENTITY).begin(-1.0, 1.0)[0].same_as(Network([1.0], [2.0], [3.0], 0.0, IDENTITY))
    drawn = Start().with_activation(IDENTITY).begin(-1.0, 1.0)[0]
    assert drawn.same_as(Start().begin(-1.0, 1.0)[0].with_activation(IDENTITY))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"initializer": "zeros"}, r"unknown initializer 'zeros' \(known: gaussian, pytorch, glorot, he, even\)"),
        ({"seed": -1}, "from 0 to 4294967295, not -1"),
        ({"seed": MAX_SEED + 1}, "not 4294967296"),
        ({"neurons": 0}, "1 to 10000 neurons, not 0"),
        ({"neurons": 100_000}, "not 100000"),
    ],
)
def test_what_is_no_start(arguments: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Start(**arguments)


def test_impossible_networks_are_refused_by_name() -> None:
    with pytest.raises(ValueError, match="not 100000"):
        Start().with_neurons(100_000, -1.0, 1.0)
    with pytest.raises(ValueError, match="unknown initializer"):
        initialized("zeros", 1, np.random.RandomState(1), (-1.0, 1.0))


def test_the_same_start_is_the_same_by_value():
    network = Network([1.0], [2.0], [3.0])
    assert Start().same_as(Start())
    assert Start().given(network).same_as(Start().given(Network([1.0], [2.0], [3.0])))
    for other in (Start(seed=1), Start("even"), Start(neurons=6), Start(activation=IDENTITY), Start().given(network)):
        assert not Start().same_as(other)
        assert not other.same_as(Start())


def test_a_start_is_made_to_fit_a_network():
    start = Start(neurons=3)
    assert start.fitting(Network([1.0] * 3, [1.0] * 3, [1.0] * 3), -1.0, 1.0) is start
    other = start.fitting(Network([1.0] * 5, [1.0] * 5, [1.0] * 5, 0.0, IDENTITY), -1.0, 1.0)
    assert (other.neurons, other.activation) == (5, IDENTITY)
    first = start.begin(-1.0, 1.0)[0]
    assert (other.begin(-1.0, 1.0)[0].hidden_weight[:3] == first.hidden_weight).all(), "those that stay start as before"
