"""The command `reluviz`. Qt and Numba are imported only where a window, or training, needs them."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from itertools import groupby
from textwrap import wrap

from reluviz import __version__
from reluviz.command_line.arguments import OneLineParser, UsageError
from reluviz.command_line.display import why_no_window
from reluviz.command_line.exporting import export
from reluviz.command_line.opening import opened
from reluviz.command_line.output import forget_output, print_complaint, print_result
from reluviz.command_line.training import train
from reluviz.document.examples import examples
from reluviz.document.storage import DocumentError

_DESCRIPTION = """\
Watch a one-hidden-layer network approximate a function, neuron by neuron.

commands:
  reluviz [FILE|EXAMPLE]                   open the window
  reluviz examples                         list the built-in examples
  reluviz train [FILE|EXAMPLE] [options]   train without a window
  reluviz export FILE|EXAMPLE OUT          write a picture, table or film
  reluviz COMMAND --help                   all options of a command"""

_COLUMNS = 79
_INDENT = "      "
_EPILOG = "example:\n  reluviz sine-by-5-relus"


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out a command line, by default the process's. The exit code: 0 done, 2 bad input, 130 interrupted."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        return _run(list(sys.argv[1:] if arguments is None else arguments))
    except (UsageError, DocumentError) as error:
        print_complaint(str(error))
        return 2
    except KeyboardInterrupt:
        print_complaint("interrupted")
        return 130
    except BrokenPipeError:
        forget_output()
        return 0


def _run(arguments: list[str]) -> int:
    commands = {"examples": _list_examples, "train": train, "export": export}
    try:
        if arguments and arguments[0] in commands:
            return commands[arguments[0]](arguments[1:])
        return _open_window(arguments, commands)
    except SystemExit:
        # Help or the version has been printed.
        print_result("", end="")
        return 0


def _list_examples(arguments: Sequence[str]) -> int:
    OneLineParser("reluviz examples", "List the built-in examples.").parse(arguments)
    lines: list[str] = []
    for source, group in groupby(examples(), key=lambda example: example.source):
        lines += [*[""] * bool(lines), *wrap(source, _COLUMNS)]
        for example in group:
            about = wrap(
                f"{example.title}. {example.look_at}", _COLUMNS, initial_indent=_INDENT, subsequent_indent=_INDENT
            )
            lines += [f"  {example.name}", *about]
    print_result("\n".join(lines))
    return 0


def _open_window(arguments: Sequence[str], commands: Iterable[str]) -> int:
    parser = OneLineParser("reluviz", _DESCRIPTION, _EPILOG)
    parser.add_argument("document", nargs="?", metavar="FILE|EXAMPLE", help="what to open")
    parser.add_argument("--version", action="version", version=f"reluviz {__version__}", help="show the version")
    name = parser.parse(arguments).document
    document, path = (None, None) if name is None else opened(name, commands)
    reason = why_no_window()
    if reason is not None:
        raise UsageError(reason)
    from reluviz.app.application import run  # noqa: PLC0415

    return run(document, path)
