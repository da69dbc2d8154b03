from __future__ import annotations

import numpy as np
import pytest

from reluviz.core.formula import FormulaError
from reluviz.core.formula_target import FormulaTarget
from reluviz.core.target import FUNCTIONS, FunctionTarget, Target


def test_a_formula_is_a_target():
    target = FormulaTarget("  2*sin(x)   + 5 ", -3.0, 3.0)
    assert isinstance(target, Target)
    assert target.label == target.text == "2*sin(x) + 5"
    assert target == FormulaTarget("2*sin(x) + 5")
    assert hash(target) == hash(FormulaTarget("2*sin(x) + 5"))
    assert target != target.on_domain(0.0, 1.0) == FormulaTarget("2*sin(x) + 5", 0.0, 1.0)
    x = np.linspace(-3, 3, 7)
    assert target(x) == pytest.approx(2 * np.sin(x) + 5)
    polyline = target.polyline()
    assert polyline is target.polyline()
    assert not polyline.flags.writeable
    assert polyline[[0, -1], 0].tolist() == [-3.0, 3.0]


def test_no_value_and_far_too_large_ones_are_not_numbers():
    x = np.array([-1.0, 0.0, 1.0])
    assert np.isnan(FormulaTarget("sqrt(x)")(x)).tolist() == [True, False, False]
    assert np.isnan(FormulaTarget("1/x")(x)).tolist() == [False, True, False]
    assert np.isnan(FormulaTarget("exp(300*x)")(x)).tolist() == [False, False, True]


@pytest.mark.parametrize("text", ["sqrt(-1 - x^2)", "log(-4)", "0/0", "9^9^9"])
def test_a_formula_without_any_value_is_refused(text):
    with pytest.raises(FormulaError, match="no value between -3 and 3"):
        FormulaTarget(text)


def test_a_domain_without_any_value_is_refused():
    with pytest.raises(ValueError, match="no value between -3 and -1"):
        FormulaTarget("sqrt(x)").on_domain(-3.0, -1.0)
    with pytest.raises(ValueError, match="must lie right"):
        FormulaTarget("x", 1.0, 0.0)


def test_the_column_is_that_of_the_text_as_typed():
    with pytest.raises(FormulaError) as raised:
        FormulaTarget("   2x")
    assert raised.value.column == 4


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_named_function_can_be_typed(name):
    x = np.linspace(-3.0, 3.0, 1001)
    assert FormulaTarget(FUNCTIONS[name].typed)(x) == pytest.approx(FunctionTarget(name)(x), rel=1e-12, abs=1e-12)
