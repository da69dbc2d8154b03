"""The second kink of a hard tanh: where it is put, and all that stays."""

from __future__ import annotations

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reluviz.core.activation import ACTIVATIONS, HARD_TANH, RELU
from reluviz.core.arrays import frozen
from reluviz.core.handle_snap import snapped_second_kink
from reluviz.core.handles import HandleKind, handle_of, handles, value_at
from reluviz.core.network import Network
from reluviz.core.parameter import Kind, Locks, Parameter
from reluviz.core.second_kink import has_second_kink, second_kink, widen_refusal, widened
from reluviz.core.snap import SnapGround

LOW, HIGH = -1.0, 1.0
V, B = Parameter(Kind.HIDDEN_WEIGHT, 0), Parameter(Kind.HIDDEN_BIAS, 0)
RAMP = Network([4.0], [0.0], [0.5], activation=HARD_TANH)


def test_hard_tanh_alone_has_a_second_kink() -> None:
    assert [a.name for a in ACTIVATIONS.values() if has_second_kink(a)] == ["hardtanh"]
    assert second_kink(RAMP, 0) == 0.25
    assert second_kink(Network([0.0], [0.0], [1.0], activation=HARD_TANH), 0) is None
    assert second_kink(Network([4.0], [0.0], [1.0]), 0) is None


@given(
    first=st.floats(-0.9, 0.9),
    width=st.floats(0.01, 2.0),
    side=st.sampled_from([-1.0, 1.0]),
    wanted=st.floats(-3.0, 3.0),
    weight=st.floats(-5.0, 5.0),
)
def test_it_goes_where_it_is_wanted_and_the_first_kink_and_the_levels_stay(
    first: float, width: float, side: float, wanted: float, weight: float
) -> None:
    assume((wanted - first) * side > 0.01)
    v = side * 2.0 / width
    network = Network([v], [-1.0 - v * first], [weight], 0.3, HARD_TANH)
    values = widened(network, 0, LOW, HIGH, wanted)
    assert values is not None
    moved = network.with_values(values)
    assert second_kink(moved, 0) == pytest.approx(wanted, abs=1e-9)
    assert float(moved.kinks[0]) == pytest.approx(float(network.kinks[0]), abs=1e-9)
    # Before the first kink, in the middle, behind the second one.
    for x, level in ((first - 10.0 * side, -1.0), (0.5 * (first + wanted), 0.0), (wanted + 10.0 * side, 1.0)):
        assert moved.contributions([x])[0, 0] == pytest.approx(weight * level, abs=1e-8)


@pytest.mark.parametrize("v", [4.0, -4.0])
def test_dragged_past_the_first_kink_it_stops_before_it(v: float) -> None:
    network = Network([v], [0.0], [0.5], activation=HARD_TANH)
    first, side = float(network.kinks[0]), math.copysign(1.0, v)
    values = widened(network, 0, LOW, HIGH, first - side)
    assert values is not None
    moved = network.with_values(values)
    assert moved.hidden_weight[0] * v > 0.0
    assert (second_kink(moved, 0) - first) * side == pytest.approx(2e-3)  # type: ignore[operator]


def test_a_lock_on_either_parameter_holds_it() -> None:
    for parameter, name in ((V, "v₁"), (B, "b₁")):
        locks = Locks(frozenset({parameter}))
        assert widen_refusal(RAMP, 0, locks) == f"{name} is locked"
        assert widened(RAMP, 0, LOW, HIGH, 0.5, locks) is None
    assert widen_refusal(RAMP, 0) == ""


def test_there_is_nothing_to_move_elsewhere() -> None:
    relu = Network([4.0], [0.0], [0.5], activation=RELU)
    assert widen_refusal(relu, 0) == "a ReLU has no second kink"
    assert widened(relu, 0, LOW, HIGH, 0.5) is None
    assert widened(RAMP, 0, LOW, HIGH, math.nan) is None
    assert widened(RAMP, 0, LOW, HIGH, math.inf) is None
    with pytest.raises(IndexError, match="no neuron 2 in a network of 1"):
        widened(RAMP, 1, LOW, HIGH, 0.5)


def test_its_handle_is_that_of_the_hidden_weight() -> None:
    kinds = {handle.parameter.kind: handle for handle in handles(RAMP, LOW, HIGH)}
    handle = kinds[Kind.HIDDEN_WEIGHT]
    assert (handle.kind, handle.x, handle.y, handle.beyond) == (HandleKind.SECOND_KINK, 0.25, 0.5, 0)
    assert handle.moves_sideways
    assert value_at(RAMP, V, LOW, HIGH, (0.0, 0.0)) is None


@pytest.mark.parametrize(("b", "beyond"), [(-3.0, 1), (-6.0, None), (6.0, None)])
def test_beyond_the_domain_it_waits_at_the_edge_unless_both_would(b: float, beyond: int | None) -> None:
    handle = handle_of(Network([4.0], [b], [0.5], activation=HARD_TANH), V, LOW, 0.9)
    assert (None if handle is None else handle.beyond) == beyond


def test_it_snaps_to_a_points_place_and_to_the_grid() -> None:
    ground = SnapGround(frozen([[0.6, 0.0]]), reach_x=0.05, reach_y=0.05, grid_x=0.25)
    on_point = snapped_second_kink(RAMP, 0, LOW, HIGH, (0.57, 9.0), ground)
    assert on_point is not None
    assert (on_point.to, on_point.point) == ("point", 0)
    assert second_kink(RAMP.with_values(on_point.values), 0) == pytest.approx(0.6)
    on_grid = snapped_second_kink(RAMP, 0, LOW, HIGH, (0.73, 9.0), ground)
    assert on_grid is not None
    assert (on_grid.to, on_grid.point) == ("grid", None)
    assert second_kink(RAMP.with_values(on_grid.values), 0) == pytest.approx(0.75)
