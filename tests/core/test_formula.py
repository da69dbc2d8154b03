"""Formulas that users type: what they compute, and what is refused, where, with what advice."""

from __future__ import annotations

import math
import re

import numpy as np
import pytest
from hostile_formulas import HOSTILE
from hypothesis import given
from hypothesis import strategies as st
from yardstick import at_most_calls

from reluviz.core.formula import MAX_LENGTH, MAX_STEPS, Formula, FormulaError
from reluviz.core.formula_functions import FUNCTIONS

X = np.linspace(-3.0, 3.0, 1024)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2*sin(x)+5", 2 * np.sin(X) + 5),
        ("2·sin(x) + 5", 2 * np.sin(X) + 5),
        ("  y = x ", X),
        ("f(x) = x^2", X**2),
        ("abs(x)", np.abs(X)),
        ("x²−3×x³÷2", X**2 - 3 * X**3 / 2),
        ("x⁻² + x¹⁰", X**-2.0 + X**10),
        ("-x^2", -(X**2)),
        ("2^-x", 2.0**-X),
        ("2^x^2", 2.0 ** (X**2)),
        ("where(x<0, -1, 1)", np.where(X < 0, -1.0, 1.0)),
        ("where(x < 0, sqrt(-x), sqrt(x))", np.sqrt(np.abs(X))),
        ("-1 < x ≤ 1", ((X > -1) & (X <= 1)).astype(float)),
        ("x < -1 or x > 1", (np.abs(X) > 1).astype(float)),
        ("not x >= 0 and x != -3", ((X < 0) & (X != -3)).astype(float)),
        ("(x > 0)*x", np.maximum(X, 0.0)),
        ("relu(x) - relu(-x)", X),
        ("min(x, 1, 0.5) + max(x, -1, 0)", np.minimum(X, 0.5) + np.maximum(X, 0.0)),
        ("clip(x, -1, .5)", np.clip(X, -1, 0.5)),
        ("mod(x, 2) + x % 2 + x // 2", 2 * np.mod(X, 2) + np.floor(X / 2)),
        ("π + e*1e-3 + 2.", np.full(1024, math.pi + math.e * 1e-3 + 2)),
        ("sigmoid(x)", 1 / (1 + np.exp(-X))),
        ("softplus(x)", np.log(1 + np.exp(X))),
        ("sinc(x)", np.sinc(X)),
        ("x\n+ 1", X + 1),
    ],
)
def test_values(text, expected):
    y = Formula(text)(X)
    assert y.dtype == np.float64
    assert y == pytest.approx(expected, rel=1e-14, abs=1e-15)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_computes(name):
    function = FUNCTIONS[name]
    y = Formula(f"{name}({', '.join(['x'] * function.least)})")(np.array([0.5, 0.75]))
    assert y.shape == (2,)
    assert np.isfinite(y).all()
    assert name in function.usage
    with pytest.raises(FormulaError, match=rf"{name}\(.*\) takes "):
        Formula(f"{name}({', '.join(['x'] * (function.most + 1))})")


def test_no_value_is_not_a_number_and_never_a_warning():
    assert np.isnan(Formula("sqrt(x)")(X)).sum() == 512
    assert np.isinf(Formula("9^9^9^9")(X)).all()
    assert Formula("1/x")(np.array([-0.0, 0.0, 2.0])).tolist() == [-math.inf, math.inf, 0.5]
    assert np.isnan(Formula("sqrt(x) < 1 or x < 0")(X[:512])).all()
    assert np.isnan(Formula("where(sqrt(x) < 1, 1, 2)")(X[:512])).all()
    assert np.isnan(Formula("0/0")(np.zeros(3))).all()
    assert np.isnan(Formula("not sqrt(x)")(X[:512])).all()


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("2x", "2*x"),
        ("2(x+1)", "2*(x+1)"),
        ("2 sin(x) + 1", "2*sin(x)"),
        ("(x+1)(x-1)", "(x+1)*(x-1)"),
        ("sin(x)cos(x)", "sin(x)*cos(x)"),
        ("x²(x+1)", "x²*(x+1)"),
        ("2^sin(x)(3)", "2^sin(x)*(3)"),
        ("2(x+1", "2*(x+1)"),
        ("2(", "2*(…)"),
    ],
)
def test_the_advice_for_a_missing_operator_is_complete(text, advice):
    with pytest.raises(FormulaError, match=f"^an operator is missing: write {re.escape(advice)}$"):
        Formula(text)


