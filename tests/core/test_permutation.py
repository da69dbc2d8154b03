from __future__ import annotations

import numpy as np

from reluviz.core.permutation import permutation


def test_few_samples_are_drawn_as_tutorials_draw_them() -> None:
    wanted = np.random.RandomState(7).permutation(1024)
    assert np.array_equal(permutation(np.random.RandomState(7), 1024), wanted)


def test_very_many_are_all_there_in_another_order() -> None:
    drawn = permutation(np.random.RandomState(7), 1_000_001)
    assert np.array_equal(np.sort(drawn), np.arange(1_000_001))
    assert np.mean(np.abs(np.diff(drawn.astype(np.int64)))) > 300_000
