"""What is drawn of a network."""

from __future__ import annotations

import pytest

from reluviz.core.picture import Picture, Rays


def test_hidden_neurons_are_not_shown() -> None:
    picture = Picture(hidden=frozenset({1}))
    assert [picture.shows(j) for j in range(3)] == [True, False, True]


def test_solo_shows_one_neuron_even_where_it_is_hidden() -> None:
    picture = Picture(hidden=frozenset({1}), solo=1)
    assert [picture.shows(j) for j in range(3)] == [False, True, False]


def test_a_smaller_network_forgets_what_was_said_of_the_others() -> None:
    picture = Picture(Rays.PARTIAL_SUMS, added=5, hidden=frozenset({1, 5}), solo=5)
    assert picture.below(3) == Picture(Rays.PARTIAL_SUMS, hidden=frozenset({1}))
    assert picture.below(6) is picture


@pytest.mark.parametrize("wrong", [{"added": -1}, {"added": 10_001}, {"hidden": frozenset({-1})}, {"solo": 10_000}])
def test_impossible_numbers_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"neuron|contributions"):
        Picture(**wrong)  # type: ignore[arg-type]
