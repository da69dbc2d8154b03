"""Curves, parameters and losses as tables of text, in full precision."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import numpy as np

from reluviz.core.arrays import FloatArray
from reluviz.core.history import LossCurve
from reluviz.core.network import Network
from reluviz.core.notation import count_text
from reluviz.core.target import Target

GRID_POINTS = 401
# Some 200 MB of text.
MAX_CELLS = 10_000_000


def check_curves(network: Network, target: Target) -> None:
    """Raises ValueError where the table of `curves_csv` would be too large for any reader."""
    rows = len(network.vertices(target.low, target.high)) + len(target.polyline()) + GRID_POINTS
    if rows * network.neurons > MAX_CELLS:
        raise ValueError(
            f"the curves of {count_text(network.neurons)} neurons at {count_text(rows)} places "
            f"are more than {count_text(MAX_CELLS)} numbers"
        )


def curves_csv(network: Network, target: Target, points: int = GRID_POINTS, rows: int | None = None) -> str:
    """x, target, output and every contribution, at all corners of any of the lines and at `points` x evenly apart.

    A column says which rows are corners: through these alone the lines can be drawn exactly. Cells are empty where
    there is no value. Only the first `rows`, if that is given.
    """
    low, high = target.low, target.high
    corners = target.polyline()[:, 0]
    with np.errstate(all="ignore"):
        corners = np.unique(np.concatenate((corners[np.isfinite(corners)], network.vertices(low, high)[:, 0])))
        x = np.union1d(corners, np.linspace(low, high, points))[:rows]
        columns = [x, np.isin(x, corners), target(x), network.output(x), *network.contributions(x)]
    names = ["x", "corner", "target", "output"]
    names += [f"contribution_{j + 1}" for j in range(network.neurons)]
    return _table(names, columns)


def parameters_csv(network: Network) -> str:
    """A row for each neuron: its number from 1, hidden weight v, hidden bias b, output weight w, and its kink.

    The output bias stands in the last row, numbered 0.
    """
    numbers = np.arange(1, network.neurons + 1, dtype=np.float64)
    blank = np.full(1, np.nan)
    columns = [
        np.append(numbers, 0.0),
        np.append(network.hidden_weight, blank),
        np.append(network.hidden_bias, network.output_bias),
        np.append(network.output_weight, blank),
        np.append(network.kinks, blank),
    ]
    return _table(["neuron", "v", "b", "w", "kink"], columns)


def losses_csv(curve: LossCurve) -> str:
    """Steps and losses J, and those of the validation samples where there are some."""
    if len(curve.validation):
        return _table(["step", "loss", "validation_loss"], [curve.steps, curve.losses, curve.validation])
    return _table(["step", "loss"], [curve.steps, curve.losses])


def _table(names: Sequence[str], columns: Iterable[FloatArray]) -> str:
    rows = np.column_stack([np.asarray(column, dtype=np.float64) for column in columns]).tolist()
    lines = [",".join(names)]
    lines += [",".join(map(_cell, row)) for row in rows]
    return "\n".join(lines) + "\n"


def _cell(value: float) -> str:
    """As many digits as tell the number from every other, no decimal point in whole ones, "" for NaN."""
    return "" if math.isnan(value) else repr(value + 0.0).removesuffix(".0")
