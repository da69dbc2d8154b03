from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reluviz.core.construct import build_steps, construct, corners_of
from reluviz.core.formula_target import FormulaTarget
from reluviz.core.target import FunctionTarget, PointsTarget

SOURCE = ((-1.0, -1.0), (-0.5, 1.0), (0.0, -1.0), (1.0, 0.0))


def test_the_sources_points_give_the_sources_network() -> None:
    network = construct(SOURCE)
    assert network.hidden_weight.tolist() == [1.0, 1.0, 1.0]
    assert network.hidden_bias.tolist() == [1.0, 0.5, 0.0]
    assert network.output_weight.tolist() == [4.0, -8.0, 5.0]
    assert network.output_bias == -1.0


@given(
    st.lists(st.integers(-1000, 1000), min_size=2, max_size=12, unique=True),
    st.lists(st.floats(-100.0, 100.0), min_size=12, max_size=12),
)
def test_the_output_goes_through_every_point(x: list[int], y: list[float]) -> None:
    points = np.column_stack((np.sort(x) / 100.0, y[: len(x)]))
    assert np.allclose(construct(points).output(points[:, 0]), points[:, 1], atol=1e-6)


def test_the_steps_lead_from_the_bias_to_the_whole_each_with_its_numbers() -> None:
    steps = build_steps(SOURCE)
    assert len(steps) == 7
    assert steps[-1].network.same_as(construct(SOURCE))
    assert np.all(steps[0].network.output([-1.0, 0.0, 1.0]) == -1.0)
    assert "w₂ = −8.000" in steps[4].sentence
    assert "needs −4.000" in steps[4].sentence
    assert [step.neuron for step in steps] == [None, 0, 0, 1, 1, 2, 2]
    for done in range(1, 4):
        # After segment `done` the output goes through all points up to its right end.
        reached = np.array(SOURCE[: done + 1])
        assert np.allclose(steps[2 * done].network.output(reached[:, 0]), reached[:, 1])


def test_the_steps_of_the_largest_construction_are_made_one_by_one() -> None:
    x = np.linspace(-1.0, 1.0, 10_001)
    points = np.column_stack((x, np.sin(9.0 * x)))
    steps = build_steps(points)
    assert len(steps) == 20_001
    assert steps[-1].network.same_as(construct(points))
    half = steps[10_000].network
    assert half.output([0.0]) == pytest.approx(0.0, abs=1e-9)
    assert [step.neuron for step in steps[:3]] == [None, 0, 0]
    with pytest.raises(IndexError):
        steps[20_001]


def test_a_smooth_target_is_built_from_sections() -> None:
    target = FunctionTarget("sine")
    corners = corners_of(target, 4)
    assert corners[:, 0].tolist() == [-3.0, -1.5, 0.0, 1.5, 3.0]
    assert np.allclose(construct(corners).output(corners[:, 0]), target(corners[:, 0]))


def test_a_target_of_points_is_built_from_its_own() -> None:
    assert corners_of(PointsTarget(SOURCE)).tolist() == [list(point) for point in SOURCE]


@pytest.mark.parametrize(
    ("points", "reason"),
    [
        ([(0.0, 1.0)], "at least two"),
        ([(0.0, 1.0), (0.0, 2.0)], "ascend"),
        ([(0.0, 1.0), (1.0, float("nan"))], "finite"),
        ([(float(i), 0.0) for i in range(10_002)], "at most"),
        ([(0.0, 0.0), (1e-300, 1e100)], "too steep"),
    ],
)
def test_impossible_points_are_refused(points: list[tuple[float, float]], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        construct(points)


def test_a_smooth_target_needs_a_number_of_segments() -> None:
    with pytest.raises(ValueError, match="segments"):
        corners_of(FunctionTarget("sine"))


def test_a_target_without_a_value_everywhere_is_built_where_it_has_one() -> None:
    corners = corners_of(FormulaTarget("1/sqrt(abs(x)-1)", -3.0, 3.0), 6)
    assert corners[:, 0].tolist() == [-3.0, -2.0, 2.0, 3.0]
    with pytest.raises(ValueError, match="a value at fewer than two of the 2 ends of 1 segments"):
        corners_of(FormulaTarget("1/sqrt(abs(x)-1)", -1.0, 3.0), 1)
