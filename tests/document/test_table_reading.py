"""Tables that other programs wrote: what is read, what is left out and why, and what is refused."""

from __future__ import annotations

import codecs
import csv
import gc
import re

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from yardstick import times_as_dear

from reluviz.core.table import BLANKS, DELIMITERS, TableFormat
from reluviz.core.target import MAX_POINTS
from reluviz.document import table_bytes
from reluviz.document.table_bytes import TableError, decoded, read_bytes
from reluviz.document.table_format import guessed_format, preview, unguessed_format
from reluviz.document.table_reading import ReadingCancelled, _Reader, read_table


def table(data, form=None):
    return read_table(decoded(data if isinstance(data, bytes) else data.encode())[0], form)


def rows(result):
    return list(zip(result.x.tolist(), result.y.tolist(), strict=True))


WANTED = [(1.5, -2.0), (2.5, 1000.0), (2.5, 4.25)]


@pytest.mark.parametrize(
    "data",
    [
        b"1.5,-2\n2.5,1e3\n2.5,4.25",
        b"x,y\n1.5,-2\n2.5,1e3\n2.5,4.25\n",
        b"1.5;-2\r\n2.5;1e3\r\n2.5;4.25\r\n",
        b"1,5;-2\n2,5;1e3\n2,5;4,25\n",
        b"1.5\t-2\r2.5\t1e3\r2.5\t4.25",
        b"1,5\t-2\n2,5\t1000,0\n2,5\t4,25",
        b"  1.5   -2\n  2.5  1e3 \n2.5 \t 4.25\n\n\n",
        b"1,5 -2,0\n2,5 1e3\n2,5 4,25\n",
        b"1.5|-2|\n2.5|1e3|\n2.5|4.25|\n",
        b"1.5, -2\n2.5, 1e3\n2.5, 4.25\n",
        b'"1,5","-2"\n"2,5","1000"\n"2,5","4,25"\n',
        b'"x ""hat""";"y"\n"1.5";"-2"\n"2.5";"1e3"\n"2.5";"4.25"\n',
        b"# measured on Monday\n# x y\n1.5 -2\n# a break\n2.5 1e3\n2.5 4.25\n",
        b"sep=;\nx;y\n1,5;-2\n2,5;1e3\n2,5;4,25\n",
        b"Sensor A\nof the lab\n\nx,y\n1.5,-2\n2.5,1e3\n2.5,4.25\n",
        b",x,y\n0,1.5,-2\n1,2.5,1e3\n2,2.5,4.25\n",
        b"y,when,x\n-2,Monday,1.5\n1e3,Tuesday,2.5\n4.25,Sunday,2.5\n",
        b"when;who;a;b\n2024-01-01;Eve;1,5;-2\n2024-01-02;Bob;2,5;1e3\n2024-01-03;Eve;2,5;4,25\n",
        "1.5,−2\n2.5,1e3\n2.5,4.25\n".encode(),
        codecs.BOM_UTF8 + b"x,y\n1.5,-2\n2.5,1e3\n2.5,4.25\n",
        "x\ty\n1,5\t-2\n2,5\t1e3\n2,5\t4,25\n".encode("utf-16"),
        codecs.BOM_UTF16_BE + "x,y\n1.5,-2\n2.5,1e3\n2.5,4.25\n".encode("utf-16-be"),
        "1.5,-2\n2.5,1e3\n2.5,4.25\n".encode("utf-16-le"),
        "1.5,-2\n2.5,1e3\n2.5,4.25\n".encode("utf-16-be"),
        "x,y\n1.5,-2\n2.5,1e3\n2.5,4.25\n".encode("utf-32"),
        "Größe,Länge\n1.5,-2\n2.5,1e3\n2.5,4.25\n".encode("latin-1"),
    ],
)
def test_every_way_of_writing_the_same_rows(data):
    result = table(data)
    assert rows(result) == WANTED
    assert result.rejected == 0
    assert result.summary() == "3 rows"
    assert not result.x.flags.writeable


def test_names_of_the_columns():
    text = "Zeit in s;Größe\n1;2\n3;4\n"
    result = table(text.encode("latin-1"))
    assert (result.x_name, result.y_name) == ("Zeit in s", "Größe")
    bare = table("1 2\n3 4\n")
    assert (bare.x_name, bare.y_name) == ("column 1", "column 2")


