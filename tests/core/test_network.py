from __future__ import annotations

import numpy as np
import pytest
from dense_oracle import HARD_TANH, LEAKY, Case, cases, dense_output, rounding
from hypothesis import given
from hypothesis import strategies as st

from reluviz.core.activation import IDENTITY
from reluviz.core.network import MAX_NEURONS, Network, Status
from reluviz.core.parameter import OUTPUT_BIAS, Kind, Parameter

SOURCE = Network([1.0, 1.0, 1.0], [1.0, 0.5, 0.0], [4.0, -8.0, 5.0], -1.0)


def test_the_sources_network_passes_its_points() -> None:
    assert SOURCE.vertices(-1.0, 1.0).tolist() == [[-1, -1], [-0.5, 1], [0, -1], [1, 0]]
    assert SOURCE.kinks.tolist() == [-1, -0.5, 0]


@given(cases(), st.floats(-4.0, 4.0), st.floats(1e-3, 8.0), st.integers(0, 2**31))
def test_the_vertices_polyline_is_the_output(case: Case, low: float, width: float, seed: int) -> None:
    offset = case.data.centre[0]
    low, high = low + offset, low + offset + width
    vertices = case.network.vertices(low, high)
    assert (np.diff(vertices[:, 0]) > 0).all()
    assert vertices[0, 0] == low
    assert vertices[-1, 0] == high
    assert len(vertices) <= case.network.neurons * len(case.network.activation.hinge_at) + 2
    x = np.concatenate((np.random.default_rng(seed).uniform(low, high, 50), [low, high]))
    error = np.abs(np.interp(x, *vertices.T) - dense_output(case.network, x))
    assert error.max() <= 1e-13 * rounding(case.network, x, np.zeros(1))[-1]


@given(cases(), st.floats(-4.0, 4.0), st.floats(1e-3, 8.0), st.booleans())
def test_each_contribution_is_its_polyline(case: Case, low: float, width: float, raw: bool) -> None:
    offset = case.data.centre[0]
    low, high = low + offset, low + offset + width
    network = case.network
    polylines = network.contribution_polylines(low, high, raw)
    assert polylines.shape == (network.neurons, len(network.activation.hinge_at) + 2, 2)
    assert (np.diff(polylines[:, :, 0], axis=1) >= 0).all()
    x = np.linspace(low, high, 41)
    dense = network.activations(x) if raw else network.contributions(x)
    far = np.abs(x).max()
    sizes = np.abs(network.hidden_weight) * far + np.abs(network.hidden_bias) + 1.0
    if not raw:
        sizes = sizes * np.abs(network.output_weight)
    for polyline, values, size in zip(polylines, dense, sizes, strict=True):
        assert np.abs(np.interp(x, *polyline.T) - values).max() <= 1e-14 * size


@given(cases())
def test_partial_sums_build_up_to_the_output(case: Case) -> None:
    network, x = case.network, case.data.x
    order = np.arange(network.neurons)[::-1]
    sums = network.partial_sums(x, order)
    assert sums.shape == (network.neurons + 1, len(x))
    assert (sums[0] == network.output_bias).all()
    assert np.allclose(np.diff(sums, axis=0), network.contributions(x)[order], atol=1e-6, rtol=1e-9)
    assert np.allclose(sums[-1], network.output(x), atol=1e-6, rtol=1e-9)


@given(cases())
def test_the_output_is_the_dense_one(case: Case) -> None:
    assert np.allclose(case.network.output(case.data.x), dense_output(case.network, case.data.x), rtol=1e-12, atol=1e-6)


def test_the_output_in_blocks_and_of_nothing() -> None:
    network = Network(np.ones(MAX_NEURONS), np.zeros(MAX_NEURONS), np.ones(MAX_NEURONS))
    x = np.linspace(-1.0, 1.0, 450)
    assert np.allclose(network.output(x), MAX_NEURONS * np.maximum(x, 0.0))
    assert network.output([]).shape == (0,)


def test_kinks() -> None:
    network = Network([2.0, -2.0, 0.0, 0.0, 5e-324], [1.0, 1.0, 1.0, 0.0, 1.0], np.ones(5))
    assert network.kinks[:2].tolist() == [-0.5, 0.5]
    assert np.isnan(network.kinks[2:]).all()
    assert np.isnan(SOURCE.with_activation(IDENTITY).kinks).all()
    assert str(Network([1.0], [0.0], [1.0]).kinks[0]) == "0.0", "a kink at −0 would show a minus sign"


def test_vertices_where_kinks_meet_the_ends_and_one_another() -> None:
    network = Network([1.0, -1.0, 1.0, 1.0, 0.0], [1.0, -1.0, -0.5, -0.5, 2.0], [1.0, 1.0, 1.0, 2.0, 3.0])
    # Kinks at −1 (right-facing), −1 (left-facing), 0.5 twice, none.
    assert network.vertices(-1.0, 0.5).tolist() == [[-1, 6], [0.5, 7.5]]
    assert network.vertices(-2.0, 1.0).tolist() == [[-2, 7], [-1, 6], [0.5, 7.5], [1, 9.5]]


