"""Which part of the domain has to be sampled, and how finely, for smooth curves to show no corner at any zoom."""

from __future__ import annotations

from typing import NamedTuple

from reluviz.core.network import Network
from reluviz.plot.projection import Projection

# A curve is missed by so many pixels at most, and sampled this far beyond the view on either side.
_TOLERANCE = 0.1
_BESIDE = 24.0


class SeenPart(NamedTuple):
    """From `low` to `high` in x; `tolerance` as `Network.vertices` takes it, None where polylines are exact."""

    low: float
    high: float
    tolerance: float | None


def seen_part(network: Network, low: float, high: float, projection: Projection) -> SeenPart:
    """Of the domain [low, high] what is in view; all of it where what is drawn has corners of its own."""
    if not network.activation.is_smooth:
        return SeenPart(low, high, None)
    tolerance = _TOLERANCE * (projection.y_high - projection.y_low) / projection.height
    beside = _BESIDE * (projection.x_high - projection.x_low) / projection.width
    left, right = max(low, projection.x_low - beside), min(high, projection.x_high + beside)
    return SeenPart(left, right, tolerance) if left < right else SeenPart(low, high, tolerance)
