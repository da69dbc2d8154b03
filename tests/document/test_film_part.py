"""The recipe of a film, saved with the document."""

from dataclasses import replace

import pytest

from reluviz.core.film_format import APNG
from reluviz.core.film_recipe import FilmRecipe, Pace, Sweep, What
from reluviz.core.parameter import OUTPUT_BIAS, Kind, Parameter
from reluviz.core.picture_recipe import Part, PictureRecipe, Theme
from reluviz.document.examples import load_example
from reluviz.document.storage import DocumentError, read, write

UNUSUAL = FilmRecipe(
    What.SWEEP,
    APNG,
    PictureRecipe(641, 361, Theme.TRANSPARENT_DARK, frozenset({Part.TARGET, Part.KINKS}), 1.5),
    fps=25,
    frames=77,
    pace=Pace.LOGARITHMIC,
    hold=0.5,
    steps=123_456,
    from_present=True,
    sweep=Sweep(Parameter(Kind.OUTPUT_WEIGHT, 2), -1.0, 2.5),
)


def with_film(recipe):
    return replace(load_example("three-segments"), film=recipe)


@pytest.mark.parametrize("recipe", [None, FilmRecipe(), UNUSUAL, replace(UNUSUAL, sweep=Sweep(OUTPUT_BIAS))])
def test_a_recipe_comes_back_as_it_was_saved(recipe):
    assert read(write(with_film(recipe))).film == recipe


def test_what_is_as_usual_is_not_written():
    assert b'"film"' not in write(with_film(None))
    assert b'"film": {}' in write(with_film(FilmRecipe()))
    assert write(with_film(FilmRecipe(fps=60))).count(b'"fps"') == 1


@pytest.mark.parametrize(
    ("film", "complaint"),
    [
        ('{"frames": 0}', r"film\.frames"),
        ('{"frames": 100000}', r"film: a film has 1 to"),
        ('{"width": 641}', r"film: MP4 has even sides"),
        ('{"theme": "transparent"}', r"film: MP4 cannot be transparent"),
        ('{"theme": "blue"}', r"film\.theme"),
        ('{"parts": ["hat"]}', r"film\.parts: 'hat'"),
        ('{"sweep": {"parameter": "output_weight"}}', r"film\.sweep: the neuron is missing"),
        ('{"colour": 1}', r"film"),
    ],
)
def test_an_impossible_recipe_is_refused_with_its_place(film, complaint):
    data = write(with_film(FilmRecipe())).replace(b'"film": {}', f'"film": {film}'.encode())
    with pytest.raises(DocumentError, match=complaint):
        read(data)
