"""Hostile formulas on the command line: one line that names the column, and nothing is executed."""

from __future__ import annotations

import re

import pytest
from hostile_formulas import HOSTILE

from reluviz.cli import main

# What the gallery calls two of its functions is understood here, and a minus in front makes an option.
GIVEN = [row for row in HOSTILE if row[0] not in {"|x|", "1/(1 + 25x²)"} and not row[0].startswith("-")]


def test_there_are_more_than_fifty() -> None:
    assert len({text for text, _, _ in HOSTILE}) == len(HOSTILE) > 50


@pytest.mark.parametrize(("text", "column", "message"), GIVEN, ids=lambda value: repr(value)[:24])
def test_a_hostile_formula_is_refused_in_one_line(
    capsys: pytest.CaptureFixture[str], text: str, column: int, message: str
) -> None:
    assert main(["train", "--target", text, "--steps", "0"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert err.removesuffix("\n").isprintable()
    if text.isidentifier():
        assert "--target: unknown '" in err
    else:
        assert re.search(rf"--target: '.*', column {column + 1}: .*{message}", err), err
