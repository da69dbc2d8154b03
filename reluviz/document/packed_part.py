"""Very many numbers as a part of the document: exact, checked, and read in a moment."""

from __future__ import annotations

import base64
import binascii
from typing import Annotated
from zlib import crc32

import msgspec
import numpy as np

from reluviz.core.arrays import FloatArray, frozen
from reluviz.document.part import DocumentError, Part

# As many can still be read, and edited, in a text editor.
MOST_WRITTEN_OUT = 10_000


class PackedPart(Part):
    """`count` numbers as little endian float64 in base64; `checksum` is the CRC-32 of these bytes."""

    count: Annotated[int, msgspec.Meta(ge=1, le=2**24)]
    checksum: Annotated[int, msgspec.Meta(ge=0, lt=2**32)]
    numbers: str


Numbers = tuple[float, ...] | PackedPart


def numbers_part(values: FloatArray) -> Numbers:
    """What to write for an array of shape (count,): the numbers one by one where they are few."""
    if len(values) <= MOST_WRITTEN_OUT:
        return tuple(values.tolist())
    return PackedPart(len(values), *packed(values))


def numbers_of(part: Numbers, path: str) -> FloatArray:
    """The array. Raises DocumentError, naming `path`, where it is damaged."""
    if not isinstance(part, PackedPart):
        return frozen(part)
    return frozen(unpacked(part.numbers, part.checksum, part.count, f"{part.count} numbers are", f"{path}.numbers"))


def packed(values: FloatArray) -> tuple[int, str]:
    """The checksum and the text of the numbers, row by row."""
    data = values.astype("<f8").tobytes()
    return crc32(data), base64.b64encode(data).decode("ascii")


def unpacked(text: str, checksum: int, count: int, what: str, path: str) -> FloatArray:
    """`count` numbers. Raises DocumentError, naming `path`, where the text is not as long as `what`, or damaged."""
    size = 8 * count
    # Known before anything is decoded: what is too long takes no memory.
    if len(text) != -(-size // 3) * 4:
        raise DocumentError(f"{path}: not as long as {what}")
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise DocumentError(f"{path}: not base64") from None
    if len(data) != size or crc32(data) != checksum:
        raise DocumentError(f"{path}: damaged, the checksum is another one")
    return np.frombuffer(data, dtype="<f8")
