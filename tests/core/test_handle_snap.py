"""Snapping handles: the output then passes through the target's point."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reluviz.core.activation import IDENTITY
from reluviz.core.gauge import rotated
from reluviz.core.handle_snap import snapped_turn, snapped_value
from reluviz.core.handles import value_at
from reluviz.core.network import Network
from reluviz.core.parameter import OUTPUT_BIAS, Kind, Locks, Parameter
from reluviz.core.snap import SnapGround

LOW, HIGH = -1.0, 1.0
POINTS = np.array([[-1.0, -1.0], [-0.5, 1.0], [0.0, -1.0], [1.0, 0.0]])
GROUND = SnapGround(POINTS, 0.02, 0.03, 0.2, 0.5)
GRID_ONLY = SnapGround(np.zeros((0, 2)), 0.02, 0.03, 0.2, 0.5)
BLANK = Network([1.0, 1.0, 1.0], [1.0, 0.5, 0.0], [0.0, 0.0, 0.0], 0.0)
B1, B2, W1, W2, W3 = (
    Parameter(kind, j)
    for kind, j in (
        (Kind.HIDDEN_BIAS, 0),
        (Kind.HIDDEN_BIAS, 1),
        (Kind.OUTPUT_WEIGHT, 0),
        (Kind.OUTPUT_WEIGHT, 1),
        (Kind.OUTPUT_WEIGHT, 2),
    )
)

numbers = st.floats(-3.0, 3.0, allow_subnormal=False)
slopes = numbers.filter(lambda v: abs(v) > 0.05)


@st.composite
def networks(draw):
    n = draw(st.integers(1, 5))
    draws = [[draw(element) for _ in range(n)] for element in (slopes, numbers, slopes)]
    return Network(*draws, draw(numbers))


def off(network, point):
    """By how much the output misses a target's point, as part of the largest number that is added up there."""
    parts = np.abs(network.contributions(point[0])).max(initial=1.0)
    return abs(float(network.output(point[0])[0]) - point[1]) / max(1.0, parts)


@given(networks(), st.data())
def test_the_output_passes_through_a_point_that_pulled(network, data):
    parameter = data.draw(
        st.sampled_from([OUTPUT_BIAS, *(Parameter(Kind.OUTPUT_WEIGHT, j) for j in range(network.neurons))])
    )
    position = (HIGH, data.draw(numbers))
    free = value_at(network, parameter, LOW, HIGH, position)
    assume(free is not None)
    # A point beside the output of the hand's own place.
    x = data.draw(st.floats(LOW, HIGH))
    y = float(network.with_values({parameter: free}).output(x)[0]) + data.draw(st.floats(-0.029, 0.029))
    snap = snapped_value(network, parameter, LOW, HIGH, position, SnapGround(np.array([[x, y]]), 0.02, 0.03))
    assert snap is not None
    moved = network.with_values(snap.values)
    if snap.to == "point":
        assert snap.point == 0
        assert off(moved, (x, y)) < 1e-9
    else:
        assert snap.values == {parameter: free}
    if parameter == OUTPUT_BIAS:
        assert snap.to == "point"


@given(networks(), st.data())
def test_a_turned_ray_brings_the_output_through_a_point_that_pulled(network, data):
    position = (data.draw(numbers), data.draw(numbers))
    free = rotated(network, 0, LOW, HIGH, position)
    assume(free is not None)
    x = data.draw(st.floats(LOW, HIGH))
    y = float(network.with_values(free).output(x)[0]) + data.draw(st.floats(-0.029, 0.029))
    snap = snapped_turn(network, 0, LOW, HIGH, position, SnapGround(np.array([[x, y]]), 0.02, 0.03))
    assert snap is not None
    moved = network.with_values(snap.values)
    assert moved.output_weight.tolist() == network.output_weight.tolist()
    assert moved.kinks[0] == pytest.approx(network.kinks[0], abs=1e-9)
    assert np.sign(moved.hidden_weight[0]) == np.sign(network.hidden_weight[0])
    if snap.to == "point":
        assert off(moved, (x, y)) < 1e-9


def test_b0_goes_to_where_the_output_meets_a_point():
    snap = snapped_value(BLANK, OUTPUT_BIAS, LOW, HIGH, (-1.0, -1.012), GROUND)
    assert (snap.values, snap.to) == ({OUTPUT_BIAS: -1.0}, "point")
    assert snap.point in (0, 2)


def test_an_output_weight_bends_the_output_through_the_next_point():
    started = BLANK.with_values({OUTPUT_BIAS: -1.0})
    snap = snapped_value(started, W1, LOW, HIGH, (1.0, 8.05), GROUND)
    assert snap.values == {W1: pytest.approx(4.0, abs=1e-12)}
    assert (snap.to, snap.point) == ("point", 1)


