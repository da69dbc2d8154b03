"""The kinks of the neurons, marked on their rays."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from PySide6.QtGui import QPainter

from reluviz.core.arrays import IntArray
from reluviz.core.handles import handle_of
from reluviz.core.network import Network
from reluviz.core.parameter import Kind, Parameter
from reluviz.core.picture import Picture, Rays
from reluviz.plot.handle_shapes import HandleState, paint_handle
from reluviz.plot.look import Look
from reluviz.plot.projection import Projection
from reluviz.plot.strokes import draw_points

# More diamonds would hide the line that they are on, and take longer to draw than all rays.
MOST_DIAMONDS = 40
_DOT = 7.0
_FAR = 1e5


def paint_kinks(
    painter: QPainter,
    network: Network,
    domain: tuple[float, float],
    picture: Picture,
    projection: Projection,
    look: Look,
) -> None:
    """Mark every kink inside the domain of the rays that `picture` draws; none among partial sums.

    They are diamonds as on screen, and dots where they are many.
    """
    neurons = picture.drawn(network.neurons)
    if picture.rays is Rays.PARTIAL_SUMS:
        return
    if picture.rays is Rays.RAW:
        network = replace(network, output_weight=np.ones(network.neurons))
    if len(neurons) > MOST_DIAMONDS:
        _paint_dots(painter, network, neurons, domain, projection, look)
    else:
        _paint_diamonds(painter, network, neurons.tolist(), domain, projection, look)


def _paint_diamonds(
    painter: QPainter,
    network: Network,
    neurons: list[int],
    domain: tuple[float, float],
    projection: Projection,
    look: Look,
) -> None:
    # A second kink has the handle of v.
    wanted = [Parameter(kind, j) for j in neurons for kind in (Kind.HIDDEN_BIAS, Kind.HIDDEN_WEIGHT)]
    found = [handle_of(network, parameter, *domain) for parameter in wanted]
    for kink in (handle for handle in found if handle is not None and handle.beyond == 0):
        at = projection.pixel(kink.x, kink.y)
        if projection.top - 30 <= at[1] <= projection.bottom + 30:
            paint_handle(painter, kink, at, HandleState(look.palette.neuron(kink.parameter.neuron)), look)


def _paint_dots(
    painter: QPainter,
    network: Network,
    neurons: IntArray,
    domain: tuple[float, float],
    projection: Projection,
    look: Look,
) -> None:
    """Draw the kinks of `neurons`, colour by colour."""
    places = network.bend_places[neurons]
    heights = network.activation(np.asarray(network.activation.bend_at))
    for x, height in zip(places.T, heights, strict=True):
        y = network.output_weight[neurons] * height
        shown = (x >= domain[0]) & (x <= domain[1]) & np.isfinite(y)
        points = projection.points(np.column_stack((x, y))[shown])
        # A painter's coordinates have their limits.
        near = np.abs(points[:, 1] - projection.top) < _FAR
        points, colour = points[near], neurons[shown][near] % len(look.palette.neurons)
        for index in np.unique(colour).tolist():
            draw_points(painter, points[colour == index], look.palette.neuron(index), _DOT * look.scale)
