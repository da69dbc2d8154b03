"""Printing where the other end may be closed or full."""

from __future__ import annotations

import os
import sys

from reluviz.command_line.arguments import UsageError


def print_result(text: str, end: str = "\n") -> None:
    """Print on stdout. Raises BrokenPipeError where the reader has gone, UsageError where it cannot be written."""
    try:
        print(text, end=end, flush=True)
    except BrokenPipeError:
        raise
    except OSError as error:
        forget_output()
        raise UsageError(f"the result cannot be written: {(error.strerror or str(error)).lower()}") from None


def forget_output() -> None:
    """Send what stdout still holds to nowhere, so that the interpreter does not complain about it when it ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def print_complaint(text: str) -> None:
    """Print one line on stderr, with the program's name before it."""
    if sys.stderr is not None:
        print(f"reluviz: {text}", file=sys.stderr, flush=True)
