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


def test_the_neurons_drawn() -> None:
    assert Picture().drawn(3).tolist() == [0, 1, 2]
    assert Picture(hidden=frozenset({1, 7})).drawn(3).tolist() == [0, 2]
    assert Picture(hidden=frozenset({1}), solo=1).drawn(3).tolist() == [1]
    assert Picture(solo=5).drawn(3).tolist() == []


@pytest.mark.parametrize(
    "picture",
    [Picture(), Picture(hidden=frozenset({0, 2})), Picture(solo=1), Picture(hidden=frozenset({0}), solo=0)],
)
@pytest.mark.parametrize("neuron", range(4))
def test_toggling_hides_what_is_seen_and_shows_what_is_not(picture: Picture, neuron: int) -> None:
    toggled = picture.hide_toggled(neuron, 4)
    assert toggled.solo is None
    if neuron == picture.solo:
        assert toggled.hidden == picture.hidden, "the solo ends, nothing else"
    else:
        assert toggled.shows(neuron) != picture.shows(neuron)
        assert [toggled.shows(j) for j in range(4) if j != neuron] == [
            picture.shows(j) for j in range(4) if j != neuron
        ]


def test_solo_and_back() -> None:
    picture = Picture(hidden=frozenset({1}))
    alone = picture.solo_toggled(1)
    assert alone.drawn(3).tolist() == [1]
    assert alone.solo_toggled(2).drawn(3).tolist() == [2]
    assert alone.solo_toggled(1) == picture
    assert not alone.shows_all
    assert alone.all_shown() == Picture()
    assert alone.all_shown().shows_all