def test_an_open_neuron_whose_kink_overflows_is_off_the_domain() -> None:
    assert Network([1e-308], [10.0], [1.0]).status(0.0, 1.0) == [Status.OFF_DOMAIN]


@pytest.mark.parametrize("low", [0.0, 1e6])
def test_values_near_overflow_warn_nobody(low: float) -> None:
    network = Network([1e308, -1e308], [1e308, 1.0], [1e308, 1e308])
    network.vertices(low, low + 1.0)
    network.contribution_polylines(low, low + 1.0)
    network.partial_sums([low])
    network.output([low])
    network.status(low, low + 1.0)


def test_status() -> None:
    v, b = [0.0, 1.0, -1.0, 1.0, 1.0, 1.0, -1.0], [1.0, -9.0, -9.0, 9.0, 0.5, 1.0, 1.0]
    status = Network(v, b, np.ones(7)).status(-1.0, 1.0)
    assert status == [
        Status.CONSTANT,
        Status.DEAD,
        Status.DEAD,
        Status.OFF_DOMAIN,
        Status.ACTIVE,
        Status.ACTIVE,  # its kink is the domain's left end, as the first of a hand-built network is
        Status.ACTIVE,
    ]


def test_status_of_other_activations() -> None:
    # z runs from b − 0.5 to b + 0.5, the hinges are at −1 and 1 or at 0.
    b = [-3.0, -1.0, 0.0, 1.0, 3.0]
    one = np.ones(5)
    level, off, on = Status.SATURATED, Status.OFF_DOMAIN, Status.ACTIVE
    assert Network(one, b, one, 0.0, HARD_TANH).status(-0.5, 0.5) == [level, on, off, on, level]
    assert Network(one, b, one, 0.0, LEAKY).status(-0.5, 0.5) == [off, off, on, off, off]
    assert Network(one, b, one, 0.0, IDENTITY).status(-0.5, 0.5) == [on] * 5
    assert Network([0.0], [0.0], [1.0], 0.0, IDENTITY).status(-0.5, 0.5) == [Status.CONSTANT]


def test_values_are_frozen() -> None:
    given_weight = np.ones(1)
    network = Network(given_weight, [0.0], [1.0])
    given_weight[0] = 2.0
    assert network.hidden_weight[0] == 1.0
    for array in (network.hidden_weight, network.hidden_bias, network.output_weight):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1.0


def test_vector_and_single_parameters() -> None:
    assert SOURCE.same_as(Network.from_vector(SOURCE.vector))
    assert SOURCE[Parameter(Kind.OUTPUT_WEIGHT, 1)] == -8.0
    assert SOURCE[OUTPUT_BIAS] == -1.0
    changed = SOURCE.with_values({Parameter(Kind.HIDDEN_BIAS, 2): 0.25, OUTPUT_BIAS: 3.0})
    assert changed.hidden_bias.tolist() == [1.0, 0.5, 0.25]
    assert changed.output_bias == 3.0
    assert not changed.same_as(SOURCE)
    assert not SOURCE.same_as(SOURCE.with_activation(IDENTITY))
    with pytest.raises(IndexError, match="no neuron 4 in a network of 3"):
        SOURCE[Parameter(Kind.HIDDEN_BIAS, 3)]
    with pytest.raises(ValueError, match=r"output_weight\[0\] is not a finite number"):
        SOURCE.with_values({Parameter(Kind.OUTPUT_WEIGHT, 0): np.inf})


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (([1.0], [1.0, 2.0], [1.0]), "hidden_bias has 2 values where hidden_weight has 1"),
        (([1.0, 1.0], [1.0, np.nan], [1.0, 1.0]), r"hidden_bias\[1\] is not a finite number"),
        (([1.0], [1.0], [1.0], np.inf), "output_bias is not a finite number"),
        (([], [], []), "1 to 10000 neurons, not 0"),
        (([[1.0]], [1.0], [1.0]), "hidden_weight must be a list of numbers"),
        ((1.0, 1.0, 1.0), "hidden_weight must be a list of numbers"),
    ],
)
def test_what_is_no_network(arguments: tuple[object, ...], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Network(*arguments)


def test_too_many_neurons() -> None:
    many = np.ones(MAX_NEURONS + 1)
    with pytest.raises(ValueError, match="not 10001"):
        Network(many, many, many)


def test_a_part_of_the_network() -> None:
    part = SOURCE.part([2, 0])
    assert part.vector.tolist() == [1.0, 1.0, 0.0, 1.0, 5.0, 4.0, -1.0]
    assert SOURCE.with_activation(IDENTITY).part([1]).activation is IDENTITY
    with pytest.raises(IndexError):
        SOURCE.part([3])
    with pytest.raises(ValueError, match="1 to"):
        SOURCE.part([])
