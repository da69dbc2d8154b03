import pytest
from hypothesis import given
from hypothesis import strategies as st

from reluviz.core.axis_names import MAX_NAME, AxisNames, axis_name


@pytest.mark.parametrize("bad", ["n" * 61, "a\nb", " a", "a\u202eb"])
def test_what_is_no_plain_short_line_is_refused(bad):
    with pytest.raises(ValueError, match="name of the x axis"):
        AxisNames(bad)
    with pytest.raises(ValueError, match="name of the y axis"):
        AxisNames("", bad)


def test_usual_names():
    assert AxisNames("unknown unit", "temperature in °C").y == "temperature in °C"
    assert axis_name("  t\tin\ns ") == "t in s"
    assert axis_name("n" * 100) == "n" * (MAX_NAME - 1) + "…"


@given(st.text(max_size=100))
def test_any_text_can_be_made_a_name(text):
    AxisNames(axis_name(text), axis_name(text))
