"""How a table of numbers is written, guessed from its start: delimiter, decimal sign, header, columns.

Python's csv.Sniffer is no help here: it looks for letters that are equally frequent in all lines, so that it takes a
decimal comma for the delimiter and fails on a single column. What is wanted is known: at least two numbers a line.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from reluviz.core.table import BLANKS, COMMENT, DELIMITERS, TableFormat, TablePreview
from reluviz.document.table_bytes import TableError
from reluviz.document.table_cells import date_style, is_date, tells_groups, without_groups

_SAMPLE_LETTERS = 1 << 17
_SAMPLE_LINES = 300
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_EXCEL_HINT = re.compile(r"sep=(.)", re.IGNORECASE)

Row = list[str]


def cells_of(line: str, delimiter: str) -> Row:
    """The cells of one line. Raises ValueError where a quote is not closed."""
    if delimiter == BLANKS:
        return line.split()
    if '"' in line:
        try:
            return [
                cell.strip()
                for cell in next(csv.reader([line], delimiter=delimiter, skipinitialspace=True, strict=True))
            ]
        except csv.Error:
            raise ValueError("a quote is not closed") from None
    return [cell.strip() for cell in line.split(delimiter)]


def guessed_format(text: str, delimiter: str | None = None, decimal: str | None = None) -> TableFormat:
    """The format in which most of the first lines have two numbers, with the signs that are given.

    A date or a time counts as one of the two. Raises TableError where no line has them.
    """
    lines = text[:_SAMPLE_LETTERS].replace("−", "-").split("\n")
    if len(text) > _SAMPLE_LETTERS:
        # The last one is cut.
        lines = lines[:-1] or lines
    lines = lines[:_SAMPLE_LINES]
    if not any(line.strip() for line in lines):
        raise TableError("empty")
    hint = _EXCEL_HINT.fullmatch(lines[0].strip())
    if delimiter is None and hint:
        delimiter = hint[1]
    best = max((_Reading(lines, *way) for way in _ways(lines, delimiter, decimal)), key=lambda way: way.merit)
    if not best.fitting:
        if best.single:
            raise TableError("only one column of numbers: a target needs x and y")
        raise TableError("no line has two numbers")
    return best.format()


def _ways(lines: Sequence[str], delimiter: str | None, decimal: str | None) -> list[tuple[str, str]]:
    """(delimiter, decimal sign) to try, the more usual before the less."""
    quoted = any('"' in line for line in lines)
    return [
        (mark, point)
        for point in ((decimal,) if decimal else (".", ","))
        for mark in ((delimiter,) if delimiter else DELIMITERS)
        if quoted or mark != point or (delimiter and decimal)
    ]


class _Reading:
    """The first lines read in one way."""

    def __init__(self, lines: Sequence[str], delimiter: str, decimal: str) -> None:
        self._lines, self._delimiter, self._decimal = lines, delimiter, decimal
        self._rows: dict[int, Row] = {}
        for number, line in enumerate(lines):
            if line.strip() and not line.startswith(COMMENT):
                try:
                    self._rows[number] = cells_of(line, delimiter)
                except ValueError:
                    continue
        self._thousands = any(tells_groups(cell, decimal) for row in self._rows.values() for cell in row)
        counts = {number: sum(map(self._is_number, row)) for number, row in self._rows.items()}
        values = {number: count + sum(map(self._is_date, self._rows[number])) for number, count in counts.items()}
        self.fitting = [
            number
            for number, count in values.items()
            if counts[number] and count >= max(2, self._least(self._rows[number]))
        ]
        """The lines, from 0, with two numbers or more, or with a number and a date."""
        self.single = any(count == 1 and len(self._rows[number]) == 1 for number, count in counts.items())
        widths = Counter(len(self._rows[number]) for number in self.fitting)
        self._width, alike = widths.most_common(1)[0] if widths else (0, 0)
        cells = sum(width * count for width, count in widths.items())
        share = sum(values[number] for number in self.fitting) / cells if cells else 0.0
        self.merit = (alike, share, self.single)
        """The more lines of the same number of columns, the better; of equals, the one with less that is no number."""

    def _least(self, row: Row) -> float:
        """How many numbers a line needs: one of words with blanks between is no row, even if it names two numbers."""
        return 0.5 * len(row) if self._delimiter == BLANKS else 0.0

    def _is_date(self, cell: str) -> bool:
        return not self._is_number(cell) and is_date(cell)

    def _is_number(self, cell: str) -> bool:
        if self._thousands and without_groups(cell, self._decimal) is not None:
            return True
        if self._decimal == ",":
            cell = cell.replace(".", "?").replace(",", ".")
            if cell.endswith("."):
                return False
        return _NUMBER.fullmatch(cell) is not None

    def format(self) -> TableFormat:
        """With the columns named x and y, else the first two of numbers; a column that counts the rows is neither.

        Dates are x where only one column has numbers.
        """
        rows = [self._rows[number] for number in self.fitting if len(self._rows[number]) == self._width]
        numeric = [i for i in range(self._width) if 2 * sum(self._is_number(row[i]) for row in rows) > len(rows)]
        dated = {i: style for i in range(self._width) if (style := self._date_style([row[i] for row in rows]))}
        if not numeric or len(numeric) + len(dated) < 2:
            raise TableError("no two columns of numbers")
        header = next(n for n in self.fitting if len(self._rows[n]) == self._width)
        names = column_names(self._lines[:header], self._delimiter, self._width)
        lower = [name.lower() for name in names]
        named = (lower.index("x"), lower.index("y")) if "x" in lower and "y" in lower else None
        if named and named[0] in {*numeric, *dated} and named[1] in numeric:
            x, y = named
        elif len(numeric) < 2:
            x = min(dated)
            y = next((i for i in numeric if i > x), numeric[0])
        else:
            counting = len(numeric) > 2 and self._is_row_number([row[numeric[0]] for row in rows], names[numeric[0]])
            x, y = numeric[1:3] if counting else numeric[:2]
        form = TableFormat(self._delimiter, self._decimal, header, self._width, x, y)
        return replace(form, thousands=self._thousands, dates=tuple(dated.items()))

    def _date_style(self, cells: list[str]) -> str | None:
        return date_style(cells, self._decimal) if 2 * sum(map(self._is_date, cells)) > len(cells) else None

    @staticmethod
    def _is_row_number(cells: list[str], name: str) -> bool:
        """Whether a column without a name counts the rows, as data frames write it."""
        return name.startswith("column ") and cells in (
            [str(i) for i in range(len(cells))],
            [str(i + 1) for i in range(len(cells))],
        )


def column_names(header: Sequence[str], delimiter: str, columns: int) -> tuple[str, ...]:
    """The names that the last line before the numbers gives the columns; "column 1" … where it gives none."""
    cells: Row = []
    for line in reversed(header):
        if line.strip():
            try:
                cells = cells_of(line.lstrip(COMMENT).strip() if line.startswith(COMMENT) else line, delimiter)
            except ValueError:
                cells = []
            break
    if len(cells) != columns:
        cells = [""] * columns
    return tuple(_shown(cell) or f"column {i + 1}" for i, cell in enumerate(cells))


def unguessed_format(text: str, delimiter: str, decimal: str) -> TableFormat:
    """What can be said of a text in which no line has two numbers when it is read with these signs."""
    lines = [line for line in text[:_SAMPLE_LETTERS].split("\n")[:_SAMPLE_LINES] if line.strip()]
    widths: Counter[int] = Counter()
    for line in lines:
        try:
            widths[len(cells_of(line, delimiter))] += 1
        except ValueError:
            continue
    columns = widths.most_common(1)[0][0] if widths else 1
    return TableFormat(delimiter, decimal, 0, columns, 0, min(1, columns - 1))


def preview(text: str, form: TableFormat, rows: int = 20) -> TablePreview:
    """The first rows behind the header, read in a format; a row that cannot be taken apart is one cell."""
    lines = text[:_SAMPLE_LETTERS].split("\n")
    shown: list[tuple[str, ...]] = []
    numbers: list[int] = []
    for number, line in enumerate(lines[form.header_lines :], form.header_lines + 1):
        if not line.strip() or line.startswith(COMMENT):
            continue
        if len(shown) == rows:
            break
        try:
            cells = cells_of(line, form.delimiter)
        except ValueError:
            cells = [line]
        shown.append(tuple(map(_shown, cells)))
        numbers.append(number)
    names = column_names(lines[: form.header_lines], form.delimiter, form.columns)
    return TablePreview(names, tuple(shown), tuple(numbers))


def _shown(cell: str) -> str:
    line = " ".join("".join(letter if letter.isprintable() else " " for letter in cell).split())
    return line if len(line) <= 40 else line[:39] + "…"
