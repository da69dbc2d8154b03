"""What writes a recording while training runs, within a budget of memory."""

from __future__ import annotations

import math

import numpy as np

from reluviz.core.activation import Activation
from reluviz.core.arrays import FloatArray
from reluviz.core.recording import Outputs, Recording, bytes_of
from reluviz.core.thinning import kept_moments, loss_changes, output_changes, outputs_at

BUDGET = 64 * 2**20
"""Bytes for all recorded runs of a document."""

MAX_MOMENTS = 1 << 15
"""Nobody looks at more moments of one run, however small its networks are."""

# At so many places of the domain the output says how fast it moves.
_PLACES = 8
_FIRST_ROOM = 256
# A moment comes before its turn where loss or output have moved so many times as far as they usually do between two,
# but not for less than this change of log10 J, or this part of the output; and a turn has no more than so many parts.
_JUMP = 4.0
_LEAST_CHANGE = 0.01
_PARTS = 64


class Recorder:
    """Appends moments to a run on the domain [low, high]. When the budget is used up every second moment goes and the
    stride doubles; where the loss or the output moves fast more of them stay. The first and the last always stay.

    For one thread; the recordings that it hands out may go to any other.
    """

    def __init__(
        self,
        low: float,
        high: float,
        budget: int = BUDGET,
        recording: Recording | None = None,
        most: int = MAX_MOMENTS,
    ) -> None:
        """Go on with `recording`, if any. `most` moments are kept, at least 4."""
        if most < 4:
            raise ValueError("a recording keeps at least 4 moments")
        self._places = np.linspace(low, high, _PLACES)
        self.budget = budget
        self._most = most
        self.stride = 1
        self._usual_change = (0.0, 0.0)
        self._take(recording or Recording())
        self.set_budget(budget)

    def _take(self, recording: Recording) -> None:
        """Keep these moments, in new arrays: recordings that were handed out stay as they are."""
        count = len(recording)
        room = max(_FIRST_ROOM, 2 * count)
        self._numbers = np.empty((3, room))
        self._numbers[:, :count] = recording.steps, recording.losses, recording.validation
        self._outputs = np.empty((room, _PLACES), dtype=np.float32)
        self._outputs[:count] = outputs_of(recording, self._places)
        self._vectors = [recording.vector(i) for i in range(count)]
        self._activations = [recording.activation(i) for i in range(count)]
        self.bytes = recording.bytes

    def __len__(self) -> int:
        return len(self._vectors)

    @property
    def last_step(self) -> int:
        """The step of the last moment, −1 where there is none."""
        return int(self._numbers[0, len(self) - 1]) if len(self) else -1

    def is_due(self, step: int, loss: float, vector: FloatArray, activation: Activation) -> bool:
        """Whether to record this moment: its turn has come, or loss or output have moved much since the last."""
        passed = step - self.last_step
        if passed >= self.stride or not len(self):
            return passed > 0
        if passed <= 0 or passed < self.stride / _PARTS:
            return False
        last = len(self) - 1
        (loss_moved,) = loss_changes(np.array([self._numbers[1, last], loss]))
        if loss_moved > max(_JUMP * self._usual_change[0], _LEAST_CHANGE):
            return True
        outputs = np.array([self._outputs[last], outputs_at(vector, activation, self._places)])
        (output_moved,) = output_changes(outputs)
        return bool(output_moved > max(_JUMP * self._usual_change[1], _LEAST_CHANGE * _size(outputs)))

    def record(
        self, step: int, vector: FloatArray, activation: Activation, loss: float, validation: float | None = None
    ) -> None:
        """Take a moment; `vector`, copied here, is a parameter vector of finite numbers. A step not after the last one
        is no news and is left out.
        """
        if step <= self.last_step:
            return
        own = np.array(vector)
        own.flags.writeable = False
        self._make_room(bytes_of(len(own)))
        self._append(step, own, activation, loss, np.nan if validation is None else validation)

    def _append(self, step: int, vector: FloatArray, activation: Activation, loss: float, validation: float) -> None:
        i = len(self)
        if i == self._numbers.shape[1]:
            # Recordings handed out keep the old arrays.
            self._numbers = np.concatenate((self._numbers, np.empty_like(self._numbers)), axis=1)
            self._outputs = np.concatenate((self._outputs, np.empty_like(self._outputs)))
        self._numbers[:, i] = step, loss, validation
        with np.errstate(over="ignore"):
            self._outputs[i] = outputs_at(vector, activation, self._places)
        self._activations.append(activation)
        self._vectors.append(vector)
        self.bytes += bytes_of(len(vector))

    def set_budget(self, budget: int) -> None:
        """Keep within so many bytes from now on; two moments stay in any case."""
        self.budget = budget
        self._make_room(0)

    def _make_room(self, size: int) -> None:
        while (self.bytes + size > self.budget or len(self) + (size > 0) > self._most) and len(self) > 2:
            self._thin_out()

    def _thin_out(self) -> None:
        recording = self.recording()
        kept = kept_moments(
            recording.steps, recording.losses, outputs_of(recording, self._places), max(2, len(self) // 2)
        )
        self._take(recording.part(kept))
        # As far apart as those that are left, so that a run twice as long fills the room again.
        apart = self.last_step / len(self)
        self.stride = max(2 * self.stride, 1 << max(0, int(math.log2(max(1.0, apart)))))
        changes = loss_changes(self._numbers[1, : len(self)]), output_changes(self._outputs[: len(self)])
        self._usual_change = (float(changes[0].mean()), float(changes[1].mean()))

    def recording(self) -> Recording:
        """What is recorded so far, as a frozen value. Costs next to nothing: it is shared until it is thinned out."""
        count = len(self)
        steps, losses, validation = self._numbers[:, :count]
        return Recording(steps, losses, validation, self._vectors, self._activations, self._outputs[:count])


def _size(outputs: Outputs) -> float:
    """The root mean square of outputs."""
    return math.sqrt(float(np.mean(np.square(outputs, dtype=np.float64))))


def outputs_of(recording: Recording, places: FloatArray) -> Outputs:
    """The outputs that came with a recording, else those at `places`, shape (moments, places)."""
    if recording.outputs is not None:
        return recording.outputs
    outputs = np.empty((len(recording), len(places)), dtype=np.float32)
    with np.errstate(over="ignore"):
        for i in range(len(recording)):
            outputs[i] = outputs_at(recording.vector(i), recording.activation(i), places)
    return outputs


def thinned(recording: Recording, low: float, high: float, budget: int, most: int = MAX_MOMENTS) -> Recording:
    """The recording within so many bytes and moments, chosen as a recorder on [low, high] does; two at least."""
    if len(recording) <= most and recording.bytes <= budget:
        return recording
    outputs = outputs_of(recording, np.linspace(low, high, _PLACES))
    count = min(most, len(recording))
    while True:
        kept = recording.part(kept_moments(recording.steps, recording.losses, outputs, max(2, count)))
        if kept.bytes <= budget or count <= 2:
            return kept
        count = min(count - 1, int(count * budget / kept.bytes))
