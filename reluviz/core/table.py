"""A table of numbers from another program, as values: how it is written, how it begins, and what was read of it."""

from __future__ import annotations

from dataclasses import dataclass

from reluviz.core.arrays import FloatArray

BLANKS = " "
"""The delimiter that stands for any number of blanks and tabs."""
DELIMITERS = ("\t", ";", ",", "|", BLANKS)
COMMENT = "#"


@dataclass(frozen=True)
class TableFormat:
    """How to read a table. Columns are counted from 0; `columns` is how many each row has.

    `header_lines` lines come before the numbers; the last one of them that is not empty names the columns.
    `thousands`: there are marks between them, as in 1.234,5. `dates` are the columns of dates or times, each with the
    style in which they are written.
    """

    delimiter: str = ","
    decimal: str = "."
    header_lines: int = 0
    columns: int = 2
    x_column: int = 0
    y_column: int = 1
    thousands: bool = False
    dates: tuple[tuple[int, str], ...] = ()

    def date_style(self, column: int) -> str | None:
        """How the dates in a column are written; None where it holds none."""
        return dict(self.dates).get(column)


@dataclass(frozen=True)
class TablePreview:
    """The beginning of a table: its columns' names, its first rows as they are written, and their lines, from 1."""

    names: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...] = ()


@dataclass(frozen=True)
class Rejection:
    """A row that is left out: its line, from 1, and why."""

    line: int
    reason: str


@dataclass(frozen=True, eq=False)
class Table:
    """The rows with two numbers, in their order: `x` and `y` of shape (rows,), read-only."""

    x: FloatArray
    y: FloatArray
    x_name: str
    y_name: str
    format: TableFormat
    rejected: int
    rejections: tuple[Rejection, ...]
    """The first few of the rejected rows."""

    def summary(self) -> str:
        """How many rows there are and were left out, in one line."""
        rows = f"{len(self.x)} row{'s' if len(self.x) != 1 else ''}"
        if not self.rejected:
            return rows
        first = self.rejections[0]
        return f"{rows}, {self.rejected} left out (line {first.line}: {first.reason})"
