"""What `--target NAME|FORMULA|CSV` stands for."""

from __future__ import annotations

import sys
from pathlib import Path

from reluviz.command_line.arguments import UsageError, shown, suggestion
from reluviz.core.data_target import DataTarget
from reluviz.core.formula import FormulaError
from reluviz.core.formula_target import FormulaTarget
from reluviz.core.target import FUNCTIONS, FunctionTarget, Target
from reluviz.document.table_bytes import decoded, read_bytes
from reluviz.document.table_reading import read_table

_TABLES = {".csv", ".tsv", ".txt", ".dat"}


def chosen_target(text: str, low: float, high: float) -> Target:
    """The target that `text` names: a function by its name or label, a file of data, else a formula.

    On [low, high]; data bring their own domain, and say on stderr what was left out. Raises UsageError.
    """
    wanted = _loosely(text)
    for name, function in FUNCTIONS.items():
        if wanted in (name, _loosely(function.label)):
            return FunctionTarget(name, low, high)
    path = Path(text)
    if path.suffix.lower() in _TABLES:
        return _data(path)
    try:
        return FormulaTarget(text, low, high)
    except FormulaError as error:
        if text.isidentifier():
            raise UsageError(
                f"--target: unknown '{shown(text)}'{suggestion(text, FUNCTIONS)} "
                f"(a formula in x, a file of data with a name in .csv, or one of {', '.join(FUNCTIONS)})"
            ) from None
        raise UsageError(f"--target: '{shown(text)}', column {error.column + 1}: {error}") from None


def _data(path: Path) -> DataTarget:
    try:
        table = read_table(decoded(read_bytes(path))[0])
        if table.rejected:
            print(f"reluviz: {shown(path.name)}: {table.summary()}", file=sys.stderr)
        return DataTarget(table.x, table.y, name=shown(path.name), x_name=table.x_name, y_name=table.y_name)
    except ValueError as error:
        raise UsageError(f"--target: {shown(path.name)}: {error}") from None


def _loosely(formula: str) -> str:
    written = formula.lower().replace("**", "^")
    for sign, plain in (("²", "^2"), ("³", "^3"), ("−", "-"), ("·", ""), ("*", ""), (" ", "")):
        written = written.replace(sign, plain)
    return written
