"""What the parts of a document's structure have in common: strictness, and errors that name the place."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

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
