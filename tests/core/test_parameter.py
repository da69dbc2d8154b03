from __future__ import annotations

import numpy as np
import pytest

from reluviz.core.parameter import OUTPUT_BIAS, Kind, Locks, Parameter, all_of_kind, all_of_neuron


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


def test_several_locks_at_once() -> None:
    weights = all_of_kind(Kind.OUTPUT_WEIGHT, 3)
    locks = Locks().changed(weights, True)
    assert np.flatnonzero(locks.mask(3)).tolist() == [6, 7, 8]
    assert locks.changed(all_of_neuron(1), True).locked == weights | set(all_of_neuron(1))
    assert locks.changed(all_of_neuron(1), False).locked == weights - set(all_of_neuron(1))
    assert all_of_kind(Kind.OUTPUT_BIAS, 3) == {OUTPUT_BIAS}


def test_locks_on_neurons_that_are_gone_are_left_out() -> None:
    locks = Locks(all_of_kind(Kind.HIDDEN_BIAS, 5) | {OUTPUT_BIAS})
    assert locks.below(2).locked == all_of_kind(Kind.HIDDEN_BIAS, 2) | {OUTPUT_BIAS}
