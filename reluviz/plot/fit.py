"""Which range of y to show."""

from __future__ import annotations

import numpy as np

from reluviz.core.arrays import FloatArray
from reluviz.core.network import Network
from reluviz.plot.projection import VIEW_LIMIT

# Rays and output widen the view by at most this many heights of the target on either side: one absurd ray must not
# press everything else flat.
_MOST_WIDENING = 2.0


def fitted_heights(target: FloatArray, network: Network | None, low: float, high: float) -> tuple[float, float]:
    """(lowest, highest) y that show the target (a polyline, shape (m, 2), may be empty), the output and the rays on
    [low, high], without margins; finite, within ±VIEW_LIMIT, the second above the first."""
    main = _span(target[:, 1]) or (None if network is None else _span(_output(network, low, high)))
    if main is None:
        return -1.0, 1.0
    bottom, top = main
    height = top - bottom or max(abs(top), 1.0)
    if network is not None:
        with np.errstate(all="ignore"):
            rays = network.contribution_polylines(low, high)[..., 1].ravel()
        everything = _span(np.concatenate(([0.0, network.output_bias], rays, _output(network, low, high))))
        if everything is not None:
            bottom = min(bottom, max(everything[0], bottom - _MOST_WIDENING * height))
            top = max(top, min(everything[1], top + _MOST_WIDENING * height))
    bottom, top = (float(np.clip(edge, -VIEW_LIMIT, VIEW_LIMIT)) for edge in (bottom, top))
    if top - bottom < 1e-9 * max(abs(top), abs(bottom), 1e-3):
        half = 0.5 * max(abs(top), 1.0)
        return max(bottom - half, -VIEW_LIMIT), min(top + half, VIEW_LIMIT)
    return bottom, top


def _output(network: Network, low: float, high: float) -> FloatArray:
    with np.errstate(all="ignore"):
        return network.vertices(low, high)[:, 1]


def _span(heights: FloatArray) -> tuple[float, float] | None:
    finite = heights[np.isfinite(heights)]
    if len(finite) == 0:
        return None
    limited = np.clip(finite, -VIEW_LIMIT, VIEW_LIMIT)
    return float(limited.min()), float(limited.max())
