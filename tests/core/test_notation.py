from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reluviz.core.notation import count_text, parameter_text, rate_text, short_text, value_text
from reluviz.core.parameter import OUTPUT_BIAS, Kind, Parameter


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (-0.0, "0"),
        (1.0, "1.000"),
        (-0.5, "−0.5000"),
        (9.99996, "10.00"),
        (123.456, "123.5"),
        (99999.6, "100000"),
        (999999.6, "1.000·10⁶"),
        (123456.0, "123456"),
        (1e-4, "0.0001000"),
        (0.000099999, "0.0001000"),
        (1.234e-5, "1.234·10⁻⁵"),
        (-1.5e45, "−1.500·10⁴⁵"),
        (5e-324, "4.941·10⁻³²⁴"),
        (math.inf, "∞"),
        (-math.inf, "−∞"),
        (math.nan, "–"),
    ],
)
def test_values(value: float, text: str) -> None:
    assert value_text(value) == text


@given(st.floats(1e-4, 9.9994e5), st.integers(2, 6))
def test_values_have_their_digits(value: float, digits: int) -> None:
    text = value_text(value, digits)
    if "·" in text:
        return
    significant = len(text.replace(".", "").lstrip("0"))
    assert significant == max(digits, len(text.split(".", maxsplit=1)[0]) if value >= 1 else digits)
    assert float(text) == pytest.approx(value, rel=10.0 ** (1 - digits))


@pytest.mark.parametrize(
    ("rate", "text"),
    [
        (0.0, "0"),
        (1e-7, "0"),
        (0.5, "0.5"),
        (59.94, "59.9"),
        (850.0, "850"),
        (999.4, "999"),
        (999.6, "1.00 k"),
        (9_996.0, "10.0 k"),
        (12_345.0, "12.3 k"),
        (99_960.0, "100 k"),
        (999_600.0, "1.00 M"),
        (3_100_000.0, "3.10 M"),
        (2.5e10, "25.0 G"),
    ],
)
def test_rates(rate: float, text: str) -> None:
    assert rate_text(rate) == text


def test_counts() -> None:
    assert count_text(12340) == "12\u2009340"
    assert count_text(-1234.0) == "−1\u2009234"
    assert count_text(10**12) == "1\u2009000\u2009000\u2009000\u2009000"


def test_parameters() -> None:
    assert parameter_text(OUTPUT_BIAS) == "b₀"
    assert parameter_text(Parameter(Kind.HIDDEN_WEIGHT, 0)) == "v₁"
    assert parameter_text(Parameter(Kind.HIDDEN_BIAS, 9)) == "b₁₀"
    assert parameter_text(Parameter(Kind.OUTPUT_WEIGHT, 122)) == "w₁₂₃"


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0, "0"), (-0.5, "−0.5"), (100.0, "100"), (1.2345678, "1.235"), (-12e6, "−1.2·10⁷"), (1e20, "1·10²⁰")],
)
def test_short_texts_have_no_trailing_zeros(value: float, text: str) -> None:
    assert short_text(value) == text
