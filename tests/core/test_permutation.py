from __future__ import annotations

import numpy as np

from reluviz.core.permutation import first_of_permutation, permutation


def test_few_samples_are_drawn_as_tutorials_draw_them() -> None:
    wanted = np.random.RandomState(7).permutation(1024)
    assert np.array_equal(permutation(np.random.RandomState(7), 1024), wanted)


def test_very_many_are_all_there_in_another_order() -> None:
    drawn = permutation(np.random.RandomState(7), 1_000_001)
    assert np.array_equal(np.sort(drawn), np.arange(1_000_001))
    assert np.mean(np.abs(np.diff(drawn.astype(np.int64)))) > 300_000


def test_the_first_of_very_many_are_those_of_the_whole_order() -> None:
    for samples, count in ((1000, 200), (1_000_001, 300_000), (1_000_001, 1_000_001)):
        whole = permutation(np.random.RandomState(7), samples)
        first = first_of_permutation(np.random.RandomState(7), samples, count)
        assert np.array_equal(np.sort(first), np.sort(whole[:count]))
