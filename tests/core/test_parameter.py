from __future__ import annotations

import numpy as np
import pytest

from reluviz.core.parameter import OUTPUT_BIAS, Kind, Locks, Parameter


def test_every_parameter_has_its_place() -> None:
    kinds = (Kind.HIDDEN_WEIGHT, Kind.HIDDEN_BIAS, Kind.OUTPUT_WEIGHT)
    names = [Parameter(kind, j) for kind in kinds for j in range(4)] + [OUTPUT_BIAS]
    assert [name.position(4) for name in names] == list(range(13))


@pytest.mark.parametrize("neuron", [-1, 4])
def test_missing_neurons(neuron: int) -> None:
    with pytest.raises(IndexError, match=f"no neuron {neuron + 1} in a network of 4"):
        Parameter(Kind.HIDDEN_BIAS, neuron).position(4)


def test_locks() -> None:
    b, w = Parameter(Kind.HIDDEN_BIAS, 1), Parameter(Kind.OUTPUT_WEIGHT, 2)
    locks = Locks().toggled(b).toggled(w).toggled(OUTPUT_BIAS)
    assert np.flatnonzero(locks.mask(3)).tolist() == [4, 8, 9]
    assert np.flatnonzero(locks.mask(2)).tolist() == [3, 6], "a lock on a neuron that is not there locks nothing"
    assert locks.toggled(b) == Locks(frozenset({w, OUTPUT_BIAS}))
