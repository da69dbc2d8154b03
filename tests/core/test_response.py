"""Sensitive, saturated, off: against the slope and the value of the activation itself."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reluviz.core.activation import ACTIVATIONS, RELU, TANH, Activation, leaky_relu
from reluviz.core.network import Network
from reluviz.core.response import Response, Stretch, neuron_responses, response_word, responses, responses_text

ALL = [*ACTIVATIONS.values(), leaky_relu(0.0), leaky_relu(-0.3)]
MODERATE = st.floats(-20.0, 20.0)


@pytest.mark.parametrize("activation", ALL, ids=lambda activation: activation.name)
def test_the_whole_z_axis_is_covered_and_called_by_slope_and_value(activation: Activation) -> None:
    parts = responses(activation)
    assert parts[0].low == -np.inf
    assert parts[-1].high == np.inf
    for left, right in pairwise(parts):
        assert left.high == right.low
        assert left.response is not right.response
    for part in parts:
        z = np.linspace(max(part.low, -30.0) + 0.02, min(part.high, 30.0) - 0.02, 201)
        slopes = np.abs(activation.derivative(z))
        if part.response is Response.SENSITIVE:
            assert slopes.max() > 0.009
        else:
            assert slopes.max() < 0.02
            assert (np.abs(activation(z)).max() < 0.02) == (part.response is Response.OFF)


@given(st.sampled_from(ALL), MODERATE, MODERATE)
def test_a_neurons_stretches_cover_the_domain_in_order(activation: Activation, v: float, b: float) -> None:
    network = Network([v], [b], [1.0], activation=activation)
    parts = neuron_responses(network, 0, -3.0, 2.0)
    assert parts[0].low == -3.0
    assert parts[-1].high == 2.0
    for left, right in pairwise(parts):
        assert left.high == right.low
        assert left.response is not right.response
    for part in parts:
        z = v * (part.low + part.high) / 2.0 + b
        there = {whole.response for whole in responses(activation) if whole.low - 1e-9 <= z <= whole.high + 1e-9}
        assert part.response in there


def test_by_hand() -> None:
    tanh = Network([2.0, -1.0, 0.0], [0.0, 0.0, 9.0], [1.0, 1.0, 1.0], activation=TANH)
    assert neuron_responses(tanh, 0, -3.0, 1.0) == [
        Stretch(-3.0, -1.5, Response.SATURATED),
        Stretch(-1.5, 1.0, Response.SENSITIVE),
    ]
    assert neuron_responses(tanh, 2, -3.0, 1.0) == [Stretch(-3.0, 1.0, Response.SATURATED)]
    relu = Network([-1.0], [0.5], [1.0])
    assert neuron_responses(relu, 0, -1.0, 1.0) == [
        Stretch(-1.0, 0.5, Response.SENSITIVE),
        Stretch(0.5, 1.0, Response.OFF),
    ]
    with pytest.raises(IndexError):
        neuron_responses(relu, 1, -1.0, 1.0)


def test_numbers_out_of_all_reach() -> None:
    far = Network([1e-300, 1e300], [1e300, -1e300], [1.0, 1.0], activation=TANH)
    assert neuron_responses(far, 0, -1.0, 1.0) == [Stretch(-1.0, 1.0, Response.SATURATED)]
    assert {part.response for part in neuron_responses(far, 1, -1.0, 0.5)} == {Response.SATURATED}


def test_words() -> None:
    assert responses_text(RELU) == "off below z = 0, active above"
    assert responses_text(TANH) == "saturated below z = −3, sensitive up to 3, saturated above"
    assert responses_text(ACTIVATIONS["identity"]) == "sensitive everywhere"
    assert response_word(leaky_relu(), Response.SENSITIVE) == "sensitive"
