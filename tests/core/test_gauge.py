from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reluviz.core.activation import IDENTITY, RELU, TANH, Activation
from reluviz.core.gauge import gauge_refusal, is_homogeneous, regauged, rotated, turn_refusal
from reluviz.core.network import Network
from reluviz.core.parameter import Kind, Locks, Parameter

LEAKY = Activation("leaky", "leaky", line_slope=0.25, hinge_at=(0.0,), hinge_slope=(0.75,))
HARD_TANH = Activation("hard", "hard tanh", line_offset=-1.0, hinge_at=(-1.0, 1.0), hinge_slope=(1.0, -1.0))
V, B, W = (Parameter(kind, 0) for kind in (Kind.HIDDEN_WEIGHT, Kind.HIDDEN_BIAS, Kind.OUTPUT_WEIGHT))
NUMBER = st.floats(-5.0, 5.0, allow_subnormal=False)
X = np.linspace(-3.0, 3.0, 61)


@given(NUMBER, NUMBER, NUMBER, st.floats(1e-3, 1e3), st.sampled_from([RELU, LEAKY, IDENTITY]))
def test_no_contribution_moves(v: float, b: float, w: float, factor: float, activation: Activation) -> None:
    assume(all(value == 0.0 or abs(value) > 1e-100 for value in (v, b, w)))
    network = Network([v, 1.0], [b, 0.0], [w, 1.0], 0.5, activation)
    after = network.with_values(regauged(network, 0, factor))
    scale = abs(w) * (3.0 * abs(v) + abs(b))
    assert np.abs(after.contributions(X) - network.contributions(X)).max() <= 1e-14 * scale
    assert after[V] == v * factor


@given(NUMBER, NUMBER, NUMBER, st.integers(-10, 10))
def test_a_power_of_two_loses_no_bit(v: float, b: float, w: float, power: int) -> None:
    assume(all(value == 0.0 or abs(value) > 1e-100 for value in (v, b, w)))
    network = Network([v], [b], [w])
    there = network.with_values(regauged(network, 0, 2.0**power))
    assert there.contributions(X).tobytes() == network.contributions(X).tobytes()
    assert there.with_values(regauged(there, 0, 2.0**-power)).same_as(network)


@pytest.mark.parametrize("factor", [0.0, -1.0, float("nan"), float("inf")])
def test_a_factor_that_is_none_is_refused(factor: float) -> None:
    with pytest.raises(ValueError, match="positive finite"):
        regauged(Network([1.0], [1.0], [1.0]), 0, factor)


def test_what_makes_it_impossible_is_said() -> None:
    network = Network([1.0], [1.0], [1.0])
    assert gauge_refusal(network, 0) == ""
    with pytest.raises(ValueError, match="w₁ is locked"):
        regauged(network, 0, 2.0, Locks(frozenset({W})))
    with pytest.raises(ValueError, match="hard tanh does not scale"):
        regauged(network.with_activation(HARD_TANH), 0, 2.0)
    with pytest.raises(ValueError, match="v₁ would be too large"):
        regauged(Network([1e300], [0.0], [1.0]), 0, 1e10)
    with pytest.raises(ValueError, match="w₁ would be too small"):
        regauged(Network([1.0], [0.0], [1e-300]), 0, 1e20)
    with pytest.raises(IndexError, match="no neuron 2"):
        regauged(network, 1, 2.0)


def test_homogeneous_activations() -> None:
    assert [is_homogeneous(f) for f in (RELU, LEAKY, IDENTITY, HARD_TANH)] == [True, True, True, False]


@given(
    st.sampled_from([-1.0, 1.0]),
    st.floats(0.1, 5.0),
    st.floats(-1.9, 1.9),
    NUMBER,
    st.floats(-1.9, 1.9),
    NUMBER,
    st.sampled_from([RELU, LEAKY]),
)
def test_the_ray_turns_about_its_kink(
    sign: float, size: float, kink: float, w: float, x: float, y: float, activation: Activation
) -> None:
    assume(abs(w) > 0.01)
    v = sign * size
    network = Network([v], [-v * kink], [w], 0.0, activation)
    values = rotated(network, 0, -2.0, 2.0, (x, y))
    assert values is not None
    assert set(values) == {V, B}
    after = network.with_values(values)
    assert after.kinks[0] == pytest.approx(kink, abs=1e-12)
    assert np.sign(after[V]) == sign
    arm = (x - kink) * sign
    if arm > 0.2 and y / w > 1e-5:
        assert after.contributions([x])[0, 0] == pytest.approx(y, rel=1e-9, abs=1e-9)
    if y / w <= 0:
        assert abs(after[V]) * abs(sign * 2.0 - kink) <= 1.1e-6


def test_a_position_on_the_ray_changes_nothing() -> None:
    network = Network([2.0], [1.0], [3.0])
    assert rotated(network, 0, -1.0, 1.0, (1.0, 9.0)) == {V: 2.0, B: 1.0}


def test_there_may_be_nothing_to_turn() -> None:
    network = Network([1.0], [0.0], [1.0])
    there = (1.0, 2.0)
    assert rotated(network, 0, -1.0, 1.0, there) is not None
    assert rotated(network.with_values({V: 0.0}), 0, -1.0, 1.0, there) is None
    assert rotated(network.with_values({W: 0.0}), 0, -1.0, 1.0, there) is None
    assert rotated(network.with_values({B: -3.0}), 0, -1.0, 1.0, there) is None
    assert rotated(network.with_activation(IDENTITY), 0, -1.0, 1.0, there) is None
    assert rotated(network, 0, -1.0, 1.0, there, Locks(frozenset({V}))) is None
    assert rotated(network, 0, -1.0, 1.0, (float("nan"), 0.0)) is None
    assert rotated(network.with_values({W: 1e-300}), 0, -1.0, 1.0, (1.0, 1e300)) is None


def test_what_does_not_turn_says_why() -> None:
    network = Network([1.0, 0.0, 1.0, 1.0], [0.0, 0.5, 0.0, -2.0], [1.0, 1.0, 0.0, 1.0])
    locks = Locks(frozenset({Parameter(Kind.HIDDEN_BIAS, 0)}))
    assert turn_refusal(network, 0, -1.0, 1.0) == ""
    assert turn_refusal(network, 0, -1.0, 1.0, locks) == "b₁ is locked"
    assert turn_refusal(network, 1, -1.0, 1.0) == "v₂ is 0"
    assert turn_refusal(network, 2, -1.0, 1.0) == "w₃ is 0"
    assert turn_refusal(network, 3, -1.0, 1.0) == "the ray is outside the domain"
    assert (
        turn_refusal(network.with_activation(IDENTITY), 0, -1.0, 1.0) == "a ray of identity has no kink to turn about"
    )
    with pytest.raises(IndexError):
        turn_refusal(network, 4, -1.0, 1.0)


def test_a_smooth_activation_does_not_scale() -> None:
    network = Network([1.0], [0.0], [1.0], 0.0, TANH)
    assert gauge_refusal(network, 0) == "tanh does not scale with its input"
    assert turn_refusal(network, 0, -1.0, 1.0) == "a ray of tanh has no kink to turn about"
