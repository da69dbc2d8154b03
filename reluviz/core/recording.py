"""A recorded run: networks with their steps and losses, in bounded memory whatever the number of steps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import overload

import numpy as np
import numpy.typing as npt

from reluviz.core.activation import Activation
from reluviz.core.arrays import FloatArray, frozen
from reluviz.core.history import LossCurve
from reluviz.core.network import Network

Outputs = npt.NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Moment:
    """A state that a run has been in, bit for bit. `validation_loss` is None where there were no such samples."""

    network: Network
    step: int
    loss: float
    validation_loss: float | None = None


class Recording(Sequence[Moment]):
    """Moments of one run, steps ascending strictly. A frozen value: what is recorded later is not in it.

    Networks are made when they are asked for. Those of one recording may differ in size and activation.
    """

    def __init__(
        self,
        steps: npt.ArrayLike = (),
        losses: npt.ArrayLike = (),
        validation: npt.ArrayLike = (),
        vectors: Sequence[FloatArray] = (),
        activations: Sequence[Activation] = (),
        outputs: Outputs | None = None,
    ) -> None:
        """`steps`, `losses` and `validation` (NaN: none) have shape (moments,); the sequences hold as many, or more.

        `vectors` are parameter vectors as of `Network.vector`; nobody changes their first entries any more. `outputs`,
        of shape (moments, places), are those of the networks where the recorder looks at them.
        """
        self.steps = _shared(steps)
        self.losses = _shared(losses)
        self.validation = _shared(validation)
        self._vectors = vectors
        self._activations = activations
        self.outputs = outputs

    @classmethod
    def of(cls, moments: Iterable[Moment]) -> Recording:
        """The recording of these moments. Raises ValueError where the steps do not ascend."""
        kept = list(moments)
        steps = [moment.step for moment in kept]
        if steps and (steps[0] < 0 or any(b <= a for a, b in pairwise(steps))):
            raise ValueError("the steps of a recording ascend from 0 on")
        held_out = [np.nan if moment.validation_loss is None else moment.validation_loss for moment in kept]
        return cls(
            steps,
            [moment.loss for moment in kept],
            held_out,
            [moment.network.vector for moment in kept],
            [moment.network.activation for moment in kept],
        )

    def __len__(self) -> int:
        return len(self.steps)

    @overload
    def __getitem__(self, index: int) -> Moment: ...

    @overload
    def __getitem__(self, index: slice) -> Recording: ...

    def __getitem__(self, index: int | slice) -> Moment | Recording:
        if isinstance(index, slice):
            return self.part(range(len(self))[index])
        i = range(len(self))[index]
        held_out = float(self.validation[i])
        return Moment(
            Network.from_vector(self._vectors[i], self._activations[i]),
            int(self.steps[i]),
            float(self.losses[i]),
            None if np.isnan(held_out) else held_out,
        )

    def vector(self, index: int) -> FloatArray:
        """The parameter vector of a moment, not to be changed."""
        return self._vectors[range(len(self))[index]]

    def activation(self, index: int) -> Activation:
        return self._activations[range(len(self))[index]]

    def part(self, indices: npt.ArrayLike) -> Recording:
        """These moments, `indices` ascending; they are shared, not copied."""
        chosen = np.asarray(indices, dtype=np.int64).reshape(-1)
        return Recording(
            self.steps[chosen],
            self.losses[chosen],
            self.validation[chosen],
            [self._vectors[i] for i in chosen.tolist()],
            [self._activations[i] for i in chosen.tolist()],
            None if self.outputs is None else self.outputs[chosen],
        )

    def extended(self, moment: Moment) -> Recording:
        """With one more moment, of a later step."""
        held_out = np.nan if moment.validation_loss is None else moment.validation_loss
        return Recording(
            np.append(self.steps, moment.step),
            np.append(self.losses, moment.loss),
            np.append(self.validation, held_out),
            [*self._vectors[: len(self)], moment.network.vector],
            [*self._activations[: len(self)], moment.network.activation],
        )

    def before(self, step: float) -> Recording:
        """The moments before `step`."""
        return self[: int(np.searchsorted(self.steps, step))]

    def nearest(self, step: float) -> int:
        """The number of the moment nearest to `step`, the earlier of two. Raises IndexError where there is none."""
        if not len(self):
            raise IndexError("nothing is recorded")
        after = min(int(np.searchsorted(self.steps, step)), len(self) - 1)
        before = max(after - 1, 0)
        return before if abs(self.steps[before] - step) <= abs(self.steps[after] - step) else after

    def find(self, network: Network, step: int) -> int | None:
        """The number of the moment with this very network at this step, if there is one."""
        if not len(self):
            return None
        i = self.nearest(step)
        is_it = self.steps[i] == step and self._activations[i] == network.activation
        return i if is_it and self._vectors[i].tobytes() == network.vector.tobytes() else None

    def curve(self, points: int = 2048) -> LossCurve:
        """The course of the losses, through at most so many moments, the first and the last among them."""
        stride = -(-max(1, len(self) - 1) // max(1, points - 2))
        chosen = np.union1d(np.arange(0, len(self), stride), [len(self) - 1] if len(self) else []).astype(np.int64)
        validation = self.validation[chosen]
        held_out = validation if not np.isnan(validation).all() else np.zeros(0)
        return LossCurve(frozen(self.steps[chosen]), frozen(self.losses[chosen]), frozen(held_out))

    @property
    def bytes(self) -> int:
        """About how much memory it takes."""
        return sum(bytes_of(len(vector)) for vector in self._vectors[: len(self)])


# A moment's losses, what it moved, and what the objects take beside the parameters.
_OVERHEAD = 320


def bytes_of(parameters: int) -> int:
    """About how much memory a moment of a network with so many parameters takes."""
    return 8 * parameters + _OVERHEAD


def _shared(values: npt.ArrayLike) -> FloatArray:
    """A read-only view."""
    view = np.asarray(values, dtype=np.float64).view()
    view.flags.writeable = False
    return view
