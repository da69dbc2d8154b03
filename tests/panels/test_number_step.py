import pytest

from reluviz.panels.number_step import decade_step, parameter_step, share_step, small_step, unit_step


@pytest.mark.parametrize(
    ("value", "steps", "expected"),
    [
        (0.2, 1, 0.3),
        (4.0, 1, 4.1),
        (-8.0, -1, -8.1),
        (4.0, 0.1, 4.01),
        (4.0, 10, 5.0),
        (250.0, 1, 260.0),
        (0.0, 1, 0.1),
        (0.05, 1, 0.06),
        (1e-9, -1, 1e-9 - 0.01),
    ],
)
def test_parameter_step(value, steps, expected):
    assert parameter_step(value, steps) == expected


def test_zero_is_reached_and_crossed():
    value = 0.34
    for _ in range(40):
        value = parameter_step(value, -1)
    assert value < -1


@pytest.mark.parametrize(
    ("value", "steps", "expected"),
    [
        (0.01, 1, 0.02),
        (0.02, 1, 0.05),
        (0.05, 1, 0.1),
        (0.01, -1, 0.005),
        (0.03, 1, 0.05),
        (0.03, -1, 0.02),
        (0.01, 10, 0.1),
        (0.01, -10, 0.001),
        (0.01, 0.1, 0.011),
        (0.01, -0.1, 0.0099),
        (1024, 1, 2000),
        (0.01, 3, 0.1),
        (0, 1, 1),
        (0, -1, 0),
    ],
)
def test_decade_step(value, steps, expected):
    assert decade_step(value, steps) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(("steps", "expected"), [(1, 6), (-1, 4), (0.1, 6), (10, 15), (-10, -5)])
def test_unit_step(steps, expected):
    assert unit_step(5, steps) == expected


@pytest.mark.parametrize(
    ("value", "steps", "expected"),
    [(0, 1, 1e-4), (0, -1, 0), (1e-4, 1, 2e-4), (1e-6, -1, 0), (0.01, 10, 0.1), (1e-5, -10, 1e-6), (1e-6, -10, 0)],
)
def test_small_step(value, steps, expected):
    assert small_step(value, steps) == pytest.approx(expected, rel=1e-12)


def test_a_share_comes_nearer_and_nearer_to_one_and_back():
    value, seen = 0.0, []
    for _ in range(7):
        value = share_step(value, 1)
        seen.append(value)
    assert seen == [0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995]
    for _ in range(9):
        value = share_step(value, -1)
    assert value == 0.0
    assert share_step(0.999999999, 10) < 1.0