def test_a_preview_and_another_choice():
    text = "t,u,\x07v\n1,2,3\n\n4,5\n6,7,8\n9,10,11\n"
    form = guessed_format(text)
    assert form == TableFormat(",", ".", 1, 3, 0, 1)
    shown = preview(text, form, rows=3)
    assert shown.names == ("t", "u", "v")
    assert shown.rows == (("1", "2", "3"), ("4", "5"), ("6", "7", "8"))
    chosen = read_table(text, TableFormat(",", ".", 2, 3, 2, 0))
    assert rows(chosen) == [(8.0, 6.0), (11.0, 9.0)]
    assert (chosen.x_name, chosen.y_name) == ("3", "1")
    assert read_table("1,2\n3,4\n").y_name == "column 2"
    assert preview("1;2\n'3", TableFormat(";"), 9).rows == (("1", "2"), ("'3",))


# Rows that are left out: the data, the rows that stay, and why the first one does not.
LEAVING = {
    "ragged": ("1,2\n3\n4,5,6\n7,8\n", 2, 2, 2, "1 column instead of 2"),
    "unclosed quote": ('1,2\n3,"4\n5,6\n7,8\n', 3, 1, 2, "a quote is not closed"),
    "NaN": ("1,2\n3,NaN\n4,5\n", 2, 1, 2, "y is not a number"),
    "nan in x": ("1,2\nnan,2\n4,5\n", 2, 1, 2, "x is not a number"),
    "1e999": ("1,2\n3,1e999\n4,5\n", 2, 1, 2, "y is too large for a number"),
    "1e999 among others": ("1,2\n3,1e999\n4,5\nx,x\n", 2, 2, 4, "x 'x' is not a number"),
    "infinity": ("1,2\n-inf,3\n4,5\n", 2, 1, 2, "x is too large for a number"),
    "far out": ("1,2\n2e9,3\n4,5\n", 2, 1, 2, r"x = 2e\+09 lies outside ±1e\+09"),
    "far up": ("1,2\n2,3e101\n4,5\n", 2, 1, 2, r"y = 3e\+101 lies outside"),
    "empty cells": ("1,2\n,3\n4,\n5,6\n", 2, 2, 2, "x is empty"),
    "words": ("1,2\nmissing,3\n4,n/a\n5,6\n", 2, 2, 2, "x 'missing' is not a number"),
    "thousands": ("1;2,5\n1.000;2,5\n4;5,0\n", 2, 1, 2, "x '1.000' has a point, where decimals have a comma"),
    "underscores": ("1,2\n1_0,2\n4,5\n", 2, 1, 2, "x '1_0' is not a number"),
    "units": ("1;2 m\n3;4\n5;6\n", 2, 0, 0, ""),
    "a second header": ("x,y\n1,2\nx,y\n3,4\n", 2, 1, 3, "x 'x' is not a number"),
    "a very long word": ("1,2\n" + "z" * 100_000 + ",3\n4,5\n", 2, 1, 2, "x 'zzzz.*…' is not a number"),
    "control letters": ("1,2\n" * 2000 + "\x1b[31m,3\n", 2000, 1, 2001, r"x ' \[31m' is not a number"),
    "a page feed": ("1,2\n3,4\x0c\n5,6\n", 3, 0, 0, ""),
    "a total": ("x;y\n1;2\n3;4\n\nSum;6\n", 2, 1, 5, "x 'Sum' is not a number"),
}


@pytest.mark.parametrize(("text", "kept", "rejected", "line", "reason"), LEAVING.values(), ids=LEAVING)
def test_rows_that_are_left_out(text, kept, rejected, line, reason):
    result = table(text)
    assert (len(result.x), result.rejected) == (kept, rejected)
    assert len(result.rejections) == min(rejected, 100)
    if rejected:
        assert result.rejections[0].line == line
        assert re.fullmatch(reason + ".*", result.rejections[0].reason)
        assert result.rejections[0].reason.isprintable()
        assert f"{rejected} left out (line {line}: " in result.summary()


