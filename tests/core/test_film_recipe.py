"""What a recipe for a film may say."""

import pytest

from reluviz.core.film_format import FORMATS, FRAMES, GIF, MP4, format_of
from reluviz.core.film_recipe import FilmRecipe, Pace, Sweep, What
from reluviz.core.parameter import OUTPUT_BIAS
from reluviz.core.picture_recipe import PictureRecipe, Theme


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        ({"frames": 0}, "1 to 20\u2009000 frames, not 0"),
        ({"frames": 100_000}, "not 100\u2009000"),
        ({"look": PictureRecipe(9000, 100)}, "16 to 8192 pixels, not 9000"),
        ({"look": PictureRecipe(100, 8)}, "16 to 8192 pixels, not 8"),
        ({"look": PictureRecipe(1281, 721)}, "even sides, not 1281x721: 1282x722"),
        ({"fps": 0}, "1 to 120 frames per second"),
        ({"form": GIF, "fps": 60}, "GIF shows 1 to 50"),
        ({"look": PictureRecipe(theme=Theme.TRANSPARENT)}, "MP4 cannot be transparent: WebM, APNG, numbered PNGs can"),
        ({"hold": -1.0}, "0 to 60 seconds"),
        ({"hold": float("nan")}, "0 to 60 seconds"),
        ({"steps": 0}, "1 to"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(fields, complaint):
    with pytest.raises(ValueError, match=complaint) as error:
        FilmRecipe(**fields)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("a.mp4", "mp4"),
        ("A.MP4", "mp4"),
        ("a.webm", "webm"),
        ("b.gif", "gif"),
        ("c.apng", "apng"),
        ("frames/", "frames"),
    ],
)
def test_a_name_says_the_form(name, form):
    assert format_of(name) is FORMATS[form]


@pytest.mark.parametrize("name", ["a.avi", "a", "", "mp4", "a.mp4.txt"])
def test_an_unknown_ending_names_the_known_ones(name):
    with pytest.raises(ValueError, match=r"\.mp4, \.webm, \.gif, \.apng, or in / for a folder"):
        format_of(name)


def test_length_and_frames():
    assert FilmRecipe(fps=25, frames=100).seconds == 4.0
    assert FilmRecipe(fps=25).lasting(3.0).frames == 75
    for seconds in (0.0, -1.0, float("nan"), float("inf"), 10_000.0):
        with pytest.raises(ValueError, match="film"):
            FilmRecipe(fps=25).lasting(seconds)


def test_another_form_puts_right_what_it_cannot_have():
    odd = FilmRecipe(form=FRAMES, look=PictureRecipe(101, 75, Theme.TRANSPARENT_DARK), fps=100, frames=200)
    gif, mp4 = odd.written_as(GIF), odd.written_as(MP4)
    assert (gif.fps, gif.frames, gif.look.theme, gif.look.width) == (50, 100, Theme.DARK, 101)
    assert (mp4.look.width, mp4.look.height, mp4.seconds) == (102, 76, odd.seconds)


def test_runs_go_by_change_and_what_is_to_be_read_evenly():
    assert FilmRecipe().paced is Pace.CHANGE
    assert FilmRecipe(what=What.BUILD).paced is Pace.UNIFORM
    assert FilmRecipe(what=What.BUILD, pace=Pace.LOGARITHMIC).paced is Pace.LOGARITHMIC


def test_a_sweep_goes_somewhere():
    with pytest.raises(ValueError, match="two different values"):
        Sweep(OUTPUT_BIAS, 1.0, 1.0)
    with pytest.raises(ValueError, match="finite"):
        Sweep(OUTPUT_BIAS, 0.0, float("inf"))
