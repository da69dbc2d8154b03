"""A formula as it is typed, turned into Python's notation: what is usual in mathematics is accepted or explained."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection
from dataclasses import dataclass

MAX_LENGTH = 400
MAX_BRACKETS = 40

_SAME = {"−": "-", "–": "-", "·": "*", "⋅": "*", "∙": "*", "×": "*", "÷": "/", "∕": "/", "^": "**"} | {
    "≤": "<=",
    "≥": ">=",
    "≠": "!=",
    "π": " pi ",
}
_RAISED = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+", strict=True))
_ADVICE = {
    "=": "to compare write ==",
    "|": "write abs(x) for |x|, or for either of two conditions",
    "&": "write and",
    "!": "write not",
    ".": "a digit is missing beside it",
    "[": "use round brackets",
    "]": "use round brackets",
    "{": "use round brackets",
    "}": "use round brackets",
    "√": "write sqrt(x)",
}
_TOKEN = re.compile(
    r"(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
    r"|(?P<name>[A-Za-z_][A-Za-z_0-9]*)"
    r"|(?P<operator>\*\*|//|<=|>=|==|!=|[-+*/%<>])"
    r"|(?P<mark>[(),])"
    r"|(?P<space> +)"
)
_LEFT_SIDE = re.compile(r"\s*(?:y|f\s*\(\s*x\s*\))\s*=(?!=)")
_JOINING = ("and", "or")
# What is longer is not written out again.
_LONGEST_ADVICE = 48


class FormulaError(ValueError):
    """What is wrong with a formula, in one line, and the `column` where: from 0, in the text as typed."""

    def __init__(self, message: str, column: int) -> None:
        super().__init__(message)
        self.column = column


@dataclass(frozen=True)
class _Token:
    """In Python's notation, and as and where it was typed."""

    kind: str
    text: str
    typed: str
    column: int


def python_notation(text: str, functions: Collection[str], names: Collection[str]) -> tuple[str, list[int]]:
    """The formula in Python's notation, in ASCII, and for each of its characters, and the end, the column in `text`.

    `functions`, and `names` of numbers, are those that a formula may use. `y =` or `f(x) =` before it is passed over.
    Raises FormulaError where it is not one complete expression, with how to write what was probably meant.
    """
    if len(text) > MAX_LENGTH:
        raise FormulaError(f"the formula is longer than {MAX_LENGTH} characters", MAX_LENGTH)
    tokens = _tokens(text)
    if not tokens:
        raise FormulaError("the formula is empty: type an expression in x, for example 2*sin(x) + 5", 0)
    _Grammar(functions, names).check(tokens, text)
    columns = [column for token in tokens for column in [token.column] * (len(token.text) + 1)]
    return " ".join(token.text for token in tokens), columns


def _tokens(text: str) -> list[_Token]:
    source, columns = _in_ascii(text)
    tokens, at = [], 0
    while at < len(source):
        match = _TOKEN.match(source, at)
        if match is None:
            raise _foreign(source[at], columns[at])
        if match.lastgroup != "space":
            typed = text[columns[at] : columns[match.end()]].strip() or match[0]
            tokens.append(_Token(str(match.lastgroup), match[0], typed, columns[at]))
        at = match.end()
    return tokens


def _in_ascii(text: str) -> tuple[str, list[int]]:
    """Python's signs in place of the mathematical ones, and for each character, and the end, its column in `text`."""
    left_side = _LEFT_SIDE.match(text)
    at = left_side.end() if left_side else 0
    pieces: list[str] = []
    columns: list[int] = []
    while at < len(text):
        letter, column = text[at], at
        at += 1
        if letter in _RAISED:
            while at < len(text) and text[at] in _RAISED:
                at += 1
            exponent = "".join(_RAISED[raised] for raised in text[column:at])
            if re.fullmatch(r"[+-]?[0-9]+", exponent) is None:
                raise FormulaError(f"'{text[column:at]}' is not an exponent", column)
            piece = f"**({exponent})"
        elif letter.isspace():
            piece = " "
        elif letter.isascii():
            piece = _SAME.get(letter, letter)
        elif letter in _SAME:
            piece = _SAME[letter]
        else:
            raise _foreign(letter, column)
        pieces.append(piece)
        columns += [column] * len(piece)
    return "".join(pieces), [*columns, len(text)]


def _foreign(sign: str, column: int) -> FormulaError:
    shown = f"'{sign}'" if sign.isprintable() else f"the character U+{ord(sign):04X}"
    advice = f": {_ADVICE[sign]}" if sign in _ADVICE else ""
    return FormulaError(f"{shown} is not understood{advice}", column)


