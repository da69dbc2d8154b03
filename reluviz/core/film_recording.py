"""A recorded run as something that passes by."""

from __future__ import annotations

import numpy as np

from reluviz.core.arrays import FloatArray
from reluviz.core.film import GoOn, Shot
from reluviz.core.history import LossCurve
from reluviz.core.recording import Moment, Recording

_CURVE_POINTS = 1024


class RecordingSource:
    """A recording: position i is the recorded moment that is nearest to i steps after the first."""

    is_whole = True

    def __init__(self, recording: Recording) -> None:
        """Raises ValueError where nothing is recorded."""
        if not len(recording):
            raise ValueError("there is no recorded run: a fresh run can be filmed instead")
        self._recording = recording
        self._first = float(recording.steps[0])
        self.stops = recording.steps - self._first
        self.last = float(self.stops[-1])
        self.curve = recording.curve(_CURVE_POINTS)
        self.note = ""

    def at(self, position: float) -> Shot:
        moment = self._moment(position)
        count = int(np.searchsorted(self.curve.steps, moment.step, side="right"))
        curve = LossCurve(self.curve.steps[:count], self.curve.losses[:count], self.curve.validation[:count])
        return Shot(moment.network, "", moment.step, moment.loss, moment.validation_loss, curve)

    def heights(self, position: float, x: FloatArray) -> FloatArray:
        return self._moment(position).network.output(x)

    def prepare(self, positions: FloatArray, go_on: GoOn) -> None:
        """Every moment is there."""

    def _moment(self, position: float) -> Moment:
        return self._recording[self._recording.nearest(self._first + position)]