def test_a_long_factor_is_not_written_out_again():
    with pytest.raises(FormulaError, match=r"write \* before '\('$"):
        Formula(f"2(x{' + 1' * 30})")


def test_shapes_and_long_arrays():
    f = Formula("x^2 + 1")
    assert f(np.ones((2, 3))).tolist() == [[2.0] * 3] * 2
    assert f(np.array(2.0)).shape == ()
    assert Formula("7")(np.zeros(0)).shape == (0,)
    x = np.linspace(-1, 1, 100_000)
    assert np.array_equal(f(x), x * x + 1)


def test_equal_by_text():
    assert Formula("x") == Formula("x") != Formula("x ")
    assert hash(Formula("x")) == hash(Formula("x"))


@pytest.mark.parametrize(("text", "column", "message"), HOSTILE, ids=lambda value: repr(value)[:24])
def test_what_is_refused_and_where(text, column, message):
    with pytest.raises(FormulaError, match=message) as raised:
        Formula(text)
    assert raised.value.column == column
    assert str(raised.value).isprintable()
    assert len(str(raised.value)) < 120


def test_the_middle_of_a_chain_does_not_multiply():
    text = "x"
    for _ in range(30):
        text = f"(0<{text}<1)"
    with pytest.raises(FormulaError, match=f"more than {MAX_STEPS} parts"):
        at_most_calls(20_000, lambda: Formula(text))


def test_the_deepest_formula_computes():
    assert Formula("(" * 40 + "x" + ")" * 40)(X) == pytest.approx(X)
    assert Formula("+".join(["x"] * 120))(X) == pytest.approx(120 * X)


@given(st.text(max_size=30))
def test_any_text_is_a_formula_or_refused_within_it(text):
    assert_formula_or_refused(text)


@given(st.text("x2.5e+-*/^²(),<=and not sinmwhere−·π", max_size=30))
def test_any_row_of_signs_is_a_formula_or_refused_within_it(text):
    assert_formula_or_refused(text)


pieces = st.sampled_from(["x", "2", ".5", "pi", "+", "-", "*", "^", "²", "(", ")", ",", "<", "and", "not", "min("])


@given(st.lists(pieces, max_size=14).map(" ".join))
def test_any_row_of_words_is_a_formula_or_refused_within_it(text):
    assert_formula_or_refused(text)


def assert_formula_or_refused(text):
    try:
        y = Formula(text)(X)
    except FormulaError as error:
        column, message = error.column, str(error)
    else:
        column, message = 0, "fine"
        assert y.shape == X.shape
    assert 0 <= column <= len(text)
    assert message.isprintable()


BINARY = {"+": np.add, "−": np.subtract, "·": np.multiply, "/": np.divide, "^": np.power}
CALLS = {"sin": np.sin, "exp": np.exp, "tanh": np.tanh, "abs": np.abs}


def joined(parts):
    (left, f), sign, (right, g) = parts
    return f"({left} {sign} {right})", lambda x: BINARY[sign](f(x), g(x))


def called(parts):
    name, (text, f) = parts
    return f"{name}({text})", lambda x: CALLS[name](f(x))


numbers = st.floats(0, 100).map(lambda value: (repr(value), lambda x: np.full_like(x, value)))
expressions = st.recursive(
    st.one_of(st.just(("x", lambda x: x)), numbers),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(list(BINARY)), inner).map(joined),
        st.tuples(st.sampled_from(list(CALLS)), inner).map(called),
        inner.map(lambda pair: (f"(-{pair[0]})", lambda x: -pair[1](x))),
    ),
    max_leaves=10,
).filter(lambda pair: len(pair[0]) <= MAX_LENGTH)


@given(expressions)
def test_a_formula_agrees_with_numpy(expression):
    text, function = expression
    x = np.linspace(-2.0, 2.0, 5)
    with np.errstate(all="ignore"):
        expected = function(x)
    assert Formula(text)(x) == pytest.approx(expected, rel=1e-9, abs=1e-300, nan_ok=True)
