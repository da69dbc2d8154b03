"""A formula in x that a user typed, as a function: a whitelist walk over Python's syntax tree, nothing is executed."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from reluviz.core.arrays import FloatArray
from reluviz.core.formula_functions import BINARY, COMPARISONS, FUNCTIONS, NAMES, UNARY, both, either, negated
from reluviz.core.formula_text import MAX_LENGTH, FormulaError, python_notation

__all__ = ["MAX_LENGTH", "MAX_STEPS", "Formula", "FormulaError"]

MAX_STEPS = 250

# So many values at a time stay in the processor's cache and make no large arrays in between.
_BLOCK = 1 << 14


@dataclass(frozen=True)
class _Step:
    """One step on a stack of values: puts `value` on it, or x where that is None; or has `apply` take `takes` off it
    and put its result there."""

    value: np.float64 | None = None
    apply: Callable[..., FloatArray] | None = None
    takes: int = 0


@dataclass(frozen=True)
class Formula:
    """The function that `text` describes: numbers, x, pi, e, + − * / ^ %, comparisons, and, or, not, and FUNCTIONS.

    Mathematical signs (− · × ÷ ² ³ ≤ π …) and a left side `y =` are understood. All numbers are float64: 9^9^9 is inf.
    A comparison is 1 where it holds, 0 where not. Raises FormulaError, with the column, where the text is no formula,
    is longer than MAX_LENGTH characters or takes more than MAX_STEPS steps.
    """

    text: str
    _steps: tuple[_Step, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_steps", tuple(_compiled(self.text)))

    def __call__(self, x: FloatArray) -> FloatArray:
        """y at x, of x's shape; NaN or ±inf where the formula has no value there."""
        flat = np.asarray(x, dtype=np.float64).ravel()
        y = np.empty_like(flat)
        with np.errstate(all="ignore"):
            for start in range(0, len(flat), _BLOCK):
                y[start : start + _BLOCK] = self._values(flat[start : start + _BLOCK])
        return y.reshape(np.shape(x))

    def _values(self, x: FloatArray) -> FloatArray | np.float64:
        stack: list[FloatArray | np.float64] = []
        for step in self._steps:
            if step.apply is None:
                stack.append(x if step.value is None else step.value)
            else:
                stack[-step.takes :] = [step.apply(*stack[-step.takes :])]
        return stack[0]


def _compiled(text: str) -> list[_Step]:
    source, columns = python_notation(text, FUNCTIONS, NAMES)
    try:
        tree = ast.parse(source, mode="eval")
        return _Compiler(columns).compiled(tree.body)
    except FormulaError:
        raise
    except SyntaxError as error:
        at = min(max((error.offset or 1) - 1, 0), len(columns) - 1)
        raise FormulaError("this cannot be read: brackets around its parts may help", columns[at]) from None
    except (RecursionError, MemoryError):
        raise FormulaError("the formula is nested too deep", 0) from None


class _Compiler:
    """Writes an expression's steps: first those of its operands, then what is done with them."""

    def __init__(self, columns: list[int]) -> None:
        self._columns = columns
        self._steps: list[_Step] = []

    def compiled(self, node: ast.expr) -> list[_Step]:
        """The steps that leave the value of `node` on the stack."""
        self._write(node)
        return self._steps

    def _write(self, node: ast.expr) -> None:
        match node:
            case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
                self._write_number(node, number)
            case ast.Name(id=name) if name in NAMES:
                self._add(node, _Step(NAMES[name]))
            case ast.UnaryOp(op=op, operand=operand) if type(op) in UNARY:
                self._write_call(node, UNARY[type(op)], [operand])
            case ast.BinOp(left=left, op=ast.Pow(), right=ast.Constant(value=2)):
                self._write_call(node, np.square, [left])
            case ast.BinOp(left=left, op=op, right=right) if type(op) in BINARY:
                self._write_call(node, BINARY[type(op)], [left, right])
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                self._write_call(node, negated, [operand])
            case ast.BoolOp(op=op, values=values):
                self._write_chain(node, both if isinstance(op, ast.And) else either, values)
            case ast.Compare():
                self._write_comparison(node)
            case ast.Call(func=ast.Name(id=name), args=arguments, keywords=[]) if name in FUNCTIONS:
                self._write_function(node, name, arguments)
            case _:
                raise FormulaError("a formula has no such part", self._column(node))

    def _write_number(self, node: ast.expr, number: float) -> None:
        try:
            value = np.float64(number)
        except OverflowError:
            value = np.float64(np.inf)
        if not np.isfinite(value):
            raise FormulaError("this is too large for a number", self._column(node))
        self._add(node, _Step(value))

    def _write_call(self, node: ast.expr, apply: Callable[..., FloatArray], operands: list[ast.expr]) -> None:
        for operand in operands:
            self._write(operand)
        self._add(node, _Step(apply=apply, takes=len(operands)))

    def _write_chain(self, node: ast.expr, apply: Callable[..., FloatArray], operands: list[ast.expr]) -> None:
        """`apply` on the first two, then on the result and the third, and so on."""
        self._write(operands[0])
        for operand in operands[1:]:
            self._write(operand)
            self._add(node, _Step(apply=apply, takes=2))

    def _write_comparison(self, node: ast.Compare) -> None:
        """a < b < c as a < b and b < c."""
        left = node.left
        for i, (op, right) in enumerate(zip(node.ops, node.comparators, strict=True)):
            if type(op) not in COMPARISONS:
                raise FormulaError("a formula has no such comparison", self._column(node))
            self._write_call(node, COMPARISONS[type(op)], [left, right])
            if i > 0:
                self._add(node, _Step(apply=both, takes=2))
            left = right

    def _write_function(self, node: ast.Call, name: str, arguments: list[ast.expr]) -> None:
        function = FUNCTIONS[name]
        if not function.least <= len(arguments) <= function.most:
            raise FormulaError(f"{function.usage}, not {len(arguments)}{_advice(arguments)}", self._column(node))
        if function.repeats:
            self._write_chain(node, function.apply, arguments)
        else:
            self._write_call(node, function.apply, arguments)

    def _add(self, node: ast.expr, step: _Step) -> None:
        # Counted here, as the middle of a < b < c is written twice, and what stands in it again.
        if len(self._steps) >= MAX_STEPS:
            raise FormulaError(f"the formula has more than {MAX_STEPS} parts", self._column(node))
        self._steps.append(step)

    def _column(self, node: ast.expr) -> int:
        return self._columns[min(node.col_offset, len(self._columns) - 1)]


def _advice(arguments: list[ast.expr]) -> str:
    """Where arguments are probably one number with a decimal comma."""
    for left, right in pairwise(arguments):
        if isinstance(left, ast.Constant) and isinstance(right, ast.Constant):
            return f"; numbers have a decimal point: {left.value!r}.{right.value!r}"
    return ""
