"""Where to sample smooth contributions, and their sum, so that the polyline through the samples shows no corner.

A polyline misses a curve by h²·|f″|/8 on an interval of length h, so the samples are spread evenly in the integral of
√|f″|, with some more where f is straight.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from reluviz.core import smooth
from reluviz.core.arrays import FloatArray

if TYPE_CHECKING:
    from reluviz.core.network import Network

# The error of 65 points is 1/8000 of a tanh's height; for hundreds of neurons, half of them do.
_POINTS, _FEW_POINTS = 65, 33
_MANY_NEURONS = 300

# What a tolerance can ask for; of all neurons together no more than are drawn in a frame.
_FEWEST_POINTS, _MOST_POINTS, _POINTS_IN_ALL = 9, 1025, 30_000

# The output is found at this many places at most, and by this many evaluations of an activation.
_OUTPUT_POINTS = (193, 1025)
_EVALUATIONS = 100_000
_EVEN_POINTS = 65

_STRAIGHT = 0.02
_FAR = 1e300


@lru_cache
def _bending(kind: int) -> tuple[FloatArray, FloatArray]:
    """z, and the integral of √|f″| (and a little) up to there, both of one shape and ascending."""
    z = np.linspace(-40.0, 40.0, 8001)
    curvature = np.gradient(smooth.slope(kind, z), z)
    density = np.sqrt(np.abs(curvature)) + _STRAIGHT / (1.0 + (z / 10.0) ** 2)
    integral = np.concatenate(([0.0], np.cumsum((density[1:] + density[:-1]) / 2.0 * np.diff(z))))
    return np.concatenate(([-_FAR], z, [_FAR])), np.concatenate(([-1e-3], integral, [integral[-1] + 1e-3]))


def contribution_places(
    network: Network, low: float, high: float, tolerance: float | None = None, *, raw: bool = False
) -> FloatArray:
    """x on [low, high] at which to sample each neuron, ends included, shape (neurons, points), ascending.

    With a `tolerance` > 0 there are as many points as the polylines need to miss the contributions (or, `raw`, the
    activations) by no more than that, as far as the work allows; else a fixed number.
    """
    z, integral = _bending(network.activation.smooth)
    with np.errstate(over="ignore", invalid="ignore"):
        ends = network.hidden_weight[:, None] * np.array([low, high]) + network.hidden_bias[:, None]
    left, right = np.clip(ends, -_FAR, _FAR).T
    from_, to = np.interp(left, z, integral), np.interp(right, z, integral)
    points = _FEW_POINTS if network.neurons > _MANY_NEURONS else _POINTS
    if tolerance is not None:
        heights = np.ones(network.neurons) if raw else np.abs(network.output_weight)
        points = _points_needed(np.abs(to - from_), heights, tolerance)
    at = np.interp(from_[:, None] + (to - from_)[:, None] * np.linspace(0.0, 1.0, points), integral, z)
    with np.errstate(divide="ignore", invalid="ignore"):
        # Halved, so that the difference stays within the range of numbers.
        part = (at / 2.0 - left[:, None] / 2.0) / (right / 2.0 - left / 2.0)[:, None]
    part = np.where(np.isfinite(part), np.clip(part, 0.0, 1.0), np.linspace(0.0, 1.0, points))
    part[:, 0], part[:, -1] = 0.0, 1.0
    return np.asarray(np.where(part == 1.0, high, low + part * (high - low)))


def _points_needed(bending: FloatArray, heights: FloatArray, tolerance: float) -> int:
    """How many points every neuron gets, from the integral of √|f″| over what is sampled of it, and its height."""
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        intervals = float(np.max(bending * np.sqrt(heights / (8.0 * tolerance))))
    most = max(_FEWEST_POINTS, min(_MOST_POINTS, _POINTS_IN_ALL // len(heights)))
    return 1 + int(min(max(intervals, _FEWEST_POINTS - 1), most - 1)) if np.isfinite(intervals) else most


def output_places(network: Network, low: float, high: float, tolerance: float | None = None) -> FloatArray:
    """x on [low, high] at which to sample the output, ends included, shape (m,), strictly ascending.

    The places of all neurons together (`tolerance` as there), thinned out evenly where they are too many.
    """
    places = np.sort(contribution_places(network, low, high, tolerance), axis=None)
    most = int(np.clip(_EVALUATIONS // network.neurons, *_OUTPUT_POINTS))
    if len(places) > most:
        places = places[np.linspace(0, len(places) - 1, most).round().astype(np.int64)]
    return np.unique(np.concatenate((places, np.linspace(low, high, _EVEN_POINTS))))
