"""What all neurons do, counted."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from reluviz.core.activation import ACTIVATIONS
from reluviz.core.census import census
from reluviz.core.network import MAX_NEURONS, Network, Status

NUMBER = st.sampled_from([-9.0, -1.0, 0.0, 0.5, 1.0, 7.0])


@given(st.lists(st.tuples(NUMBER, NUMBER, NUMBER), min_size=1, max_size=8), st.sampled_from([*ACTIVATIONS.values()]))
def test_every_neuron_is_counted_once_and_only_active_ones_are_duplicates(rows: list, activation: object) -> None:
    network = Network(*np.array(rows).T, activation=activation)
    found, alone = census(network, -1.0, 1.0), network.status(-1.0, 1.0)
    assert sum(found.counts.values()) == network.neurons
    for j in range(network.neurons):
        status = found.status(j)
        assert j in found.neurons_of(status)
        if status is Status.DUPLICATE:
            assert alone[j] is Status.ACTIVE
            assert found.like[j] < j
            assert found.status(found.like[j]) is Status.ACTIVE
        else:
            assert status is alone[j]
            assert found.like[j] == j
    assert found.lost == alone.count(Status.DEAD) + alone.count(Status.CONSTANT)


def test_by_hand() -> None:
    network = Network([1.0, 2.0, 1.0, 0.0], [0.5, 1.0, -9.0, 1.0], np.ones(4))
    found = census(network, -1.0, 1.0)
    assert [found.status(j) for j in range(4)] == [Status.ACTIVE, Status.DUPLICATE, Status.DEAD, Status.CONSTANT]
    assert found.like.tolist() == [0, 0, 2, 3]
    assert found.lost == 2


def test_as_many_neurons_as_there_may_be() -> None:
    network = Network(np.ones(MAX_NEURONS), np.zeros(MAX_NEURONS), np.ones(MAX_NEURONS))
    assert census(network, -1.0, 1.0).counts[Status.DUPLICATE] == MAX_NEURONS - 1