# What is no table at all.
REFUSED = {
    "empty": (b"", "empty"),
    "blank": (b" \n\t\n", "empty"),
    "a mark and nothing": (codecs.BOM_UTF8 + b"\n", "empty"),
    "header only": (b"x,y\n", "no line has two numbers"),
    "prose": (b"Dear reader,\nthere are 2 numbers here, 3 with this.\n", "no line has two numbers"),
    "one column": (b"1\n2\n3\n", "only one column of numbers: a target needs x and y"),
    "one column, decimal comma": (b"1,5;\n2,5;\n", "two numbers|one column"),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)), "not a text file"),
    "random bytes": (np.random.default_rng(0).bytes(5000), "not a text file"),
    "zeros": (bytes(5000), "not a text file"),
    "a spreadsheet": (b"PK\x03\x04" + bytes(100), "save it as CSV"),
    "an old spreadsheet": (b"\xd0\xcf\x11\xe0" + bytes(100), "save it as CSV"),
    "a PDF": (b"%PDF-1.7\n1 0\n2 0\n", "a PDF document"),
    "gzip": (b"\x1f\x8b\x08" + bytes(30), "unpack it"),
    "half of UTF-16": (codecs.BOM_UTF16_LE + b"1\x00,\x002\x00\n", "not a text in UTF-16"),
    "all NaN": (b"x,y\nnan,nan\nnan,nan\n", "no line has two numbers"),
    "a bracket": (b"[" * 100_000, "no line has two numbers"),
    "commas": (b"," * 100_000, "no line has two numbers"),
    "quotes": (b'"' * 100_001, "no line has two numbers"),
}


@pytest.mark.parametrize(("data", "message"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_table(data, message):
    with pytest.raises(TableError, match=message) as raised:
        table(data)
    assert str(raised.value).isprintable()


def test_a_format_that_does_not_fit():
    with pytest.raises(TableError, match=r"no row has .* \(line 1: 1 column instead of 2\)"):
        table("1,2\n3,4\n", TableFormat(";"))
    with pytest.raises(TableError, match="no column 3 for y among 2"):
        table("1,2\n3,4\n", TableFormat(y_column=2))
    with pytest.raises(TableError, match="a point or a comma"):
        table("1,2\n3,4\n", TableFormat(decimal="'"))
    with pytest.raises(TableError, match="not a text in ASCII"):
        decoded("1,ü".encode(), "ascii")
    with pytest.raises(TableError, match="no encoding 'klingon'"):
        decoded(b"1,2", "klingon")
    assert decoded("1,ü".encode("latin-1"))[1] == "latin-1"


def test_too_many_bytes_and_too_many_rows(monkeypatch):
    monkeypatch.setattr(table_bytes, "MAX_BYTES", 1 << 20)
    with pytest.raises(TableError, match="larger than 1 MB"):
        decoded(b"1,2\n" * (1 << 18) + b"3")
    with pytest.raises(TableError, match=f"more than {MAX_POINTS} rows"):
        read_table("1,2\n" * (MAX_POINTS + 1))


def numbered_rows(count):
    x = np.linspace(-3.0, 3.0, count).round(6)
    return x, "x,y\n" + "".join(f"{value},{index}\n" for index, value in enumerate(x.tolist()))


def test_a_million_rows_are_read_and_can_be_cancelled():
    x, text = numbered_rows(MAX_POINTS)
    told = []

    def go_on(part):
        told.append(part)
        return True

    result = read_table(text, go_on=go_on)
    assert np.array_equal(result.x, x)
    assert np.array_equal(result.y, np.arange(MAX_POINTS))
    assert len(told) > 30
    assert (np.diff(told) > 0).all()
    assert told[-1] == 1.0
    with pytest.raises(ReadingCancelled):
        read_table(text, go_on=lambda part: part < 0.1)


def test_plain_rows_are_read_at_once(monkeypatch):
    _, text = numbered_rows(100_000)
    monkeypatch.setattr(_Reader, "_one_by_one", lambda *_: pytest.fail("a row was read on its own"))

    def usual(_):
        return [(float(x), float(y)) for x, y in csv.reader(text.splitlines()[1:])]

    # Measured: 0.7.
    assert times_as_dear(lambda _: read_table(text), usual, rounds=4) < 3.0


def test_many_rows_do_not_set_off_the_garbage_collection():
    """In a program that holds a lot, its full walks took as long as the reading itself."""
    _, text = numbered_rows(100_000)
    walks = []

    def note(phase, about):
        walks.append(about["generation"])

    gc.collect()
    gc.callbacks.append(note)
    try:
        read_table(text)
    finally:
        gc.callbacks.remove(note)
    assert len(walks) < 20
    assert 2 not in walks


def test_lines_are_counted_over_blocks():
    text = "x,y\n" + "1.25,2.5\n" * 100_000 + "oops,1\n" + "1.25,2.5\n" * 10 + "1,2,3\n"
    result = read_table(text)
    assert len(result.x) == 100_010
    assert [(r.line, r.reason) for r in result.rejections] == [
        (100_002, "x 'oops' is not a number"),
        (100_013, "3 columns instead of 2"),
    ]


def test_files(tmp_path):
    path = tmp_path / "data.csv"
    path.write_bytes(b"1,2\n3,4\n")
    assert rows(table(read_bytes(path))) == [(1.0, 2.0), (3.0, 4.0)]
    path.unlink()
    with pytest.raises(TableError, match="no such file"):
        read_bytes(path)
    with pytest.raises(TableError, match="not a file"):
        read_bytes(tmp_path)
    with pytest.raises(TableError, match="null"):
        read_bytes(tmp_path / "a\0b")


finite = st.floats(-1e9, 1e9)


@given(
    st.lists(st.tuples(finite, st.floats(-1e100, 1e100)), min_size=2, max_size=30),
    st.sampled_from([(",", "."), (";", "."), (";", ","), ("\t", ","), ("|", "."), (" ", ".")]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "latin-1"]),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.booleans(),
)
def test_what_was_written_is_read_again(values, signs, encoding, end, header):
    delimiter, decimal = signs
    lines = [delimiter.join((repr(x), repr(y))).replace(".", decimal) for x, y in values]
    data = end.join((["a" + delimiter + "b"] if header else []) + lines).encode(encoding)
    result = table(data)
    assert result.rejected == 0
    assert rows(result) == values
    assert result.format.delimiter == (BLANKS if delimiter == " " else delimiter)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data):
    try:
        result = table(data)
    except TableError as error:
        message = str(error)
    else:
        message = result.summary()
        assert np.isfinite(result.x).all()
        assert np.isfinite(result.y).all()
    assert message.isprintable()


