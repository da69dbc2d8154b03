"""Which moments a film shows, and when."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reluviz.core.film import Film, FilmCancelled, Shot, film_of, frame_positions
from reluviz.core.film_recipe import FilmRecipe, Pace
from reluviz.core.history import LossCurve
from reluviz.core.network import Network

DOMAIN = (-1.0, 1.0)


def on(part: float) -> bool:
    return True


class Rising:
    """A source whose picture is a level line at `height` of the position."""

    def __init__(self, last, is_whole=True, height=lambda position: position):
        self.last = float(last)
        self.is_whole = is_whole
        self.stops = np.zeros(0)
        self.curve = LossCurve()
        self.note = ""
        self.height = height
        self.prepared = None

    def at(self, position):
        return Shot(Network([1.0], [0.0], [0.0], self.height(position)))

    def heights(self, position, x):
        return np.full_like(x, self.height(position))

    def prepare(self, positions, go_on):
        self.prepared = positions


def positions(source, frames, pace):
    return frame_positions(source, frames, pace, DOMAIN, on)


@given(st.integers(1, 10_000), st.integers(2, 300), st.sampled_from(Pace))
def test_positions_run_from_the_first_to_the_last_and_never_back(last, frames, pace):
    found = positions(Rising(last), frames, pace)
    assert (found[0], found[-1], len(found)) == (0.0, last, frames)
    assert (found == np.round(found)).all()
    if last + 1 >= frames:
        assert (np.diff(found) > 0).all()
    else:
        assert set(np.diff(found)) <= {0.0, 1.0}


def test_few_moments_are_shown_for_equally_long():
    _, counts = np.unique(positions(Rising(3), 40, Pace.UNIFORM), return_counts=True)
    assert counts.tolist() == [10, 10, 10, 10]


def test_one_frame_shows_the_end():
    assert positions(Rising(7), 1, Pace.CHANGE).tolist() == [7.0]


def test_uniform_frames_are_equally_many_steps_apart():
    assert positions(Rising(1000), 5, Pace.UNIFORM).tolist() == [0, 250, 500, 750, 1000]


def test_logarithmic_frames_are_equally_many_times_later():
    found = positions(Rising(9999), 5, Pace.LOGARITHMIC)
    np.testing.assert_allclose(found, [0, 9, 99, 999, 9999])


@pytest.mark.parametrize("is_whole", [True, False])
def test_by_change_every_frame_differs_as_much(is_whole):
    # Nearly all of the change is at the beginning.
    source = Rising(2000, is_whole, lambda position: 1.0 - np.exp(-position / 200.0))
    seen = [source.height(position) for position in positions(source, 21, Pace.CHANGE)]
    changes = np.diff(seen)
    assert changes.max() < 1.4 * np.median(changes)
    assert np.diff([source.height(p) for p in positions(source, 21, Pace.UNIFORM)]).max() > 5 * np.median(changes)


def test_by_change_of_what_never_changes_is_uniform():
    still = Rising(100, height=lambda position: 3.0)
    assert positions(still, 5, Pace.CHANGE).tolist() == [0, 25, 50, 75, 100]


def test_a_picture_that_overflows_is_no_obstacle():
    wild = Rising(600, height=lambda position: np.inf if position == 500 else position)
    found = positions(wild, 20, Pace.CHANGE)
    assert (np.diff(found) > 0).all()


def test_both_ends_are_held():
    recipe = FilmRecipe(frames=30, fps=10, hold=0.4, pace=Pace.UNIFORM)
    source = Rising(100)
    film = film_of(source, recipe, DOMAIN, on)
    assert len(film) == 30
    assert film.positions[:5].tolist() == [0.0] * 5
    assert film.positions[-5:].tolist() == [100.0] * 5
    assert (np.diff(film.positions[4:-4]) > 0).all()
    assert source.prepared is film.positions


def test_holding_leaves_time_for_the_film():
    film = film_of(Rising(100), FilmRecipe(frames=9, fps=10, hold=60.0), DOMAIN, on)
    assert np.unique(film.positions).size == 7


def test_a_film_is_a_sequence():
    film = Film(Rising(10), np.array([0.0, 5.0, 10.0]))
    assert len(film) == 3
    assert film[1].network.output_bias == 5.0
    assert [shot.network.output_bias for shot in film[1:]] == [5.0, 10.0]
    assert film.spread(2) == [0, 2]
    assert film.spread(9) == [0, 1, 2]


def test_looking_for_the_pace_can_be_broken_off():
    with pytest.raises(FilmCancelled):
        frame_positions(Rising(1000), 10, Pace.CHANGE, DOMAIN, lambda part: part < 0.5)
