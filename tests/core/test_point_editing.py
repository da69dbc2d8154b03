from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from reluviz.core.data_target import DataTarget
from reluviz.core.point_editing import (
    as_points,
    with_coordinates,
    with_moved_point,
    with_point,
    with_segment_left,
    with_segment_right,
    without_point,
)
from reluviz.core.target import FunctionTarget, PointsTarget

SOURCE = PointsTarget(((-1.0, -1.0), (-0.5, 1.0), (0.0, -1.0), (1.0, 0.0)))


def test_a_point_is_added_in_its_place() -> None:
    target, index = with_point(SOURCE, -0.25, 3.0)
    assert index == 2
    assert target.points == (*SOURCE.points[:2], (-0.25, 3.0), *SOURCE.points[2:])
    assert (target.low, target.high) == (-1.0, 1.0)


def test_a_point_outside_takes_the_domain_along_unless_that_was_set_apart() -> None:
    left, index = with_point(SOURCE, -2.0, 0.0)
    assert (index, left.low, left.high) == (0, -2.0, 1.0)
    right, index = with_point(SOURCE.on_domain(-3.0, 2.0), 1.5, 0.0)
    assert (index, right.low, right.high) == (4, -3.0, 2.0)


@pytest.mark.parametrize(
    ("x", "y", "words"),
    [
        (-0.5, 0.0, "point 2 is at x = −0.5000 already"),
        (math.nan, 0.0, "finite"),
        (0.2, math.inf, "finite"),
        (1e10, 0.0, "x must lie within"),
        (0.2, 1e101, "y must lie within"),
    ],
)
def test_a_point_that_cannot_be_is_refused_in_words(x: float, y: float, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        with_point(SOURCE, x, y)


@given(st.integers(0, 3), st.floats(-1e12, 1e12), st.floats(-1e300, 1e300))
def test_a_dragged_point_stays_between_its_neighbours(index: int, x: float, y: float) -> None:
    target = with_moved_point(SOURCE, index, x, y)
    xs = [point[0] for point in target.points]
    assert xs == sorted(set(xs))
    assert [p for i, p in enumerate(target.points) if i != index] == [
        p for i, p in enumerate(SOURCE.points) if i != index
    ]
    assert (target.low, target.high) == (xs[0], xs[-1])
    left = xs[index - 1] + 2e-3 if index > 0 else -1e9
    right = xs[index + 1] - 2e-3 if index < 3 else 1e9
    if left < x < right:
        assert target.points[index][0] == x
    if abs(y) <= 1e100:
        assert target.points[index][1] == y


def test_an_end_moves_within_a_domain_that_was_set_apart() -> None:
    target = with_moved_point(SOURCE.on_domain(-3.0, 1.0), 0, -2.0, 5.0)
    assert (target.points[0], target.low, target.high) == ((-2.0, 5.0), -3.0, 1.0)


def test_a_domain_that_ends_between_the_points_stays_one() -> None:
    target = PointsTarget(((-1.0, 0.0), (2.0, 1.0)), -1.0, 0.0)
    moved = with_moved_point(target, 0, 1.5, 0.0)
    assert moved.low < moved.high == 0.0


def test_typed_coordinates_are_taken_or_refused() -> None:
    assert with_coordinates(SOURCE, 1, x=-0.25).points[1] == (-0.25, 1.0)
    assert with_coordinates(SOURCE, 1, y=4.0).points[1] == (-0.5, 4.0)
    assert with_coordinates(SOURCE, 3, x=5.0).high == 5.0
    with pytest.raises(ValueError, match=r"x of point 2 must lie right of point 1 at −1.000 and left of point 3 at 0"):
        with_coordinates(SOURCE, 1, x=0.0)
    with pytest.raises(ValueError, match=r"x of point 1 must lie left of point 2 at −0.5000$"):
        with_coordinates(SOURCE, 0, x=0.0)
    with pytest.raises(ValueError, match="finite"):
        with_coordinates(SOURCE, 1, y=math.nan)


def test_a_point_is_deleted_but_two_remain() -> None:
    assert without_point(SOURCE, 1).points == (SOURCE.points[0], *SOURCE.points[2:])
    assert without_point(SOURCE, 0).low == -0.5
    two = PointsTarget(SOURCE.points[:2])
    with pytest.raises(ValueError, match="at least two points"):
        without_point(two, 0)


def test_segments_are_added_at_both_ends() -> None:
    right = with_segment_right(SOURCE)
    assert (right.points[-1], right.high) == ((2.0, 0.0), 2.0)
    left = with_segment_left(SOURCE)
    assert (left.points[0], left.low) == ((-1.5, -1.0), -1.5)
    with pytest.raises(ValueError, match="x must lie within"):
        with_segment_right(PointsTarget(((-9e8, 0.0), (9e8, 0.0))))


@pytest.mark.parametrize("index", [-1, 4])
def test_a_missing_point(index: int) -> None:
    for edit in (
        lambda: with_moved_point(SOURCE, index, 0.0, 0.0),
        lambda: with_coordinates(SOURCE, index),
        lambda: without_point(SOURCE, index),
    ):
        with pytest.raises(IndexError, match="no point"):
            edit()


def test_a_function_becomes_points() -> None:
    sine = FunctionTarget("sine")
    target = as_points(sine, 6)
    assert [x for x, _ in target.points] == [-3, -2, -1, 0, 1, 2, 3]
    assert target.points[3] == (0.0, 5.0)
    assert as_points(SOURCE).points == SOURCE.points
    with pytest.raises(ValueError, match="segments"):
        as_points(sine)


def test_data_become_points_at_their_rows() -> None:
    data = DataTarget(np.array([0.0, 1.0, 1.0, 2.0, 5.0]), np.array([1.0, 2.0, 4.0, 0.0, 9.0]), low=-1.0, high=4.0)
    target = as_points(data)
    assert target.points == ((0.0, 1.0), (1.0, 3.0), (2.0, 0.0))
    assert (target.low, target.high) == (-1.0, 4.0)
    with pytest.raises(ValueError, match="a target has 2"):
        as_points(data.on_domain(1.5, 4.0))


def test_a_million_points_can_be_edited() -> None:
    x = np.linspace(0.0, 1.0, 1_000_000)
    target = PointsTarget(tuple(zip(x.tolist(), np.sin(x).tolist(), strict=True)))
    moved = with_moved_point(target, 500_000, 0.0, 7.0)
    assert moved.points[499_999][0] < moved.points[500_000][0] < target.points[500_000][0]
    with pytest.raises(ValueError, match="at most"):
        with_point(target, 2.0, 0.0)


class Editing(RuleBasedStateMachine):
    """Whatever is done to a target, it stays one, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.target = SOURCE

    @rule(x=st.floats(-1e10, 1e10), y=st.floats(-10.0, 10.0))
    def add(self, x: float, y: float) -> None:
        taken = any(point[0] == x for point in self.target.points)
        try:
            self.target = with_point(self.target, x, y)[0]
        except ValueError:
            assert taken or abs(x) > 1e9

    @rule(data=st.data(), x=st.floats(-1e10, 1e10), y=st.floats(-10.0, 10.0))
    def move(self, data: st.DataObject, x: float, y: float) -> None:
        index = data.draw(st.integers(0, len(self.target.points) - 1))
        self.target = with_moved_point(self.target, index, x, y)

    @precondition(lambda self: len(self.target.points) > 2)
    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        index = data.draw(st.integers(0, len(self.target.points) - 1))
        remaining = [point[0] for i, point in enumerate(self.target.points) if i != index]
        try:
            self.target = without_point(self.target, index)
        except ValueError:
            assert remaining[-1] - remaining[0] < 1e-8 * max(map(abs, (*remaining, 1e-3)))

    @rule(left=st.booleans())
    def extend(self, left: bool) -> None:
        try:
            self.target = (with_segment_left if left else with_segment_right)(self.target)
        except ValueError:
            assert max(abs(self.target.low), abs(self.target.high)) > 1e8

    @invariant()
    def is_in_order(self) -> None:
        xs = [point[0] for point in self.target.points]
        assert xs == sorted(set(xs))
        assert (self.target.low, self.target.high) == (xs[0], xs[-1])


TestEditing = Editing.TestCase
