from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reluviz.core.operands import Batches
from reluviz.core.sampler import Sampler
from reluviz.core.settings import TrainingSettings

SAMPLES = 100


def seen(batches: Batches) -> list[list[int]]:
    """The numbers of each batch's samples."""
    ranks = batches.ranks if len(batches.ranks) else np.arange(SAMPLES)
    return [ranks[i:j].tolist() for i, j in zip(batches.begins, batches.ends, strict=True)]


@given(st.integers(0, 2**32 - 1), st.lists(st.integers(0, 40), max_size=6), st.integers(1, SAMPLES))
def test_draws_in_blocks_are_the_single_draws(seed: int, blocks: list[int], batch_size: int) -> None:
    sampler = Sampler(SAMPLES, TrainingSettings(), np.random.RandomState(seed))
    drawn = [int(begin) for block in blocks for begin in sampler.batches(batch_size, block).begins]
    single = np.random.RandomState(seed)
    assert drawn == [single.randint(0, 101 - batch_size) for _ in range(sum(blocks))]


def test_the_samples_are_shuffled_once_before_any_window() -> None:
    random, legacy = np.random.RandomState(3), np.random.RandomState(3)
    sampler = Sampler(SAMPLES, TrainingSettings(shuffle=True), random)
    order = legacy.permutation(SAMPLES)
    batches = sampler.batches(10, 5)
    starts = legacy.randint(0, 91, size=5)
    assert seen(batches) == [order[i : i + 10].tolist() for i in starts]


@pytest.mark.parametrize(
    ("limit", "batch_size", "last"),
    [(None, 1, 99), (None, 100, 0), (50, 10, 39), (50, 80, 0), (10**9, 30, 70)],
)
def test_windows_stay_within_data_and_limit(limit: int | None, batch_size: int, last: int) -> None:
    sampler = Sampler(SAMPLES, TrainingSettings(window_limit=limit), np.random.RandomState(1))
    batches = sampler.batches(batch_size, 5000)
    assert (batches.begins.min(), batches.begins.max()) == (0, last)
    assert (batches.ends - batches.begins == batch_size).all()


@given(st.lists(st.integers(1, 30), min_size=1, max_size=6), st.integers(1, SAMPLES), st.booleans())
def test_an_epoch_passes_every_sample_once(blocks: list[int], batch_size: int, shuffle: bool) -> None:
    how = TrainingSettings(batch_size=batch_size, shuffle=shuffle, batching="epochs")
    sampler, legacy = Sampler(SAMPLES, how, np.random.RandomState(5)), np.random.RandomState(5)
    batches = [batch for block in blocks for batch in seen(sampler.batches(batch_size, block))]
    assert len(batches) == sum(blocks)
    per_epoch = -(-SAMPLES // batch_size)
    for first in range(0, len(batches), per_epoch):
        epoch = [number for batch in batches[first : first + per_epoch] for number in batch]
        order = legacy.permutation(SAMPLES) if shuffle else np.arange(SAMPLES)
        assert epoch == order[: len(epoch)].tolist()
        assert all(len(batch) == batch_size for batch in batches[first : first + per_epoch - 1])
    assert how.samples_after(len(batches), SAMPLES) == sum(map(len, batches))


@given(st.integers(0, 60), st.integers(1, SAMPLES))
def test_skipping_leads_to_where_the_steps_would_have(steps: int, batch_size: int) -> None:
    how = TrainingSettings(batch_size=batch_size, batching="epochs")
    walked, skipped = (Sampler(SAMPLES, how, np.random.RandomState(5)) for _ in range(2))
    if steps:
        walked.batches(batch_size, steps)
    skipped.skip(steps)
    assert seen(walked.batches(batch_size, 7)) == seen(skipped.batches(batch_size, 7))
