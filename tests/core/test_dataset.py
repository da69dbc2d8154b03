from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reluviz.core import dataset as module
from reluviz.core.data_target import DataTarget
from reluviz.core.dataset import MAX_SAMPLES, Dataset, Sampling
from reluviz.core.patience import Interrupted
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


@dataclass(frozen=True)
class Root:
    """√x on [−1, 1]: no value on the left half."""

    low: float = -1.0
    high: float = 1.0
    label: str = "√x"

    def __call__(self, x: np.ndarray) -> np.ndarray:
        return np.sqrt(x)

    def polyline(self) -> np.ndarray:
        raise NotImplementedError

    def on_domain(self, low: float, high: float) -> Root:
        return Root(low, high)


def test_samples_without_a_value_are_left_out_and_counted() -> None:
    split = Sampling(101).split(Root())
    assert split.left_out == 50
    assert split.training.x.tolist() == np.linspace(-1, 1, 101)[50:].tolist()
    assert split.validation is None
    assert Sampling(101).split(SINE).left_out == 0
    with pytest.raises(ValueError, match="no value at any of the samples"):
        Sampling(10).of(Root(-2.0, -1.0))


def test_noise_is_added_with_its_own_seed() -> None:
    plain, noisy = Sampling(200).of(SINE), Sampling(200, noise=0.3, noise_seed=7).of(SINE)
    assert noisy.x.tolist() == plain.x.tolist()
    assert np.allclose(noisy.y - plain.y, 0.3 * np.random.RandomState(7).randn(200), rtol=0, atol=1e-14)
    # What is left out takes its noise along: the others keep theirs.
    half = Sampling(101, noise=0.3, noise_seed=7).of(Root())
    expected = np.sqrt(half.x) + 0.3 * np.random.RandomState(7).randn(101)[50:]
    assert np.allclose(half.y, expected, rtol=0, atol=1e-14)


@given(st.integers(2, 300), st.floats(0.0, 0.99), st.integers(0, 2**32 - 1))
def test_every_sample_is_on_one_side_of_the_split(samples: int, fraction: float, seed: int) -> None:
    whole = Sampling(samples).of(SINE)
    split = Sampling(samples, validation=fraction, validation_seed=seed).split(SINE)
    if fraction == 0.0:
        assert split.validation is None
        assert split.training.x.tolist() == whole.x.tolist()
        return
    assert split.validation is not None
    assert sorted([*split.training.x, *split.validation.x]) == whole.x.tolist()
    assert split.training.y.tolist() == SINE(split.training.x).tolist()
    assert split.validation.y.tolist() == SINE(split.validation.x).tolist()
    assert len(split.validation) == min(max(1, round(fraction * samples)), samples - 1)


def test_two_of_eleven_readings_are_held_out() -> None:
    readings = Dataset(np.arange(11.0), np.arange(11.0))
    training, validation = readings.split(0.2, 1)
    assert (len(training), len(validation or ())) == (9, 2)
    other = readings.split(0.2, 2)[1]
    assert other is not None
    assert validation is not None
    assert other.x.tolist() != validation.x.tolist()


def test_one_sample_is_for_training() -> None:
    training, validation = Dataset([1.0], [2.0]).split(0.5, 1)
    assert (len(training), validation) == (1, None)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"noise": -0.1}, r"noise must lie from 0 to 1e\+100, not -0.1"),
        ({"noise": math.nan}, "noise .* not nan"),
        ({"validation": 1.0}, "the validation part must be at least 0 and less than 1, not 1"),
        ({"validation": -0.1}, "validation part .* not -0.1"),
        ({"noise_seed": -1}, "a seed is a whole number from 0 to 4294967295, not -1"),
        ({"validation_seed": 2**32}, "not 4294967296"),
    ],
)
def test_impossible_samplings_say_what(arguments: dict[str, float], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Sampling(10, **arguments)


def test_the_samples_of_data_are_its_rows():
    target = DataTarget([0.0, 0.0, 1.0, 3.0], [1.0, 2.0, 3.0, 4.0], 0.0, 2.0)
    sampling = Sampling(1024, validation=0.3, noise=0.5, noise_seed=3)
    split = sampling.split(target)
    assert split.validation is not None
    assert len(split.training) == sampling.trained(target) == 2
    assert sampling.count(target) == 3
    noisy = np.array([1.0, 2.0, 3.0]) + 0.5 * np.random.RandomState(3).randn(3)
    assert sorted([*split.training.y, *split.validation.y]) == sorted(noisy)


@pytest.mark.parametrize("samples", [1, 2, 10, 1024])
@pytest.mark.parametrize("validation", [0.0, 0.001, 0.25, 0.999])
def test_how_many_are_trained_on_is_known_before_they_are_drawn(samples, validation):
    target, sampling = FunctionTarget("sine"), Sampling(samples, validation=validation)
    assert sampling.trained(target) == len(sampling.of(target))


@pytest.mark.parametrize("target", [SINE, Root(), DataTarget(np.arange(50.0), np.arange(50.0) ** 2, 3.0, 40.0)])
@pytest.mark.parametrize("sampling", [Sampling(101, noise=0.3, validation=0.2), Sampling(101, single=True)])
def test_samples_made_in_parts_are_those_made_at_once(monkeypatch, target, sampling):
    whole = sampling.split(target)
    monkeypatch.setattr(module, "_AT_ONCE", 7)
    parts = sampling.split(target)
    assert parts.samples == whole.samples == sampling.count(target)
    assert parts.left_out == whole.left_out
    for one, other in ((parts.training, whole.training), (parts.validation, whole.validation)):
        if one is None or other is None:
            assert one is other
            continue
        assert one.x.tolist() == other.x.tolist()
        assert one.y.tolist() == other.y.tolist()
        assert one.sum_of_squares == pytest.approx(other.sum_of_squares)


def test_making_samples_is_broken_off_where_they_are_not_wanted_any_more():
    made = []

    class Counted(Root):
        def __call__(self, x: np.ndarray) -> np.ndarray:
            made.append(len(x))
            return x

    with pytest.raises(Interrupted):
        Sampling(1_000_000).split(Counted(), lambda: len(made) < 2)
    assert sum(made) < 300_000
    assert len(Sampling(1024).split(Counted(), lambda: False).training) == 1024, "few are done before one could ask"


def test_an_array_that_cannot_change_is_not_copied():
    x, y = np.arange(5.0), np.arange(5.0)
    y.setflags(write=False)
    assert Dataset(x, y).y is y
    assert Dataset(x, y[::-1]).y.base is None
