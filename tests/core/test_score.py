from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from yardstick import times_as_dear

from reluviz.core.construct import construct
from reluviz.core.dataset import Dataset, Sampling
from reluviz.core.formula_target import FormulaTarget
from reluviz.core.initializer import blank, initialized
from reluviz.core.loss import half_mse
from reluviz.core.network import Network
from reluviz.core.parameter import OUTPUT_BIAS
from reluviz.core.score import ErrorFinder, Goal
from reluviz.core.target import FunctionTarget, PointsTarget

SOURCE = PointsTarget(((-1.0, -1.0), (-0.5, 1.0), (0.0, -1.0), (1.0, 0.0)))
SAMPLES = Sampling(1025).of(SOURCE)
EXACT = construct(SOURCE.points)
NUMBER = st.floats(-3.0, 3.0, allow_subnormal=False)


@st.composite
def networks(draw: st.DrawFn) -> Network:
    rows = draw(st.lists(st.tuples(NUMBER, NUMBER, NUMBER), min_size=1, max_size=6))
    return Network(*np.array(rows).T, draw(NUMBER))


@given(networks(), st.floats(-3.0, -0.6), st.floats(-0.4, 3.0))
def test_the_error_is_the_largest_on_any_grid_and_is_attained(network: Network, low: float, high: float) -> None:
    target = SOURCE.on_domain(low, high)
    error = ErrorFinder(target).find(network)
    x = np.linspace(low, high, 501)
    assert np.abs(network.output(x) - target(x)).max() <= error.largest + 1e-9
    assert low <= error.at_x <= high
    assert error.output_y == pytest.approx(network.output([error.at_x])[0], abs=1e-9)
    assert error.target_y == target(np.array([error.at_x]))[0]
    assert error.largest == abs(error.output_y - error.target_y)


def test_the_error_of_a_known_fit() -> None:
    assert ErrorFinder(SOURCE).find(EXACT).largest < 1e-12
    blank = ErrorFinder(SOURCE).find(Network([1.0], [0.0], [0.0], 0.25))
    assert (blank.largest, blank.at_x, blank.output_y, blank.target_y) == (1.25, -1.0, 0.25, -1.0)
    line = ErrorFinder(FunctionTarget("square")).find(construct(((-3.0, 9.0), (3.0, 9.0))))
    assert (line.largest, line.at_x) == (9.0, pytest.approx(0.0, abs=1e-10))


def test_the_error_against_very_many_points_is_found_in_time() -> None:
    x = np.linspace(-1.0, 1.0, 200_001)
    target = PointsTarget(tuple(zip(x.tolist(), np.sin(3.0 * x).tolist(), strict=True)))
    network = blank(1000, -1.0, 1.0)
    finder = ErrorFinder(target)
    assert finder.find(network).largest == pytest.approx(1.0, abs=1e-6)
    corners = network.vertices(-1.0, 1.0)[:, 0]
    # Measured: 0.1 of what it takes to sort all corners of both.
    assert times_as_dear(lambda _: finder.find(network), lambda _: np.union1d(corners, x), rounds=5) < 0.4


def test_the_error_of_a_thousand_neurons_is_cheap() -> None:
    network = initialized("even", 1000, np.random.RandomState(1), (-3.0, 3.0))
    grid = np.linspace(-3.0, 3.0, 1000)
    for target in (FunctionTarget("sine"), SOURCE.on_domain(-3.0, 3.0)):
        find = ErrorFinder(target).find
        # Measured: 0.03 of what every neuron at every place takes.
        assert times_as_dear(lambda _, find=find: find(network), lambda _: network.contributions(grid)) < 0.2


def test_where_the_target_has_no_value_there_is_no_error() -> None:
    error = ErrorFinder(FormulaTarget("sqrt(x)")).find(Network([1.0], [0.0], [0.0], 0.25))
    assert (error.largest, error.at_x) == (pytest.approx(np.sqrt(3.0) - 0.25), 3.0)
    pole = ErrorFinder(FormulaTarget("1/x", 0.0, 4.0)).find(Network([1.0], [0.0], [0.0], 0.0))
    assert pole.largest == abs(pole.target_y) > 1e6


