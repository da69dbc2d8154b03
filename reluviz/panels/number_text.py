"""Numbers as people type them: true minus sign or hyphen, decimal comma or point, scientific notation either way."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from reluviz.core.notation import MINUS, superscript, value_text

_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻" + MINUS, "0123456789--")
_SPACES = re.compile(r"[\s\u2009\u202f\u00a0]")
_POWER = re.compile(r"[·×*]10\^?(?=[+-]?\d+$)")
_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}([.,]\d{3})+")
_NUMBER = re.compile(r"[+-]?(\d+[.,]?\d*|[.,]\d+)(e[+-]?\d+)?", re.IGNORECASE)
_QUOTED_CHARACTERS = 20


def parsed_number(text: str) -> float:
    """The finite number that `text` writes. Raises ValueError, quoting the text, where it writes none."""
    plain = _SPACES.sub("", text).translate(_DIGITS)
    plain = _POWER.sub("e", plain)
    value = float(plain.replace(",", ".")) if _NUMBER.fullmatch(plain) else math.nan
    if not math.isfinite(value):
        raise ValueError(f"{quoted(text)} is not a finite number")
    return value + 0.0


def parsed_share(text: str) -> float:
    """As `parsed_number`; a part can also be written in percent: 30 % is 0.3."""
    plain = text.strip()
    if not plain.endswith("%"):
        return parsed_number(text)
    try:
        return parsed_number(plain[:-1]) / 100.0
    except ValueError:
        raise ValueError(f"{quoted(text)} is not a finite number") from None


def parsed_count(text: str) -> int:
    """The whole number that `text` writes, with or without separators between its thousands. Raises ValueError."""
    plain = _SPACES.sub("", text)
    if _THOUSANDS.fullmatch(plain):
        plain = plain.replace(".", "").replace(",", "")
    value = parsed_number(plain)
    if value != round(value):
        raise ValueError(f"{quoted(text)} is not a whole number")
    return round(value)


def quoted(text: str) -> str:
    """`text` between quotation marks, cut where it is long."""
    text = " ".join(text.split())
    return f"'{text}'" if len(text) <= _QUOTED_CHARACTERS else f"'{text[:_QUOTED_CHARACTERS]}…'"


def full_text(value: float) -> str:
    """`value` with all its digits, the shortest text that gives exactly the same number again."""
    text = repr(float(value))
    text = text.removesuffix(".0")
    return text.replace("-", MINUS)


def exact_text(value: float) -> str:
    """`value` in up to four digits, without the zeros that the user need not see: 0.01, −3, 1·10⁻⁵, 0.3333."""
    for digits in (1, 2, 3):
        text = value_text(value, digits)
        if parsed_number(text) == value:
            return text
    return value_text(value)


def narrowing_texts(value: float) -> Iterator[str]:
    """`value` in fewer and fewer characters; the last is as −10⁵, or −3e5."""
    if value == 0 or not math.isfinite(value):
        yield value_text(value)
        return
    for digits in (4, 3, 2, 1):
        yield value_text(value, digits)
    mantissa, power = f"{value:.0e}".split("e")
    order = f"10{superscript(int(power))}"
    yield f"{mantissa}·{order}".replace("-", MINUS)
    # The digit stays: 3e−4 is as narrow as 10⁻⁴, which would be another number.
    yield (
        ((MINUS if value < 0 else "") + order)
        if abs(int(mantissa)) == 1
        else f"{mantissa}e{int(power)}".replace("-", MINUS)
    )


def limit_text(value: float) -> str:
    """A limit such as 1·10⁹ or 10000, for messages."""
    return value_text(value, 1)
