"""Reading and writing `.reluviz` documents: strict on the way in, all or nothing on the way out."""

from __future__ import annotations

import json
import math
import os
import re
import unicodedata
from pathlib import Path
from typing import Any, NoReturn

import msgspec

from reluviz.document.opened import OpenedDocument
from reluviz.document.part import DocumentError
from reluviz.document.schema import FORMAT, VERSION, DocumentPart, of_core, to_core
from reluviz.files.atomic_file import replace_file

__all__ = ["SUFFIX", "DocumentError", "OpenedDocument", "load", "read", "save", "write"]

SUFFIX = ".reluviz"
MAX_BYTES = 64 * 2**20

_MAX_MESSAGE = 300
_SHORT_LIST = 100
_ALWAYS_FINE = frozenset((int, bool, type(None)))


class _Repeated:
    """Stands in the parsed JSON for an object in which `key` occurs twice."""

    def __init__(self, key: str) -> None:
        self.key = key


def read(data: bytes) -> OpenedDocument:
    """The document in `data`. Raises DocumentError, and nothing else, where it is not one."""
    try:
        tree = _parsed(data)
        _check_values(tree, "$")
        _check_kind(tree)
        return to_core(msgspec.convert(tree, DocumentPart))
    except DocumentError as error:
        raise DocumentError(_placed(str(error))) from None
    except msgspec.ValidationError as error:
        what, _, where = str(error).partition(" - at ")
        what = what[:1].lower() + what[1:]
        raise DocumentError(_placed(f"{where.strip('`') or '$'}: {what.replace('`', '')}")) from None
    except RecursionError:
        raise DocumentError("not a reluviz document: brackets nested too deep") from None


def _parsed(data: bytes) -> Any:
    if len(data) > MAX_BYTES:
        raise DocumentError(f"the file is larger than {MAX_BYTES // 2**20} MB")
    if not data.strip():
        raise DocumentError("the file is empty")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DocumentError(f"not a text file in UTF-8 (byte {error.start})") from None
    try:
        return json.loads(text, object_pairs_hook=_object, parse_constant=_refuse_constant)
    except DocumentError:
        raise
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        what = error.msg.lower().removesuffix(" starting at")
        raise DocumentError(f"not JSON, or cut short: {what} at {where}") from None
    except ValueError as error:
        raise DocumentError(f"not JSON: {error}") from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any] | _Repeated:
    """The object of these keys and values; a repeated key would otherwise silently lose a value."""
    members = dict(pairs)
    if len(members) < len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                return _Repeated(key)
            seen.add(key)
    return members


def _refuse_constant(name: str) -> NoReturn:
    raise DocumentError(f"{name} is not a number that a document can hold")


def _check_values(value: Any, path: str) -> None:
    """Raises DocumentError at the first value that no field of any kind may have."""
    if isinstance(value, _Repeated):
        raise DocumentError(f"{path}: the key '{value.key}' occurs twice")
    if isinstance(value, dict):
        for key, member in value.items():
            _check_values(member, f"{path}.{key}")
    elif isinstance(value, list):
        for i, member in enumerate(value):
            # Long lists of numbers are the rule: look at those without building a path for each.
            kind = type(member)
            if not (kind in _ALWAYS_FINE or (kind is float and math.isfinite(member))):
                _check_values(member, f"{path}[{i}]")
    elif isinstance(value, float) and not math.isfinite(value):
        raise DocumentError(f"{path}: not a finite number")
    elif isinstance(value, str) and not _is_plain(value):
        raise DocumentError(f"{path}: the text contains a control character")


def _is_plain(text: str) -> bool:
    # Texts of megabytes are ASCII.
    return (text.isascii() and text.isprintable()) or all(
        unicodedata.category(letter) not in {"Cc", "Cs"} for letter in text
    )


def _check_kind(tree: Any) -> None:
    """Raises DocumentError where this is another program's file, or a later version's."""
    if not isinstance(tree, dict) or tree.get("format") != FORMAT:
        raise DocumentError(f'$.format: not a reluviz document (it would say "{FORMAT}" here)')
    version = tree.get("version")
    if type(version) is not int or version < 1:
        raise DocumentError("$.version: expected a whole number from 1 on")
    if version > VERSION:
        raise DocumentError(
            f"$.version: written by a newer reluviz (document version {version}, this program reads up to {VERSION})"
        )


def _placed(text: str) -> str:
    """A complaint that begins with a path from the root $, as people read it."""
    return _one_line(f"the document{text[1:]}" if text.startswith("$:") else text.removeprefix("$."))


def _one_line(text: str) -> str:
    """`text` fit for a terminal and a message box, whatever a file has put into it."""
    line = "".join(letter if letter.isprintable() else " " for letter in text)
    line = " ".join(line.split())
    return line if len(line) <= _MAX_MESSAGE else line[: _MAX_MESSAGE - 1] + "…"


def write(document: OpenedDocument) -> bytes:
    """The document as indented JSON with a trailing newline. Raises DocumentError for what could not be read again."""
    part = of_core(document)
    tree = msgspec.to_builtins(part)
    # The encoder writes NaN and infinities as null without a word.
    _check_values(_with_lists(tree), "$")
    text = msgspec.json.format(msgspec.json.encode(part), indent=2).decode()
    data = (_short_lists_on_one_line(text) + "\n").encode()
    read(data)
    return data


def _with_lists(tree: Any) -> Any:
    if isinstance(tree, dict):
        return {key: _with_lists(member) for key, member in tree.items()}
    if isinstance(tree, list | tuple):
        return [_with_lists(member) for member in tree]
    return tree


def _short_lists_on_one_line(text: str) -> str:
    """Lists of numbers that fit stand on one line. A line break behind `[` cannot occur within a JSON string."""

    def joined(match: re.Match[str]) -> str:
        line = "[" + " ".join(match[1].split()) + "]"
        return line if len(line) <= _SHORT_LIST else match[0]

    return re.sub(r"\[\n([-+.\deE,\s]+)\]", joined, text)


def load(path: Path) -> OpenedDocument:
    """The document in a file. Raises DocumentError, its message beginning with the file's name."""
    try:
        if path.exists() and not path.is_file():
            raise DocumentError("not a file")
        with path.open("rb") as file:
            return read(file.read(MAX_BYTES + 1))
    except DocumentError as error:
        raise DocumentError(f"{_one_line(str(path))}: {error}") from None
    except (OSError, ValueError) as error:
        raise DocumentError(f"{_one_line(str(path))}: {_reason(error)}") from None


def save(document: OpenedDocument, path: Path) -> None:
    """Write the document to a file, whole or not at all: on any failure what was there before stays.

    Raises DocumentError, its message beginning with the file's name.
    """
    try:
        replace_file(Path(os.path.realpath(path)), write(document))
    except DocumentError as error:
        raise DocumentError(f"{_one_line(str(path))}: not saved: {_placed(str(error))}") from None
    except (OSError, ValueError) as error:
        raise DocumentError(f"{_one_line(str(path))}: not saved: {_reason(error)}") from None


def _reason(error: OSError | ValueError) -> str:
    text = getattr(error, "strerror", None) or str(error)
    return text[:1].lower() + text[1:]
