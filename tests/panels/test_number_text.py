import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reluviz.core.notation import value_text
from reluviz.panels.number_text import exact_text, full_text, narrowing_texts, parsed_count, parsed_number, quoted


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("−8", -8.0),
        ("-8", -8.0),
        ("+0,5", 0.5),
        (" .25 ", 0.25),
        ("1e-3", 1e-3),
        ("−1.5E3", -1500.0),
        ("1e−3", 1e-3),
        ("1.234·10⁻⁵", 1.234e-5),
        ("−2·10⁹", -2e9),
        ("3×10^4", 3e4),
        ("12\u2009340", 12340.0),
    ],
)
def test_numbers_as_people_type_them(text, value):
    assert parsed_number(text) == value


@pytest.mark.parametrize(
    "text", ["nan", "inf", "−∞", "1e999", "", "1.2.3", "1,234.5", "abc", "0x10", "1_0", "--1", "–"]
)
def test_what_is_no_number(text):
    with pytest.raises(ValueError, match="is not a finite number"):
        parsed_number(text)


def test_minus_zero_is_zero():
    assert math.copysign(1.0, parsed_number("-0")) == 1.0


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_full_text_gives_the_same_number_again(value):
    assert parsed_number(full_text(value)) == value
    assert "-" not in full_text(value)


@given(st.floats(min_value=-1e9, max_value=1e9))
def test_what_is_shown_can_be_typed_again(value):
    assert parsed_number(value_text(value)) == pytest.approx(value, rel=1e-3)


@pytest.mark.parametrize(
    ("text", "count"), [("5", 5), ("1e3", 1000), ("10,000", 10000), ("10.000", 10000), ("1\u2009024", 1024), ("7.0", 7)]
)
def test_counts(text, count):
    assert parsed_count(text) == count


@pytest.mark.parametrize("text", ["2.5", "0.123", "nan", "five", ""])
def test_what_is_no_count(text):
    with pytest.raises(ValueError, match="is not a"):
        parsed_count(text)


@pytest.mark.parametrize(
    ("value", "text"), [(0.01, "0.01"), (-3.0, "−3"), (1e-5, "1·10⁻⁵"), (1 / 3, "0.3333"), (0.0, "0"), (1024.0, "1024")]
)
def test_settings_have_no_trailing_zeros(value, text):
    assert exact_text(value) == text


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_narrowing_keeps_the_sign(value):
    texts = list(narrowing_texts(value))
    assert texts[0] == value_text(value)
    assert all(text.startswith("−") == (value < 0) for text in texts)


def test_narrowing_ends_with_one_digit_and_the_order_of_magnitude():
    assert list(narrowing_texts(-123456.7))[-2:] == ["−1·10⁵", "−10⁵"]
    assert list(narrowing_texts(-3.04e-4))[-1] == "−3e−4"
    assert list(narrowing_texts(7.2e46))[-1] == "7e46"
    assert list(narrowing_texts(math.nan)) == ["–"]


def test_long_texts_are_cut_in_messages():
    assert quoted("9" * 50) == f"'{'9' * 20}…'"
    assert quoted("a\nb") == "'a b'"
