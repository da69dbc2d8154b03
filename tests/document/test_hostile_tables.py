"""Files that are no good tables, or are hardly ones: each read or refused, with what and where in one line.

The files lie in `hostile_tables`, as other programs, instruments and accidents left them.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from reluviz.cli import main
from reluviz.core.data_target import DataTarget
from reluviz.document.table_bytes import TableError, decoded, read_bytes
from reluviz.document.table_reading import read_table

FOLDER = Path(__file__).parent / "hostile_tables"

REFUSED = {
    "all_nan": "no line has two numbers",
    "blank": "empty",
    "brackets": "no line has two numbers",
    "commas": "no line has two numbers",
    "control_letters": "not a text file",
    "document": "not a text file but a PDF document",
    "empty": "empty",
    "half_utf16": "not a text in UTF-16 (byte 8)",
    "header_only": "no line has two numbers",
    "mark_alone": "empty",
    "old_spreadsheet": "not a text file but an old spreadsheet; in the spreadsheet program, save it as CSV",
    "one_column": "only one column of numbers: a target needs x and y",
    "packed": "not a text file but compressed; unpack it first",
    "picture": "not a text file",
    "prose": "no line has two numbers",
    "quotes": "no line has two numbers",
    "spreadsheet": "not a text file but a spreadsheet or an archive; in the spreadsheet program, save it as CSV",
    "zeros": "not a text file",
}
NO_TARGET = {
    "constant_x": "all 3 rows have x = 2: data need at least two different x",
    "one_row": "one row: data need at least 2",
}
READ = {
    "byte_order_mark": "2 rows",
    "duplicate_x": "3 rows",
    "empty_cells": "2 rows, 2 left out (line 2: x is empty)",
    "far_out": "2 rows, 1 left out (line 2: x = 2e+09 lies outside ±1e+09)",
    "formula_cell": "2 rows, 1 left out (line 3: x '=2+3' is not a number)",
    "infinite": "2 rows, 1 left out (line 2: x is too large for a number)",
    "latin1": "2 rows",
    "long_word": "2 rows, 1 left out (line 2: x 'zzzzzzzzzzzzzzzzzzzzzzz…' is not a number)",
    "nan": "2 rows, 1 left out (line 2: y is not a number)",
    "no_header": "2 rows",
    "old_mac": "2 rows",
    "ragged": "2 rows, 2 left out (line 2: 1 column instead of 2)",
    "second_header": "2 rows, 1 left out (line 3: x 'x' is not a number)",
    "thousands": "2 rows, 1 left out (line 2: x '1.000' has a point, where decimals have a comma)",
    "too_large": "2 rows, 1 left out (line 2: y is too large for a number)",
    "total_below": "2 rows, 1 left out (line 5: x 'Sum' is not a number)",
    "unclosed_quote": "3 rows, 1 left out (line 2: a quote is not closed)",
    "utf16": "2 rows",
    "utf16_no_mark": "2 rows",
    "words": "2 rows, 2 left out (line 2: x 'missing' is not a number)",
}


def file(name: str) -> Path:
    return FOLDER / f"{name}.csv"


def test_every_file_is_told_of() -> None:
    told = {**REFUSED, **NO_TARGET, **READ}
    assert {path.stem for path in FOLDER.iterdir()} == set(told)
    assert len(told) == 40


@pytest.mark.parametrize(("name", "message"), REFUSED.items())
def test_what_is_refused(name: str, message: str) -> None:
    with pytest.raises(TableError) as raised:
        read_table(decoded(read_bytes(file(name)))[0])
    assert str(raised.value) == message


@pytest.mark.parametrize(("name", "summary"), READ.items())
def test_what_is_read(name: str, summary: str) -> None:
    table = read_table(decoded(read_bytes(file(name)))[0])
    assert table.summary() == summary
    assert len(DataTarget(table.x, table.y).rows[0]) == len(table.x) >= 2


@pytest.mark.parametrize(("name", "message"), {**REFUSED, **NO_TARGET}.items())
def test_the_command_line_refuses_it_in_one_line(capsys: pytest.CaptureFixture[str], name: str, message: str) -> None:
    assert main(["train", "--target", str(file(name)), "--steps", "0"]) == 2
    out, err = capsys.readouterr()
    assert (out, err) == ("", f"reluviz: --target: {name}.csv: {message}\n")


@pytest.mark.parametrize(("name", "summary"), [(name, text) for name, text in READ.items() if "left out" in text])
def test_the_command_line_says_what_it_left_out(capsys: pytest.CaptureFixture[str], name: str, summary: str) -> None:
    assert main(["train", "--target", str(file(name)), "--steps", "0", "--json"]) == 0
    assert f"reluviz: {name}.csv: {summary}\n" in capsys.readouterr().err
