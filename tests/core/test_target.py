from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reluviz.core.target import FUNCTIONS, FunctionTarget, PointsTarget, Target, check_domain

POINTS = ((-1.0, -1.0), (-0.5, 1.0), (0.0, -1.0), (1.0, 0.0))


@pytest.mark.parametrize("name", FUNCTIONS)
@pytest.mark.parametrize("domain", [(-3.0, 3.0), (0.0, 1.0), (-1e-13, 1.0), (-1.0, 1e-13), (-1e9, 1e9), (1e9 - 1, 1e9)])
def test_a_functions_polyline_lies_on_it_within_the_domain(name: str, domain: tuple[float, float]) -> None:
    target = FunctionTarget(name, *domain)
    assert isinstance(target, Target)
    x, y = target.polyline().T
    assert (np.diff(x) > 0).all()
    assert (x[0], x[-1]) == domain
    assert np.array_equal(y, target(x))
    assert target.on_domain(1.0, 2.0) == FunctionTarget(name, 1.0, 2.0)


def test_the_step_is_drawn_upright() -> None:
    x, y = FunctionTarget("step", -2.0, 3.0).polyline().T
    jump = int(np.argmax(np.diff(y)))
    assert (y[: jump + 1] == 0).all()
    assert (y[jump + 1 :] == 1).all()
    assert x[jump + 1] == 0.0
    assert x[jump + 1] - x[jump] < 1e-10


def test_points_are_joined_by_segments() -> None:
    target = PointsTarget(POINTS)
    assert (target.low, target.high) == (-1.0, 1.0)
    assert target.label == "3 segments"
    assert target.polyline().tolist() == [list(point) for point in POINTS]
    assert target(np.array([-0.75, 0.5, -9.0, 9.0])).tolist() == [0.0, -0.5, -1.0, 0.0]
    assert PointsTarget(POINTS[:2]).label == "1 segment"


def test_points_on_another_domain() -> None:
    inside = PointsTarget(POINTS).on_domain(-0.375, -0.125)
    assert inside.polyline().tolist() == [[-0.375, 0.5], [-0.125, -0.5]]
    wider = PointsTarget(POINTS).on_domain(-2.0, 2.0)
    assert wider.polyline()[[0, -1]].tolist() == [[-2, -1], [2, 0]]
    assert PointsTarget(POINTS, low=0.0).polyline().tolist() == [[0, -1], [1, 0]]


@given(
    st.lists(st.integers(-50, 50), min_size=2, max_size=9, unique=True),
    st.floats(-60.0, 50.0),
    st.floats(0.125, 60.0),
)
def test_a_points_polyline_is_the_target(x: list[int], low: float, width: float) -> None:
    points = tuple((float(a), float(a * a % 7)) for a in sorted(x))
    target = PointsTarget(points).on_domain(low, low + width)
    drawn = target.polyline()
    assert (np.diff(drawn[:, 0]) > 0).all()
    at = np.linspace(low, low + width, 57)
    assert np.allclose(np.interp(at, *drawn.T), target(at), atol=1e-9)


@pytest.mark.parametrize(
    ("points", "message"),
    [
        (((0.0, 1.0),), "2 to 1000000 points, not 1"),
        (((0.0, 1.0), (0.0, 2.0)), "no two at the same x"),
        (((1.0, 1.0), (0.0, 2.0)), "ascend from left to right"),
        (((0.0, 1.0), (1.0, np.nan)), "must be finite numbers"),
        (((-1e308, 1.0), (1e308, 1.0)), r"the points' x must lie within ±1e\+09"),
        (((0.0, 1.0), (1.0, 1e308)), r"the points' y must lie within ±1e\+100"),
    ],
)
def test_what_are_no_points(points: tuple[tuple[float, float], ...], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        PointsTarget(points)


@pytest.mark.parametrize(
    ("low", "high", "message"),
    [
        (0.0, np.inf, "must be finite numbers"),
        (np.nan, 0.0, "must be finite numbers"),
        (0.0, 2e9, r"must lie within ±1e\+09"),
        (1.0, 1.0, "the domain's end 1 must lie right of its start 1"),
        (1.0, -1.0, "must lie right"),
        (1.0, 1.0 + 1e-12, "too narrow"),
    ],
)
def test_what_is_no_domain(low: float, high: float, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        check_domain(low, high)
    with pytest.raises(ValueError, match=message):
        FunctionTarget("sine", low, high)


def test_unknown_functions() -> None:
    with pytest.raises(ValueError, match=r"unknown function 'sinus' \(known: sine, line, "):
        FunctionTarget("sinus")
