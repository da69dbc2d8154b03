from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reluviz.core.construct import corners_of
from reluviz.core.data_target import DataTarget
from reluviz.core.network import Network
from reluviz.core.score import ErrorFinder
from reluviz.core.target import Target

DATA = DataTarget([2.0, 0.0, 1.0, 1.0], [5.0, 1.0, 2.0, 4.0], name="readings")


def test_data_are_a_target():
    assert isinstance(DATA, Target)
    assert DATA.label == "readings"
    assert (DATA.low, DATA.high) == (0.0, 2.0)
    assert DATA.x.tolist() == [0, 1, 1, 2]
    assert DATA.y.tolist() == [1, 2, 4, 5]
    assert not DATA.x.flags.writeable
    # Between the rows, and through the mean where there are several.
    assert DATA(np.array([-1.0, 0.5, 1.0, 1.5, 3.0])).tolist() == [1.0, 2.0, 3.0, 4.0, 5.0]


def test_data_are_drawn_as_points_alone():
    x, y = DATA.polyline().T
    assert x.tolist() == [0, 0, 1, 1, 1, 1, 2]
    assert y[::2].tolist() == [1, 2, 4, 5]
    assert np.isnan(y[1::2]).all()


def test_a_domain_takes_its_rows():
    narrow = DATA.on_domain(0.5, 1.0)
    assert [column.tolist() for column in narrow.rows] == [[1, 1], [2, 4]]
    assert narrow.polyline()[:, 0].tolist() == [1, 1, 1]
    assert len(narrow.x) == 4
    assert narrow.on_domain(0.0, 2.0) == DATA
    assert len(DATA.on_domain(-5.0, 5.0).rows[0]) == 4
    with pytest.raises(ValueError, match=r"no data between 0\.25 and 0\.75"):
        DATA.on_domain(0.25, 0.75)


def test_equality():
    again = DataTarget(DATA.x, DATA.y, name="readings")
    assert again == DATA
    assert hash(again) == hash(DATA)
    assert DataTarget(DATA.x, DATA.y) != DATA
    assert DataTarget(DATA.x, DATA.y + 1, name="readings") != DATA
    assert DATA.on_domain(0.0, 1.0) != DATA
    assert DATA != 3


@pytest.mark.parametrize(
    ("x", "y", "message"),
    [
        ([], [], "no rows: data need at least 2"),
        ([1.0], [1.0], "one row: data need at least 2"),
        ([1.0, 2.0], [1.0], "lists of the same length"),
        ([3.0, 3.0, 3.0], [1.0, 2.0, 3.0], "all 3 rows have x = 3"),
        ([1.0, np.nan], [1.0, 2.0], "must be finite"),
        ([1.0, 2.0], [np.inf, 2.0], "must be finite"),
        ([1.0, 2e9], [1.0, 2.0], "must lie within"),
        ([1.0, 2.0], [1e101, 2.0], "must lie within"),
        ([1.0, 1.0 + 1e-13], [1.0, 2.0], "too narrow"),
    ],
)
def test_what_are_no_data(x, y, message):
    with pytest.raises(ValueError, match=message):
        DataTarget(x, y)


@given(st.lists(st.tuples(st.integers(-20, 20), st.floats(-1e3, 1e3)), min_size=2, max_size=40))
def test_the_rows_stay_as_they_are_but_in_order(pairs):
    x, y = np.array(pairs, dtype=float).T
    if len(set(x.tolist())) < 2:
        return
    data = DataTarget(x, y)
    assert list(zip(*data.rows, strict=True)) == sorted(zip(x, y, strict=True), key=lambda pair: pair[0])
    for at in set(x.tolist()):
        assert data(np.array([at]))[0] == pytest.approx(y[x == at].mean(), abs=1e-9)


def test_the_error_is_sought_at_the_rows():
    flat = Network([1.0], [0.0], [0.0], 2.0)
    error = ErrorFinder(DATA).find(flat)
    assert (error.largest, error.at_x, error.target_y) == (3.0, 2.0, 5.0)
    # A line between the means would be 1 off at x = 1, the rows are 2 and 1 off.
    assert ErrorFinder(DATA.on_domain(0.5, 1.5)).find(Network([1.0], [0.0], [2.0], 0.0)).largest == 2.0
    many = DataTarget(np.linspace(0, 1, 100_000), np.zeros(100_000))
    assert ErrorFinder(many).find(flat).largest == 2.0


def test_data_can_be_built_from_sections():
    assert corners_of(DATA, 2).tolist() == [[0, 1], [1, 3], [2, 5]]
