"""What a formula may use: functions, numbers with names, operators, all on float64 arrays."""

from __future__ import annotations

import ast
import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from reluviz.core.arrays import BoolArray, FloatArray

Apply = Callable[..., FloatArray]


@dataclass(frozen=True)
class FormulaFunction:
    """A function and how it is called: with `least` to `most` arguments. One that `repeats` takes two, again and again
    until all are used."""

    name: str
    apply: Apply
    arguments: str
    meaning: str
    least: int = 1
    most: int = 1
    repeats: bool = False

    @property
    def call(self) -> str:
        """How it is written: clip(x, low, high)."""
        return f"{self.name}({self.arguments})"

    @property
    def usage(self) -> str:
        """The number of its arguments, as the beginning of a sentence."""
        if self.repeats:
            return f"{self.call} takes two arguments or more"
        return f"{self.call} takes {('one argument', 'two arguments', 'three arguments')[self.least - 1]}"


def _known(holds: BoolArray, *operands: FloatArray) -> FloatArray:
    """1 where `holds`, 0 where not, NaN where an operand has no value."""
    unknown = np.isnan(operands[0])
    for operand in operands[1:]:
        unknown = unknown | np.isnan(operand)
    return np.where(unknown, np.nan, holds)


def _comparison(compare: Callable[[FloatArray, FloatArray], BoolArray]) -> Apply:
    def compared(a: FloatArray, b: FloatArray) -> FloatArray:
        return _known(compare(a, b), a, b)

    return compared


def both(a: FloatArray, b: FloatArray) -> FloatArray:
    """1 where neither is 0."""
    return _known(np.logical_and(a, b), a, b)


def either(a: FloatArray, b: FloatArray) -> FloatArray:
    """1 where not both are 0."""
    return _known(np.logical_or(a, b), a, b)


def negated(a: FloatArray) -> FloatArray:
    """1 where it is 0."""
    return _known(np.logical_not(a), a)


def _where(condition: FloatArray, then: FloatArray, otherwise: FloatArray) -> FloatArray:
    return np.where(np.isnan(condition), np.nan, np.where(condition, then, otherwise))


def _clip(x: FloatArray, low: FloatArray, high: FloatArray) -> FloatArray:
    return np.minimum(np.maximum(x, low), high)


def _step(x: FloatArray) -> FloatArray:
    return np.heaviside(x, 1.0)


def _relu(x: FloatArray) -> FloatArray:
    return np.maximum(x, 0.0)


def _sigmoid(x: FloatArray) -> FloatArray:
    # By tanh, as exp would overflow for large negative x.
    return np.asarray(0.5 + 0.5 * np.tanh(0.5 * x))


def _softplus(x: FloatArray) -> FloatArray:
    return np.logaddexp(x, 0.0)


def _sinc(x: FloatArray) -> FloatArray:
    return np.asarray(np.sinc(x))


_FUNCTIONS = (
    FormulaFunction("abs", np.abs, "x", "|x|"),
    FormulaFunction("sign", np.sign, "x", "−1, 0 or 1"),
    FormulaFunction("step", _step, "x", "0 left of 0, 1 from 0 on"),
    FormulaFunction("relu", _relu, "x", "0 left of 0, x right of it"),
    FormulaFunction("where", _where, "condition, then, otherwise", "one of two values", 3, 3),
    FormulaFunction("min", np.minimum, "a, b", "the smallest", 2, 100, repeats=True),
    FormulaFunction("max", np.maximum, "a, b", "the largest", 2, 100, repeats=True),
    FormulaFunction("clip", _clip, "x, low, high", "x kept between two values", 3, 3),
    FormulaFunction("sqrt", np.sqrt, "x", "square root"),
    FormulaFunction("cbrt", np.cbrt, "x", "cube root"),
    FormulaFunction("exp", np.exp, "x", "e^x"),
    FormulaFunction("log", np.log, "x", "natural logarithm"),
    FormulaFunction("ln", np.log, "x", "natural logarithm"),
    FormulaFunction("log2", np.log2, "x", "logarithm to base 2"),
    FormulaFunction("log10", np.log10, "x", "logarithm to base 10"),
    FormulaFunction("sin", np.sin, "x", "sine, x in radians"),
    FormulaFunction("cos", np.cos, "x", "cosine, x in radians"),
    FormulaFunction("tan", np.tan, "x", "tangent, x in radians"),
    FormulaFunction("asin", np.arcsin, "x", "inverse sine"),
    FormulaFunction("acos", np.arccos, "x", "inverse cosine"),
    FormulaFunction("atan", np.arctan, "x", "inverse tangent"),
    FormulaFunction("arcsin", np.arcsin, "x", "inverse sine"),
    FormulaFunction("arccos", np.arccos, "x", "inverse cosine"),
    FormulaFunction("arctan", np.arctan, "x", "inverse tangent"),
    FormulaFunction("sinh", np.sinh, "x", "hyperbolic sine"),
    FormulaFunction("cosh", np.cosh, "x", "hyperbolic cosine"),
    FormulaFunction("tanh", np.tanh, "x", "hyperbolic tangent"),
    FormulaFunction("sigmoid", _sigmoid, "x", "1/(1 + e^−x)"),
    FormulaFunction("softplus", _softplus, "x", "log(1 + e^x)"),
    FormulaFunction("sinc", _sinc, "x", "sin(πx)/(πx)"),
    FormulaFunction("floor", np.floor, "x", "rounded down"),
    FormulaFunction("ceil", np.ceil, "x", "rounded up"),
    FormulaFunction("round", np.rint, "x", "rounded to the nearest whole number, halves to the even one"),
    FormulaFunction("mod", np.mod, "x, period", "remainder, from 0 up to the period", 2, 2),
)
FUNCTIONS = {function.name: function for function in _FUNCTIONS}

NAMES: dict[str, np.float64 | None] = {"x": None, "pi": np.float64(math.pi), "e": np.float64(math.e)}
"""What a name stands for; None is the variable."""

UNARY: dict[type[ast.AST], Apply] = {ast.UAdd: np.positive, ast.USub: np.negative}
BINARY: dict[type[ast.AST], Apply] = {
    ast.Add: np.add,
    ast.Sub: np.subtract,
    ast.Mult: np.multiply,
    ast.Div: np.divide,
    ast.FloorDiv: np.floor_divide,
    ast.Mod: np.mod,
    ast.Pow: np.power,
}
COMPARISONS: dict[type[ast.AST], Apply] = {
    ast.Lt: _comparison(np.less),
    ast.LtE: _comparison(np.less_equal),
    ast.Gt: _comparison(np.greater),
    ast.GtE: _comparison(np.greater_equal),
    ast.Eq: _comparison(np.equal),
    ast.NotEq: _comparison(np.not_equal),
}
