from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reluviz.core.activation import ACTIVATIONS, IDENTITY, RELU, Activation
from reluviz.core.construct import construct
from reluviz.core.influence import moved_interval, moved_text
from reluviz.core.network import Network
from reluviz.core.parameter import OUTPUT_BIAS, Kind, Parameter

SOURCE = construct(((-1.0, -1.0), (-0.5, 1.0), (0.0, -1.0), (1.0, 0.0)))
LEAKY = Activation("leaky", "leaky", line_slope=0.25, hinge_at=(0.0,), hinge_slope=(0.75,))
HARD_TANH = Activation("hard", "hard", line_offset=-1.0, hinge_at=(-1.0, 1.0), hinge_slope=(1.0, -1.0))
HIDDEN = [Kind.HIDDEN_WEIGHT, Kind.HIDDEN_BIAS]
ALL = [*HIDDEN, Kind.OUTPUT_WEIGHT]


@pytest.mark.parametrize("kind", ALL)
def test_each_relu_of_the_source_moves_all_right_of_its_kink(kind: Kind) -> None:
    moved = [moved_interval(SOURCE, Parameter(kind, j), -1.0, 1.0) for j in range(3)]
    assert moved == [(-1.0, 1.0), (-0.5, 1.0), (0.0, 1.0)]


@pytest.mark.parametrize("kind", ALL)
def test_other_neurons(kind: Kind) -> None:
    def moved(v: float, b: float, activation: Activation = RELU) -> tuple[float, float] | None:
        return moved_interval(Network([v], [b], [2.0], 0.0, activation), Parameter(kind, 0), -1.0, 1.0)

    assert moved(-2.0, 0.5) == (-1.0, 0.25)
    assert moved(1.0, -3.0) is None
    assert moved(1.0, 3.0) == (-1.0, 1.0)
    assert moved(0.0, 1.0) == (-1.0, 1.0)
    assert moved(0.0, -1.0) is None
    assert moved(1.0, 0.0, IDENTITY) == (-1.0, 1.0)
    assert moved(1.0, 0.0, LEAKY) == (-1.0, 1.0)
    whole = kind is Kind.OUTPUT_WEIGHT
    assert moved(4.0, 0.0, HARD_TANH) == ((-1.0, 1.0) if whole else (-0.25, 0.25))


def test_b0_moves_everything_and_a_weight_of_0_hides_its_neuron() -> None:
    assert moved_interval(SOURCE, OUTPUT_BIAS, -1.0, 1.0) == (-1.0, 1.0)
    network = Network([1.0], [0.0], [0.0])
    assert [moved_interval(network, Parameter(kind), -1.0, 1.0) for kind in ALL] == [None, None, (0.0, 1.0)]
    with pytest.raises(IndexError, match="no neuron 2"):
        moved_interval(network, Parameter(Kind.HIDDEN_BIAS, 1), -1.0, 1.0)


NUMBER = st.floats(-3.0, 3.0)


@given(
    st.tuples(NUMBER, NUMBER, NUMBER),
    st.sampled_from(ALL),
    st.sampled_from([RELU, LEAKY, IDENTITY, HARD_TANH]),
)
def test_outside_of_the_interval_nothing_moves_and_up_to_its_ends_something_does(
    values: tuple[float, float, float], kind: Kind, activation: Activation
) -> None:
    v, b, w = values
    assume(abs(v) > 0.05 and abs(w) > 0.05)
    network, parameter = Network([v], [b], [w], 0.0, activation), Parameter(kind, 0)
    step = 1e-7
    after = network.with_values({parameter: network[parameter] + step})
    x = np.linspace(-2.0, 2.0, 401)
    moved = np.abs(after.output(x) - network.output(x)) > 1e-13
    interval = moved_interval(network, parameter, -2.0, 2.0)
    low, high = interval or (0.0, 0.0)
    # The kink itself moves by some 1e−5 at most.
    outside = (x < low - 1e-4) | (x > high + 1e-4) if interval else (abs(x) < 1.99)
    assert not moved[outside].any()
    if interval and high - low > 0.05:
        assert moved[(x >= low) & (x <= low + 0.05)].any()
        assert moved[(x >= high - 0.05) & (x <= high)].any()


def test_what_moves_in_words() -> None:
    w1, b1, v1 = (Parameter(kind) for kind in (Kind.OUTPUT_WEIGHT, Kind.HIDDEN_BIAS, Kind.HIDDEN_WEIGHT))
    assert [moved_text(SOURCE, Parameter(Kind.OUTPUT_WEIGHT, j), -1.0, 1.0) for j in range(3)] == [
        "everything right of x = −1",
        "everything right of x = −0.5",
        "everything right of x = 0",
    ]
    assert moved_text(SOURCE, OUTPUT_BIAS, -1.0, 1.0) == "the whole output"

    def said(v: float, b: float, w: float = 1.0, activation: Activation = RELU) -> list[str]:
        return [moved_text(Network([v], [b], [w], 0.0, activation), p, -1.0, 1.0) for p in (w1, b1, v1)]

    assert set(said(-2.0, 0.5)) == {"everything left of x = 0.25"}
    assert set(said(1.0, 3.0)) == {"the whole output"}
    assert set(said(-1.0, 1.0)) == {"everything left of x = 1"}
    assert set(said(1.0, -3.0)) == {"nothing here: the ray is off"}
    assert said(1.0, 0.0, 0.0) == ["everything right of x = 0", *2 * ["nothing while w₁ is 0"]]
    assert said(4.0, 0.0, 1.0, HARD_TANH) == ["the whole output", *2 * ["x from −0.25 to 0.25"]]


def test_smooth_neurons_move_what_they_are_sensitive_to() -> None:
    sigmoid = Network([12.0, 12.0], [0.0, 100.0], [1.0, 1.0], activation=ACTIVATIONS["sigmoid"])
    b, w = Parameter(Kind.HIDDEN_BIAS), Parameter(Kind.OUTPUT_WEIGHT)
    assert moved_interval(sigmoid, b, -1.0, 1.0) == (-0.5, 0.5)
    assert moved_interval(sigmoid, w, -1.0, 1.0) == (-0.5, 1.0)
    assert moved_text(sigmoid, w, -1.0, 1.0) == "everything right of x = −0.5"
    assert moved_text(sigmoid, b, -1.0, 1.0) == "x from −0.5 to 0.5"
    assert moved_text(sigmoid, Parameter(Kind.HIDDEN_BIAS, 1), -1.0, 1.0) == "nothing here: the ray is saturated"
    assert moved_text(sigmoid, Parameter(Kind.OUTPUT_WEIGHT, 1), -1.0, 1.0) == "the whole output"
