"""The built-in examples: documents that reproduce published explanations."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from pathlib import Path

from reluviz import resource_files
from reluviz.document.opened import OpenedDocument
from reluviz.document.storage import SUFFIX, load

DEFAULT = "sine-by-5-relus"

# From the hand-made network on, in the order in which a lesson would show them.
NAMES = (
    "three-segments",
    "three-segments-blank",
    "line-by-linear-network",
    "sine-by-linear-network",
    "sine-by-5-relus",
    "sine-by-100-relus",
    "sine-by-100-relus-momentum",
    "thermometer-by-line",
    "thermometer-by-13-tanh",
)


@dataclass(frozen=True)
class Example:
    """What a list of examples shows."""

    name: str
    title: str
    source: str
    look_at: str


class UnknownExampleError(ValueError):
    """No example has that name. The message is one line that lists the known ones and suggests the closest."""

    def __init__(self, name: str) -> None:
        close = difflib.get_close_matches(name.lower(), NAMES, n=1)
        guess = f"did you mean {close[0]}? " if close else ""
        shown = "".join(letter if letter.isprintable() else " " for letter in name[:64])
        super().__init__(f"no example is called '{shown}': {guess}the examples are {', '.join(NAMES)}")


def examples() -> list[Example]:
    """The built-in examples in a sensible order. Raises DocumentError where a file is missing or damaged."""
    documents = [(name, load_example(name)) for name in NAMES]
    return [Example(name, opened.title, opened.source, opened.look_at) for name, opened in documents]


def example_path(name: str) -> Path:
    """The file of an example. Raises UnknownExampleError."""
    if name not in NAMES:
        raise UnknownExampleError(name)
    return resource_files.directory() / "examples" / (name + SUFFIX)


def load_example(name: str) -> OpenedDocument:
    """A built-in example. Raises UnknownExampleError, and DocumentError where its file is missing or damaged."""
    return load(example_path(name))
