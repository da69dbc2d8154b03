"""From data to pixels and back."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reluviz.plot.projection import Projection

VIEW = Projection(-3.0, 3.0, -10.0, 10.0, 50.0, 20.0, 600.0, 400.0)


def test_corners():
    corners = np.array([[-3.0, 10.0], [3.0, -10.0], [0.0, 0.0]])
    assert VIEW.points(corners).tolist() == [[50.0, 20.0], [650.0, 420.0], [350.0, 220.0]]


@given(st.floats(50.0, 650.0), st.floats(20.0, 420.0))
def test_there_and_back(across, down):
    x, y = VIEW.data(across, down)
    assert float(VIEW.x(x)) == pytest.approx(across, abs=1e-9)
    assert float(VIEW.y(y)) == pytest.approx(down, abs=1e-9)


def test_endless_heights_are_far_out_and_finite():
    down = VIEW.y([np.inf, -np.inf, 1e308, -1e308])
    assert np.isfinite(down).all()
    assert (down[[0, 2]] < -1e9).all()
    assert (down[[1, 3]] > 1e9).all()
    assert np.isnan(VIEW.y(np.nan))
