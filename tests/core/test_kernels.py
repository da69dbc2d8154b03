"""The kernels against the dense formulas."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from dense_oracle import (
    ACTIVATIONS,
    Case,
    cases,
    dense_gradient,
    dense_loss,
    dense_output,
    rounding,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from reluviz.core.activation import RELU, Activation
from reluviz.core.dataset import Dataset, Sampling
from reluviz.core.kernels.placing import samples_left_of, sort_nearly_sorted
from reluviz.core.kernels.sweep import sort_picked
from reluviz.core.network import Network
from reluviz.core.settings import TrainingSettings
from reluviz.core.target import FunctionTarget
from reluviz.core.trainer import Trainer


def random_network(seed: int, neurons: int, activation: Activation = RELU) -> Network:
    random = np.random.default_rng(seed)
    v, b, w = random.normal(size=(3, neurons))
    return Network(v, b, w, random.normal(), activation)


def exact_gradient(network: Network, data: Dataset) -> np.ndarray:
    return Trainer(network, data, TrainingSettings()).gradient()


@settings(max_examples=400)
@given(cases())
def test_full_batch_gradient_is_the_dense_one(case: Case) -> None:
    error = np.abs(exact_gradient(case.network, case.data) - dense_gradient(case.network, case.data.x, case.data.y))
    assert (error <= 1e-13 * rounding(case.network, case.data.x, case.data.y)).all()


@settings(max_examples=300)
@given(cases())
def test_loss_is_the_dense_one(case: Case) -> None:
    x, y = case.data.x, case.data.y
    rounded = rounding(case.network, x, y)[-1]
    exact = Trainer(case.network, case.data, TrainingSettings()).loss()
    r = np.abs(dense_output(case.network, x) - y).max()
    assert abs(exact - dense_loss(case.network, x, y)) <= 1e-13 * rounded * (r + 1e-13 * rounded)


@pytest.mark.parametrize("activation", ACTIVATIONS, ids=lambda a: a.name)
@pytest.mark.parametrize("seed", range(5))
def test_gradient_is_the_losss_slope(activation: Activation, seed: int) -> None:
    network = random_network(seed, 4, activation)
    random = np.random.default_rng(100 + seed)
    data = Dataset(random.uniform(-2, 2, 40), random.normal(size=40))
    h = 1e-6
    z = np.outer(network.hidden_weight, data.x) + network.hidden_bias[:, None]
    for at in activation.hinge_at:
        assert np.abs(z - at).min() > 10 * h, "a kink this close to a sample has no slope to compare with"
    slopes = []
    for i in range(len(network.vector)):
        losses = []
        for sign in (1, -1):
            moved = network.vector
            moved[i] += sign * h
            moved_network = Network.from_vector(moved, activation)
            losses.append(Trainer(moved_network, data, TrainingSettings()).loss())
        slopes.append((losses[0] - losses[1]) / (2 * h))
    assert np.allclose(exact_gradient(network, data), slopes, rtol=1e-6, atol=1e-7)


@pytest.mark.parametrize("activation", ACTIVATIONS, ids=lambda a: a.name)
@pytest.mark.parametrize(("neurons", "samples"), [(1, 1), (1, 1000), (1000, 1), (300, 20_000)])
def test_gradient_at_all_sizes(activation: Activation, neurons: int, samples: int) -> None:
    network = random_network(7, neurons, activation)
    data = Sampling(samples).of(FunctionTarget("sine"))
    dense = dense_gradient(network, data.x, data.y)
    assert np.abs(exact_gradient(network, data) - dense).max() <= 1e-12 * np.abs(dense).max()


@settings(max_examples=200)
@given(cases(), st.integers(1, 5), st.integers(0, 2**31))
def test_a_mini_batch_step_descends_the_windows_gradient(case: Case, batch_size: int, seed: int) -> None:
    size = min(batch_size, len(case.data))
    trainer = Trainer(case.network, case.data, TrainingSettings(0.5, batch_size=size), np.random.RandomState(seed))
    trainer.run(1)
    start = np.random.RandomState(seed).randint(0, len(case.data) - size + 1)
    x, y = case.data.x[start : start + size], case.data.y[start : start + size]
    expected = case.network.vector - 0.5 * dense_gradient(case.network, x, y)
    # The middle of all samples is what x is counted from in the sums.
    tolerance = 1e-13 * rounding(case.network, case.data.x, case.data.y) + 1e-15 * np.abs(expected)
    assert (np.abs(trainer.network.vector - expected) <= tolerance).all()


@given(
    st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=20).map(sorted),
    st.sampled_from((0.0, -0.0, 1.0, -1.0, 5e-324, -5e-324, 1e-300, 1e300, -1e300, 1.7e308, 0.3, -0.7)),
    st.one_of(st.sampled_from((0.0, -0.0, 5e-324, 1.7e308, -1.7e308)), st.floats(-1e10, 1e10)),
    st.sampled_from((0.0, 1.0, -1.0)),
    st.integers(0, 20),
)
def test_a_crossing_separates_the_samples_as_the_formula_does(
    x: list[float], v: float, b: float, at: float, guess: int
) -> None:
    edges = np.concatenate(([-np.inf], x, [np.inf]))
    edges.setflags(write=False)
    count = samples_left_of(edges, v, b, at, np.int64(min(guess, len(x))))
    with np.errstate(over="ignore"):
        is_open = v * np.array(x) + b > at
    left_is_open = v < 0
    assert (is_open[:count] == left_is_open).all()
    assert (is_open[count:] != left_is_open).all()


@pytest.mark.parametrize("disorder", ["sorted", "two swapped", "reversed", "random", "equal"])
@pytest.mark.parametrize("n", [0, 1, 2, 3, 50, 5000])
def test_hinges_are_sorted_whatever_their_order(n: int, disorder: str) -> None:
    key = np.arange(n, dtype=np.uint32)
    if disorder == "two swapped" and n > 1:
        key[[0, -1]] = key[[-1, 0]]
    elif disorder == "reversed":
        key = key[::-1].copy()
    elif disorder == "random":
        key = np.random.default_rng(1).integers(0, max(1, n // 3), n).astype(np.uint32)
    elif disorder == "equal":
        key[:] = 4
    order = np.arange(n, dtype=np.uint32)
    sort_nearly_sorted(order, key)
    assert sorted(order.tolist()) == list(range(n))
    assert all((key[a], a) < (key[b], b) for a, b in pairwise(order))


@given(st.lists(st.integers(0, 2**32 - 1), min_size=1, max_size=80, unique=True), st.integers(0, 3))
def test_a_batch_is_sorted(numbers: list[int], skipped: int) -> None:
    begin = min(skipped, len(numbers) - 1)
    size = len(numbers) - begin
    picked, bucket = np.zeros(size, np.uint32), np.zeros(size + 1, np.uint32)
    sort_picked(np.array(numbers, dtype=np.uint32), begin, len(numbers), picked, bucket)
    assert picked.tolist() == sorted(numbers[begin:])


@pytest.mark.parametrize("size", [1, 2, 100, 99_999, 100_000])
def test_a_batch_of_any_size_is_sorted(size: int) -> None:
    order = np.random.default_rng(1).permutation(100_000)[:size].astype(np.uint32)
    picked, bucket = np.zeros(size, np.uint32), np.zeros(size + 1, np.uint32)
    sort_picked(order, 0, size, picked, bucket)
    assert (picked == np.sort(order)).all()
