from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from yardstick import times_as_dear

from reluviz.core.activation import IDENTITY, RELU, Activation
from reluviz.core.construct import construct
from reluviz.core.network import Network
from reluviz.core.parameter import OUTPUT_BIAS, Kind, Locks, Parameter
from reluviz.core.vertex_move import move_vertex

SOURCE = ((-1.0, -1.0), (-0.5, 1.0), (0.0, -1.0), (1.0, 0.0))


LEAKY = Activation("leaky", "leaky", line_slope=0.25, hinge_at=(0.0,), hinge_slope=(0.75,))
HARD_TANH = Activation("hard", "hard", line_offset=-1.0, hinge_at=(-1.0, 1.0), hinge_slope=(1.0, -1.0))


@st.composite
def networks(draw: st.DrawFn) -> Network:
    """Rays of both directions, kinks at the edges, on one another and outside, constant neurons (v = 0)."""
    n = draw(st.integers(1, 8))
    signs = draw(st.lists(st.sampled_from([-1.0, 1.0, 1.0, -1.0, 0.0]), min_size=n, max_size=n))
    size = draw(st.lists(st.floats(0.2, 3.0), min_size=n, max_size=n))
    kinks = draw(st.lists(st.integers(-30, 30), min_size=n, max_size=n))
    w = draw(st.lists(st.floats(-3.0, 3.0), min_size=n, max_size=n))
    v = np.array(signs) * np.array(size)
    b = np.where(v == 0.0, np.array(size) - 1.0, -v * np.array(kinks) / 20.0)
    activation = draw(st.sampled_from([RELU, RELU, LEAKY, HARD_TANH, IDENTITY]))
    return Network(v, b, w, draw(st.floats(-2.0, 2.0)), activation)


@given(networks(), st.data())
def test_all_other_corners_and_both_edges_stay(network: Network, data: st.DataObject) -> None:
    corners = network.vertices(-1.0, 1.0)
    index = data.draw(st.integers(0, len(corners) - 1))
    position = data.draw(st.tuples(st.floats(-1.5, 1.5), st.floats(-4.0, 4.0)))
    lockable = [Parameter(kind, j) for kind in list(Kind)[:3] for j in range(network.neurons)]
    locked = data.draw(st.sets(st.sampled_from([*lockable, OUTPUT_BIAS]), max_size=4))
    move = move_vertex(network, Locks(frozenset(locked)), -1.0, 1.0, index, position)
    assert not locked & set(move.values)
    after = network.with_values(move.values)
    others = np.delete(corners, index, axis=0)
    assert np.abs(after.output(others[:, 0]) - others[:, 1]).max() < 1e-9
    # Between the corners too: nothing but this corner has moved.
    x = np.linspace(-1.0, 1.0, 101)
    wanted = corners.copy()
    wanted[index] = move.x, move.y
    assert np.abs(after.output(x) - np.interp(x, wanted[:, 0], wanted[:, 1])).max() < 1e-7
    if not move.held_by:
        assert (move.x, move.y) == pytest.approx(position if 0 < index < len(corners) - 1 else (move.x, position[1]))


@given(st.floats(-0.9, -0.1), st.floats(-3.0, 3.0))
def test_a_corner_between_two_rays_goes_where_the_hand_goes(x: float, y: float) -> None:
    network = construct(SOURCE)
    move = move_vertex(network, Locks(), -1.0, 1.0, 1, (x, y))
    assert move.held_by == ""
    expected = construct(((-1.0, -1.0), (x, y), (0.0, -1.0), (1.0, 0.0)))
    assert np.allclose(network.with_values(move.values).vector, expected.vector, atol=1e-9)


@given(st.floats(-3.0, 3.0))
def test_the_edges_move_up_and_down(y: float) -> None:
    network = construct(SOURCE)
    left = network.with_values(move_vertex(network, Locks(), -1.0, 1.0, 0, (0.3, y)).values)
    assert np.allclose(left.vector, construct(((-1.0, y), *SOURCE[1:])).vector, atol=1e-9)
    right = network.with_values(move_vertex(network, Locks(), -1.0, 1.0, 3, (0.3, y)).values)
    assert np.allclose(right.vector, construct((*SOURCE[:3], (1.0, y))).vector, atol=1e-9)


