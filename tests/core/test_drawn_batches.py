"""Mini-batches that are drawn ahead: each comes until it was used, and none is left out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from reluviz.core.drawn_batches import DrawnBatches
from reluviz.core.sampler import Sampler
from reluviz.core.settings import TrainingSettings

SETTINGS = TrainingSettings(batch_size=3, shuffle=True)


def begins(batches: DrawnBatches, steps: int) -> list[int]:
    return list(batches.next(3, steps).begins.tolist())


def batches(settings: TrainingSettings = SETTINGS) -> DrawnBatches:
    return DrawnBatches(50, settings, np.random.RandomState(1))


@pytest.mark.parametrize("batching", ["windows", "epochs"])
def test_they_are_those_of_the_sampler_however_they_are_asked_for(batching: str) -> None:
    settings = replace(SETTINGS, batching=batching)
    wanted = Sampler(50, settings, np.random.RandomState(1)).batches(3, 9)
    drawn = batches(settings)
    begun, ended = [], []
    for ahead, taken in ((4, 1), (2, 2), (1, 1), (5, 5)):
        drawn.next(3, ahead)
        part = drawn.next(3, taken)
        begun += part.begins.tolist()
        ended += part.ends.tolist()
        assert np.array_equal(part.ranks, wanted.ranks)
        drawn.used()
    assert (begun, ended) == (wanted.begins.tolist(), wanted.ends.tolist())


def test_what_was_not_used_comes_again() -> None:
    drawn = batches()
    first = begins(drawn, 5)
    assert drawn.waiting == 5
    assert begins(drawn, 5) == first
    assert begins(drawn, 2) == first[:2]
    drawn.used()
    assert drawn.waiting == 3
    assert begins(drawn, 3) == first[2:]
    drawn.used()
    assert drawn.waiting == 0


def test_other_settings_and_another_place_in_the_run_draw_anew() -> None:
    for change in (lambda drawn: drawn.follow(replace(SETTINGS, batch_size=2)), lambda drawn: drawn.skip(7)):
        drawn = batches()
        drawn.next(3, 4)
        change(drawn)
        assert drawn.waiting == 0
