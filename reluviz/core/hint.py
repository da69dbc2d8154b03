"""Hints: the next step of a construction that a network does not have yet, whatever it looks like otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from reluviz.core.activation import RELU
from reluviz.core.arrays import FloatArray, IntArray
from reluviz.core.lock_check import locked_sentence
from reluviz.core.network import Network
from reluviz.core.notation import parameter_text, value_text
from reluviz.core.parameter import OUTPUT_BIAS, Kind, Locks, Parameter

# What lies nearer than this, as part of the target's height or the domain's width, is there.
_NEAR = 1e-9
_ROUNDING = 8 * float(np.finfo(np.float64).eps)
# Hidden weights beyond this range stand for a neuron that was driven off: it is given v = 1 again.
_GENTLEST, _STEEPEST = 1e-6, 1e6


@dataclass(frozen=True)
class Hint:
    """What to change next, why, and in which neuron (None: b0). `held_by` is a locked parameter that prevents it:
    `values` are empty then, and the sentence says so.
    """

    values: dict[Parameter, float]
    sentence: str
    neuron: int | None
    held_by: Parameter | None = None


def next_hint(network: Network, corners: FloatArray, locks: Locks | None = None) -> Hint | None:
    """The next step from `network` to the polyline through `corners`, shape (segments + 1, 2), x ascending.

    It is about the first place, from the left, where the output is not yet right: the height at the left edge, else a
    segment, which gets its kink, then its weight, then rid of other rays that bend it. Neurons may stand in any order
    and keep their gauge v > 0. None where nothing is left to do. Every hint taken puts one more parameter where the
    construction has it and none out of place, so at most 2·neurons + 1 of them lead from anywhere to the target.

    Raises ValueError where the activation is not the ReLU or there are fewer neurons than segments.
    """
    if network.activation != RELU:
        raise ValueError("hints are for ReLUs: choose ReLU as the activation")
    if network.neurons < len(corners) - 1:
        raise ValueError(f"{len(corners) - 1} segments take as many neurons, not {network.neurons}")
    return _Comparison(network, corners, (locks or Locks()).locked).next_hint()


class _Comparison:
    """A network beside the construction through some corners. Segments are counted from 0 here."""

    def __init__(self, network: Network, corners: FloatArray, locked: frozenset[Parameter]) -> None:
        self._network = network
        self._locked = locked
        self._x, self._y = corners[:, 0], corners[:, 1]
        self._slopes = np.concatenate(([0.0], np.diff(self._y) / np.diff(self._x)))
        self._segments = len(self._x) - 1
        self._kinks = network.kinks
        size = float(np.abs(self._y).max())
        self._height = _NEAR * (float(np.ptp(self._y)) or size or 1.0) + _ROUNDING * size
        width = float(self._x[-1] - self._x[0])
        near = _NEAR * width + _ROUNDING * float(np.abs(self._x).max())
        self._reach = min(near, float(np.diff(self._x).min()) / 4)

    def next_hint(self) -> Hint | None:
        wrong = self._first_wrong
        if wrong is None:
            return None
        hint = self._lift() if wrong < 0 else self._place(wrong, wrong) or self._bend(wrong)
        if hint is not None:
            return hint
        # The reason lies elsewhere: all that the construction has and the network has not, from the left.
        rest = (self._place(segment, wrong) or self._bend(segment) for segment in range(self._segments))
        return next((hint for hint in (self._lift(), *rest, self._silence()) if hint is not None), None)

    @cached_property
    def _first_wrong(self) -> int | None:
        """The first segment where the output leaves the target, −1 for the left edge, None where it is right."""
        vertices = self._network.vertices(float(self._x[0]), float(self._x[-1]))
        x = np.union1d(vertices[:, 0], self._x)
        with np.errstate(over="ignore", invalid="ignore"):
            off = np.abs(np.interp(x, vertices[:, 0], vertices[:, 1]) - np.interp(x, self._x, self._y))
        wrong = np.flatnonzero(~(off <= self._height))
        return int(np.searchsorted(self._x, x[wrong[0]])) - 1 if len(wrong) else None

    @cached_property
    def _serving(self) -> IntArray:
        """The neuron whose ray begins where a segment does, shape (segments,); −1 where there is none."""
        serving = np.full(self._segments, -1)
        candidates = np.flatnonzero(self._is_turnable())
        nearest = np.searchsorted((self._x[1:-1] + self._x[:-2]) / 2, self._kinks[candidates])
        there = np.abs(self._kinks[candidates] - self._x[nearest]) <= self._reach
        # From the last to the first, those in the hand of a lock before all: the first one that can be bent serves.
        for is_locked in (True, False):
            for neuron, segment in zip(candidates[there][::-1], nearest[there][::-1], strict=True):
                if (Parameter(Kind.OUTPUT_WEIGHT, int(neuron)) in self._locked) is is_locked:
                    serving[segment] = neuron
        return serving

    def _is_turnable(self) -> FloatArray:
        v = self._network.hidden_weight
        return np.asarray((v >= _GENTLEST) & (v <= _STEEPEST))

    @property
    def _free(self) -> IntArray:
        return np.setdiff1d(np.arange(self._network.neurons), self._serving)

    def _lift(self) -> Hint | None:
        height = float(self._y[0])
        if abs(self._network.output_bias - height) <= self._height:
            return None
        sentence = f"b₀ = {value_text(height)}: the output starts at the height of the target's left end."
        return self._hint({OUTPUT_BIAS: height}, sentence, None)

    def _place(self, segment: int, wrong: int) -> Hint | None:
        """A kink for a segment that has none, if possible of a neuron that does nothing left of the `wrong` one."""
        if self._serving[segment] >= 0:
            return None
        x = float(self._x[segment])
        neuron = min(self._free.tolist(), key=lambda j: self._reluctance(j, x, float(self._x[max(wrong, 0)])))
        values = self._kink_values(neuron, x)
        begins = f"Segment {segment + 1} begins at x = {value_text(x)}: "
        names = [f"{parameter_text(parameter)} = {value_text(value)}" for parameter, value in values.items()]
        put = "put" if len(names) > 1 else "puts"
        return self._hint(values, f"{begins}{' and '.join(names)} {put} kink {neuron + 1} there.", neuron)

    def _kink_values(self, neuron: int, x: float) -> dict[Parameter, float]:
        """The v and b, or b alone where v will do, that put a kink at x, its ray to the right."""
        v, b = Parameter(Kind.HIDDEN_WEIGHT, neuron), Parameter(Kind.HIDDEN_BIAS, neuron)
        present = self._network[v]
        if self._is_turnable()[neuron]:
            bias = -present * x + 0.0
            if abs(-bias / present - x) <= self._reach:
                return {b: bias}
        return {v: 1.0, b: -x + 0.0}

    def _reluctance(self, neuron: int, x: float, right_from: float) -> tuple[bool, bool, float, int]:
        """By what a neuron to be moved to x is chosen, the least first: not held by a lock, of no effect on what is
        right already, the leftmost.
        """
        needed = (*self._kink_values(neuron, x), Parameter(Kind.OUTPUT_WEIGHT, neuron))
        held = any(parameter in self._locked for parameter in needed)
        kink, v = float(self._kinks[neuron]), float(self._network.hidden_weight[neuron])
        idle = self._network.output_weight[neuron] == 0.0 or (v > 0.0 and kink >= right_from - self._reach)
        return held, not idle, kink if np.isfinite(kink) else np.inf, neuron

    def _bend(self, segment: int) -> Hint | None:
        """The weight of the neuron that serves a segment."""
        neuron = int(self._serving[segment])
        if neuron < 0:
            return None
        v, w = float(self._network.hidden_weight[neuron]), float(self._network.output_weight[neuron])
        before, after = float(self._slopes[segment]), float(self._slopes[segment + 1])
        span = float(self._x[-1] - self._x[segment])
        if abs(v * w - (after - before)) * span <= self._height + _ROUNDING * abs(after - before) * span:
            return None
        parameter = Parameter(Kind.OUTPUT_WEIGHT, neuron)
        value = (after - before) / v
        turn = f"{parameter_text(parameter)} = {value_text(value)}"
        sentence = (
            f"Segment 1 rises with slope {value_text(after)}: {turn} turns ray {neuron + 1} that way."
            if segment == 0
            else f"At x = {value_text(float(self._x[segment]))} the slope has to change from {value_text(before)} to "
            f"{value_text(after)}: {turn} bends the sum."
        )
        return self._hint({parameter: value}, sentence, neuron)

    def _silence(self) -> Hint | None:
        """A ray that serves no segment taken out, the strongest first."""
        w = np.abs(self._network.output_weight)
        loud = [j for j in self._free.tolist() if w[j] > 0.0]
        if not loud:
            return None
        neuron = max(loud, key=lambda j: w[j])
        parameter = Parameter(Kind.OUTPUT_WEIGHT, neuron)
        sentence = f"No segment needs ray {neuron + 1}: {parameter_text(parameter)} = 0 takes it out."
        return self._hint({parameter: 0.0}, sentence, neuron)

    def _hint(self, values: dict[Parameter, float], sentence: str, neuron: int | None) -> Hint:
        for parameter, value in values.items():
            if parameter in self._locked and self._network[parameter] != value:
                return Hint({}, locked_sentence(parameter, self._network[parameter], value), neuron, parameter)
        return Hint(values, sentence, neuron)
