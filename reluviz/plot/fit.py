"""Which range of y to show."""

from __future__ import annotations

import numpy as np

from reluviz.core.arrays import BoolArray, FloatArray
from reluviz.core.network import Network
from reluviz.core.ordering import order_of
from reluviz.core.picture import Picture, Rays
from reluviz.plot.projection import VIEW_LIMIT

# Rays and output widen the view by at most this many heights of the target on either side: one absurd ray must not
# press everything else flat.
_MOST_WIDENING = 2.0
# Where target and output together take at most so many heights of the target, both are shown whole.
_MOST_TOGETHER = 10.0
# A target runs away where, within this part of the domain beside a gap, it is so many times as high as elsewhere.
_BESIDE_GAP = 0.03
_RUNS_AWAY = 3.0
# With more corners than this, partial sums are looked at in so many places only.
_MOST_PLACES = 128
_EVERYTHING = Picture()

ViewRange = tuple[tuple[float, float], tuple[float, float]]
"""((lowest, highest) x, (lowest, highest) y) in view."""


def fitted_heights(
    target: FloatArray,
    network: Network | None,
    low: float,
    high: float,
    picture: Picture = _EVERYTHING,
    whole: bool = False,
) -> tuple[float, float]:
    """(lowest, highest) y that show the target (a polyline, shape (m, 2), perhaps empty or with gaps), the output and
    what `picture` has of rays or partial sums on [low, high], without margins; finite, within ±VIEW_LIMIT, the second
    above the first. `whole`: the output to its last corner, which else may lie outside as a ray may.
    """
    main = _target_span(target) or (None if network is None else _span(_output(network, low, high)))
    if main is None:
        return -1.0, 1.0
    bottom, top = main
    height = top - bottom or max(abs(top), 1.0)
    lowest, highest = bottom - _MOST_WIDENING * height, top + _MOST_WIDENING * height
    if network is not None:
        points = _output(network, low, high)
        output = _span(points) or main
        both = min(bottom, output[0]), max(top, output[1])
        if whole or both[1] - both[0] <= _MOST_TOGETHER * height:
            bottom, top = both
        if whole:
            height = top - bottom or max(abs(top), 1.0)
            lowest, highest = bottom - _MOST_WIDENING * height, top + _MOST_WIDENING * height
        everything = _span(np.concatenate(([0.0, network.output_bias], _lines(network, low, high, picture), points)))
        if everything is not None:
            bottom, top = min(bottom, max(everything[0], lowest)), max(top, min(everything[1], highest))
    bottom, top = (float(np.clip(edge, -VIEW_LIMIT, VIEW_LIMIT)) for edge in (bottom, top))
    if top - bottom < 1e-9 * max(abs(top), abs(bottom), 1e-3):
        half = 0.5 * max(abs(top), 1.0)
        return max(bottom - half, -VIEW_LIMIT), min(top + half, VIEW_LIMIT)
    return bottom, top


def with_room(domain: tuple[float, float], heights: tuple[float, float]) -> ViewRange:
    """The ranges of x and of y that show a domain and these heights with some room around them."""
    (low, high), (bottom, top) = domain, heights
    side, above = 0.06 * (high - low), 0.07 * (top - bottom)
    return (low - side, high + side), (bottom - above, top + above)


def _lines(network: Network, low: float, high: float, picture: Picture) -> FloatArray:
    """The heights of rays or partial sums."""
    with np.errstate(all="ignore"):
        if picture.rays is not Rays.PARTIAL_SUMS:
            return network.contribution_polylines(low, high, raw=picture.rays is Rays.RAW)[..., 1].ravel()
        x = network.vertices(low, high)[:, 0]
        if len(x) > _MOST_PLACES:
            x = np.linspace(low, high, _MOST_PLACES)
        return network.partial_sums(x, order_of(network, picture.order)).ravel()


def _output(network: Network, low: float, high: float) -> FloatArray:
    with np.errstate(all="ignore"):
        return network.vertices(low, high)[:, 1]


def _target_span(target: FloatArray) -> tuple[float, float] | None:
    """The heights of the target's polyline, but for where it runs away towards a gap, as at a pole."""
    known = np.isfinite(target[:, 1])
    whole = _span(target[known, 1])
    if whole is None or known.all():
        return whole
    beside = np.concatenate(([False], known, [False]))
    lone = known & ~beside[:-2] & ~beside[2:]
    line, apart = known & ~lone, _away_from(target[~known, 0], target)
    main, usual = _span(target[line, 1]), _span(target[line & apart, 1])
    if main is None or usual is None or main[1] - main[0] <= _RUNS_AWAY * (usual[1] - usual[0]):
        return whole
    room = 0.5 * (usual[1] - usual[0])
    shown = [max(main[0], usual[0] - room), min(main[1], usual[1] + room)]
    return _span(np.concatenate((shown, target[lone, 1])))


def _away_from(gaps: FloatArray, target: FloatArray) -> BoolArray:
    """Which points are not beside a gap."""
    right = np.searchsorted(gaps, target[:, 0])
    distance = np.minimum(
        np.abs(gaps[np.minimum(right, len(gaps) - 1)] - target[:, 0]),
        np.abs(target[:, 0] - gaps[np.maximum(right - 1, 0)]),
    )
    return np.asarray(distance > _BESIDE_GAP * (target[-1, 0] - target[0, 0]))


def _span(heights: FloatArray) -> tuple[float, float] | None:
    finite = heights[np.isfinite(heights)]
    if len(finite) == 0:
        return None
    limited = np.clip(finite, -VIEW_LIMIT, VIEW_LIMIT)
    return float(limited.min()), float(limited.max())
