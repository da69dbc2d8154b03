"""Ticks stand at round numbers, are not too many, and read differently from one another."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reluviz.plot.ticks import linear_ticks, log_ticks, step_ticks


def texts(ticks):
    return [tick.text for tick in ticks]


@pytest.mark.parametrize(
    ("low", "high", "count", "expected"),
    [
        (-3.0, 3.0, 8, ["−3", "−2", "−1", "0", "1", "2", "3"]),
        (-1.0, 1.0, 5, ["−1.0", "−0.5", "0", "0.5", "1.0"]),
        (0.0, 0.001, 4, ["0", "0.0005", "0.0010"]),
        (-2e9, 2e9, 5, ["−2·10⁹", "−1·10⁹", "0", "1·10⁹", "2·10⁹"]),
        (0.0, 4e-7, 5, ["0", "1·10⁻⁷", "2·10⁻⁷", "3·10⁻⁷", "4·10⁻⁷"]),
    ],
)
def test_linear(low, high, count, expected):
    assert texts(linear_ticks(low, high, count)) == expected


@given(st.floats(-1e9, 1e9), st.floats(1e-4, 1e9), st.integers(2, 20))
def test_linear_ticks_are_few_inside_and_distinct(low, width, count):
    high = low + width
    ticks = linear_ticks(low, high, count)
    assert len(ticks) <= count + 2
    assert len(set(texts(ticks))) == len(ticks)
    slack = 1e-6 * width + 1e-12 * abs(low)
    assert all(low - slack <= tick.at <= high + slack for tick in ticks)


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        (0.0, ["0"]),
        (1.0, ["0", "1"]),
        (1000.0, ["0", "500", "1\u2009000"]),
        (12_340.0, ["0", "5 k", "10 k"]),
        (3e6, ["0", "1 M", "2 M", "3 M"]),
        (math.inf, ["0"]),
    ],
)
def test_steps(last, expected):
    assert texts(step_ticks(last, 3)) == expected


@pytest.mark.parametrize(
    ("low", "high", "count", "expected"),
    [
        (-4.2, 1.3, 10, ["10⁻⁴", "10⁻³", "10⁻²", "10⁻¹", "1", "10¹"]),
        (-300.0, 300.0, 3, ["10⁻²⁰¹", "1", "10²⁰¹"]),
        (-2.1, -1.2, 5, ["0.01", "0.02", "0.05"]),
        (0.8, 1.5, 5, ["7", "10", "15", "20", "30"]),
        (1.0, 1.5, 5, ["10", "15", "20", "30"]),
        (1.0, 1.5, 3, ["10", "15", "20", "25", "30"]),
        (-2.4, -1.8, 6, ["0.005", "0.007", "0.01", "0.015"]),
        (-0.02, 0.02, 5, ["0.96", "0.98", "1.00", "1.02", "1.04"]),
    ],
)
def test_logarithmic(low, high, count, expected):
    assert texts(log_ticks(low, high, count)) == expected


@given(st.floats(-12.0, 9.0), st.floats(0.04, 15.0), st.integers(3, 12))
def test_logarithmic_ticks_are_enough_inside_and_distinct(low, width, count):
    ticks = log_ticks(low, low + width, count)
    assert 2 <= len(ticks) <= max(count, 6) + 3
    assert len(set(texts(ticks))) == len(ticks)
    assert all(low - 1e-6 <= tick.at <= low + width + 1e-6 for tick in ticks)
    assert [tick.at for tick in ticks] == sorted(tick.at for tick in ticks)


@pytest.mark.parametrize("ticks", [linear_ticks, log_ticks])
@pytest.mark.parametrize("ends", [(1.0, 1.0), (2.0, 1.0), (0.0, math.nan), (-math.inf, math.inf)])
def test_no_interval_no_ticks(ticks, ends):
    assert ticks(*ends, 5) == []
