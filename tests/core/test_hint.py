"""Hints lead from anywhere to the target, in few and sensible steps."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reluviz.core.activation import IDENTITY
from reluviz.core.arrays import FloatArray
from reluviz.core.construct import construct, corners_of
from reluviz.core.dataset import Sampling
from reluviz.core.hint import Hint, next_hint
from reluviz.core.initializer import blank
from reluviz.core.network import Network
from reluviz.core.parameter import OUTPUT_BIAS, Kind, Locks, Parameter
from reluviz.core.score import ErrorFinder, Goal
from reluviz.core.target import FunctionTarget, PointsTarget

SOURCE = np.array(((-1.0, -1.0), (-0.5, 1.0), (0.0, -1.0), (1.0, 0.0)))
NUMBER = st.floats(-4.0, 4.0, allow_subnormal=False) | st.sampled_from([0.0, 1.0, -0.5])
WILD = st.floats(-1e9, 1e9) | NUMBER


def b(j: int) -> Parameter:
    return Parameter(Kind.HIDDEN_BIAS, j)


def w(j: int) -> Parameter:
    return Parameter(Kind.OUTPUT_WEIGHT, j)


@st.composite
def polylines(draw: st.DrawFn) -> FloatArray:
    steps = draw(st.lists(st.floats(0.01, 3.0), min_size=1, max_size=6))
    heights = draw(st.lists(NUMBER, min_size=len(steps) + 1, max_size=len(steps) + 1))
    low = draw(st.floats(-5.0, 5.0))
    return np.column_stack((low + np.concatenate(([0.0], np.cumsum(steps))), heights))


@st.composite
def cases(draw: st.DrawFn, number: st.SearchStrategy[float] = NUMBER) -> tuple[Network, FloatArray]:
    """A network with at least one neuron for each segment of a polyline."""
    corners = draw(polylines())
    neurons = len(corners) - 1 + draw(st.integers(0, 3))
    rows = draw(st.lists(st.tuples(number, number, number), min_size=neurons, max_size=neurons))
    return Network(*np.array(rows).T, draw(number)), corners


def taken(network: Network, corners: FloatArray, locks: Locks | None = None) -> tuple[Network, list[Hint]]:
    """The network after all hints, and the hints."""
    hints: list[Hint] = []
    while (hint := next_hint(network, corners, locks)) is not None and not hint.held_by:
        changed = network.with_values(hint.values)
        assert not changed.same_as(network), "every hint changes something"
        hints.append(hint)
        network = changed
        assert len(hints) <= 2 * network.neurons + 1
    return network, [*hints, *([hint] if hint else [])]


def error(network: Network, corners: FloatArray) -> float:
    return ErrorFinder(PointsTarget(tuple(map(tuple, corners.tolist())))).find(network).largest


@given(cases())
def test_hints_end_at_the_target_from_anywhere(case: tuple[Network, FloatArray]) -> None:
    network, corners = case
    network, _ = taken(network, corners)
    assert error(network, corners) <= 1e-8 * max(1.0, np.abs(corners[:, 1]).max())


@given(cases(WILD))
def test_hints_end_at_the_target_even_from_enormous_weights(case: tuple[Network, FloatArray]) -> None:
    network, corners = case
    network, _ = taken(network, corners)
    assert error(network, corners) <= 1e-6 * max(1.0, np.abs(corners[:, 1]).max())


@given(polylines())
def test_from_a_blank_network_hints_are_the_construction(corners: FloatArray) -> None:
    start = blank(len(corners) - 1, float(corners[0, 0]), float(corners[-1, 0]))
    network, hints = taken(start, corners)
    places = [min(hint.values, key=lambda parameter: parameter.kind.value).neuron for hint in hints]
    assert places == sorted(places), "from left to right"
    whole = construct(corners)
    assert np.allclose(network.output(corners[:, 0]), corners[:, 1], atol=1e-7)
    if np.abs(whole.output_weight).min() > 1e-6:
        assert all(value == whole[parameter] for hint in hints for parameter, value in hint.values.items())


def test_the_sources_example_in_six_hints() -> None:
    network, hints = taken(blank(3, -1.0, 1.0), SOURCE)
    assert [hint.values for hint in hints] == [
        {OUTPUT_BIAS: -1.0},
        {w(0): 4.0},
        {b(1): 0.5},
        {w(1): -8.0},
        {b(2): 0.0},
        {w(2): 5.0},
    ]
    assert network.same_as(construct(SOURCE))
    assert [hint.neuron for hint in hints] == [None, 0, 1, 1, 2, 2]
    assert [hint.sentence for hint in hints[:4]] == [
        "b₀ = −1.000: the output starts at the height of the target's left end.",
        "Segment 1 rises with slope 4.000: w₁ = 4.000 turns ray 1 that way.",
        "Segment 2 begins at x = −0.5000: b₂ = 0.5000 puts kink 2 there.",
        "At x = −0.5000 the slope has to change from 4.000 to −4.000: w₂ = −8.000 bends the sum.",
    ]


def test_other_orders_and_gauges_are_left_alone() -> None:
    # The source's neurons 3, 1, 2 with v = 2, 0.5, 4; the weight of the last segment is missing.
    network = Network([2.0, 0.5, 4.0], [0.0, 0.5, 2.0], [0.0, 8.0, -2.0], -1.0)
    hint = next_hint(network, SOURCE)
    assert hint is not None
    assert (hint.values, hint.neuron) == ({w(0): 2.5}, 0)
    assert next_hint(network.with_values(hint.values), SOURCE) is None


def test_a_segment_that_is_right_in_another_way_is_left_alone() -> None:
    # The first kink lies outside the domain; b₀ makes up for it.
    network = Network([1.0, 1.0, 1.0], [1.25, 0.5, 0.0], [4.0, -8.0, 0.0], -2.0)
    hint = next_hint(network, SOURCE)
    assert hint is not None
    assert hint.values == {w(2): 5.0}
    # A left-facing neuron can do it too.
    left = Network([-1.0, 1.0, 1.0], [-0.5, 1.0, 0.0], [-8.0, -4.0, 5.0], 3.0)
    assert error(left, SOURCE) < 1e-12
    assert next_hint(left, SOURCE) is None


def test_the_first_wrong_place_comes_first() -> None:
    exact = construct(SOURCE)
    for wrong, expected in (
        ({w(2): 1.0, w(1): 3.0}, {w(1): -8.0}),
        ({b(2): -0.3, w(0): 1.0}, {w(0): 4.0}),
        ({b(2): -0.3}, {b(2): 0.0}),
        ({OUTPUT_BIAS: 2.0, b(1): 0.1}, {OUTPUT_BIAS: -1.0}),
    ):
        hint = next_hint(exact.with_values(wrong), SOURCE)
        assert hint is not None
        assert hint.values == expected


def test_a_ray_too_many_is_taken_out() -> None:
    exact = construct(SOURCE)
    network = Network(
        np.append(exact.hidden_weight, 1.0),
        np.append(exact.hidden_bias, 0.25),
        np.append(exact.output_weight, 2.0),
        -1.0,
    )
    hint = next_hint(network, SOURCE)
    assert hint is not None
    assert hint.values == {w(3): 0.0}
    assert hint.sentence == "No segment needs ray 4: w₄ = 0 takes it out."


def test_a_neuron_turned_the_other_way_or_constant_is_turned() -> None:
    for v in (-1.0, 0.0, 1e-30):
        network = construct(SOURCE).with_values({Parameter(Kind.HIDDEN_WEIGHT, 1): v})
        hint = next_hint(network.with_values({w(1): 0.0}), SOURCE)
        assert hint is not None
        assert hint.values == {Parameter(Kind.HIDDEN_WEIGHT, 1): 1.0, b(1): 0.5}
        assert hint.sentence == "Segment 2 begins at x = −0.5000: v₂ = 1.000 and b₂ = 0.5000 put kink 2 there."


def test_what_a_lock_holds_is_said() -> None:
    start = blank(3, -1.0, 1.0)
    hint = next_hint(start, SOURCE, Locks(frozenset({OUTPUT_BIAS})))
    assert hint is not None
    assert (hint.values, hint.held_by) == ({}, OUTPUT_BIAS)
    assert hint.sentence == "b₀ is locked at 0 and would have to be −1.000; unlock it first"
    # Another neuron is taken where there is one.
    free = taken(start, SOURCE, Locks(frozenset({b(1)})))[1]
    assert [hint.values for hint in free[2:4]] == [{b(2): 0.5}, {w(2): -8.0}]
    assert free[-1].held_by == b(1)
    # A lock on what is in place already holds nothing up.
    assert taken(start, SOURCE, Locks(frozenset({b(0)})))[0].same_as(construct(SOURCE))


@given(cases(), st.sets(st.integers(0, 30)))
def test_locked_parameters_are_never_moved(case: tuple[Network, FloatArray], which: set[int]) -> None:
    network, corners = case
    named = [Parameter(kind, j) for kind in list(Kind)[:3] for j in range(network.neurons)] + [OUTPUT_BIAS]
    locks = Locks(frozenset(named[i % len(named)] for i in which))
    after, hints = taken(network, corners, locks)
    assert {p: after[p] for p in locks.locked} == {p: network[p] for p in locks.locked}
    if hints and hints[-1].held_by is None:
        assert error(after, corners) <= 1e-7 * max(1.0, np.abs(corners[:, 1]).max())


def test_no_hints_for_what_is_no_construction() -> None:
    with pytest.raises(ValueError, match="choose ReLU"):
        next_hint(construct(SOURCE).with_activation(IDENTITY), SOURCE)
    with pytest.raises(ValueError, match="3 segments take as many neurons, not 2"):
        next_hint(blank(2, -1.0, 1.0), SOURCE)


@pytest.mark.parametrize(("target", "budget"), [(FunctionTarget("sine"), 5), (FunctionTarget("line"), 1)])
def test_the_score_never_ends_below_the_goal(target: FunctionTarget, budget: int) -> None:
    samples = Sampling(300).of(target)
    goal = Goal.of(target, samples, budget)
    network, _ = taken(blank(budget, target.low, target.high), goal.corners)
    assert goal.score(network, samples).points == 100.0


def test_a_steep_corner_and_a_far_domain() -> None:
    for corners in (
        [(0.0, 0.0), (0.5, 0.0), (0.5 + 1e-9, 1.0), (1.0, 1.0)],
        [(1e9 - 1.0, 3.0), (1e9 - 0.5, 4.0), (1e9, 2.0)],
        [(0.0, 1e90), (1.0, -1e90), (2.0, 3e90)],
        [(0.0, 7.0), (1.0, 7.0)],
        [(0.0, 0.0), (1.0, 0.0)],
    ):
        points = np.array(corners)
        random = np.random.default_rng(1)
        start = Network(*random.normal(size=(3, 3)) * 3.0, 0.5)
        network, _ = taken(start, points)
        reached = error(network, points) / (np.abs(points[:, 1]).max() or 1.0)
        assert reached <= max(1e-6, 10 * error(construct(points), points) / (np.abs(points[:, 1]).max() or 1.0))


def test_the_corners_of_a_goal() -> None:
    target = PointsTarget(tuple(map(tuple, SOURCE.tolist())))
    goal = Goal.of(target, Sampling(100).of(target), 5)
    assert np.array_equal(goal.corners, SOURCE)
    assert np.array_equal(Goal.of(target, Sampling(100).of(target), 2).corners, corners_of(target, 2))
    padded = goal.solution_of(5)
    assert padded.neurons == 5
    assert error(padded, SOURCE) < 1e-12
    assert goal.solution_of(3).same_as(goal.solution)
    with pytest.raises(ValueError, match="3 neurons, not 2"):
        goal.solution_of(2)


def test_a_blank_network() -> None:
    network = blank(4, -1.0, 3.0)
    assert network.kinks.tolist() == [-1.0, 0.0, 1.0, 2.0]
    assert network.output([-1.0, 3.0]).tolist() == [0.0, 0.0]
    assert all(one < other for one, other in pairwise(network.kinks))
    with pytest.raises(ValueError, match="neurons"):
        blank(0, -1.0, 1.0)
