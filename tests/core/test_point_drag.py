from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reluviz.core.point_drag import PointDrag
from reluviz.core.point_editing import changed_points, middle_of_segment, with_moved_point
from reluviz.core.snap import Snapped
from reluviz.core.target import PointsTarget

SOURCE = PointsTarget(((-1.0, -1.0), (-0.5, 1.0), (0.0, -1.0), (1.0, 0.0)))
PLACES = st.floats(-5.0, 5.0)


@given(st.integers(0, 3), st.lists(st.tuples(PLACES, PLACES), min_size=1, max_size=5), st.booleans())
def test_the_line_in_the_hand_is_that_of_the_moved_target(
    index: int, places: list[tuple[float, float]], apart: bool
) -> None:
    target = SOURCE.on_domain(-1.5, 2.0) if apart else SOURCE
    drag = PointDrag(target, index)
    for place in places:
        drag.move(*place)
    moved = with_moved_point(target, index, *places[-1])
    assert drag.moved() == moved
    assert drag.place == moved.points[index]
    assert np.array_equal(drag.polyline(), moved.polyline())
    assert target.points == SOURCE.points


def test_a_missing_point_and_a_place_that_is_none() -> None:
    with pytest.raises(IndexError):
        PointDrag(SOURCE, 4)
    with pytest.raises(ValueError, match="finite"):
        PointDrag(SOURCE, 1).move(float("nan"), 0.0)


@pytest.mark.parametrize(
    ("index", "wanted", "note"),
    [
        (1, Snapped(-0.4, 0.3), ""),
        (1, Snapped(-0.4, 0.5, "", "grid"), "y on the grid"),
        (1, Snapped(-0.4, 0.5, "grid", "grid"), "x and y on the grid"),
        (1, Snapped(-0.4, -1.0, "grid", "point"), "level with point 1"),
        (3, Snapped(0.9, -1.0, "", "point"), "level with point 3"),
        (1, Snapped(0.4, 0.3, "grid"), "stops at point 3"),
        (1, Snapped(-2.0, 0.3), "stops at point 1"),
    ],
)
def test_it_says_what_it_snapped_to_or_what_stops_it(index: int, wanted: Snapped, note: str) -> None:
    drag = PointDrag(SOURCE, index)
    drag.move(wanted.x, wanted.y)
    assert drag.note(wanted) == note


def test_neighbours_give_levels_and_segments() -> None:
    drag = PointDrag(SOURCE, 0)
    assert drag.levels().tolist() == [[np.inf, 1.0]]
    assert drag.segments().tolist() == [[-1.0, -1.0], [-0.5, 1.0]]
    drag = PointDrag(SOURCE, 2)
    drag.move(0.5, 0.25)
    assert drag.levels()[:, 1].tolist() == [1.0, 0.0]
    assert drag.segments().tolist() == [[-0.5, 1.0], [0.5, 0.25], [1.0, 0.0]]


@pytest.mark.parametrize(
    ("index", "place"),
    [(None, (0.5, -0.5)), (0, (-0.75, 0.0)), (2, (0.5, -0.5)), (3, (0.5, -0.5))],
)
def test_the_middle_of_a_segment(index: int | None, place: tuple[float, float]) -> None:
    assert middle_of_segment(SOURCE, index) == place


@given(st.integers(0, 3), PLACES, PLACES)
def test_what_has_changed(index: int, x: float, y: float) -> None:
    moved = with_moved_point(SOURCE, index, x, y)
    changed = changed_points(SOURCE, moved)
    expected = [] if moved == SOURCE else [list(SOURCE.points[index]), list(moved.points[index])]
    assert changed.tolist() == expected


def test_what_has_changed_where_points_come_and_go() -> None:
    fewer = PointsTarget((*SOURCE.points[:1], *SOURCE.points[2:]))
    assert changed_points(SOURCE, fewer).tolist() == [[-0.5, 1.0]]
    assert changed_points(fewer, SOURCE).tolist() == [[-0.5, 1.0]]
    longer = PointsTarget((*SOURCE.points, (2.0, 0.0)))
    assert changed_points(SOURCE, longer).tolist() == [[2.0, 0.0]]
    assert len(changed_points(SOURCE, PointsTarget(((5.0, 0.0), (6.0, 0.0))))) == 6
