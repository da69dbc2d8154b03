"""Lines in pixels: what is cut off, what is left out, and that it cannot be seen."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reluviz.plot.polyline import clipped, distances, drawable, lone_points, merged_intervals, segments_of, simplified
from reluviz.plot.projection import Projection

UNIT = Projection(0.0, 100.0, 0.0, 100.0, 0.0, 0.0, 100.0, 100.0)
places = st.floats(-1e4, 1e4)


def test_segments_join_neighbouring_points_only():
    polylines = np.arange(12.0).reshape(2, 3, 2)
    assert segments_of(polylines).tolist() == [[0, 1, 2, 3], [2, 3, 4, 5], [6, 7, 8, 9], [8, 9, 10, 11]]


@pytest.mark.parametrize(
    ("segment", "expected"),
    [
        ((10, 10, 90, 90), (10, 10, 90, 90)),
        ((-50, 50, 150, 50), (0, 50, 100, 50)),
        ((50, -1e30, 50, 1e30), (50, 0, 50, 100)),
        ((-100, 0, 100, 200), (0, 100, 0, 100)),
        ((-50, 0, 0, -50), None),
        ((120, 0, 150, 100), None),
        ((0, 0, np.nan, 50), None),
        ((0, 0, np.inf, 50), None),
    ],
)
def test_a_segment_is_cut_at_the_view(segment, expected):
    cut, kept = clipped(np.array([segment], dtype=float), UNIT, 0.0)
    assert kept.tolist() == [expected is not None]
    if expected is not None:
        assert cut[0] == pytest.approx(np.array(expected, dtype=float))


@given(st.lists(st.tuples(places, places, places, places), min_size=1, max_size=20))
def test_what_is_kept_lies_in_the_view_and_on_its_own_line(rows):
    segments = np.array(rows)
    cut, kept = clipped(segments, UNIT, 3.0)
    assert ((cut >= -3.0) & (cut <= 103.0)).all()
    for before, after in zip(segments[kept], cut, strict=True):
        for x, y in (after[:2], after[2:]):
            assert distances(before[None, :], x, y)[0] < 1e-6


@given(st.lists(st.tuples(places, places), min_size=1, max_size=20), places)
def test_a_point_is_in_the_union_as_in_one_of_the_intervals(pairs, place):
    intervals = np.sort(np.array(pairs), axis=1)
    merged = merged_intervals(intervals)
    assert (merged[1:, 0] > merged[:-1, 1]).all()
    inside = ((intervals[:, 0] <= place) & (place <= intervals[:, 1])).any()
    assert ((merged[:, 0] <= place) & (place <= merged[:, 1])).any() == inside


def test_distances_to_a_segment_and_to_a_point():
    segments = np.array([[0, 0, 10, 0], [5, 5, 5, 5]], dtype=float)
    assert distances(segments, 13.0, 4.0) == pytest.approx([5.0, np.hypot(8.0, 1.0)])


@given(st.lists(st.tuples(st.floats(0.01, 30.0), st.floats(-200.0, 200.0)), min_size=2, max_size=400))
def test_a_simplified_line_passes_within_the_tolerance_of_every_point(steps):
    rows = np.array(steps)
    points = np.column_stack((np.cumsum(rows[:, 0]), rows[:, 1]))
    kept = simplified(points, 0.5)
    assert kept[0].tolist() == points[0].tolist()
    assert kept[-1].tolist() == points[-1].tolist()
    heights = np.interp(points[:, 0], kept[:, 0], kept[:, 1])
    assert np.abs(heights - points[:, 1]).max() <= 0.5 + 1e-9


def test_a_straight_line_is_two_points_and_a_jump_keeps_its_corners():
    x = np.linspace(0.0, 100.0, 513)
    assert len(simplified(np.column_stack((x, 2.0 * x)), 0.1)) == 2
    step = np.array([[0, 0], [20, 0], [50, 0], [50, 80], [70, 80], [100, 80]], dtype=float)
    assert simplified(step, 0.1).tolist() == [[0, 0], [50, 0], [50, 80], [100, 80]]


def test_a_sine_is_drawn_with_few_points_that_look_the_same():
    x = np.linspace(0.0, 100.0, 513)
    points = drawable(np.column_stack((x, 50.0 + 40.0 * np.sin(x / 10.0))), UNIT)
    assert len(points) < 120
    assert np.abs(50.0 - 40.0 * np.sin(points[:, 0] / 10.0) - points[:, 1]).max() < 0.1


def test_a_million_points_are_drawn_by_their_extremes():
    random = np.random.default_rng(0)
    x = np.linspace(0.0, 100.0, 1_000_000)
    y = random.uniform(10.0, 90.0, len(x))
    points = drawable(np.column_stack((x, y)), UNIT)
    assert len(points) <= 4 * 201
    assert points[:, 1].min() == pytest.approx(100.0 - y.max())
    assert points[:, 1].max() == pytest.approx(100.0 - y.min())


def test_points_out_of_view_are_left_out():
    x = np.arange(-1000.0, 1000.0)
    assert len(drawable(np.column_stack((x, 10.0 * np.cos(x))), UNIT, 0.0)) == 103
    assert drawable(np.zeros((0, 2)), UNIT).shape == (0, 2)


@pytest.mark.parametrize("unknown", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("many", [1, 100])
def test_what_is_not_finite_is_a_gap(unknown, many):
    x = np.linspace(0.0, 100.0, 101 * many)
    y = np.where((x >= 40.0) & (x <= 60.0), unknown, 50.0)
    y[0] = y[-1] = unknown
    points = drawable(np.column_stack((x, y)), UNIT)
    gap = np.flatnonzero(np.isnan(points[:, 0]))
    assert len(gap) == 1
    one, two = points[: gap[0]], points[gap[0] + 1 :]
    assert one[[0, -1], 0] == pytest.approx([x[1], x[x < 40.0][-1]])
    assert two[[0, -1], 0] == pytest.approx([x[x > 60.0][0], x[-2]])
    assert (np.concatenate((one, two))[:, 1] == 50.0).all()


def test_points_alone_are_no_line():
    polyline = np.array([[0, 5], [10, np.nan], [20, 30], [30, np.nan], [40, 40], [50, 50], [60, np.nan], [60, 70.0]])
    assert drawable(polyline, UNIT).tolist() == [[40, 60], [50, 50]]
    assert lone_points(polyline, UNIT).tolist() == [[0, 95], [20, 70], [60, 30]]
    assert lone_points(polyline[4:6], UNIT).shape == (0, 2)
    assert drawable(polyline[:4], UNIT).shape == (0, 2)


def test_a_million_points_alone_are_a_cloud_of_few():
    random = np.random.default_rng(0)
    x, y = np.sort(random.uniform(-50.0, 100.0, 1_000_000)), random.uniform(10.0, 90.0, 1_000_000)
    gaps = np.column_stack((x, np.full(len(x), np.nan)))
    polyline = np.stack((np.column_stack((x, y)), gaps), axis=1).reshape(-1, 2)
    points = lone_points(polyline, UNIT)
    assert 33 * 27 <= len(points) <= 34 * 28
    assert drawable(polyline, UNIT).shape == (0, 2)