class _Grammar:
    """Walks over the tokens, an operand and an operator in turn, and says what is out of turn."""

    def __init__(self, functions: Collection[str], names: Collection[str]) -> None:
        self._functions, self._names = functions, names
        self._open: list[tuple[_Token, bool]] = []
        """The brackets not closed yet, and whether each holds a function's arguments."""

    def check(self, tokens: list[_Token], text: str) -> None:
        """Raises FormulaError where the tokens of `text` are no expression."""
        operand_next, before = True, None
        for i, token in enumerate(tokens):
            following = tokens[i + 1] if i + 1 < len(tokens) else None
            if operand_next:
                operand_next = self._operand(token, before, following)
            else:
                operand_next = self._behind_operand(tokens, i, text)
            before = token
        if operand_next and before is not None:
            raise FormulaError(f"unfinished: something is missing after '{before.typed}'", len(text.rstrip()))
        if self._open:
            raise FormulaError("this bracket is not closed", self._open[-1][0].column)

    def _operand(self, token: _Token, before: _Token | None, following: _Token | None) -> bool:
        """Passes a token where a number is expected. Whether one still is, behind it."""
        if token.kind == "number":
            return False
        if token.text == "(":
            self._open.append((token, before is not None and before.text in self._functions))
            if len(self._open) > MAX_BRACKETS:
                raise FormulaError(f"more than {MAX_BRACKETS} brackets within one another", token.column)
            return True
        if token.text in ("+", "-", "not"):
            return True
        if token.text in self._functions:
            self._check_call(token, following)
            return True
        if token.kind == "name" and token.text not in _JOINING:
            self._check_known(token)
            return False
        if token.text == ")" and before is not None and before.text == "(":
            raise FormulaError("there is nothing between the brackets", token.column)
        raise FormulaError(f"a number or x is missing before '{token.typed}'", token.column)

    def _behind_operand(self, tokens: list[_Token], i: int, text: str) -> bool:
        """Passes token `i`, behind a complete operand. Whether another one is expected behind it."""
        token = tokens[i]
        if token.kind == "operator" or token.text in _JOINING:
            return True
        if token.text == ")":
            if not self._open:
                raise FormulaError("there is no opening bracket for this one", token.column)
            self._open.pop()
            return False
        if token.text == ",":
            if not (self._open and self._open[-1][1]):
                raise _stray_comma(tokens, i)
            return True
        if token.kind == "name" and token.text not in self._functions:
            self._check_known(token)
        one = text[_begin_of_operand(tokens, i - 1) : token.column].strip()
        advice = f"write {one}*{_operand_from(tokens, i, text)}"
        if len(advice) > _LONGEST_ADVICE:
            advice = f"write * before '{token.typed}'"
        raise FormulaError(f"an operator is missing: {advice}", token.column)

    def _check_call(self, function: _Token, following: _Token | None) -> None:
        if following is not None and following.text == "(":
            return
        name = function.text
        if following is not None and following.text == "**":
            raise FormulaError(f"a power of {name} is written {name}(x)^2", function.column)
        argument = following.typed if following is not None and following.kind in ("name", "number") else "x"
        raise FormulaError(f"{name} needs brackets: write {name}({argument})", function.column)

    def _check_known(self, token: _Token) -> None:
        if token.text not in self._names:
            known, typed = [*self._names, *self._functions], token.text.lower()
            # cosinus, sinus, tangent: a common beginning says more than common letters.
            close = [name for name in known if len(name) > 2 and typed.startswith(name)]
            close = close or difflib.get_close_matches(typed, known, n=1)
            guess = f": did you mean {close[0]}?" if close else ": a formula knows x, pi, e and functions"
            shown = token.typed if len(token.typed) <= 24 else token.typed[:23] + "…"
            raise FormulaError(f"unknown name '{shown}'{guess}", token.column)


def _begin_of_operand(tokens: list[_Token], last: int) -> int:
    """The column where the operand begins that ends with token `last`.

    The bracket's function and a power's base belong to it.
    """
    first, depth = last, 0
    while True:
        depth += (tokens[first].text == ")") - (tokens[first].text == "(")
        if depth == 0:
            break
        first -= 1
    if tokens[first].text == "(" and first and tokens[first - 1].kind == "name":
        first -= 1
    is_exponent = first > 1 and tokens[first - 1].text == "**"
    return _begin_of_operand(tokens, first - 2) if is_exponent else tokens[first].column


def _operand_from(tokens: list[_Token], first: int, text: str) -> str:
    """The operand that begins with token `first`, its brackets closed."""
    last, depth = first, 0
    if tokens[first].kind == "name" and first + 1 < len(tokens) and tokens[first + 1].text == "(":
        last += 1
    while True:
        depth += (tokens[last].text == "(") - (tokens[last].text == ")")
        if depth == 0 or last + 1 == len(tokens):
            break
        last += 1
    end = tokens[last].column + len(tokens[last].typed)
    return text[tokens[first].column : end] + ("…" if tokens[last].text == "(" else "") + ")" * depth


def _stray_comma(tokens: list[_Token], i: int) -> FormulaError:
    comma, before = tokens[i], tokens[i - 1]
    following = tokens[i + 1] if i + 1 < len(tokens) else None
    if before.kind == "number" and following is not None and following.kind == "number":
        return FormulaError(f"numbers have a decimal point: write {before.typed}.{following.typed}", comma.column)
    return FormulaError("a comma stands only between the arguments of a function", comma.column)
