"""Reading a table of numbers as x and y: row by row, and what cannot be used is left out, counted and explained."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence

import numpy as np

from reluviz.core.arrays import FloatArray, frozen
from reluviz.core.table import BLANKS, COMMENT, Rejection, Table, TableFormat
from reluviz.core.target import MAX_ABSCISSA, MAX_ORDINATE, MAX_POINTS
from reluviz.document.table_bytes import TableError
from reluviz.document.table_cells import days, since_first, without_groups
from reluviz.document.table_format import cells_of, column_names, guessed_format

# NumPy lets no other thread run while it reads a block: 2 ms.
_BLOCK_LETTERS = 1 << 16
# Where something in a block is special, only so many lines with it are read one by one.
_FEW_LINES = 256
_EXPLAINED = 100

GoOn = Callable[[float], bool]


class ReadingCancelled(Exception):  # noqa: N818  # what the user asked for is no error
    """The reading was broken off on demand."""


def read_table(text: str, form: TableFormat | None = None, go_on: GoOn | None = None) -> Table:
    """The table in `text` (see `decoded`), in the format `form` or, by default, as it is guessed.

    `go_on` is called with the part of the text that has been read, several times a second; where it returns False,
    ReadingCancelled is raised. Raises TableError where no row has two numbers or more than MAX_POINTS have. Empty lines
    and those that begin with # are passed over. A quote ends with its line.
    """
    form = guessed_format(text) if form is None else form
    _check(form)
    reader = _Reader(form)
    first, start = 1, 0
    while start < len(text):
        end = text.find("\n", min(start + _BLOCK_LETTERS, len(text)))
        end = len(text) if end < 0 else end
        lines = text[start:end].replace("−", "-").split("\n")
        reader.read(lines, first)
        first, start = first + len(lines), end + 1
        if go_on is not None and not go_on(min(start / len(text), 1.0)):
            raise ReadingCancelled
    names = column_names(text[: 1 << 17].split("\n")[: form.header_lines], form.delimiter, form.columns)
    return reader.table(names[form.x_column], names[form.y_column])


def _check(form: TableFormat) -> None:
    for name, column in (("x", form.x_column), ("y", form.y_column)):
        if not 0 <= column < form.columns:
            raise TableError(f"there is no column {column + 1} for {name} among {form.columns}")
    if form.decimal not in {".", ","} or not form.delimiter:
        raise TableError("a table needs a delimiter, and a point or a comma in its numbers")


class _Reader:
    """Takes in lines, block by block."""

    def __init__(self, form: TableFormat) -> None:
        self._form = form
        self._dates = form.date_style(form.x_column)
        self._count = 0
        self._x: list[FloatArray] = []
        self._y: list[FloatArray] = []
        self._rejected = 0
        self._rejections: list[Rejection] = []

    def read(self, lines: list[str], first: int) -> None:
        """Takes in lines, the first of them line number `first` of the text."""
        if first > self._form.header_lines and self._at_once(lines, range(first, first + len(lines))):
            return
        numbered = [
            (number, line)
            for number, line in enumerate(lines, first)
            if line and line[0] != COMMENT and number > self._form.header_lines
        ]
        for start in range(0, len(numbered), _FEW_LINES):
            numbers, few = zip(*numbered[start : start + _FEW_LINES], strict=True)
            if not self._at_once(few, numbers):
                self._one_by_one(few, numbers)

    def table(self, x_name: str, y_name: str) -> Table:
        if self._count == 0:
            why = f" (line {self._rejections[0].line}: {self._rejections[0].reason})" if self._rejections else ""
            raise TableError(f"no row has a number for x and one for y{why}")
        x, y = np.concatenate(self._x), frozen(np.concatenate(self._y))
        if self._dates is not None:
            x, x_name = since_first(x, self._dates)
        x = frozen(x)
        return Table(x, y, x_name, y_name, self._form, self._rejected, tuple(self._rejections))

    def _at_once(self, lines: Sequence[str], numbers: Sequence[int]) -> bool:
        """Takes in lines in which nothing is special, several times as fast. Whether they were such.

        No object is made for a cell: millions of them would make the garbage collection of a large program walk
        through all that it holds, again and again.
        """
        form = self._form
        if self._dates is not None:
            return False
        whole = "\n".join(lines)
        if '"' in whole or whole.isspace() or any(width != form.columns for width in self._widths(lines)):
            return False
        if form.decimal == ",":
            if "." in whole or form.delimiter == ",":
                return False
            lines = whole.replace(",", ".").split("\n")
        delimiter = None if form.delimiter == BLANKS else form.delimiter
        columns = (form.x_column, form.y_column)
        try:
            values = np.loadtxt(lines, delimiter=delimiter, comments=None, usecols=columns, ndmin=2)
        except ValueError:
            return False
        # NumPy passes over a line of blanks.
        if len(values) != len(lines):
            return False
        self._take(values[:, 0], values[:, 1], numbers)
        return True

    def _widths(self, lines: Sequence[str]) -> Iterator[int]:
        """How many cells each line has, if it has no quotes."""
        if self._form.delimiter == BLANKS:
            return (len(line.split()) for line in lines)
        return (line.count(self._form.delimiter) + 1 for line in lines)

    def _one_by_one(self, lines: Sequence[str], line_numbers: Sequence[int]) -> None:
        x, y, numbers = [], [], []
        for number, line in zip(line_numbers, lines, strict=True):
            try:
                pair = self._plain_pair(line) or self._pair(line)
            except ValueError as error:
                self._reject(number, str(error))
                continue
            if pair is not None:
                x.append(pair[0])
                y.append(pair[1])
                numbers.append(number)
        self._take(np.array(x), np.array(y), numbers)

    def _plain_pair(self, line: str) -> tuple[float, float] | None:
        """(x, y) of a line in which nothing is special, None of any other: most lines are plain even among others."""
        form = self._form
        row = line.split(None if form.delimiter == BLANKS else form.delimiter)
        if self._dates is not None or form.decimal == "," or len(row) != form.columns or '"' in line or "_" in line:
            return None
        try:
            return float(row[form.x_column]), float(row[form.y_column])
        except ValueError:
            return None

    def _pair(self, line: str) -> tuple[float, float] | None:
        """(x, y) of a line, None for one of blanks. Raises ValueError with the reason why it has none."""
        form = self._form
        cells = cells_of(line, form.delimiter)
        if not any(cells):
            return None
        while len(cells) > form.columns and not cells[-1]:
            cells.pop()
        if len(cells) != form.columns:
            raise ValueError(f"{len(cells)} column{'s' if len(cells) != 1 else ''} instead of {form.columns}")
        cell = cells[form.x_column]
        x = self._number(cell, "x") if self._dates is None else _day(cell, self._dates)
        return x, self._number(cells[form.y_column], "y")

    def _number(self, cell: str, name: str) -> float:
        if not cell:
            raise ValueError(f"{name} is empty")
        shown = _shown(cell)
        plain = without_groups(cell, self._form.decimal) if self._form.thousands else None
        if plain is not None:
            cell = plain
        elif self._form.decimal == ",":
            if "." in cell:
                raise ValueError(f"{name} '{shown}' has a point, where decimals have a comma")
            cell = cell.replace(",", ".")
        try:
            value = float("?" if "_" in cell else cell)
        except ValueError:
            raise ValueError(f"{name} '{shown}' is not a number") from None
        if math.isinf(value):
            raise ValueError(f"{name} '{shown}' is too large for a number")
        return value

    def _take(self, x: FloatArray, y: FloatArray, numbers: Sequence[int]) -> None:
        """Keeps the values that can be computed with; their lines' numbers are for the others."""
        with np.errstate(invalid="ignore"):
            usable = (np.abs(x) <= MAX_ABSCISSA) & (np.abs(y) <= MAX_ORDINATE)
        for i in np.flatnonzero(~usable).tolist():
            self._reject(numbers[i], _reason(float(x[i]), float(y[i])))
        self._x.append(x[usable])
        self._y.append(y[usable])
        self._count += int(np.count_nonzero(usable))
        if self._count > MAX_POINTS:
            raise TableError(f"more than {MAX_POINTS} rows of numbers: keep every tenth, or a part of them")

    def _reject(self, line: int, reason: str) -> None:
        self._rejected += 1
        if len(self._rejections) < _EXPLAINED:
            self._rejections.append(Rejection(line, reason))


def _day(cell: str, style: str) -> float:
    """A date as a number of days. Raises ValueError."""
    if not cell:
        raise ValueError("x is empty")
    day = days(cell, style)
    if day is None:
        raise ValueError(f"x '{_shown(cell)}' is not a {'time' if style == 'time' else 'date'}")
    return day


def _shown(cell: str) -> str:
    shown = cell if len(cell) <= 24 else cell[:23] + "…"
    return "".join(letter if letter.isprintable() else " " for letter in shown)


def _reason(x: float, y: float) -> str:
    """Why two numbers cannot be used."""
    for name, value, limit in (("x", x, MAX_ABSCISSA), ("y", y, MAX_ORDINATE)):
        if math.isnan(value):
            return f"{name} is not a number"
        if math.isinf(value):
            return f"{name} is too large for a number"
        if abs(value) > limit:
            return f"{name} = {value:g} lies outside ±{limit:.0e}"
    raise AssertionError("both can be used")
