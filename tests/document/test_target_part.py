"""Formulas and data as targets of a document."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reluviz.core.data_target import DataTarget
from reluviz.core.formula_target import FormulaTarget
from reluviz.core.settings import TrainingSettings
from reluviz.core.target import MAX_POINTS
from reluviz.document.storage import DocumentError, OpenedDocument, read, write

DATA = DataTarget([1.0, 0.1 + 0.2, 1.0], [2.0, -1e-300, 4.0], -1.0, 3.0, "Größe.csv", "t in s", "U in V")
FORMULA = FormulaTarget("where(x<0, −1, x²) + π", -2.0, 5.0)


def tree(target):
    return json.loads(write(OpenedDocument(title="", target=target)))


@pytest.mark.parametrize("target", [FORMULA, DATA])
def test_a_target_comes_back(target):
    assert read(write(OpenedDocument(title="", target=target))).target == target


def test_how_they_are_written():
    assert tree(FORMULA)["target"] == {"kind": "formula", "formula": FORMULA.text, "domain": [-2.0, 5.0]}
    written = tree(DATA)["target"]
    assert (written["kind"], written["name"], written["x_name"]) == ("data", "Größe.csv", "t in s")
    assert (written["x"], written["y"]) == ([0.1 + 0.2, 1.0, 1.0], [-1e-300, 2.0, 4.0])


@given(
    st.lists(st.tuples(st.floats(-1e9, 1e9), st.floats(-1e100, 1e100)), min_size=2, max_size=30).filter(
        lambda rows: max(rows)[0] - min(rows)[0] > 10.0
    )
)
def test_data_come_back_bit_for_bit(rows):
    data = DataTarget(*np.transpose(rows))
    assert read(write(OpenedDocument(title="", target=data))).target == data


def test_a_million_rows_come_back():
    # The longest numbers there are: the file must not become larger than is read.
    x = np.linspace(-1e9, -0.9e9, MAX_POINTS)
    data = DataTarget(x, -1.2345678901234567e-100 * (1.0 + np.arange(MAX_POINTS) / MAX_POINTS))
    assert read(write(OpenedDocument(title="", target=data))).target == data


@pytest.mark.parametrize(
    ("target", "key", "value", "expected"),
    [
        (FORMULA, "formula", "2x", r"target\.formula: column 2: an operator is missing: write 2\*x"),
        (FORMULA, "formula", "", r"target\.formula: column 1: the formula is empty"),
        (FORMULA, "formula", "__import__('os')", r"target\.formula: column 12: "),
        (FORMULA, "formula", "sqrt(-1)", r"target\.formula: column 1: .* no value"),
        (FORMULA, "formula", "x+" * 300 + "x", r"target\.formula: expected str of length <= 400"),
        (FORMULA, "formula", 3, r"target\.formula: expected str, got int"),
        (FORMULA, "domain", [1, 1], r"target: the domain's end"),
        (FORMULA, "name", "sine", r"target: object contains unknown field name"),
        (DATA, "x", [1, 2], r"target: x and y must be lists of the same length"),
        (DATA, "x", [1, 1, 1], r"target: all 3 rows have x = 1"),
        (DATA, "x", [1, "2", 3], r"target\.x\[1\]: expected float, got str"),
        (DATA, "y", [1, None, 3], r"target\.y\[1\]: expected float, got null"),
        (DATA, "y", [1, 1e200, 3], r"target: the data's y must lie within"),
        (DATA, "domain", [50, 60], r"target: there are no data between 50 and 60"),
        (DATA, "name", "n" * 500, r"target\.name: expected str of length <= 400"),
        (DATA, "name", "a\nb", r"target\.name: the text contains a control character"),
    ],
)
def test_impossible_targets_are_located(target, key, value, expected):
    whole = tree(target)
    whole["target"][key] = value
    with pytest.raises(DocumentError, match=expected):
        read(json.dumps(whole).encode())


def test_a_batch_is_held_against_the_rows():
    settings = TrainingSettings(batch_size=3)
    assert read(write(OpenedDocument(title="", target=DATA, settings=settings))).settings == settings
    with pytest.raises(DocumentError, match="a batch of 4 is more than the 3 samples"):
        write(OpenedDocument(title="", target=DATA, settings=TrainingSettings(batch_size=4)))
