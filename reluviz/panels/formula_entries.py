"""What a formula can use, as it is offered: in the list behind the question mark, and while a name is typed."""

from __future__ import annotations

from dataclasses import dataclass

from reluviz.core.formula_functions import FUNCTIONS


@dataclass(frozen=True)
class Entry:
    """`call` is how it is written, `typed` what is put in at the cursor; behind the brackets of a function."""

    name: str
    call: str
    meaning: str
    typed: str

    @property
    def text(self) -> str:
        return f"{self.call} – {self.meaning}"

    @property
    def is_function(self) -> bool:
        return self.typed.endswith("()")


_CONSTANTS = (Entry("pi", "pi", "3.14159…", "pi"), Entry("e", "e", "2.71828…", "e"))
_NOTATION = (Entry("x^2", "x^2", "a power", "x^2"), Entry("x < 1", "x < 1", "1 where it holds", "x < 1"))
_VARIABLE = Entry("x", "x", "the variable", "x")


_GROUPS = {
    "Powers, roots, logarithms": ("sqrt", "cbrt", "exp", "log", "log2", "log10"),
    "Sine and others": ("sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh", "sinc"),
    "Steps and choices": ("abs", "sign", "step", "relu", "sigmoid", "softplus", "where"),
    "Limits and rounding": ("min", "max", "clip", "floor", "ceil", "round", "mod"),
}
_REST = "Numbers and notation"


def grouped_entries() -> dict[str, tuple[Entry, ...]]:
    """`listed_entries` by what they are about: few enough in each group for a menu."""
    by_name = {entry.name: entry for entry in listed_entries()}
    groups = {title: tuple(by_name.pop(name) for name in names) for title, names in _GROUPS.items()}
    return groups | {_REST: tuple(by_name.values())}


def listed_entries() -> tuple[Entry, ...]:
    """Every function under one name, as ln is log and arcsin is asin; then numbers and notation."""
    by_apply = {function.apply: function.name for function in reversed(FUNCTIONS.values())}
    names = list(reversed(by_apply.values()))
    return (*(_function_entry(name) for name in names), *_CONSTANTS, *_NOTATION)


def completions(word: str) -> tuple[Entry, ...]:
    """What a name that begins with `word` can become, upper case or lower; nothing where it is complete already."""
    if not word:
        return ()
    known = (*(_function_entry(name) for name in FUNCTIONS), *_CONSTANTS, _VARIABLE)
    found = tuple(entry for entry in known if entry.name.startswith(word.lower()))
    return () if all(entry.typed == word for entry in found) else found


def _function_entry(name: str) -> Entry:
    function = FUNCTIONS[name]
    return Entry(name, function.call, function.meaning, f"{name}()")
