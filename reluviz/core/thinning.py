"""Which moments of a run to keep where not all can be kept: more where it moves fast."""

from __future__ import annotations

import numpy as np

from reluviz.core.activation import Activation
from reluviz.core.arrays import FloatArray, IntArray
from reluviz.core.recording import Outputs

# An interval cannot be divided: what it is too wide for is given to the others, in so many rounds.
_ROUNDS = 4
_FEWEST = 1e-300


def kept_moments(steps: FloatArray, losses: FloatArray, outputs: Outputs, count: int) -> IntArray:
    """Numbers of at most `count` >= 2 moments, ascending, the first and the last among them.

    `steps` and `losses` have shape (moments,), `outputs` (moments, places): the network's output at some places. A
    third of the moments is spread evenly over the steps, a third over the course of log J, a third over the way that
    the output went.
    """
    moments = len(steps)
    if moments <= count:
        return np.arange(moments)
    intervals = np.zeros(moments - 1)
    for measure in (np.diff(steps), loss_changes(losses), output_changes(outputs)):
        intervals += _even_shares(measure, count)
    intervals = _even_shares(intervals, count)
    way = np.concatenate(([0.0], np.cumsum(intervals)))
    chosen = np.searchsorted(way, np.linspace(0.0, way[-1], count) - 1e-12)
    chosen[0], chosen[-1] = 0, moments - 1
    return np.unique(chosen)


def loss_changes(losses: FloatArray) -> FloatArray:
    """|change of log10 J| from each moment to the next, shape (moments − 1,)."""
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.log10(np.maximum(losses, _FEWEST))
        return np.asarray(np.nan_to_num(np.abs(np.diff(logs)), nan=0.0, posinf=300.0))


def output_changes(outputs: Outputs) -> FloatArray:
    """The root mean square of the output's change from each moment to the next, shape (moments − 1,)."""
    with np.errstate(over="ignore", invalid="ignore"):
        steps = np.diff(outputs.astype(np.float64), axis=0)
        return np.asarray(np.nan_to_num(np.sqrt(np.mean(np.square(steps), axis=1)), nan=0.0, posinf=1e150))


def outputs_at(vector: FloatArray, activation: Activation, places: FloatArray) -> FloatArray:
    """The output at `places` of the network with this parameter vector, of their shape; it may overflow."""
    n = (len(vector) - 1) // 3
    with np.errstate(all="ignore"):
        rays = activation(vector[:n] * places[:, None] + vector[n : 2 * n])
        return np.asarray(rays @ vector[2 * n : 3 * n] + vector[3 * n])


def _even_shares(measure: FloatArray, count: int) -> FloatArray:
    """`measure` scaled to sum 1, no interval with more than one of `count` shares; zeros where all are."""
    total = float(measure.sum())
    if not total > 0.0:
        return np.zeros(len(measure))
    shares = measure / total
    for _ in range(_ROUNDS):
        shares = np.minimum(shares, 1.0 / count)
        shares = shares / shares.sum()
    return np.asarray(shares)