def test_of_two_points_the_nearer_one_pulls():
    ground = SnapGround(np.array([[0.5, 0.51], [1.0, 0.98]]), 0.02, 0.03)
    snap = snapped_value(BLANK, W3, LOW, HIGH, (1.0, 1.0), ground)
    assert snap.point == 0
    snap = snapped_value(BLANK, W3, LOW, HIGH, (1.0, 0.99), ground)
    assert snap.point == 1


def test_points_that_the_handle_does_not_move_do_not_pull():
    # The first three points are met already; w3 moves the output right of 0 alone.
    built = Network([1.0, 1.0, 1.0], [1.0, 0.5, 0.0], [4.0, -8.0, 0.0], -1.0)
    assert snapped_value(built, W3, LOW, HIGH, (1.0, 3.31), GROUND).to == ""
    snap = snapped_value(built, W3, LOW, HIGH, (1.0, 5.02), GROUND)
    assert (snap.point, snap.values[W3]) == (3, pytest.approx(5.0, abs=1e-12))


def test_among_many_points_the_same_one_pulls():
    x = np.linspace(LOW, HIGH, 41)
    crowd = SnapGround(np.column_stack((x, np.where(np.isclose(x, 0.5), 1.62, 9.0))), 0.02, 0.03)
    alone = SnapGround(np.array([[0.5, 1.62]]), 0.02, 0.03)
    for ground, point in ((crowd, 30), (alone, 0)):
        snap = snapped_value(BLANK, W1, LOW, HIGH, (1.0, 2.14), ground)
        assert (snap.to, snap.point) == ("point", point)
        assert off(BLANK.with_values(snap.values), (0.5, 1.62)) < 1e-15


def test_a_point_that_is_hardly_moved_does_not_carry_the_handle_off():
    # At x = −0.99 the output moves by a two-hundredth of what the ray's end does.
    ground = SnapGround(np.array([[-0.99, 0.01]]), 0.02, 0.03)
    assert snapped_value(BLANK, W1, LOW, HIGH, (1.0, 0.7), ground).values == {W1: 0.35}


def test_a_kink_goes_to_a_points_x_and_else_to_the_grid():
    snap = snapped_value(BLANK, B2, LOW, HIGH, (-0.512, 0.3), GROUND)
    assert (snap.values, snap.to, snap.point) == ({B2: 0.5}, "point", 1)
    snap = snapped_value(BLANK, B2, LOW, HIGH, (0.389, 0.3), GROUND)
    assert (snap.values, snap.to, snap.point) == ({B2: -0.4}, "grid", None)
    snap = snapped_value(BLANK, B2, LOW, HIGH, (0.33, 0.3), GROUND)
    assert (snap.values, snap.to) == ({B2: -0.33}, "")


def test_without_points_a_ray_end_and_b0_go_to_the_grid():
    snap = snapped_value(BLANK, W1, LOW, HIGH, (1.0, 1.52), GRID_ONLY)
    assert (snap.values, snap.to) == ({W1: 0.75}, "grid")
    snap = snapped_value(BLANK, OUTPUT_BIAS, LOW, HIGH, (-1.0, 0.48), GRID_ONLY)
    assert (snap.values, snap.to) == ({OUTPUT_BIAS: 0.5}, "grid")
    snap = snapped_value(BLANK, OUTPUT_BIAS, LOW, HIGH, (-1.0, 0.3), GRID_ONLY)
    assert (snap.values, snap.to) == ({OUTPUT_BIAS: 0.3}, "")


def test_a_turned_rays_end_goes_to_the_grid():
    ray = Network([1.0], [0.0], [1.0], 0.0)
    snap = snapped_turn(ray, 0, LOW, HIGH, (1.0, 1.48), GRID_ONLY)
    assert snap.to == "grid"
    assert snap.values[Parameter(Kind.HIDDEN_WEIGHT, 0)] == 1.5


def test_what_has_no_handle_gives_nothing():
    flat = Network([0.0], [0.5], [1.0], 0.0)
    assert snapped_value(flat, B1, LOW, HIGH, (0.0, 0.0), GROUND) is None
    assert snapped_turn(flat, 0, LOW, HIGH, (1.0, 1.0), GROUND) is None
    locked = Locks(frozenset({B1}))
    assert snapped_turn(BLANK.with_values({W1: 1.0}), 0, LOW, HIGH, (1.0, 1.0), GROUND, locked) is None
    line = Network([1.0], [0.5], [1.0], 0.0, IDENTITY)
    assert snapped_value(line, W1, LOW, HIGH, (1.0, 3.0), GROUND).to in {"grid", "point"}


def test_huge_outputs_are_no_trouble():
    huge = Network([1e200], [0.0], [1e150], 0.0)
    assert snapped_value(huge, OUTPUT_BIAS, LOW, HIGH, (0.0, 0.26), GROUND).values == {OUTPUT_BIAS: 0.26}
