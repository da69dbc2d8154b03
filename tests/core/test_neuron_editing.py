from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reluviz.core.activation import IDENTITY, RELU
from reluviz.core.network import MAX_NEURONS, Network, Status
from reluviz.core.neuron_editing import (
    all_revived,
    bends,
    duplicates,
    with_duplicates,
    with_neuron,
    with_splits,
    without_neurons,
)
from reluviz.core.parameter import OUTPUT_BIAS, Kind, Locks, Parameter
from reluviz.core.picture import Picture

NUMBER = st.floats(-5.0, 5.0, allow_subnormal=False)
X = np.linspace(-3.0, 3.0, 61)


@st.composite
def networks(draw: st.DrawFn) -> Network:
    columns = draw(st.lists(st.tuples(NUMBER, NUMBER, NUMBER), min_size=1, max_size=6))
    v, b, w = (list(column) for column in zip(*columns, strict=True))
    return Network(v, b, w, draw(NUMBER), draw(st.sampled_from([RELU, IDENTITY])))


@given(networks())
def test_a_new_neuron_changes_nothing_yet_and_is_alive(network: Network) -> None:
    edit = with_neuron(network, -3.0, 3.0)
    assert edit.network.neurons == network.neurons + 1
    assert np.array_equal(edit.network.contributions(X)[:-1], network.contributions(X))
    assert not edit.network.contributions(X)[-1].any()
    assert edit.network.status(-3.0, 3.0)[-1] is Status.ACTIVE


def test_a_new_neuron_bends_where_there_is_most_room() -> None:
    network = Network([1.0, -1.0], [2.0, 2.0], [1.0, 1.0])
    assert with_neuron(network, -3.0, 3.0).network.kinks[-1] == 0.0


@given(networks(), st.data())
def test_a_neuron_that_goes_takes_only_its_contribution_along(network: Network, data: st.DataObject) -> None:
    gone = data.draw(st.integers(0, network.neurons - 1))
    if network.neurons == 1:
        with pytest.raises(ValueError, match="at least one"):
            without_neurons(network, [gone])
        return
    edit = without_neurons(network, [gone])
    assert np.array_equal(edit.network.contributions(X), np.delete(network.contributions(X), gone, axis=0))
    assert edit.network.output_bias == network.output_bias


@given(networks(), st.data())
def test_a_duplicate_contributes_the_same_once_more(network: Network, data: st.DataObject) -> None:
    neuron = data.draw(st.integers(0, network.neurons - 1))
    edit = with_duplicates(network, [neuron])
    wanted = np.vstack((network.contributions(X), network.contributions(X)[neuron]))
    assert np.array_equal(edit.network.contributions(X), wanted)
    assert edit.origin.tolist() == [*range(network.neurons), -1]


@given(networks(), st.data())
def test_the_halves_of_a_split_neuron_add_up_to_it_outside_of_their_bends(
    network: Network, data: st.DataObject
) -> None:
    neuron = data.draw(st.integers(0, network.neurons - 1))
    halves = with_splits(network, [neuron], -3.0, 3.0).network.contributions(X)[[neuron, -1]].sum(axis=0)
    whole = network.contributions(X)[neuron]
    v, b = network.hidden_weight[neuron], network.hidden_bias[neuron]
    away = np.abs(v * X + b) > 0.07 * abs(v)
    assert np.allclose(halves[away], whole[away], rtol=1e-12, atol=1e-12)


def test_the_halves_bend_apart() -> None:
    kinks = with_splits(Network([2.0], [0.0], [1.0]), [0], -1.0, 1.0).network.kinks
    assert kinks.tolist() == pytest.approx([-0.02, 0.02])


@pytest.mark.parametrize(("v", "b"), [(1.0, -9.0), (-1.0, -9.0), (0.0, -1.0)])
def test_a_dead_neuron_is_alive_again_and_the_output_as_it_was(v: float, b: float) -> None:
    network = Network([1.0, v], [0.0, b], [1.0, 5.0], 0.5)
    assert network.status(-3.0, 3.0)[1] is not Status.ACTIVE
    again = all_revived(network, [1], -3.0, 3.0)
    assert again.status(-3.0, 3.0)[1] is Status.ACTIVE
    assert np.array_equal(again.output(X), network.output(X))


