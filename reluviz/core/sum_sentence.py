"""What the newest contribution does to a partial sum, in one sentence with its numbers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from reluviz.core.arrays import FloatArray
from reluviz.core.network import Network
from reluviz.core.notation import count_text, subscript, value_text
from reluviz.core.ordering import partial_sum_polyline

# More contributions than this are not listed one by one.
_MOST_LISTED = 4


def sum_sentence(network: Network, order: Sequence[int], m: int, low: float, high: float) -> str:
    """The sum of b0 and the first `m` contributions of `order` on [low, high], and what the last of them did to it.

    `order` names every neuron once. Raises ValueError where m is not within 0 … len(order).
    """
    if not 0 <= m <= len(order):
        raise ValueError(f"there are 0 to {len(order)} contributions to add, not {m}")
    b0 = value_text(network.output_bias)
    if m == 0:
        return f"b₀ alone, before any of {count_text(len(order))} rays: the sum is level at {b0}."
    neuron = int(order[m - 1])
    with np.errstate(all="ignore"):
        before = partial_sum_polyline(network, order, m - 1, low, high)
        does = _deed(network.part([neuron]), f"ray {neuron + 1}", subscript(neuron + 1), before, (low, high))
    end = " This is the output." if m == len(order) else ""
    return f"{_sum_text(order, m)}: {does}.{end}"


def _sum_text(order: Sequence[int], m: int) -> str:
    rays = [f"ray {int(j) + 1}" for j in order[:m]]
    if m <= _MOST_LISTED:
        return f"b₀ + {' + '.join(rays)} of {count_text(len(order))}"
    return f"b₀ + {rays[0]} + … + {rays[-1]}, {count_text(m)} of {count_text(len(order))}"


def _deed(one: Network, ray: str, j: str, before: FloatArray, domain: tuple[float, float]) -> str:
    """What a neuron, a network of its own, does to the sum `before` it, of shape (corners, 2)."""
    v, w = float(one.hidden_weight[0]), float(one.output_weight[0])
    if w == 0.0:
        return f"{ray} adds nothing, since w{j} = 0"
    low, high = domain
    ends = one.contributions([low, high])[0].tolist()
    if v == 0.0:
        return _lift(f"{ray} is level, since v{j} = 0, and", ends[0])
    corners = one.vertices(low, high)
    if len(corners) == 2 and (one.activation.hinge_at or one.activation.line_slope):
        return _straight(one, ray, ends, before, domain)
    if not one.activation.hinge_at:
        return (
            f"{ray} adds its curve, from {value_text(ends[0])} at the left edge to {value_text(ends[1])} at the right"
        )
    slopes = np.diff(corners[:, 1]) / np.diff(corners[:, 0])
    is_relu_like = len(one.activation.hinge_at) == 1 and one.activation.line_slope == 0.0
    if is_relu_like and v < 0:
        kink = float(corners[1, 0])
        slope = _slope(before, kink, "left")
        return (
            f"left of its kink at x = {value_text(kink)} {ray}, which faces left, bends the sum from slope "
            f"{value_text(slope)} to {value_text(slope + slopes[0])}; right of it nothing changes"
        )
    bends = []
    for i, kink in enumerate(corners[1:-1, 0].tolist()):
        slope = _slope(before, kink, "right")
        bends.append(
            f"at x = {value_text(kink)} {ray if i == 0 else 'it'} bends the sum from slope "
            f"{value_text(slope + slopes[i])} to {value_text(slope + slopes[i + 1])}"
        )
    return ", ".join(bends)


def _straight(one: Network, ray: str, ends: list[float], before: FloatArray, domain: tuple[float, float]) -> str:
    """What a neuron does that has no kink in the domain."""
    low, high = domain
    kink = float(one.kinks[0])
    place = "at the domain's edge" if kink in domain else "outside the domain"
    where = "" if np.isnan(kink) else f", its kink at x = {value_text(kink)} being {place},"
    if ends[0] == ends[1]:
        return f"{ray}{where} adds nothing" if ends[0] == 0.0 else _lift(f"{ray}{where}", ends[0])
    slope = (ends[1] - ends[0]) / (high - low)
    if len(before) > 2:
        return f"{ray}{where} is a straight line: it adds {value_text(slope)} to the sum's slope everywhere"
    old = _slope(before, low, "right")
    return (
        f"{ray}{where} is a straight line: it turns the sum from slope {value_text(old)} to {value_text(old + slope)}"
    )


def _lift(subject: str, by: float) -> str:
    if by == 0.0:
        return f"{subject} adds nothing"
    return f"{subject} {'lifts' if by > 0 else 'lowers'} the whole sum by {value_text(abs(by))}"


def _slope(line: FloatArray, x: float, side: str) -> float:
    """The slope of a polyline of shape (corners, 2) just left or right of x."""
    piece = int(np.searchsorted(line[:, 0], x, side="left" if side == "left" else "right")) - 1
    start, end = line[np.clip(piece, 0, len(line) - 2)], line[np.clip(piece, 0, len(line) - 2) + 1]
    return float((end[1] - start[1]) / (end[0] - start[0]))