def test_an_output_out_of_range_has_an_infinite_error() -> None:
    assert ErrorFinder(SOURCE).find(Network([1e300], [0.0], [1e300])).largest == float("inf")


def test_the_goal_is_the_construction_with_the_same_budget() -> None:
    enough = Goal.of(SOURCE, SAMPLES, 3)
    assert enough.solution.same_as(EXACT)
    assert enough.solution_loss < 1e-25
    assert Goal.of(SOURCE, SAMPLES, 7).solution.neurons == 3
    assert Goal.of(SOURCE, SAMPLES, 2).solution.neurons == 2
    sine = FunctionTarget("sine")
    samples = Sampling().of(sine)
    goal = Goal.of(sine, samples, 8)
    assert goal.solution.neurons == 8
    assert goal.solution_loss == pytest.approx(half_mse(goal.solution, samples)) != 0.0
    assert goal.score(goal.solution, samples).points == 100.0
    assert goal.score(goal.solution, samples).word == "goal reached"


def test_the_ends_of_the_scale() -> None:
    goal = Goal.of(SOURCE, SAMPLES, 3)
    exact = goal.score(EXACT, SAMPLES)
    assert (exact.points, exact.word) == (100.0, "perfect")
    assert exact.loss == half_mse(EXACT, SAMPLES)
    constant = Network([1.0], [0.0], [0.0], float(np.mean(SAMPLES.y)))
    best_constant = goal.score(constant, SAMPLES)
    assert best_constant.points == pytest.approx(0.0, abs=1e-9)
    assert best_constant.word == "no fit yet"
    out_of_range = goal.score(Network([1e300], [0.0], [1e300]), SAMPLES)
    assert (out_of_range.points, out_of_range.loss) == (0.0, float("inf"))


@given(networks(), networks(), st.integers(1, 9), st.sampled_from([SOURCE, FunctionTarget("sine")]))
def test_a_smaller_loss_never_scores_less(a: Network, b: Network, neurons: int, target: PointsTarget) -> None:
    samples = Sampling(65).of(target)
    goal = Goal.of(target, samples, neurons)
    better, worse = sorted((goal.score(a, samples), goal.score(b, samples)), key=lambda score: score.loss)
    assert 0.0 <= worse.points <= better.points <= 100.0


def test_a_tenfold_smaller_loss_is_a_sixth_of_the_scale() -> None:
    goal = Goal.of(SOURCE, SAMPLES, 3)
    off = (EXACT.with_values({OUTPUT_BIAS: -1.0 + by}) for by in (0.1, 0.1 / np.sqrt(10.0)))
    far, near = (goal.score(network, SAMPLES).points for network in off)
    assert near - far == pytest.approx(100.0 / 6.0)


@pytest.mark.parametrize("height", [0.0, 4.0, 1e90, 1e-90])
def test_a_level_target_has_a_scale_too(height: float) -> None:
    target = PointsTarget(((0.0, height), (1.0, height)))
    samples = Sampling(64).of(target)
    goal = Goal.of(target, samples, 1)
    assert goal.score(Network([1.0], [0.0], [0.0], height), samples).word == "perfect"
    blank = goal.score(Network([1.0], [0.0], [1.0], height + max(height, 1.0)), samples)
    assert blank.points == 0.0


def test_one_sample_and_no_neurons() -> None:
    assert Goal.of(SOURCE, Dataset([0.0], [-1.0]), 3).score(EXACT, Dataset([0.0], [-1.0])).points == 100.0
    with pytest.raises(ValueError, match="segments"):
        Goal.of(FunctionTarget("sine"), SAMPLES, 0)


def test_a_score_is_cheap() -> None:
    goal, finder = Goal.of(SOURCE, SAMPLES, 3), ErrorFinder(SOURCE)

    def score(_: int) -> None:
        goal.score(EXACT, SAMPLES)
        finder.find(EXACT)

    # Measured: 6 times the output at the samples.
    assert times_as_dear(score, lambda _: EXACT.output(SAMPLES.x), rounds=20) < 40.0
