"""The points that draw a function: no visible corners, exact kinks and jumps, gaps where there is no value."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reluviz.core.curve_sampling import MAX_POINTS, curve_polyline

PLACES = np.random.default_rng(3).uniform(-3.0, 3.0, 20_000)


def quietly(function):
    """With NaN where there is no value, as targets are."""

    def values(x):
        with np.errstate(all="ignore"):
            y = np.asarray(function(x), dtype=float)
        return np.where(np.abs(y) < 1e100, y, np.nan)

    return values


def drawn(function, low=-3.0, high=3.0):
    polyline = curve_polyline(quietly(function), low, high)
    x, y = polyline.T
    assert (np.diff(x) > 0).all()
    assert (x[0], x[-1]) == (low, high)
    assert len(x) <= MAX_POINTS + 100
    return x, y


def gaps(x, y):
    return x[np.isnan(y)]


@pytest.mark.parametrize(
    ("function", "most_points"),
    [
        (np.sin, 800),
        (lambda x: 7.0 + 0 * x, 770),
        (lambda x: np.abs(x - 0.3), 800),
        (lambda x: np.maximum(np.sin(5 * x), 0.3 * x), 1600),
        (lambda x: 1 / (1 + 25 * x * x), 1200),
        (lambda x: np.sin(8 * x * x), 9000),
        (lambda x: np.exp(-1e4 * (x - 0.1) ** 2), 1600),
        (lambda x: 1e9 + 1e-3 * np.sin(x), 16_384),
        (lambda x: 1e-200 * x**2, 800),
    ],
)
def test_the_line_is_on_the_function(function, most_points):
    x, y = drawn(function)
    assert len(x) <= most_points
    expected = function(PLACES)
    tolerance = max(1e-4 * np.ptp(expected), 1e-6 * abs(expected[0]) * 1e-6)
    assert np.abs(np.interp(PLACES, x, y) - expected).max() <= tolerance
    assert np.array_equal(y, function(x))


@given(st.lists(st.tuples(st.floats(-2.9, 2.9), st.floats(0.01, 5.0)), min_size=1, max_size=6))
@settings(max_examples=40)
def test_jumps_are_upright(jumps):
    places, heights = np.sort([at for at, _ in jumps]), np.array([height for _, height in jumps])

    def stairs(x):
        return np.concatenate(([0.0], np.cumsum(heights)))[np.searchsorted(places, x, side="right")]

    x, y = drawn(stairs)
    rises = np.flatnonzero(np.diff(y))
    assert y[-1] == pytest.approx(heights.sum())
    # A step that is a millionth of the whole cannot be seen; these all can.
    assert (x[rises + 1] - x[rises] < 1e-10).all()
    assert not len(gaps(x, y))


def test_a_function_that_is_not_defined_everywhere_begins_where_it_does():
    x, y = drawn(lambda x: np.sqrt(x - 0.7))
    first = int(np.argmax(np.isfinite(y)))
    assert abs(x[first] - 0.7) < 1e-10
    assert np.isfinite(y[first:]).all()
    assert gaps(x, y) == pytest.approx([-3.0, 0.7], abs=1e-10)


@pytest.mark.parametrize(
    ("function", "poles"),
    [
        (lambda x: 1 / x, [0.0]),
        (lambda x: 1 / (x - 0.1), [0.1]),
        (lambda x: 1 / (x - 0.1) ** 2, [0.1]),
        (lambda x: 1e-30 / (x - 0.1), [0.1]),
        (lambda x: np.log(np.abs(x - 0.1)), [0.1]),
        (lambda x: np.where(x < 0.1, 0.0, 1 / (x - 0.1)), [0.1]),
        (np.tan, [-np.pi / 2, np.pi / 2]),
    ],
)
def test_a_pole_is_a_gap_and_never_a_line_across(function, poles):
    x, y = drawn(function)
    assert gaps(x, y) == pytest.approx(poles, abs=1e-9)
    assert len(x) < 3000


def test_a_value_apart_stands_alone():
    x, y = drawn(lambda x: np.where(x == 0, 5.0, 0.0))
    at = int(np.argmax(y == 5.0))
    assert x[at] == 0.0
    assert np.isnan(y[[at - 1, at + 1]]).all()
    assert len(gaps(x, y)) == 2


def test_a_sign_that_passes_through_zero_is_no_gap():
    x, y = drawn(np.sign)
    assert not len(gaps(x, y))


def test_nothing_defined_is_one_gap():
    x, y = drawn(lambda x: np.full_like(x, np.nan))
    assert x.tolist() == [-3.0, 3.0]
    assert np.isnan(y).all()


@pytest.mark.parametrize(
    "function", [lambda x: np.sin(1e5 * x), lambda x: np.sin(1 / x), lambda x: np.sin(1e9 * (x + 3) ** 2)]
)
def test_what_is_too_fast_is_a_band(function):
    x, y = drawn(function)
    for a, b in pairwise(np.linspace(-0.06, 0.06, 7)):
        part = y[(x >= a) & (x <= b)]
        assert np.nanmin(part) < -0.9
        assert np.nanmax(part) > 0.9
    assert len(x) > 10_000


def test_many_poles_are_all_found():
    x, y = drawn(lambda x: np.tan(15 * x))
    assert len(gaps(x, y)) == 28


@pytest.mark.parametrize(("low", "high"), [(-1e9, 1e9), (1e9 - 1, 1e9), (-1e-13, 1.0), (5e-10, 2e-9)])
def test_any_domain(low, high):
    _, y = drawn(np.cos, low, high)
    assert np.isfinite(y).all()
    drawn(lambda x: np.where(x < (low + high) / 3, 0.0, 1.0), low, high)
    drawn(lambda x: 1 / (x - (low + high) / 3), low, high)
