"""Lines drawn over a part of a target."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reluviz.core.data_target import DataTarget
from reluviz.core.formula_target import FormulaTarget
from reluviz.core.simplified_line import simplified_line
from reluviz.core.target import FunctionTarget, PointsTarget
from reluviz.core.target_drawing import MOST_POINTS, at_edges, level_line, with_drawn

PIXEL = (0.01, 0.01)
SEGMENTS = PointsTarget(((-1.0, -1.0), (-0.5, 1.0), (0.0, -1.0), (1.0, 0.0)))
BUMP = np.array([[-0.3, 3.0], [0.1, 4.0], [0.3, 3.0]])


def test_points_outside_of_the_drawn_line_stay_exactly():
    target = with_drawn(SEGMENTS, BUMP, PIXEL)
    x = np.concatenate((np.linspace(-1.0, -0.31, 50), np.linspace(0.31, 1.0, 50)))
    assert target(x) == pytest.approx(SEGMENTS(x), abs=1e-12)
    assert target(BUMP[:, 0]) == pytest.approx(BUMP[:, 1])
    assert (target.low, target.high) == (-1.0, 1.0)
    assert len(target.points) == 3 + 2 + 3


@pytest.mark.parametrize(
    "target",
    [
        FunctionTarget("sine"),
        FormulaTarget("sin(3*x)"),
        DataTarget(np.linspace(-3, 3, 1000), np.cos(np.linspace(-3, 3, 1000))),
    ],
)
def test_a_smooth_target_is_followed_where_it_stays(target):
    drawn = with_drawn(target, BUMP, PIXEL)
    x = np.concatenate((np.linspace(-3.0, -0.32, 500), np.linspace(0.32, 3.0, 500)))
    assert drawn(x) == pytest.approx(target(x), abs=0.02)
    assert len(drawn.points) <= 2 * MOST_POINTS + len(BUMP)


def test_ends_that_meet_are_joined():
    line = np.array([[-0.6, 0.6], [-0.2, 0.5], [0.0, -1.0]])
    target = with_drawn(SEGMENTS, line, PIXEL)
    assert [x for x, _ in target.points] == [-1.0, -0.6, -0.2, 0.0, 1.0]


def test_over_the_whole_domain_nothing_is_left_of_the_old():
    line = np.array([[-1.0, 2.0], [0.0, 3.0], [1.0, 2.0]])
    assert with_drawn(SEGMENTS, line, PIXEL).points == ((-1.0, 2.0), (0.0, 3.0), (1.0, 2.0))
    beyond = np.array([[-2.0, 9.0], [-0.5, 2.0], [0.5, 3.0], [2.0, 9.0]])
    assert with_drawn(SEGMENTS, beyond, PIXEL)(np.array([0.0])) == pytest.approx([2.5])


def test_where_the_rest_has_no_value_the_line_goes_on_level():
    target = with_drawn(FormulaTarget("where(x < 0, sqrt(x), x)"), np.array([[-1.0, 2.0], [1.0, 5.0]]), PIXEL)
    assert target(np.array([-3.0, -1.0])).tolist() == [2.0, 2.0]
    assert np.isfinite(target(np.linspace(-3, 3, 100))).all()


@pytest.mark.parametrize("line", [[[5.0, 0.0], [6.0, 1.0]], [[0.0, 1.0], [0.0, 2.0]], [[0.5, 1.0]]])
def test_a_line_that_covers_nothing_is_refused(line):
    with pytest.raises(ValueError, match="drawn over the domain"):
        with_drawn(SEGMENTS, np.array(line), PIXEL)


def test_of_a_blank_target_nothing_stays():
    drawn = with_drawn(level_line(SEGMENTS, 0.0), BUMP, PIXEL, is_blank=True)
    assert drawn.points == ((-1.0, 3.0), (-0.3, 3.0), (0.1, 4.0), (0.3, 3.0), (1.0, 3.0))


def test_values_are_rounded_to_what_a_pixel_can_tell():
    line = np.array([[-0.123456, 1.23456], [0.2, -1e-17], [0.55555, 3.14159]])
    points = with_drawn(FunctionTarget("sine", -np.pi, np.pi), line, (0.02, 0.3)).points
    assert {(-0.12, 1.2), (0.2, 0.0), (0.56, 3.1)} <= set(points)
    assert all(y == round(y, 1) for _, y in points)
    tiny = with_drawn(FunctionTarget("abs", -1.0, 1.0), line, (1e-3, 1e-300)).points
    assert any(y == 1.23456 for _, y in tiny)


@pytest.mark.parametrize(("ends", "wanted"), [((-0.95, 0.95), (-1, 1)), ((-0.8, 0.8), (-0.8, 0.8)), ((-1, 1), (-1, 1))])
def test_ends_close_to_the_edges_are_put_there(ends, wanted):
    line = np.array([[ends[0], 1.0], [0.0, 2.0], [ends[1], 3.0]])
    assert at_edges(line, -1.0, 1.0, 0.1)[:, 0].tolist() == [wanted[0], 0.0, wanted[1]]
    assert at_edges(line, -1.0, 1.0, 0.1)[:, 1].tolist() == [1.0, 2.0, 3.0]
    assert at_edges(line[:1], -1.0, 1.0, 0.1).tolist() == line[:1].tolist()


def test_a_level_line():
    assert level_line(FunctionTarget("sine"), 2.0).points == ((-3.0, 2.0), (3.0, 2.0))


@given(
    st.lists(st.tuples(st.floats(-1.2, 1.2), st.floats(-1e3, 1e3)), min_size=2, max_size=40, unique_by=lambda p: p[0]),
    st.sampled_from([SEGMENTS, FunctionTarget("runge", -1.0, 1.0), FormulaTarget("1/x", -1.0, 1.0)]),
)
def test_any_line_makes_a_target_or_is_refused(points, target):
    line = np.array(sorted(points))
    if len(line[np.abs(line[:, 0]) <= 1.0]) < 2:
        with pytest.raises(ValueError, match="drawn over the domain"):
            with_drawn(target, line, PIXEL)
        return
    drawn = with_drawn(target, line, PIXEL)
    assert (drawn.low, drawn.high) == (target.low, target.high)


@given(st.lists(st.floats(-100, 100), min_size=2, max_size=300), st.floats(0.1, 20.0))
def test_a_simplified_line_misses_no_point(heights, tolerance):
    points = np.column_stack((np.arange(float(len(heights))), heights))
    kept = simplified_line(points, tolerance, len(points))
    assert kept[0] == 0
    assert kept[-1] == len(points) - 1
    assert (np.diff(kept) > 0).all()
    for first, last in pairwise(kept):
        chord = points[last] - points[first]
        offset = points[first : last + 1] - points[first]
        away = np.abs(offset[:, 0] * chord[1] - offset[:, 1] * chord[0]) / np.hypot(*chord)
        assert away.max() <= tolerance + 1e-9


def test_a_simplified_line_has_at_most_so_many_points():
    points = np.random.default_rng(0).normal(size=(500, 2)).cumsum(axis=0)
    assert len(simplified_line(points, 0.0, 60)) == 60
    assert simplified_line(points[:2], 1.0, 60).tolist() == [0, 1]
    assert simplified_line(np.zeros((5, 2)), 0.1, 60).tolist() == [0, 4]
