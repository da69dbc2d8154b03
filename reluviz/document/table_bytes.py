"""The text of a table of numbers that some other program wrote: which encoding, and whether it is text at all."""

from __future__ import annotations

import codecs
import unicodedata
from pathlib import Path

MAX_BYTES = 64 * 2**20

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OTHER_FILES = (
    (b"PK\x03\x04", "a spreadsheet or an archive; in the spreadsheet program, save it as CSV"),
    (b"\xd0\xcf\x11\xe0", "an old spreadsheet; in the spreadsheet program, save it as CSV"),
    (b"%PDF", "a PDF document"),
    (b"\x1f\x8b", "compressed; unpack it first"),
    (b"\x93NUMPY", "a NumPy array; write it with numpy.savetxt"),
)
_LOOKED_AT = 4096
_WHITE_SPACE = frozenset("\t\n\r\f\v\x1a")


class TableError(ValueError):
    """A table that cannot be read. The message is one line, without the file's name."""


def read_bytes(path: Path) -> bytes:
    """What is in a file. Raises TableError where that cannot be read or is more than MAX_BYTES."""
    try:
        if path.exists() and not path.is_file():
            raise TableError("not a file")
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except TableError:
        raise
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise TableError(reason[:1].lower() + reason[1:]) from None


def decoded(data: bytes, encoding: str | None = None) -> tuple[str, str]:
    """The text, with plain line ends, and the name of its encoding, guessed where none is given.

    utf-8-sig is UTF-8 with or without a byte-order mark.

    Raises TableError where it is too large, empty, no text, or not in the given encoding.
    """
    if len(data) > MAX_BYTES:
        raise TableError(f"larger than {MAX_BYTES // 2**20} MB")
    if not data.strip():
        raise TableError("empty")
    for start, what in _OTHER_FILES:
        if data.startswith(start):
            raise TableError(f"not a text file but {what}")
    name = encoding or _encoding_of(data)
    try:
        text = data.decode(name)
    except UnicodeDecodeError as error:
        raise TableError(f"not a text in {name.upper()} (byte {error.start})") from None
    except LookupError:
        raise TableError(f"there is no encoding '{name[:32]}'") from None
    control = (letter for letter in text[:_LOOKED_AT] if unicodedata.category(letter) == "Cc")
    if any(letter not in _WHITE_SPACE for letter in control):
        raise TableError("not a text file")
    text = text.removeprefix("\ufeff")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text, name


def _encoding_of(data: bytes) -> str:
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name
    start = data[:_LOOKED_AT]
    # Digits and separators in UTF-16 are every other byte 0.
    for first, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        if len(start) > 3 and start[first::2].count(0) > 0.8 * (len(start) // 2) and 0 not in start[1 - first :: 2]:
            return name
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "latin-1"
    return "utf-8-sig"
