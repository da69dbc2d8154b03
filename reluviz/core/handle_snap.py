"""Snapping a handle in the hand: the network's output is brought onto the target's points, or the handle on the grid.

A kink goes to the x of a point. The output weight, the output bias and the turning of a ray change the output at x by
their change times their effect there, which is f(v·x + b), 1, or (for a factor on v and b together) the contribution:
where the output misses the point (x, y) by little, the change (y − ŷ(x)) / effect makes it pass through.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from reluviz.core.arrays import FloatArray
from reluviz.core.gauge import rotated
from reluviz.core.handles import value_at
from reluviz.core.network import Network
from reluviz.core.parameter import OUTPUT_BIAS, Kind, Locks, Parameter
from reluviz.core.second_kink import widened
from reluviz.core.snap import SnapGround, Snapped, snapped

Position = tuple[float, float]

# Where a handle moves the output only a little, a point would pull it far: it pulls by this many reaches at most.
_MOST_PULL = 4.0
# A point where the output moves by less than this part of what the handle does counts as not moved: passing it there
# would say nothing about where the handle is.
_LEAST_EFFECT = 0.02
_FEW_POINTS = 8


@dataclass(frozen=True)
class HandleSnap:
    """New values for the parameters in the hand. `to` is "point" (of index `point`), "grid", or "" where nothing pulls.

    "point" means that the output passes through the point, or, for a kink, that the kink has the point's x.
    """

    values: dict[Parameter, float]
    to: str = ""
    point: int | None = None


def snapped_value(
    network: Network,
    parameter: Parameter,
    low: float,
    high: float,
    position: Position,
    ground: SnapGround,
    at: float | None = None,
) -> HandleSnap | None:
    """What `value_at` (with the same arguments) gives for `position`, pulled by what is near; None where it does."""
    if parameter.kind is Kind.HIDDEN_BIAS:
        return _snapped_kink(network, parameter, low, high, position, ground)
    free = value_at(network, parameter, low, high, position, at)
    if free is None:
        return None
    moved = network.with_values({parameter: free})
    own = 1.0
    effect = np.ones(len(ground.points))
    if parameter != OUTPUT_BIAS:
        unit = value_at(network, parameter, low, high, (position[0], 1.0), at)
        own = 1.0 / unit if unit else 0.0
        effect = _of_neuron(network, parameter.neuron).activations(ground.points[:, 0])[0]
    found = _pulling_point(moved, ground, effect, own)
    if found is not None:
        return HandleSnap({parameter: free + found[1]}, "point", found[0])
    height = _height_on_grid(position, ground)
    on_grid = None if height is None else value_at(network, parameter, low, high, (position[0], height), at)
    return HandleSnap({parameter: free}) if on_grid is None else HandleSnap({parameter: on_grid}, "grid")


def snapped_turn(
    network: Network,
    neuron: int,
    low: float,
    high: float,
    position: Position,
    ground: SnapGround,
    locks: Locks | None = None,
) -> HandleSnap | None:
    """What `rotated` (with the same arguments) gives for `position`, pulled by what is near; None where it does."""
    free = rotated(network, neuron, low, high, position, locks)
    if free is None:
        return None
    moved = network.with_values(free)
    effect = _of_neuron(moved, neuron).contributions(ground.points[:, 0])[0]
    found = _pulling_point(moved, ground, effect, position[1])
    if found is not None and found[1] > -1.0:
        return HandleSnap({p: value * (1.0 + found[1]) for p, value in free.items()}, "point", found[0])
    height = _height_on_grid(position, ground)
    on_grid = None if not height else rotated(network, neuron, low, high, (position[0], height), locks)
    return HandleSnap(free) if on_grid is None else HandleSnap(on_grid, "grid")


def snapped_second_kink(
    network: Network,
    neuron: int,
    low: float,
    high: float,
    position: Position,
    ground: SnapGround,
    locks: Locks | None = None,
) -> HandleSnap | None:
    """What `widened` (with the same arguments) gives for `position`, pulled by what is near; None where it does."""
    place = snapped(position, reach_x=ground.reach_x, reach_y=0.0, grid_x=ground.grid_x, points=ground.points)
    values = widened(network, neuron, low, high, place.x, locks)
    return None if values is None else HandleSnap(values, place.x_to, _point_at(place, ground))


def _point_at(place: Snapped, ground: SnapGround) -> int | None:
    """The index of the point that has given a place its x."""
    return int(np.argmin(np.abs(ground.points[:, 0] - place.x))) if place.x_to == "point" else None


def _snapped_kink(
    network: Network, parameter: Parameter, low: float, high: float, position: Position, ground: SnapGround
) -> HandleSnap | None:
    place = snapped(position, reach_x=ground.reach_x, reach_y=0.0, grid_x=ground.grid_x, points=ground.points)
    value = value_at(network, parameter, low, high, (place.x, position[1]))
    if value is None:
        return None
    return HandleSnap({parameter: value}, place.x_to, _point_at(place, ground))


def _pulling_point(moved: Network, ground: SnapGround, effect: FloatArray, own: float) -> tuple[int, float] | None:
    """The point that the output of `moved` nearly passes through, and the change that makes it do so.

    `effect`, of shape (points,), is by how much the output at each point follows a change of 1, `own` by how much the
    handle itself does. None where no point is near, the handle does not move the output there, or would jump.
    """
    if len(ground.points) == 0:
        return None
    missing = ground.points[:, 1] - _outputs(moved, ground.points[:, 0])
    with np.errstate(all="ignore"):
        change = missing / effect
        near = (np.abs(missing) <= ground.reach_y) & (np.abs(change * own) <= _MOST_PULL * ground.reach_y)
        near &= np.abs(effect) > _LEAST_EFFECT * abs(own)
    candidates = np.flatnonzero(near & np.isfinite(change))
    if len(candidates) == 0:
        return None
    index = int(candidates[np.argmin(np.abs(missing[candidates]))])
    x, y = ground.points[index].tolist()
    return index, (y - float(moved.output(x)[0])) / float(effect[index])


def _outputs(network: Network, x: FloatArray) -> FloatArray:
    """The output at x, ascending; among many points read off the polyline of its vertices, which is faster."""
    low, high = float(x[0]), float(x[-1])
    if network.activation.is_smooth or len(x) <= _FEW_POINTS or not low < high:
        return network.output(x)
    vertices = network.vertices(low, high)
    return np.interp(x, vertices[:, 0], vertices[:, 1])


def _of_neuron(network: Network, j: int) -> Network:
    """That neuron alone."""
    parts = (network.hidden_weight[[j]], network.hidden_bias[[j]], network.output_weight[[j]])
    return Network(*parts, activation=network.activation)


def _height_on_grid(position: Position, ground: SnapGround) -> float | None:
    place = snapped(position, reach_x=0.0, reach_y=ground.reach_y, grid_y=ground.grid_y)
    return place.y if place.y_to == "grid" else None
