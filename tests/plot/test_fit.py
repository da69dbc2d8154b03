"""The heights that fitting shows."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reluviz.core.formula_target import FormulaTarget
from reluviz.core.network import Network
from reluviz.plot.fit import fitted_heights
from reluviz.plot.projection import VIEW_LIMIT

SINE = np.column_stack((np.linspace(-3, 3, 100), 5 + 2 * np.sin(np.linspace(-3, 3, 100))))
QUIET = Network([1.0], [0.0], [0.0], 5.0)


def test_target_output_and_zero_are_shown():
    bottom, top = fitted_heights(SINE, QUIET, -3.0, 3.0)
    assert bottom == 0.0
    assert math.isclose(top, SINE[:, 1].max())


def test_one_absurd_ray_does_not_flatten_the_target():
    wild = Network([1.0, 1.0], [0.0, 1.0], [1e6, 1.0], 5.0)
    bottom, top = fitted_heights(SINE, wild, -3.0, 3.0)
    assert top - bottom < 10 * np.ptp(SINE[:, 1])
    assert bottom <= SINE[:, 1].min()
    assert top >= SINE[:, 1].max()


def test_an_output_beside_the_target_is_shown_as_long_as_both_can_be_read():
    for distance, is_shown in ((20.0, True), (40.0, False)):
        target = SINE + np.array([0.0, distance])
        bottom, top = fitted_heights(target, Network([1.0], [0.0], [-0.5]), -3.0, 3.0)
        assert (bottom <= -1.5) is is_shown
        assert top >= target[:, 1].max()
        assert fitted_heights(target, Network([1.0], [0.0], [-0.5]), -3.0, 3.0, whole=True)[0] <= -1.5


def test_nothing_to_show_still_gives_a_range():
    assert fitted_heights(np.zeros((0, 2)), None, -1.0, 1.0) == (-1.0, 1.0)
    bottom, top = fitted_heights(np.array([[-1.0, 7.0], [1.0, 7.0]]), None, -1.0, 1.0)
    assert bottom < 7.0 < top


def polyline(text):
    return FormulaTarget(text).polyline()


@pytest.mark.parametrize(
    ("text", "bottom", "top"),
    [
        ("1/x", (-13, -4), (4, 13)),
        ("1/(x - 0.1)^2", (0.1, 0.2), (10, 60)),
        ("tan(x)", (-13, -4), (4, 13)),
        ("log(x)", (-4, -1.5), (1.05, 1.15)),
        ("log(abs(x - 0.1))", (-4, -1.5), (1.1, 1.2)),
        ("sqrt(x)", (0, 0), (1.7, 1.8)),
        ("asin(x)", (-1.6, -1.5), (1.5, 1.6)),
        ("where(x == 0, 5, 0)", (-0.1, 0), (5, 5)),
    ],
)
def test_a_target_is_shown_but_for_its_poles(text, bottom, top):
    low, high = fitted_heights(polyline(text), None, -3.0, 3.0)
    assert bottom[0] <= low <= bottom[1]
    assert top[0] <= high <= top[1]


def test_points_alone_are_shown_all():
    points = np.array([[0.0, 7.0], [0.0, np.nan], [1.0, 9.0], [1.0, np.nan], [2.0, -500.0]])
    assert fitted_heights(points, None, 0.0, 2.0) == (-500.0, 9.0)


values = st.sampled_from([0.0, 1.0, -1.0, 1e-300, 1e9, -1e12, 1e200, 1e308, -1e308])


@given(v=values, b=values, w=values, b0=values, y=values)
def test_the_range_is_always_one_to_show(v, b, w, b0, y):
    network = Network([v, 1.0], [b, 0.0], [w, 1.0], b0)
    bottom, top = fitted_heights(np.array([[-1.0, y], [1.0, -y]]), network, -1.0, 1.0)
    assert -VIEW_LIMIT <= bottom < top <= VIEW_LIMIT
