"""Random orders of samples."""

from __future__ import annotations

import numpy as np

from reluviz.core.arrays import CountArray

# NumPy's own permutation keeps all other threads waiting, of ten million samples for a second.
_MOST_AT_ONCE = 1_000_000


def permutation(random: np.random.RandomState, samples: int) -> CountArray:
    """The numbers from 0 to samples − 1 in random order, shape (samples,).

    Of up to a million it is NumPy's own, draw for draw as tutorials have it; of more, the order of as many numbers.
    """
    if samples <= _MOST_AT_ONCE:
        return random.permutation(samples).astype(np.uint32)
    return np.argsort(random.random_sample(samples)).astype(np.uint32)


def first_of_permutation(random: np.random.RandomState, samples: int, count: int) -> CountArray:
    """Which numbers come among the first `count` of `permutation`; of very many, in no particular order."""
    if samples <= _MOST_AT_ONCE or count >= samples:
        return permutation(random, samples)[:count]
    # All of them sorted would take seconds.
    return np.argpartition(random.random_sample(samples), count)[:count].astype(np.uint32)
