"""Very many points as a sequence."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reluviz.core.point_list import PointList

points = st.lists(st.tuples(st.floats(-1e9, 1e9), st.floats(-1e9, 1e9)), max_size=20).filter(bool)


@given(points, st.slices(20))
def test_it_is_the_sequence_that_was_put_in(given_points, part):
    made = PointList(given_points)
    assert made == given_points == list(made)
    assert made == PointList(np.array(given_points))
    assert made[part] == tuple(given_points)[part]
    assert (len(made), made[0], made[-1]) == (len(given_points), given_points[0], given_points[-1])
    assert hash(made) == hash(PointList(tuple(given_points)))
    assert type(made[0][0]) is float


def test_it_differs_from_other_points():
    made = PointList(((0.0, 1.0), (2.0, 3.0)))
    assert made != ((0.0, 1.0),)
    assert made != ((0.0, 1.0), (2.0, 4.0))
    assert made != "ab"
    assert made != 7
    assert (9.0, 9.0) not in made
    assert (2.0, 3.0) in made


def test_it_never_changes():
    array = np.arange(6.0).reshape(3, 2)
    made = PointList(array)
    array[0, 0] = 7.0
    assert made[0] == (0.0, 1.0)
    with pytest.raises(ValueError, match="read-only"):
        made.columns[0, 0] = 1.0


@pytest.mark.parametrize("bad", [[1.0, 2.0], [[1.0, 2.0, 3.0]], [[[1.0, 2.0]]], [[1.0, 2.0], [3.0]]])
def test_what_are_no_points_is_refused(bad):
    with pytest.raises(ValueError, match=r"pairs|inhomogeneous"):
        PointList(bad)
