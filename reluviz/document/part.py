"""What the parts of a document's structure have in common: strictness, and errors that name the place."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, TypeVar

import msgspec

Line = Annotated[str, msgspec.Meta(max_length=400)]
Pair = tuple[float, float]


class DocumentError(ValueError):
    """A document that cannot be read or written. The message is one line: where, and what is wrong there."""


@contextmanager
def located(path: str) -> Iterator[None]:
    """Turn the core's ValueErrors into DocumentErrors that name `path`, the place in the document."""
    try:
        yield
    except DocumentError:
        raise
    except (ValueError, OverflowError) as error:
        raise DocumentError(f"{path}: {error}") from None


class Part(msgspec.Struct, forbid_unknown_fields=True):
    """A part of the document. A field that is not known is an error, never ignored."""


P = TypeVar("P", bound=Part)


def sparing(part: P) -> P:
    """The same part, such that none of its fields that equal their default is written.

    msgspec leaves out a number or a text only where it is the very object of the default.
    """
    defaults = {field.name: field.default for field in msgspec.structs.fields(part)}
    return msgspec.structs.replace(part, **{name: d for name, d in defaults.items() if getattr(part, name) == d})
