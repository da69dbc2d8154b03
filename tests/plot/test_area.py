"""The area between two lines: exact to the crossing, cut at the view."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reluviz.plot.area import areas_between
from reluviz.plot.projection import Projection

VIEW = Projection(-1.0, 1.0, -1.0, 1.0, 0.0, 0.0, 200.0, 100.0)
FAR = st.floats(-1e6, 1e6)


def size(outline: np.ndarray) -> float:
    """By the shoelace formula."""
    x, y = outline[:, 0], outline[:, 1]
    return abs(float(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1)))) / 2.0 if len(outline) else 0.0


def line(heights: list[float], left: float = 0.0, right: float = 200.0) -> np.ndarray:
    return np.column_stack((np.linspace(left, right, len(heights)), heights))


def test_two_lines_that_cross_share_the_crossing() -> None:
    above, below = areas_between(line([0.0, 100.0]), line([100.0, 0.0]), VIEW)
    # Up is a smaller number of pixels.
    assert above.min(axis=0).tolist() == [0.0, 0.0]
    assert size(above) == size(below) == 5000.0
    for outline in (above, below):
        assert [100.0, 50.0] in outline.tolist()
    assert above[:, 0].max() == below[:, 0].min() == 100.0


def test_equal_lines_have_nothing_between_them() -> None:
    for outline in areas_between(line([10.0, 20.0, 5.0]), line([10.0, 20.0, 5.0]), VIEW):
        assert len(outline) == 0


def test_lines_that_part_have_all_between_them_from_there_on() -> None:
    bent = np.array([[0.0, 60.0], [50.0, 40.0], [200.0, 100.0]])
    above, below = areas_between(bent, np.array([[0.0, 60.0], [200.0, -20.0]]), VIEW)
    assert len(above) == 0
    assert size(below) == 150.0 * 120.0 / 2.0
    assert below[:, 0].min() == 50.0


def test_a_jump_is_filled_on_each_of_its_sides() -> None:
    jump = np.array([[0.0, 10.0], [100.0, 10.0], [100.0, 90.0], [200.0, 90.0]])
    above, below = areas_between(line([50.0, 50.0]), jump, VIEW)
    assert size(above) == size(below) == 4000.0
    assert below[:, 0].max() == 100.0
    assert above[:, 0].min() == 100.0


def test_only_where_both_lines_are() -> None:
    above, _ = areas_between(line([0.0, 0.0], 50.0, 150.0), line([10.0, 10.0], 100.0, 400.0), VIEW)
    assert (above[:, 0].min(), above[:, 0].max()) == (100.0, 150.0)
    for nothing in ([line([0.0, 0.0], 0.0, 50.0), line([1.0, 1.0], 60.0, 90.0)], [np.zeros((0, 2)), line([0.0, 1.0])]):
        assert all(len(outline) == 0 for outline in areas_between(nothing[0], nothing[1], VIEW))


def test_what_is_far_out_of_the_view_is_cut_where_it_leaves_it() -> None:
    above, _ = areas_between(line([100.0, -1e9]), line([100.0, 100.0]), VIEW)
    assert above.min() >= -20.0
    # The line leaves the view, and its margin of 20 pixels, just beside its left end.
    assert size(above) == pytest.approx(200.0 * 120.0, rel=1e-3)


@given(st.lists(FAR, min_size=2, max_size=8), st.lists(FAR, min_size=2, max_size=8))
def test_the_areas_are_the_integrals_of_both_signs(one: list[float], other: list[float]) -> None:
    first, second = line(one), line(other)
    x = np.linspace(0.0, 200.0, 20_001)
    heights = [np.clip(np.interp(x, *part.T), -20.0, 120.0) for part in (first, second)]
    difference = heights[1] - heights[0]
    above, below = areas_between(first, second, VIEW)
    assert size(above) == pytest.approx(np.trapezoid(np.maximum(difference, 0.0), x), rel=0.01, abs=3.0)
    assert size(below) == pytest.approx(np.trapezoid(np.maximum(-difference, 0.0), x), rel=0.01, abs=3.0)


@given(st.lists(st.tuples(st.floats(0.0, 200.0), FAR), min_size=2, max_size=12))
def test_all_is_finite_and_near_the_view(points: list[tuple[float, float]]) -> None:
    wild = np.array(sorted(points, key=lambda point: point[0]))
    for outline in areas_between(wild, line([50.0, 20.0, 70.0]), VIEW):
        assert np.isfinite(outline).all()
        assert np.abs(outline).max(initial=0.0) <= 220.0
