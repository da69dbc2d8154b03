"""Numbers with marks between their thousands, and dates, as they are written in the cells of a table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache

import numpy as np

from reluviz.core.arrays import FloatArray

_BESIDE_DECIMALS = {",": ".", ".": ","}
_SPACES = " '’\u00a0\u2009\u202f"
_EPOCH = datetime(1970, 1, 1)  # a table says nothing of time zones
_CLOCK = r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,](?P<part>\d{1,6})\d*)?)?"
_TAIL = rf"(?:(?:T|,? +){_CLOCK} ?(?:Z|(?P<zone>[+-]\d{{2}}):?(?P<zone_minute>\d{{2}}))?)?"
_DAY, _MONTH, _YEAR, _AGAIN = r"(?P<day>\d{1,2})", r"(?P<month>\d{1,2})", r"(?P<year>\d{4})", "(?P=mark)"
_STYLES = {
    "year first": re.compile(rf"{_YEAR}(?:(?P<mark>[-/.]){_MONTH}{_AGAIN}{_DAY}|-(?P<only_month>\d\d)){_TAIL}"),
    "day first": re.compile(rf"{_DAY}(?P<mark>[-/.]){_MONTH}{_AGAIN}{_YEAR}{_TAIL}"),
    "month first": re.compile(rf"{_MONTH}(?P<mark>[-/]){_DAY}{_AGAIN}{_YEAR}{_TAIL}"),
    "time": re.compile(_CLOCK),
}
_PLAIN = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?)?", re.ASCII)
_DAY_LONG = timedelta(days=1)
_MAY_BE_DATE = re.compile(r"\d{1,4}[-/.:]\d")
# The longest span that is told in each unit is a few of the next one.
_UNITS = (("seconds", 86_400.0), ("minutes", 1440.0), ("hours", 24.0), ("days", 1.0))
_LONGEST = 180.0


def _grouped_pattern(decimal: str) -> re.Pattern[str]:
    mark = f"(?P<mark>[{re.escape(_BESIDE_DECIMALS[decimal] + _SPACES)}])"
    whole = rf"(?P<whole>[+-]?\d{{1,3}}{mark}\d{{3}}(?:{_AGAIN}\d{{3}})*)"
    return re.compile(rf"{whole}(?P<rest>(?:{re.escape(decimal)}\d*)?)")


_GROUPED = {decimal: _grouped_pattern(decimal) for decimal in _BESIDE_DECIMALS}


def without_groups(cell: str, decimal: str) -> str | None:
    """A number such as 1.234,5 (with the `decimal` sign ",") as 1234.5; None for what has no marks at its thousands."""
    match = _GROUPED[decimal].fullmatch(cell)
    if match is None:
        return None
    return match["whole"].replace(match["mark"], "") + match["rest"].replace(decimal, ".")


def tells_groups(cell: str, decimal: str) -> bool:
    """Whether a cell can be nothing but a number with marks at its thousands: 1.234 alone may have decimals."""
    match = _GROUPED[decimal].fullmatch(cell)
    if match is None:
        return False
    return bool(match["rest"]) or match["mark"] in _SPACES or match["whole"].count(match["mark"]) > 1


def date_style(cells: Sequence[str], decimal: str) -> str | None:
    """How the dates or times in a column are written; None where fewer than half of the cells are such.

    Where all days may be months, a decimal comma speaks for the day before the month.
    """
    order = ["year first", "day first", "month first", "time"]
    if decimal == ".":
        order[1:3] = reversed(order[1:3])
    counts = {style: sum(days(cell, style) is not None for cell in cells) for style in order}
    best = max(order, key=lambda style: counts[style])
    return best if 2 * counts[best] > len(cells) else None


@lru_cache(maxsize=8192)
def is_date(cell: str) -> bool:
    """Whether a cell is a date or a time, in whatever style."""
    return _MAY_BE_DATE.match(cell) is not None and any(days(cell, style) is not None for style in _STYLES)


def days(cell: str, style: str) -> float | None:
    """The days since 1970, or since midnight for a time; None for what is not written so, or in no calendar."""
    if style == "year first" and _PLAIN.fullmatch(cell):
        # Most are written so, and read many times as fast.
        try:
            return (datetime.fromisoformat(cell) - _EPOCH) / _DAY_LONG
        except ValueError:
            return None
    match = _STYLES[style].fullmatch(cell)
    if match is None:
        return None
    found = match.groupdict()
    hour, minute, second = (int(found[name] or 0) for name in ("hour", "minute", "second"))
    part = int((found["part"] or "").ljust(6, "0"))
    try:
        if style == "time":
            moment = datetime(1970, 1, 1, hour, minute, second, part)
        else:
            month, day = int(found["month"] or found["only_month"]), int(found["day"] or 1)
            moment = datetime(int(found["year"]), month, day, hour, minute, second, part)
            if found["zone"]:
                hours = int(found["zone"])
                minutes = int(found["zone_minute"]) * (-1 if found["zone"][0] == "-" else 1)
                moment -= timedelta(hours=hours, minutes=minutes)
    except (ValueError, OverflowError):
        return None
    return (moment - _EPOCH) / _DAY_LONG


def since_first(x: FloatArray, style: str) -> tuple[FloatArray, str]:
    """Days as numbers in the unit that suits their span, counted from the first, and what these numbers are."""
    first = float(x.min())
    span = float(x.max()) - first
    whole = bool((x == np.floor(x)).all()) and style != "time"
    unit, per_day = next((unit for unit in _UNITS if not whole and span * unit[1] <= _LONGEST), _UNITS[-1])
    # A day's fraction is exact to a hundredth of a millisecond.
    seconds = np.round((x - first) * 86_400.0, 5)
    moment = _EPOCH + timedelta(seconds=round(first * 86_400.0))
    written = moment.strftime("%H:%M") if style == "time" else moment.strftime("%Y-%m-%d %H:%M").removesuffix(" 00:00")
    return np.round(seconds / (86_400.0 / per_day), 9), f"{unit} since {written}"