def test_a_corner_does_not_pass_its_neighbour() -> None:
    move = move_vertex(construct(SOURCE), Locks(), -1.0, 1.0, 1, (0.7, 1.0))
    assert move.x < 0.0
    assert move.held_by == "its neighbour"


def test_a_locked_bias_holds_the_corner_sideways_and_says_so() -> None:
    locks = Locks(frozenset({Parameter(Kind.HIDDEN_BIAS, 1)}))
    move = move_vertex(construct(SOURCE), locks, -1.0, 1.0, 1, (-0.4, 2.0))
    assert (move.x, move.y) == pytest.approx((-0.5, 2.0))
    assert move.held_by == "b₂, which is locked"


def test_a_locked_weight_that_is_needed_is_named() -> None:
    locks = Locks(frozenset({Parameter(Kind.OUTPUT_WEIGHT, 2)}))
    move = move_vertex(construct(SOURCE), locks, -1.0, 1.0, 1, (-0.5, 2.0))
    assert move.held_by == "w₃, which is locked"
    assert move.y == pytest.approx(1.0)


def test_one_neuron_alone_gives_way_where_it_can() -> None:
    network = Network([1.0], [0.0], [2.0], 0.5)
    move = move_vertex(network, Locks(), -1.0, 1.0, 1, (0.2, 3.0))
    after = network.with_values(move.values)
    assert after.output([-1.0, 1.0]) == pytest.approx([0.5, 2.5])
    assert move.held_by == "the other corners"
    assert (move.x, move.y) == pytest.approx((0.2, 0.5))


def test_two_kinks_at_one_place_move_together() -> None:
    network = construct(SOURCE)
    double = Network([*network.hidden_weight, 2.0], [*network.hidden_bias, 1.0], [*network.output_weight, 0.5], -1.0)
    corners = double.vertices(-1.0, 1.0)
    move = move_vertex(double, Locks(), -1.0, 1.0, 1, (-0.4, 0.0))
    assert move.held_by == ""
    assert np.allclose(double.with_values(move.values).vertices(-1.0, 1.0)[[0, 2, 3]], corners[[0, 2, 3]])


@pytest.mark.parametrize("position", [(float("nan"), 0.0), (0.0, float("inf"))])
def test_a_place_that_is_none_is_refused(position: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match="finite"):
        move_vertex(construct(SOURCE), Locks(), -1.0, 1.0, 1, position)


HUGE = st.one_of(
    st.floats(-1e308, 1e308), st.sampled_from([1e-320, -1e300, 5e-324, 1e200]), st.floats(-1.0, 1.0), st.just(0.0)
)


@given(st.integers(1, 4), st.data())
def test_whatever_the_size_of_the_numbers_the_result_is_finite(n: int, data: st.DataObject) -> None:
    numbers = st.lists(HUGE, min_size=n, max_size=n)
    network = Network(data.draw(numbers), data.draw(numbers), data.draw(numbers), data.draw(HUGE))
    index = data.draw(st.integers(0, len(network.vertices(-1.0, 1.0)) - 1))
    move = move_vertex(network, Locks(), -1.0, 1.0, index, data.draw(st.tuples(HUGE, HUGE)))
    assert np.isfinite([move.x, move.y, *move.values.values()]).all()


def test_the_lock_that_holds_is_named_and_no_other() -> None:
    # b₀ and w₁ are locked too, but the second corner needs neither.
    locks = Locks(frozenset({OUTPUT_BIAS, Parameter(Kind.OUTPUT_WEIGHT, 2), Parameter(Kind.HIDDEN_WEIGHT, 1)}))
    move = move_vertex(construct(SOURCE), locks, -1.0, 1.0, 1, (-0.5, 2.0))
    assert move.held_by == "w₃, which is locked"
    free = move_vertex(construct(SOURCE), Locks(frozenset({OUTPUT_BIAS})), -1.0, 1.0, 1, (-0.5, 2.0))
    assert free.held_by == ""


