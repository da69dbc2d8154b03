"""Marks between thousands, and dates, in the cells of tables."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reluviz.document.table_cells import date_style, days, is_date, since_first, tells_groups, without_groups
from reluviz.document.table_reading import read_table


@pytest.mark.parametrize(
    ("cell", "decimal", "plain", "tells"),
    [
        ("1.234,5", ",", "1234.5", True),
        ("1.234", ",", "1234", False),
        ("12.345.678", ",", "12345678", True),
        ("-1,234.5", ".", "-1234.5", True),
        ("1 234,5", ",", "1234.5", True),
        ("1\u202f234", ".", "1234", True),
        ("1'234.5", ".", "1234.5", True),
        ("1.5", ",", None, False),
        ("1.234.56", ",", None, False),
        ("1.234 567", ",", None, False),
        ("1234,5", ",", None, False),
        ("", ",", None, False),
    ],
)
def test_marks_between_thousands(cell: str, decimal: str, plain: str | None, tells: bool) -> None:
    assert without_groups(cell, decimal) == plain
    assert tells_groups(cell, decimal) is tells


@given(st.dates(date(1, 1, 2), date(9999, 12, 30)))
def test_a_date_is_its_days_in_every_style(day: date) -> None:
    wanted = (day - date(1970, 1, 1)) / timedelta(days=1)
    year = f"{day.year:04d}"
    assert days(day.isoformat(), "year first") == wanted
    assert days(f"{day.day}.{day.month}.{year}", "day first") == wanted
    assert days(f"{day.month}/{day.day:02d}/{year}", "month first") == wanted
    assert is_date(day.isoformat())


@pytest.mark.parametrize(
    ("cell", "style", "wanted"),
    [
        ("2024-01-01T12:00", "year first", 19723.5),
        ("2024-01-01 06:00:00.0000000", "year first", 19723.25),
        ("2024-01-01 02:00+02:00", "year first", 19723.0),
        ("2024-01-01T00:00:00Z", "year first", 19723.0),
        ("2024-01", "year first", 19723.0),
        ("1.1.2024, 18:00", "day first", 19723.75),
        ("12:00", "time", 0.5),
        ("2024-02-30", "year first", None),
        ("13/13/2024", "month first", None),
        ("25:00", "time", None),
        ("0001-01-01 00:00+23:00", "year first", None),
        ("2024-01-01 and more", "year first", None),
    ],
)
def test_dates_with_times(cell: str, style: str, wanted: float | None) -> None:
    assert days(cell, style) == wanted


def test_day_and_month_are_told_apart_by_the_whole_column() -> None:
    assert date_style(["01/02/2024", "13/02/2024"], ".") == "day first"
    assert date_style(["01/02/2024", "02/13/2024"], ",") == "month first"
    assert date_style(["01/02/2024"], ",") == "day first"
    assert date_style(["01/02/2024"], ".") == "month first"
    assert date_style(["1", "2", "2024-01-01"], ".") is None
    assert not any(map(is_date, ["1.5", "x", "", "1/2", "12:3", "2024-1"]))


@pytest.mark.parametrize(
    ("written", "name", "last"),
    [
        (("2024-01-01", "2024-01-03"), "days since 2024-01-01", 2.0),
        (("2024-01-01 00:00", "2024-01-02 12:00"), "hours since 2024-01-01", 36.0),
        (("2024-01-01 08:15", "2024-01-01 10:15"), "minutes since 2024-01-01 08:15", 120.0),
        (("2024-01-01 08:15", "2024-03-01 08:15"), "days since 2024-01-01 08:15", 60.0),
    ],
)
def test_dates_are_counted_from_the_first(written: tuple[str, ...], name: str, last: float) -> None:
    x = np.array([days(cell, "year first") for cell in written], dtype=np.float64)
    counted, what = since_first(x, "year first")
    assert counted.tolist() == [0.0, last]
    assert what == name


def test_times_are_counted_from_the_first() -> None:
    assert since_first(np.array([0.5, 0.75]), "time")[1] == "hours since 12:00"
    assert since_first(np.array([0.5, 0.501]), "time")[1] == "seconds since 12:00"


def test_a_table_of_dates_is_read() -> None:
    table = read_table("date,visitors\n2024-01-01,108.4\noops,1\n2024-01-03,101.4\n2024-01-02,99\n,5\n")
    assert table.x.tolist() == [0.0, 2.0, 1.0]
    assert (table.x_name, table.y_name) == ("days since 2024-01-01", "visitors")
    assert [(r.line, r.reason) for r in table.rejections] == [(3, "x 'oops' is not a date"), (6, "x is empty")]
    several = read_table("when;a;b\n2024-01-01;1,5;2\n2024-01-02;2,5;3\n")
    assert (several.x_name, several.y_name) == ("a", "b")
    named = read_table("y;x\n1,5;1.2.2024\n2,5;2.2.2024\n")
    assert (named.x.tolist(), named.y.tolist()) == ([0.0, 1.0], [1.5, 2.5])


def test_thousands_in_a_table() -> None:
    table = read_table("1;1.234,5\n2;999,5\n3;1.000\n4;1.5\n")
    assert table.y.tolist() == [1234.5, 999.5, 1000.0]
    assert table.rejections[0].reason == "y '1.5' has a point, where decimals have a comma"
    assert read_table('"1,234.5","2"\n"2","3"\n').x.tolist() == [1234.5, 2.0]
    # These are decimals as long as nothing says otherwise.
    assert read_table("1;1,234\n2;2,345\n").y.tolist() == [1.234, 2.345]
