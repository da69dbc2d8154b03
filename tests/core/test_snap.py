from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reluviz.core.snap import SnapGround, Snapped, grid_step, snapped, snapped_freely

COORDINATE = st.floats(-100.0, 100.0)
STEP = st.one_of(st.none(), st.sampled_from([0.1, 0.2, 0.05, 1.0, 2.0, 5.0, 0.3]), st.floats(1e-3, 50.0))
REACH = st.floats(0.0, 5.0)


@given(
    st.tuples(COORDINATE, COORDINATE),
    STEP,
    STEP,
    REACH,
    REACH,
    st.lists(st.tuples(COORDINATE, COORDINATE), max_size=5),
)
@example((0.9, 0.0), 1.0, None, 0.3, 0.0, [(1.25, 0.0)])
def test_snapping_twice_is_snapping_once_and_never_beyond_the_reach(
    position: tuple[float, float],
    grid_x: float | None,
    grid_y: float | None,
    reach_x: float,
    reach_y: float,
    points: list[tuple[float, float]],
) -> None:
    def snap(x: float, y: float) -> Snapped:
        return snapped((x, y), reach_x=reach_x, reach_y=reach_y, grid_x=grid_x, grid_y=grid_y, points=points)

    once = snap(*position)
    twice = snap(once.x, once.y)
    assert (once.x, once.y) == (twice.x, twice.y)
    assert abs(once.x - position[0]) <= reach_x
    assert abs(once.y - position[1]) <= reach_y
    if once.x_to == "point":
        assert once.x in [x for x, _ in points]
    if not once.x_to:
        assert once.x == position[0]


def test_points_go_before_grid_lines_and_each_axis_for_itself() -> None:
    result = snapped((0.46, 0.98), reach_x=0.1, reach_y=0.05, grid_x=0.5, grid_y=0.5, points=[(0.4, 7.0)])
    assert result == Snapped(0.4, 1.0, "point", "grid")
    assert snapped((0.46, 0.8), reach_x=0.1, reach_y=0.05, grid_x=0.5, grid_y=0.5) == Snapped(0.5, 0.8, "grid", "")
    assert snapped((0.46, 0.8), reach_x=0.1, reach_y=0.1) == Snapped(0.46, 0.8)


def test_grid_lines_are_the_numbers_one_reads() -> None:
    assert snapped((0.31, -0.69), reach_x=0.1, reach_y=0.1, grid_x=0.1, grid_y=0.1) == Snapped(
        0.3, -0.7, "grid", "grid"
    )


def test_numbers_that_no_grid_reaches_stay() -> None:
    assert snapped((1e300, math.inf), reach_x=1.0, reach_y=1.0, grid_x=0.1, grid_y=0.1) == Snapped(1e300, math.inf)


@pytest.mark.parametrize(
    ("low", "high", "most", "step"),
    [(-1, 1, 20, 0.1), (-1, 1, 10, 0.2), (0, 1, 3, 0.5), (0, 6, 10, 1), (0, 1e-6, 10, 1e-7), (0, 9e9, 1, 1e10)],
)
def test_steps(low: float, high: float, most: int, step: float) -> None:
    assert grid_step(low, high, most) == step


@given(st.floats(-1e6, 1e6), st.floats(1e-6, 1e6), st.integers(1, 200))
def test_a_step_is_1_2_or_5_and_as_fine_as_allowed(low: float, width: float, most: int) -> None:
    step = grid_step(low, low + width, most)
    width = (low + width) - low
    assert f"{step:e}"[0] in "125"
    assert width / step <= most * (1 + 1e-9)
    assert width / step > most / 2.5 * (1 - 1e-9)


@pytest.mark.parametrize(("low", "high", "most"), [(0, 0, 5), (1, 0, 5), (0, math.inf, 5), (0, 1, 0)])
def test_no_grid_without_a_range(low: float, high: float, most: int) -> None:
    with pytest.raises(ValueError, match="a grid"):
        grid_step(low, high, most)


def test_a_million_points() -> None:
    points = np.random.default_rng(0).normal(size=(1_000_000, 2))
    result = snapped((0.1, 9.0), reach_x=0.01, reach_y=0.01, points=points)
    assert (result.x_to, result.y_to) == ("point", "")


def test_a_free_position_goes_to_a_point_as_a_whole_or_each_axis_to_the_grid():
    ground = SnapGround(np.array([[0.53, 0.53], [0.52, 0.5]]), 0.04, 0.04, 0.1, 0.25)
    assert snapped_freely((0.55, 0.55), ground) == (Snapped(0.53, 0.53, "point", "point"), 0)
    # Beside the point along x, far from it along y: the axes go to the grid, each for itself.
    assert snapped_freely((0.52, 0.74), ground) == (Snapped(0.5, 0.75, "grid", "grid"), None)
    assert snapped_freely((0.55, 0.74), ground) == (Snapped(0.55, 0.75, "", "grid"), None)
    assert snapped_freely((0.55, 0.65), ground) == (Snapped(0.55, 0.65), None)
