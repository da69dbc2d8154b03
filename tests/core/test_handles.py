"""Handles: where they are, and that a parameter moved to a position puts its handle there."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reluviz.core.activation import IDENTITY, RELU, activation_named
from reluviz.core.handles import HandleKind, View, handle_of, handles, value_at
from reluviz.core.network import Network
from reluviz.core.parameter import OUTPUT_BIAS, Kind, Parameter

LOW, HIGH = -1.0, 1.0
THREE = Network([1.0, 1.0, 1.0], [1.0, 0.5, 0.0], [4.0, -8.0, 5.0], -1.0)

parameters = st.floats(-50.0, 50.0)
positions = st.floats(-20.0, 20.0)


def networks(activation=RELU):
    row = st.tuples(parameters, parameters, parameters)
    return st.builds(
        lambda rows, bias: Network(*(np.array(column) for column in zip(*rows, strict=True)), bias, activation),
        st.lists(row, min_size=1, max_size=4),
        parameters,
    )


def places(network: Network, low: float = LOW, high: float = HIGH) -> dict[Parameter, tuple[float, float]]:
    return {handle.parameter: (handle.x, handle.y) for handle in handles(network, low, high)}


def test_the_three_segments_have_their_handles_where_the_article_draws_them():
    assert places(THREE) == {
        OUTPUT_BIAS: (-1.0, -1.0),
        Parameter(Kind.HIDDEN_BIAS, 0): (-1.0, 0.0),
        Parameter(Kind.HIDDEN_BIAS, 1): (-0.5, 0.0),
        Parameter(Kind.HIDDEN_BIAS, 2): (0.0, 0.0),
        Parameter(Kind.OUTPUT_WEIGHT, 0): (1.0, 8.0),
        Parameter(Kind.OUTPUT_WEIGHT, 1): (1.0, -12.0),
        Parameter(Kind.OUTPUT_WEIGHT, 2): (1.0, 5.0),
    }


def test_a_left_facing_ray_ends_on_the_left():
    assert places(Network([-2.0], [0.0], [3.0]))[Parameter(Kind.OUTPUT_WEIGHT, 0)] == (-1.0, 6.0)


def test_a_line_ends_on_the_right_and_has_no_kink():
    found = places(Network([-2.0], [0.5], [3.0], activation=IDENTITY))
    assert found == {OUTPUT_BIAS: (-1.0, 0.0), Parameter(Kind.OUTPUT_WEIGHT, 0): (1.0, -4.5)}


@pytest.mark.parametrize(
    ("v", "b", "kinds"),
    [
        (0.0, 1.0, {HandleKind.OUTPUT_BIAS, HandleKind.RAY_END}),
        (0.0, -1.0, {HandleKind.OUTPUT_BIAS}),
        (0.0, 0.0, {HandleKind.OUTPUT_BIAS}),
        (1.0, -1.0, {HandleKind.OUTPUT_BIAS, HandleKind.KINK}),
        (1.0, -5.0, {HandleKind.OUTPUT_BIAS, HandleKind.KINK}),
    ],
    ids=["constant", "constant and off", "nothing", "dead at its end", "dead"],
)
def test_handles_that_cannot_exist_are_left_out(v, b, kinds):
    assert {handle.kind for handle in handles(Network([v], [b], [2.0]), LOW, HIGH)} == kinds


@pytest.mark.parametrize(("b", "x", "beyond"), [(5.0, LOW, -1), (-5.0, HIGH, 1), (0.5, -0.5, 0), (1e308, LOW, -1)])
def test_a_kink_off_the_domain_waits_at_the_edge(b, x, beyond):
    handle = handle_of(Network([1.0], [b], [0.5]), Parameter(Kind.HIDDEN_BIAS, 0), LOW, HIGH)
    assert handle is not None
    assert (handle.x, handle.beyond) == (x, beyond)


def test_only_the_neurons_asked_for():
    found = handles(THREE, LOW, HIGH, [2])
    assert {handle.parameter.neuron for handle in found if handle.parameter != OUTPUT_BIAS} == {2}


def test_a_missing_neuron_is_an_index_error():
    with pytest.raises(IndexError, match="no neuron 4 in a network of 3"):
        handle_of(THREE, Parameter(Kind.HIDDEN_BIAS, 3), LOW, HIGH)
    with pytest.raises(IndexError, match="no neuron 4 in a network of 3"):
        value_at(THREE, Parameter(Kind.OUTPUT_WEIGHT, 3), LOW, HIGH, (0.0, 0.0))


def test_a_hidden_weight_has_no_handle_yet():
    parameter = Parameter(Kind.HIDDEN_WEIGHT, 0)
    assert handle_of(THREE, parameter, LOW, HIGH) is None
    assert value_at(THREE, parameter, LOW, HIGH, (0.0, 0.0)) is None


@pytest.mark.parametrize("activation", [RELU, IDENTITY], ids=lambda activation: activation.name)
@given(data=st.data(), x=positions, y=positions)
def test_a_moved_handle_is_where_it_was_moved_to(activation, data, x, y):
    network = data.draw(networks(activation))
    handle = data.draw(st.sampled_from(handles(network, LOW, HIGH)))
    assume(handle.kind is not HandleKind.KINK or abs(network.hidden_weight[handle.parameter.neuron]) > 1e-3)
    value = value_at(network, handle.parameter, LOW, HIGH, (x, y))
    assume(value is not None)
    moved = handle_of(network.with_values({handle.parameter: value}), handle.parameter, LOW, HIGH)
    if handle.moves_sideways:
        assert moved.x == pytest.approx(min(max(x, LOW), HIGH), abs=1e-9)
    else:
        assert moved.x == handle.x
        assert moved.y == pytest.approx(y, rel=1e-9, abs=1e-12)


@given(network=networks(), x=positions, y=positions)
def test_a_handle_let_go_where_it_is_changes_nothing(network, x, y):
    for handle in handles(network, LOW, HIGH):
        if handle.beyond == 0:
            value = value_at(network, handle.parameter, LOW, HIGH, (handle.x, handle.y))
            assert value == pytest.approx(network[handle.parameter], rel=1e-9, abs=1e-12)


huge = st.sampled_from([0.0, -0.0, 1e-320, 1.0, -3.0, 1e308, -1e308, 5e-324])


@given(v=huge, b=huge, w=huge, x=st.floats(-1e9, 1e9), y=st.floats(-1e9, 1e9))
def test_everything_stays_finite(v, b, w, x, y):
    network = Network([v], [b], [w], b)
    for handle in handles(network, LOW, HIGH):
        assert math.isfinite(handle.x)
        assert math.isfinite(handle.y)
        assert LOW <= handle.x <= HIGH
        value = value_at(network, handle.parameter, LOW, HIGH, (x, y))
        assert value is None or math.isfinite(value)


@given(networks(), st.floats(-3.0, -0.1), st.floats(0.1, 3.0))
def test_a_ray_that_leaves_the_view_is_held_at_its_edge(network: Network, bottom: float, top: float) -> None:
    view = View(-1.0, 1.0, bottom, top)
    for j in range(network.neurons):
        parameter = Parameter(Kind.OUTPUT_WEIGHT, j)
        handle = handle_of(network, parameter, -1.0, 1.0, view)
        end = handle_of(network, parameter, -1.0, 1.0)
        steep = min(abs(network.hidden_weight[j]), abs(network.output_weight[j])) > 0.01
        # Only a ray that starts on the zero line inside the domain is sure to be in view at all.
        if handle is None or end is None or not steep or not abs(network.kinks[j]) < 1.0:
            continue
        inside = bottom <= end.y <= top
        assert handle == end if inside else bottom - 1e-6 <= handle.y <= top + 1e-6
        assert handle.y == pytest.approx(network.contributions([handle.x])[j, 0], rel=1e-6, abs=1e-6)
        # Held at its place, it goes where the hand goes.
        value = value_at(network, parameter, -1.0, 1.0, (0.0, 0.77), handle.x)
        assert value is not None
        moved = network.with_values({parameter: value})
        assert moved.contributions([handle.x])[j, 0] == pytest.approx(0.77, rel=1e-6)


@pytest.mark.parametrize("name", ["tanh", "sigmoid", "softplus", "elu", "gelu", "silu"])
def test_handles_of_a_smooth_neuron_lie_on_its_curve(name: str) -> None:
    network = Network([-2.0], [1.0], [3.0], 0.0, activation_named(name))
    kink = handle_of(network, Parameter(Kind.HIDDEN_BIAS, 0), -3.0, 3.0)
    assert kink is not None
    assert (kink.x, kink.y) == (0.5, pytest.approx(network.contributions([0.5])[0, 0]))
    assert value_at(network, Parameter(Kind.HIDDEN_BIAS, 0), -3.0, 3.0, (-1.0, 0.0)) == -2.0
    view = View(-3.0, 3.0, -1.0, 1.5)
    end = handle_of(network, Parameter(Kind.OUTPUT_WEIGHT, 0), -3.0, 3.0, view)
    assert end is not None
    assert view.bottom <= end.y <= view.top
    assert end.y == pytest.approx(network.contributions([end.x])[0, 0])


@pytest.mark.parametrize("weight", [1e308, -1e308])
def test_enormous_weights_of_a_smooth_neuron_pass_without_a_word(weight):
    network = Network([weight], [1e308], [weight], 0.0, activation_named("tanh"))
    view = View(-2.0, 2.0, -3.0, 3.0)
    for handle in handles(network, -1e9, 1e9, view=view):
        assert np.isfinite([handle.x, handle.y]).all()
