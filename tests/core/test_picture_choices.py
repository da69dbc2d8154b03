"""What is remembered of an export."""

from __future__ import annotations

import pytest

from reluviz.core.picture_choices import ExportForm, PictureChoices, choices_of, choices_text
from reluviz.core.picture_recipe import Part, PictureRecipe, Theme


def test_choices_are_remembered():
    recipe = PictureRecipe(640, 480, Theme.TRANSPARENT, frozenset({Part.LOSS, Part.RAYS}), 1.25, 300.0)
    for form in ExportForm:
        choices = PictureChoices(form, recipe, True)
        assert choices_of(choices_text(choices)) == choices


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", "null", "x" * 100, "[" * 100_000, '{"width": 1e999}', choices_text(PictureChoices())[:-9]]
)
def test_damaged_ones_are_the_usual(text):
    assert choices_of(text) == PictureChoices()


def test_impossible_ones_are_the_usual():
    stored = choices_text(PictureChoices())
    for before, after in (('"width": 1920', '"width": 50000'), ('"light"', '"pink"'), ('"rays"', '"foo"')):
        assert before in stored
        assert choices_of(stored.replace(before, after)) == PictureChoices()


def test_forms():
    assert [form.suffix for form in ExportForm] == [".png", ".svg", ".pdf", ".csv", ".csv", ".csv"]
