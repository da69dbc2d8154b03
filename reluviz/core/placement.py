"""Whether a network's kinks lie where its target is."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from reluviz.core.network import STATUSES, Network, Status
from reluviz.core.notation import count_text, short_text
from reluviz.core.start import Start

_OUTSIDE = tuple(STATUSES.index(status) for status in (Status.DEAD, Status.SATURATED, Status.OFF_DOMAIN))

EVEN = "even"
"""The initializer that puts all kinks into the domain, wherever that is."""


def kinks_outside(network: Network, low: float, high: float) -> int:
    """How many neurons bend nowhere on [low, high], though they could elsewhere."""
    return int(np.isin(network.status_codes(low, high), _OUTSIDE).sum())


def is_misplaced(network: Network, low: float, high: float) -> bool:
    """Whether more than half of the neurons bend nowhere on [low, high]."""
    return 2 * kinks_outside(network, low, high) > network.neurons


def placed(start: Start, low: float, high: float) -> Start | None:
    """`start` with its own draws, its kinks evenly spaced where it would put most of them outside of [low, high].

    None where neither helps, as with ramps much wider than the domain.
    """
    ways = start.anew(), replace(start.anew(), initializer=EVEN)
    return next((way for way in ways if not is_misplaced(way.begin(low, high)[0], low, high)), None)


def misplaced_text(network: Network, low: float, high: float, verb: str = "lie") -> str:
    """ "3 of 5 kinks lie outside 1 to 8"."""
    outside, all_of_them = count_text(kinks_outside(network, low, high)), count_text(network.neurons)
    return f"{outside} of {all_of_them} kinks {verb} outside {short_text(low)} to {short_text(high)}"
