"""Which pictures can be, and how large lines are on them."""

from __future__ import annotations

import pytest

from reluviz.core.picture_recipe import MAX_SIDE, PictureRecipe, Theme


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"width": 50_000}, "a picture is 1 to 16 384 pixels wide, not 50 000"),
        ({"height": 0}, "a picture is 1 to 16 384 pixels high, not 0"),
        ({"height": -5}, "not −5"),
        ({"width": MAX_SIDE, "height": MAX_SIDE}, "at most 67 108 864 pixels"),
        ({"magnification": 0.0}, "0.25 to 8 times"),
        ({"magnification": float("nan")}, "not nan"),
        ({"dpi": 1e9}, "36 to 2400 dots per inch"),
    ],
)
def test_impossible_pictures_are_refused_in_one_line(change, message):
    with pytest.raises(ValueError, match=r".") as caught:
        PictureRecipe(**change)
    said = str(caught.value).replace("\u2009", " ")
    assert message in said
    assert "\n" not in said


def test_extreme_sizes_that_can_be():
    for width, height in ((1, 1), (MAX_SIDE, 4096), (8192, 8192), (1, MAX_SIDE)):
        assert PictureRecipe(width, height).scale > 0.0


def test_lines_grow_with_the_picture():
    assert PictureRecipe(1280, 720).scale == 1.0
    assert PictureRecipe(3840, 2160).scale == pytest.approx(3.0)
    assert PictureRecipe(1280, 720, magnification=2.0).scale == pytest.approx(2.0)
    # Not larger than leaves room for anything.
    assert PictureRecipe(4000, 90).scale == 0.5


def test_themes():
    assert [theme.has_ground for theme in Theme] == [True, True, False, False]
    assert [theme.palette.is_dark for theme in Theme] == [False, True, False, True]
