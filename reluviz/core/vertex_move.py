"""Dragging a corner of the output: the parameters follow so that all other corners, and the edges, stay where they are.

A corner at the kink of neuron i is moved to (x, y). The bends of the output are given by its corners, so only the kinks
of corner i (through their hidden biases) and the output weights at the corners i − 1, i and i + 1 change, with the
output bias and the weights of neurons that are active on the whole domain. The output stays piecewise linear between
these corners: it is the wanted one everywhere if it has the wanted heights at them and at the domain's edges, which is
a small linear system. Where that has no solution, the other corners keep their places and this one comes as near as it
can.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from reluviz.core.arrays import BoolArray, FloatArray, IntArray
from reluviz.core.network import Network
from reluviz.core.notation import parameter_text
from reluviz.core.parameter import OUTPUT_BIAS, Kind, Locks, Parameter

# Neurons active on the whole domain can turn it by themselves; this many are enough, and keep the system small.
_MOST_TURNING = 4
# A corner may come this near to its neighbours, as part of the domain: there would be no segment left between them.
_NEAREST = 1e-4
# How far the corners that stay may move, as part of the largest number that is added up to get their heights.
# Where a corner cannot follow the hand, this many places are tried; not among more corners than anyone drags.
_PLACES = 6
_MOST_SEARCHED = 40
_TOLERANCE = 1e-10
# A solved value below this part of the largest one is rounding.
_NOISE = 1e-12
_LARGEST = float(np.finfo(np.float64).max)
_OTHERS = "the other corners"


@dataclass(frozen=True)
class VertexMove:
    """What a drag does: new parameter values, where the corner then is, and what held it back ("" if nothing did).

    All numbers are finite. `held_by` reads after "held by": "the other corners", "b₂, which is locked".
    """

    values: dict[Parameter, float]
    x: float
    y: float
    held_by: str = ""


def move_vertex(
    network: Network, locks: Locks, low: float, high: float, index: int, position: tuple[float, float]
) -> VertexMove:
    """Move corner `index` of `network.vertices(low, high)` towards `position`; the ends move up and down only.

    Raises IndexError for a corner that does not exist, ValueError for a position that is not finite.
    """
    corners = network.vertices(low, high)
    if not 0 <= index < len(corners):
        raise IndexError(f"no corner {index} in an output of {len(corners)}")
    if not np.isfinite(position).all():
        raise ValueError("a corner is moved to a finite place")
    here, wanted_y = float(corners[index, 0]), float(position[1])
    x, held_by = _allowed_x(network, locks, corners, index, float(position[0]))
    solved = _solve(network, locks, corners, index, (x, wanted_y))
    if solved is None and x != here:
        held_by = _lock_text(network, locks, corners, index, (x, wanted_y)) or _OTHERS
        x = here
        solved = _solve(network, locks, corners, index, (x, wanted_y))
    if solved is None:
        held_by = held_by or _lock_text(network, locks, corners, index, (x, wanted_y)) or _OTHERS
        y = float(np.nan_to_num(corners[index, 1], nan=0.0, posinf=_LARGEST, neginf=-_LARGEST))
        return VertexMove({}, here, y, held_by)
    values, y = solved
    if not _reached(y, wanted_y):
        held_by = held_by or _lock_text(network, locks, corners, index, (x, wanted_y)) or _OTHERS
        # Here y follows from x: of the places on the way there, the one nearest to the hand.
        values, x, y = _nearest_on_the_way(network, locks, corners, index, (x, wanted_y), (values, x, y))
    return VertexMove(values, x, y, held_by)


def _nearest_on_the_way(
    network: Network,
    locks: Locks,
    corners: FloatArray,
    index: int,
    wanted: tuple[float, float],
    solved: tuple[dict[Parameter, float], float, float],
) -> tuple[dict[Parameter, float], float, float]:
    """The best of some places between where the corner is and the wanted x; distances as the picture shows them."""
    if len(corners) > _MOST_SEARCHED:
        return solved
    width = float(corners[-1, 0] - corners[0, 0])
    height = max(float(np.ptp(corners[:, 1])), 1e-300)
    best, least = solved, np.hypot(0.0, (solved[2] - wanted[1]) / height)
    for x in np.linspace(float(corners[index, 0]), wanted[0], _PLACES, endpoint=False):
        other = _solve(network, locks, corners, index, (float(x), wanted[1]))
        if other is not None:
            away = np.hypot((float(x) - wanted[0]) / width, (other[1] - wanted[1]) / height)
            if away < least:
                best, least = (other[0], float(x), other[1]), away
    return best


def _reached(y: float, wanted: float) -> bool:
    return abs(y - wanted) <= 1e-9 * max(1.0, abs(wanted))


def _allowed_x(network: Network, locks: Locks, corners: FloatArray, index: int, x: float) -> tuple[float, str]:
    """The x nearest to the wanted one that the corner may have, and what holds it."""
    here = float(corners[index, 0])
    if index in (0, len(corners) - 1) or x == here:
        return here, ""
    if len(network.activation.hinge_at) != 1:
        return here, "its neuron's other kinks"
    for j in np.flatnonzero(network.kinks == here):
        parameter = Parameter(Kind.HIDDEN_BIAS, int(j))
        if parameter in locks.locked:
            return here, f"{parameter_text(parameter)}, which is locked"
    gap = _NEAREST * float(corners[-1, 0] - corners[0, 0])
    # Corners that are too near already may stay so: a drag up and down must not push them apart.
    left = min(float(corners[index - 1, 0]) + gap, here)
    right = max(float(corners[index + 1, 0]) - gap, here)
    nearest = min(max(x, left), right)
    return nearest, "" if nearest == x else "its neighbour"


def _solve(
    network: Network, locks: Locks, corners: FloatArray, index: int, position: tuple[float, float]
) -> tuple[dict[Parameter, float], float] | None:
    """The new values with the corner at x and as near to y as can be, and its height; None where others would move."""
    x, y = position
    values = _biases(network, corners, index, x)
    if not np.isfinite(list(values.values())).all():
        return None
    moved = network.with_values(values)
    weights, rows = _free_weights(network, locks, corners, index)
    at = corners[rows, 0]
    mine = rows == index
    before = network.output(at)
    at[mine] = x
    rays = _activations(moved, weights, at)
    columns = np.column_stack((rays, np.ones(len(rows)))) if OUTPUT_BIAS not in locks.locked else rays
    with np.errstate(over="ignore", invalid="ignore"):
        missing = np.where(mine, y, before) - moved.output(at)
        size = max(_largest_term(network, corners[rows, 0]), _largest_term(moved, at), abs(y))
    if not (np.isfinite(columns).all() and np.isfinite(missing).all() and math.isfinite(size)):
        return None
    change = _nearest_solution(columns, missing, mine)
    for j, step in zip(weights, change, strict=False):
        values[Parameter(Kind.OUTPUT_WEIGHT, int(j))] = float(network.output_weight[j] + step)
    if OUTPUT_BIAS not in locks.locked:
        values[OUTPUT_BIAS] = float(network.output_bias + change[-1])
    if not np.isfinite(list(values.values())).all():
        return None
    # The result itself is looked at, not the system's solution: huge weights that cancel may have lost the digits.
    after = network.with_values(values).output(at)
    if not np.isfinite(after).all() or np.any(np.abs(after - before)[~mine] > _TOLERANCE * size):
        return None
    quiet = _without_noise(values)
    if quiet is not values:
        as_quiet = network.with_values(quiet).output(at)
        if np.all(np.abs(as_quiet - np.where(mine, after, before)) <= _TOLERANCE * size):
            return quiet, float(as_quiet[mine][0])
    return values, float(after[mine][0])


def _without_noise(values: dict[Parameter, float]) -> dict[Parameter, float]:
    """`values` with 0 for the output weights and the bias that are nothing but rounding of the others."""
    solved = [(p, abs(value)) for p, value in values.items() if p.kind is not Kind.HIDDEN_BIAS]
    least = _NOISE * max((size for _, size in solved), default=0.0)
    noise = {p: 0.0 for p, size in solved if 0.0 < size < least}
    return {**values, **noise} if noise else values


def _largest_term(network: Network, x: FloatArray) -> float:
    """The largest sum of absolute contributions at `x`: rounding of the output is some 1e−16 of it."""
    return float(np.abs(network.contributions(x)).sum(axis=0).max() + abs(network.output_bias))


def _nearest_solution(columns: FloatArray, missing: FloatArray, mine: BoolArray) -> FloatArray:
    """The smallest change that meets the other rows, and with what freedom is left mine, as well as possible."""
    change = np.zeros(columns.shape[1])
    size = np.abs(columns).max(axis=0, initial=0.0)
    # A ray that is off everywhere has no say; dividing by its size would blow rounding up.
    used = size > 1e-12 * size.max(initial=0.0)
    if not used.any():
        return change
    # Columns of equal size make the smallest change a fair one, and the rank clear.
    scaled = columns[:, used] / size[used]
    others, own = scaled[~mine], scaled[mine][0]
    left, singular, right = np.linalg.svd(others, full_matrices=False)
    rank = int(np.sum(singular > 1e-12 * singular[0])) if singular.size and singular[0] > 0.0 else 0
    left, singular, right = left[:, :rank], singular[:rank], right[:rank]
    with np.errstate(over="ignore", invalid="ignore"):
        step = right.T @ (left.T @ missing[~mine] / singular)
        # The part of my row that the others leave free; projected twice, as what is left after once may be rounding.
        reach = own - right.T @ (right @ own)
        reach = reach - right.T @ (right @ reach)
        length = float(reach @ reach)
        if length > 1e-18:
            step = step + reach * ((missing[mine][0] - own @ step) / length)
        change[used] = step / size[used]
    return change


def _biases(network: Network, corners: FloatArray, index: int, x: float) -> dict[Parameter, float]:
    """The hidden biases that put the kinks of corner `index` at x."""
    if x == corners[index, 0]:
        return {}
    at = network.activation.hinge_at[0]
    mine = np.flatnonzero(network.kinks == corners[index, 0])
    return {Parameter(Kind.HIDDEN_BIAS, int(j)): float(at - network.hidden_weight[j] * x) for j in mine}


def _free_weights(network: Network, locks: Locks, corners: FloatArray, index: int) -> tuple[IntArray, IntArray]:
    """The neurons whose output weights may change, and the corners to watch then.

    The neurons: unlocked ones at the near corners, and a few that are active without a kink on the whole domain. The
    corners: the near ones, the ends, and all others that these neurons have.
    """
    at = _hinges(network)
    low, high = corners[0, 0], corners[-1, 0]
    near = np.arange(max(index - 1, 0), min(index + 2, len(corners)))
    at_corner = np.isin(at, corners[near, 0]).any(axis=1)
    with np.errstate(over="ignore", invalid="ignore"):
        middle = network.hidden_weight * (low + (high - low) / 2) + network.hidden_bias
    whole = (network.hidden_weight != 0.0) & (network.activation.derivative(middle) != 0.0)
    whole &= ~(((at > low) & (at < high)).any(axis=1) | at_corner)
    turning = (j for j in np.flatnonzero(whole) if Parameter(Kind.OUTPUT_WEIGHT, int(j)) not in locks.locked)
    chosen = [j for j in np.flatnonzero(at_corner) if Parameter(Kind.OUTPUT_WEIGHT, int(j)) not in locks.locked]
    chosen += [j for j, _ in zip(turning, range(_MOST_TURNING), strict=False)]
    weights = np.array(chosen, dtype=np.int64)
    bent = np.flatnonzero(np.isin(corners[:, 0], at[weights]))
    return weights, np.unique(np.concatenate((near, bent, [0, len(corners) - 1])))


def _hinges(network: Network) -> FloatArray:
    """Where each neuron bends, shape (neurons, hinges), computed as `Network.vertices` does; NaN where v = 0."""
    at = np.asarray(network.activation.hinge_at)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        x = (at[None, :] - network.hidden_bias[:, None]) / network.hidden_weight[:, None]
    x[network.hidden_weight == 0.0] = np.nan
    return np.asarray(x + 0.0)


def _activations(network: Network, neurons: IntArray, x: FloatArray) -> FloatArray:
    """f(v·x + b) of some neurons, shape (len(x), len(neurons))."""
    with np.errstate(over="ignore", invalid="ignore"):
        return network.activation(network.hidden_weight[neurons] * x[:, None] + network.hidden_bias[neurons])


def _lock_text(network: Network, locks: Locks, corners: FloatArray, index: int, position: tuple[float, float]) -> str:
    """The locked parameter that would have to change most to get there, in words; "" where no lock is the reason."""
    free = _solve(network, Locks(), corners, index, position) if locks.locked else None
    if free is None or not _reached(free[1], position[1]):
        return ""
    change = {p: abs(value - network[p]) for p, value in free[0].items() if p in locks.locked}
    if not change:
        return ""
    return f"{parameter_text(max(change, key=change.__getitem__))}, which is locked"