@given(st.text('0123456789.,;|\t "-e#\nxNa', max_size=120))
def test_any_signs_are_read_or_refused(text):
    test_any_bytes_are_read_or_refused.hypothesis.inner_test(text.encode())


def test_signs_that_the_user_gives():
    text = "x;y\n1,5;2,5\n3,5;4,5\n"
    assert guessed_format(text) == guessed_format(text, ";", ",") == TableFormat(";", ",", 1, 2, 0, 1)
    with pytest.raises(TableError):
        guessed_format(text, "\t")
    assert guessed_format(text, decimal=",").delimiter == ";"
    assert guessed_format("sep=;\n1,2\n3,4\n", ",").delimiter == ","
    assert unguessed_format(text, "\t", ".") == TableFormat("\t", ".", 0, 1, 0, 0)
    assert unguessed_format(text, ",", ",").columns == 3
    assert unguessed_format('"\n', ",", ".").columns == 1


ODD_CELLS = [
    "",
    " ",
    "nan",
    "-inf",
    "1e999",
    "2e9",
    "1_0",
    "0x1",
    "1,5",
    "1.5.",
    "\x0b",
    "\xa04",
    "４",
    "−7",
    '"8"',
    '"9',
    "#",
]


@given(
    st.lists(st.lists(st.just("-2.5") | st.sampled_from(ODD_CELLS), min_size=1, max_size=4), min_size=1, max_size=3),
    st.sampled_from([*DELIMITERS, ":"]),
    st.sampled_from([".", ","]),
    st.integers(1, 3),
    st.integers(0, 2),
)
@example([["1", '"2', "3"]], ",", ".", 3, 0)
@example([[""], ["2e9"], ["1"]], ",", ".", 1, 0)
@example([[""], [""]], ",", ".", 1, 0)
@settings(max_examples=300)
def test_what_is_read_at_once_is_what_is_read_row_by_row(cells, delimiter, decimal, columns, header):
    text = "\n".join(map(delimiter.join, cells))
    form = TableFormat(delimiter, decimal, header, columns, columns - 1, 0)

    def outcome():
        try:
            result = read_table(text, form)
        except TableError as error:
            return str(error).partition(":")[0]
        return rows(result), result.rejected, [rejection.line for rejection in result.rejections]

    at_once = outcome()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_Reader, "_at_once", lambda *_: False)
        assert outcome() == at_once