def test_locks_and_what_is_drawn_stay_on_their_neurons() -> None:
    network = Network([1.0, 2.0, 3.0], [0.0, 0.0, 0.0], [1.0, 1.0, 1.0])
    locks = Locks(frozenset({OUTPUT_BIAS, Parameter(Kind.HIDDEN_BIAS, 0), Parameter(Kind.HIDDEN_WEIGHT, 2)}))
    picture = Picture(hidden=frozenset({0, 2}), solo=2)
    fewer = without_neurons(network, [0])
    assert fewer.locks(locks) == Locks(frozenset({OUTPUT_BIAS, Parameter(Kind.HIDDEN_WEIGHT, 1)}))
    assert fewer.picture(picture) == Picture(hidden=frozenset({1}), solo=1)
    more = with_duplicates(network, [0])
    assert more.locks(locks) == locks
    assert more.picture(picture) == picture


def test_the_start_of_the_run_follows() -> None:
    network = Network([1.0, 2.0], [0.0, 0.0], [1.0, 1.0])
    start = Network([5.0, 6.0], [0.5, 0.6], [7.0, 8.0], 1.0)
    assert without_neurons(network, [0]).applied(start).hidden_weight.tolist() == [6.0]
    assert with_duplicates(network, [0]).applied(start).hidden_weight.tolist() == [5.0, 6.0, 1.0]


def test_what_cannot_be_is_refused() -> None:
    network = Network([1.0], [0.0], [1.0])
    for edit in (with_duplicates, without_neurons):
        with pytest.raises(IndexError, match="no neuron 2"):
            edit(network, [1])
    full = Network(np.ones(MAX_NEURONS), np.zeros(MAX_NEURONS), np.ones(MAX_NEURONS))
    with pytest.raises(ValueError, match="1 to 10000 neurons"):
        with_neuron(full, -1.0, 1.0)
    with pytest.raises(ValueError, match="1 to 10000 neurons"):
        with_splits(full, [0], -1.0, 1.0)


def test_neurons_that_do_the_same_are_found() -> None:
    v, b = [1.0, 2.0, -1.0, 1.0, 0.0, 0.0, 1.0], [0.5, 1.0, -0.5, 0.4, 1.0, 1.0, -9.0]
    network = Network(v, b, np.ones(7))
    assert duplicates(network, -1.0, 1.0).tolist() == [0, 0, 2, 3, 4, 5, 6]
    assert duplicates(network.with_activation(IDENTITY), -1.0, 1.0).tolist() == [0, 1, 2, 3, 4, 5, 6]


@given(networks(), st.data())
def test_several_neurons_at_once_are_as_one_after_the_other(network: Network, data: st.DataObject) -> None:
    chosen = sorted(data.draw(st.sets(st.integers(0, network.neurons - 1), min_size=1)))
    doubled, split = with_duplicates(network, chosen).network, with_splits(network, chosen, -3.0, 3.0).network
    one_by_one = halved = network
    for neuron in chosen:
        one_by_one = with_duplicates(one_by_one, [neuron]).network
        halved = with_splits(halved, [neuron], -3.0, 3.0).network
    assert doubled.same_as(one_by_one)
    assert split.same_as(halved)
    if len(chosen) < network.neurons:
        rest = without_neurons(network, chosen).network
        assert np.array_equal(rest.hidden_weight, np.delete(network.hidden_weight, chosen))


def test_many_dead_neurons_share_the_room_there_is() -> None:
    network = Network(np.ones(9), [0.0, *np.full(8, -9.0)], np.ones(9))
    again = all_revived(network, range(1, 9), -3.0, 3.0)
    assert set(again.status(-3.0, 3.0)) == {Status.ACTIVE}
    assert np.array_equal(again.output(X), network.output(X))
    assert np.diff(np.sort(bends(again))).min() >= 0.375


@given(networks())
def test_duplicates_are_those_that_a_plain_search_finds(network: Network) -> None:
    at = bends(network)
    slope = np.sign(network.hidden_weight) if network.activation == RELU else network.hidden_weight
    for neuron, first in enumerate(duplicates(network, -3.0, 3.0)):
        alike = [
            j
            for j in range(neuron + 1)
            if -3.0 <= at[neuron] <= 3.0
            and -3.0 <= at[j] <= 3.0
            and round((at[j] + 3.0) / 6.0 * 1e9) == round((at[neuron] + 3.0) / 6.0 * 1e9)
            and slope[j] == slope[neuron]
        ]
        assert first == (alike or [neuron])[0]
