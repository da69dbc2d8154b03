"""The course of the loss, kept in bounded memory whatever the number of steps."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field

import numpy as np

from reluviz.core.arrays import FloatArray, frozen


@dataclass(frozen=True, eq=False)
class LossCurve:
    """Losses at some steps, both of shape (points,), steps ascending strictly, read-only."""

    steps: FloatArray = field(default_factory=lambda: frozen([]))
    losses: FloatArray = field(default_factory=lambda: frozen([]))


class LossHistory:
    """Records every `stride`-th step; when `capacity` points are there, every second goes and the stride doubles."""

    def __init__(self, capacity: int = 2048, stride: int = 1) -> None:
        if capacity < 4 or stride < 1:
            raise ValueError("a history needs a capacity of at least 4 and a stride of at least 1")
        self._steps: list[int] = []
        self._losses: list[float] = []
        self._capacity = capacity
        self.stride = stride

    def steps_until_due(self, step: int) -> int:
        """How many more steps to make from `step` before the next record, at least 1."""
        return self.stride - step % self.stride

    def record(self, step: int, loss: float) -> None:
        """Take the loss at `step`; a step recorded before, or before the last one, replaces what came since."""
        while self._steps and self._steps[-1] >= step:
            self._steps.pop()
            self._losses.pop()
        self._steps.append(step)
        self._losses.append(loss)
        if len(self._steps) >= self._capacity:
            self._thin_out()

    def _thin_out(self) -> None:
        while len(self._steps) >= self._capacity:
            self.stride *= 2
            kept = [i for i, step in enumerate(self._steps) if step % self.stride == 0 or i == len(self._steps) - 1]
            self._steps = [self._steps[i] for i in kept]
            self._losses = [self._losses[i] for i in kept]

    def curve(self, step: int, loss: float) -> LossCurve:
        """The records before `step`, and the present one behind them, as a frozen value."""
        past = bisect_left(self._steps, step)
        return LossCurve(frozen([*self._steps[:past], step]), frozen([*self._losses[:past], loss]))

    @property
    def points(self) -> int:
        return len(self._steps)


def first_stride(samples: int) -> int:
    """A stride at which recording, one pass over the samples each, stays a small part of training."""
    return int(max(1, samples // 8192))


def thinned_log(curve: LossCurve) -> FloatArray:
    """The curve with log10 of its losses, shape (points, 2); points where the loss is 0 or not finite are left out."""
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.log10(curve.losses)
    good = np.isfinite(logs)
    return np.column_stack((curve.steps[good], logs[good]))
