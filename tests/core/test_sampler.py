from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reluviz.core.dataset import Dataset
from reluviz.core.sampler import WindowSampler
from reluviz.core.settings import TrainingSettings

DATA = Dataset(np.arange(100.0), np.arange(100.0) ** 2)


@given(st.integers(0, 2**32 - 1), st.lists(st.integers(0, 40), max_size=6), st.integers(1, 100))
def test_draws_in_blocks_are_the_single_draws(seed: int, blocks: list[int], batch_size: int) -> None:
    sampler = WindowSampler(DATA, TrainingSettings(), np.random.RandomState(seed))
    drawn = [int(start) for block in blocks for start in sampler.starts(batch_size, block)]
    single = np.random.RandomState(seed)
    assert drawn == [single.randint(0, 101 - batch_size) for _ in range(sum(blocks))]


def test_the_samples_are_shuffled_once_before_any_window() -> None:
    random, legacy = np.random.RandomState(3), np.random.RandomState(3)
    sampler = WindowSampler(DATA, TrainingSettings(shuffle=True), random)
    order = legacy.permutation(100)
    assert sampler.x.tolist() == DATA.x[order].tolist()
    assert sampler.y.tolist() == DATA.y[order].tolist()
    assert sampler.starts(10, 5).tolist() == legacy.randint(0, 91, size=5).tolist()


@pytest.mark.parametrize(
    ("limit", "batch_size", "last"),
    [(None, 1, 99), (None, 100, 0), (50, 10, 39), (50, 80, 0), (10**9, 30, 70)],
)
def test_windows_stay_within_data_and_limit(limit: int | None, batch_size: int, last: int) -> None:
    sampler = WindowSampler(DATA, TrainingSettings(window_limit=limit), np.random.RandomState(1))
    starts = sampler.starts(batch_size, 5000)
    assert (starts.min(), starts.max()) == (0, last)
