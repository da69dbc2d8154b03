"""Steps of the arrow keys."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reluviz.core.nudge import next_multiple, nudge_step, nudged, round_step


@pytest.mark.parametrize(("low", "high", "step"), [(-1.0, 1.0, 0.02), (-1.12, 1.12, 0.05), (0.0, 1e6, 1e4)])
def test_a_step_is_about_a_hundredth_of_the_view(low, high, step):
    assert nudge_step(low, high) == step


@given(st.integers(-50, 50), st.sampled_from([0.1, 0.02, 0.005, 5.0, 2e-7]))
def test_steps_there_and_back_leave_no_digits_behind(steps, by):
    value = 0.0
    for _ in range(abs(steps)):
        value = nudged(value, by if steps > 0 else -by)
    assert value == pytest.approx(steps * by, rel=1e-12, abs=1e-16)
    for _ in range(abs(steps)):
        value = nudged(value, -by if steps > 0 else by)
    assert value == 0.0


def test_ten_tenths_are_one():
    value = 0.0
    for _ in range(10):
        value = nudged(value, 0.1)
    assert value == 1.0


def test_no_step_and_no_end_of_the_numbers_change_nothing():
    assert nudged(0.123456789012345, 0.0) == 0.123456789012345
    assert nudged(1.7e308, 1.7e308) == 1.7e308


@given(st.floats(-1e3, 1e3), st.sampled_from([0.02, 0.1, 5.0, 2e-7]), st.booleans())
def test_the_next_multiple_is_a_multiple_within_a_step(value, step, upwards):
    found = next_multiple(value, step, upwards)
    moved = found - value if upwards else value - found
    assert -1e-9 * abs(value) < moved <= step * 1.001 + 1e-9 * abs(value)
    assert found / step == pytest.approx(round(found / step), abs=1e-3)
    back = next_multiple(found, step, not upwards)
    assert next_multiple(back, step, upwards) == found


@pytest.mark.parametrize(
    ("change", "step"), [(0.02, 0.02), (-0.3, 0.5), (0.021, 0.05), (3.0 * 0.1 - 0.1, 0.2), (7e9, 1e10)]
)
def test_a_round_step_is_not_below_the_change(change, step):
    assert round_step(change) == pytest.approx(step)


def test_arrows_reach_the_round_numbers_from_anywhere():
    value = 3.8662
    for _ in range(3):
        value = next_multiple(value, 0.05, True)
    assert value == 4.0
    assert next_multiple(1e300, 0.05, True) == 1e300
