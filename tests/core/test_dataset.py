from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reluviz.core.dataset import MAX_SAMPLES, Dataset, Sampling
from reluviz.core.target import FunctionTarget

SINE = FunctionTarget("sine")


def test_sampling_spans_the_domain() -> None:
    data = Sampling(1024).of(SINE)
    assert len(data) == 1024
    assert data.x.tolist() == np.linspace(-3.0, 3.0, 1024).tolist()
    assert data.y.tolist() == (2.0 * np.sin(data.x) + 5.0).tolist()


def test_one_sample() -> None:
    data = Sampling(1).of(SINE)
    assert data.x.tolist() == [-3.0]
    assert data.centre == (-3.0, 1.0, data.y[0])
    assert data.prefix_sums.tolist() == [[0, 0, 0, 0], [0, 0, 0, 0]]


def test_single_precision_as_the_tutorials_store_it() -> None:
    data = Sampling(1000, single=True).of(FunctionTarget("line"))
    assert data.x.tolist() == np.linspace(-3, 3, 1000).astype(np.float32).tolist()
    assert data.y.tolist() == (2.0 * data.x + 3.0).tolist()


def test_samples_are_sorted_stably_and_frozen() -> None:
    x, y = np.array([2.0, 1.0, 2.0, 0.0]), np.array([1.0, 2.0, 3.0, 4.0])
    data = Dataset(x, y)
    x[0] = 9.0
    assert data.x.tolist() == [0, 1, 2, 2]
    assert data.y.tolist() == [4, 2, 1, 3]
    assert data.edges.tolist() == [-np.inf, 0, 1, 2, 2, np.inf]
    for array in (data.x, data.y, data.edges, data.prefix_sums):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0.0


@given(st.integers(0, 2**31), st.sampled_from((0.0, 1e6, -1e8)), st.sampled_from((1e-3, 1.0, 1e5)))
def test_differences_of_prefix_sums_are_the_sums(seed: int, offset: float, width: float) -> None:
    random = np.random.default_rng(seed)
    data = Dataset(offset + width * random.uniform(-1, 1, 300), offset + random.normal(size=300))
    m, s, c = data.centre
    u, q = (data.x - m) / s, data.y - c
    a, b = np.sort(random.integers(0, 301, 2))
    part = data.prefix_sums[b] - data.prefix_sums[a]
    for column, values in enumerate((u, u * u, q, u * q)):
        assert part[column] == pytest.approx(math.fsum(values[a:b]), rel=0, abs=1e-15 * math.fsum(np.abs(values)))


def test_prefix_sums_of_a_million_samples() -> None:
    data = Sampling(1_000_000).of(FunctionTarget("sine", 1e6, 1e6 + 10.0))
    m, s, c = data.centre
    u, q = (data.x - m) / s, data.y - c
    assert np.abs(u).max() <= 1.0
    for a, b in ((0, 1_000_000), (499_990, 500_010), (123_456, 123_457), (10, 900_000)):
        part = data.prefix_sums[b] - data.prefix_sums[a]
        exact = [math.fsum(values[a:b]) for values in (u, u * u, q, u * q)]
        # A last digit of sums of up to half a million.
        assert np.abs(part - exact).max() < 2e-10


@pytest.mark.parametrize(
    ("x", "y", "message"),
    [
        ([1.0], [1.0, 2.0], "lists of the same length"),
        ([[1.0]], [[1.0]], "lists of the same length"),
        ([], [], "1 to 10000000 samples, not 0"),
        ([0.0, np.nan], [0.0, 0.0], "x of sample 2 is not a finite number"),
        ([0.0, 1.0, 2.0], [0.0, np.inf, 0.0], "y of sample 2 is not a finite number"),
        ([1e308, -1e308], [0.0, 0.0], r"the samples' x must lie within ±1e\+09"),
        ([0.0, 1.0], [1e308, -1e308], r"the samples' y must lie within ±1e\+100"),
    ],
)
def test_what_is_no_dataset(x: object, y: object, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Dataset(x, y)


@pytest.mark.parametrize("samples", [0, -1, MAX_SAMPLES + 1])
def test_impossible_numbers_of_samples(samples: int) -> None:
    with pytest.raises(ValueError, match=f"not {samples}"):
        Sampling(samples)
