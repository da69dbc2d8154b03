"""Parsing the command line: every complaint is one line that says what, where, and what to do."""

from __future__ import annotations

import argparse
import difflib
import math
from collections.abc import Callable, Iterable, Sequence
from typing import NoReturn

from reluviz.core.activation import ACTIVATIONS, activation_named

MAX_SHOWN = 64


class UsageError(ValueError):
    """A command line that cannot be carried out. The message is one line, without the program's name."""


def shown(text: str) -> str:
    """`text` as given by the user, fit for one line."""
    line = "".join(letter if letter.isprintable() else " " for letter in text.strip())
    return line if len(line) <= MAX_SHOWN else line[: MAX_SHOWN - 1] + "…"


def suggestion(text: str, known: Iterable[str]) -> str:
    """`: did you mean …?` with the closest of the known words, or nothing."""
    close = difflib.get_close_matches(text.strip().lower(), list(known), n=1)
    return f": did you mean {close[0]}?" if close else ""


class OneLineParser(argparse.ArgumentParser):
    """An argument parser that raises UsageError where argparse would print its usage and exit."""

    def __init__(self, prog: str, description: str, epilog: str | None = None) -> None:
        super().__init__(
            prog=prog,
            description=description,
            epilog=epilog,
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
            add_help=False,
        )
        self.add_argument("-h", "--help", action="help", help="show this text")

    def parse(self, arguments: Sequence[str]) -> argparse.Namespace:
        """The parsed arguments. Raises UsageError; `--help` and the like print and raise SystemExit."""
        parsed, rest = self.parse_known_args([_not_an_option(argument) for argument in arguments])
        for argument in rest:
            if argument.startswith("-"):
                name = argument.partition("=")[0]
                known = [option for action in self._actions for option in action.option_strings]
                self.error(f"unknown option {shown(name)}{suggestion(name, known)}")
        if rest:
            self.error(f"'{shown(rest[0])}' is one argument too many")
        return parsed

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message.removeprefix('argument ')} ({self.prog} --help)")


def _not_an_option(argument: str) -> str:
    """A negative number in a form that argparse does not take for an option: it knows −1 but not −1e5 or −inf."""
    if argument.startswith("-"):
        try:
            float(argument)
        except ValueError:
            return argument
        return " " + argument
    return argument


def whole_number(text: str) -> int:
    """An argument's type."""
    try:
        return int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{shown(text)}' is not a whole number") from None


def number(text: str) -> float:
    """An argument's type."""
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise argparse.ArgumentTypeError(f"'{shown(text)}' is not a finite number")
    return value


def activation_name(text: str) -> str:
    """The type of an argument that names an activation, as "tanh" or "leaky_relu(0.2)"; a slope that fits it."""
    if "(" not in text:
        return one_of(ACTIVATIONS)(text)
    try:
        return activation_named(shown(text)).name
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def one_of(names: Iterable[str]) -> Callable[[str], str]:
    """The type of an argument that is one of these names."""
    known = list(names)

    def choice(text: str) -> str:
        if text not in known:
            guess = suggestion(text, known)
            raise argparse.ArgumentTypeError(f"unknown name '{shown(text)}'{guess} (known: {', '.join(known)})")
        return text

    return choice
