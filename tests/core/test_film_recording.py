"""A film of a recorded run."""

import numpy as np
import pytest

from reluviz.core.film import film_of
from reluviz.core.film_recipe import FilmRecipe, Pace
from reluviz.core.film_recording import RecordingSource
from reluviz.core.network import Network
from reluviz.core.recording import Moment, Recording

STEPS = [10, 11, 14, 40, 110]


def recorded():
    moments = [Moment(Network([1.0], [0.0], [1.0], float(step)), step, 100.0 / step) for step in STEPS]
    return RecordingSource(Recording.of(moments))


def test_the_film_shows_recorded_moments_alone():
    film = film_of(recorded(), FilmRecipe(frames=60, hold=0.0, pace=Pace.UNIFORM), (-1.0, 1.0), lambda part: True)
    steps = [shot.step for shot in film]
    assert (steps[0], steps[-1]) == (10, 110)
    assert steps == sorted(steps)
    assert set(steps) <= set(STEPS)
    assert all(shot.network.output_bias == shot.step for shot in film)


@pytest.mark.parametrize("frames", [2, 30, 200, 400])
def test_by_change_every_frame_is_another_moment_where_there_are_enough(frames):
    """Recorded every 7th step, and the picture jumps far in the beginning."""
    moments = [Moment(Network([1.0], [0.0], [1.0], 100.0 / (1 + step)), step, 1.0) for step in range(0, 2800, 7)]
    recipe = FilmRecipe(frames=frames, hold=0.0, pace=Pace.CHANGE)
    film = film_of(RecordingSource(Recording.of(moments)), recipe, (-1.0, 1.0), lambda part: True)
    steps = [shot.step for shot in film]
    assert (steps[0], steps[-1]) == (0, 2793)
    assert len(set(steps)) == frames
    assert steps == sorted(steps)


def test_the_losses_run_along():
    shot = recorded().at(4.0)
    assert (shot.step, shot.loss) == (14, pytest.approx(100.0 / 14))
    np.testing.assert_array_equal(shot.curve.steps, [10, 11, 14])
    assert recorded().curve.steps[-1] == 110


def test_nothing_recorded_offers_a_fresh_run():
    with pytest.raises(ValueError, match="no recorded run: a fresh run can be filmed instead"):
        RecordingSource(Recording())
