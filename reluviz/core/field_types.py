"""What the fields of settings may be, said where they are given: Python itself finds out in the middle of training."""

from __future__ import annotations

from numbers import Integral, Real
from typing import Any


def check_type(name: str, value: Any, wanted: type, example: str) -> None:
    """Raises TypeError, naming the field and an `example` of what it takes, where `value` is not a `wanted`."""
    if not isinstance(value, wanted):
        article = "an" if wanted.__name__[0] in "AEIO" else "a"
        raise TypeError(f"{name} is {article} {wanted.__name__}, as {example}, not {_shown(value)}")


def check_name(name: str, value: Any) -> None:
    """Raises TypeError, naming the field, where `value` is no text."""
    if not isinstance(value, str):
        raise TypeError(f"{name} is a name, not {_shown(value)}")


def check_real(**values: Any) -> None:
    """Raises TypeError, naming the field, where one of the values is not a real number."""
    for name, value in values.items():
        if not isinstance(value, Real) or isinstance(value, bool):
            raise TypeError(f"{name} is a number, not {_shown(value)}")


def check_whole(**values: Any) -> None:
    """Raises TypeError, naming the field, where one of the values is not a whole number."""
    for name, value in values.items():
        if not isinstance(value, Integral) or isinstance(value, bool):
            raise TypeError(f"{name} is a whole number, not {_shown(value)}")


def check_flag(name: str, value: Any) -> None:
    """Raises TypeError, naming the field, where `value` is neither True nor False."""
    if not isinstance(value, bool):
        raise TypeError(f"{name} is True or False, not {_shown(value)}")


def _shown(value: Any) -> str:
    text = " ".join(repr(value).split())
    return text if len(text) <= 40 else f"a {type(value).__name__}"