def test_a_lock_is_not_blamed_for_what_the_other_corners_hold() -> None:
    network = Network([1.0], [0.0], [2.0], 0.5)
    move = move_vertex(network, Locks(frozenset({OUTPUT_BIAS})), -1.0, 1.0, 1, (0.0, 3.0))
    assert move.held_by == "the other corners"


def test_the_blank_example_takes_the_shape_of_its_target_corner_by_corner() -> None:
    network = construct(SOURCE)
    blank = Network(network.hidden_weight, network.hidden_bias, np.zeros(3), 0.0)
    for index, point in enumerate(SOURCE):
        blank = blank.with_values(move_vertex(blank, Locks(), -1.0, 1.0, index, point).values)
    assert np.allclose(blank.vector, network.vector, atol=1e-9)


def test_corners_that_are_close_already_are_not_pushed_apart() -> None:
    network = construct(((-1.0, 0.0), (0.0, 1.0), (1e-6, 1.0), (1.0, 0.0)))
    move = move_vertex(network, Locks(), -1.0, 1.0, 1, (0.0, 1.1))
    assert (move.x, move.y) == pytest.approx((0.0, 1.1))
    assert move.held_by == ""


def test_a_line_without_kinks_turns_about_its_other_end() -> None:
    network = Network([1.0, -0.5], [0.3, 0.2], [2.0, 1.0], 0.5, IDENTITY)
    start = network.output([-1.0])[0]
    after = network.with_values(move_vertex(network, Locks(), -1.0, 1.0, 1, (0.0, 7.0)).values)
    assert after.output([-1.0, 1.0]) == pytest.approx([start, 7.0])


def test_without_a_ray_to_turn_it_one_end_cannot_leave_the_other() -> None:
    network = Network([1.0], [-5.0], [2.0], 0.5)
    move = move_vertex(network, Locks(), -1.0, 1.0, 0, (-1.0, 3.0))
    assert (move.y, move.held_by) == (pytest.approx(0.5), "the other corners")


def test_a_corner_that_is_none_is_refused() -> None:
    with pytest.raises(IndexError, match="no corner 4"):
        move_vertex(construct(SOURCE), Locks(), -1.0, 1.0, 4, (0.0, 0.0))


@pytest.mark.parametrize("coincident", [False, True])
def test_a_thousand_neurons_follow_the_hand(coincident: bool) -> None:
    random = np.random.default_rng(1)
    v = random.choice([-1.0, 1.0], 1000) * random.uniform(0.5, 2.0, 1000)
    kinks = np.zeros(1000) if coincident else random.uniform(-1.1, 1.1, 1000)
    network = Network(v, -v * kinks, random.normal(size=1000) / 30.0)
    corner = network.vertices(-1.0, 1.0)[1]
    grid = np.linspace(-1.0, 1.0, 1000)

    def move(_: int) -> None:
        move_vertex(network, Locks(), -1.0, 1.0, 1, (corner[0], corner[1] + 0.1))

    # Measured: 0.1 of what every neuron at every place takes, and 0.4 with all kinks at one place.
    assert times_as_dear(move, lambda _: network.contributions(grid), rounds=5) < 2.0


def test_rounding_noise_becomes_zero():
    # The corners of the three segments: dragged so that the left end comes to height 0, the bias is 0.
    network = Network([1.0, 1.0, 1.0], [1.0, 0.5, 0.0], [4.0, -8.0, 5.0], -1.0)
    for y in np.linspace(-1.0, 1.0, 41).tolist():
        there = move_vertex(network, Locks(), -1.0, 1.0, 1, (-0.5, y + 0.1234567))
        back = network.with_values(there.values)
        move = move_vertex(back, Locks(), -1.0, 1.0, 1, (-0.5, -1.0))
        largest = max(abs(value) for value in move.values.values())
        assert all(value == 0.0 or abs(value) > 1e-12 * largest for value in move.values.values())
        assert move.values[Parameter(Kind.OUTPUT_WEIGHT, 0)] == 0.0
