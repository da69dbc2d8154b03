"""One network on one dataset, as the kernels see it: which kernel serves which activation and loss."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from reluviz.core.arrays import BoolArray, FloatArray, frozen
from reluviz.core.dataset import Dataset
from reluviz.core.loss import HALF_MSE, Loss
from reluviz.core.network import Network
from reluviz.core.operands import Batches, Dense, Hinges, Memory, Parameters, Rule, Samples, Shape
from reluviz.core.optimizer import SGD
from reluviz.core.patience import GoOn, always, check
from reluviz.core.schedule import CONSTANT
from reluviz.core.settings import TrainingSettings

if TYPE_CHECKING:
    from types import ModuleType

# A block of samples through all smooth neurons stays in the processor's cache.
_DENSE_NUMBERS = 32_768
_DENSE_BLOCK = 512

# Mini-batches are drawn ahead, of at most this many steps and about this many samples.
_MOST_STEPS = 8192
_MOST_DRAWN = 4_000_000

# A kernel is left after so many of them, some hundredths of a second, to see whether something else is wanted.
_LONG_NUMBERS = 4_000_000
# Fewer samples are looked at in less than a millisecond.
MANY_SAMPLES = 200_000
# So few of them and of the neurons take at most some forty microseconds: not worth giving the GIL away.
_AT_ONCE = 16_384
# A sum that cancels to less than this part of its terms has lost too many digits to be shown.
_LEAST_LEFT = 1e-9

_STILL = Rule(SGD, 0.0, 0.0, 0.0, 1.0, 0.0, CONSTANT, 1.0, 1.0, 0.0)
_NOTHING = np.zeros(0)
_NO_SUMS = np.zeros((0, 4))
FORGETFUL = Memory(_NOTHING, _NOTHING, 0, 0)


def _kernels() -> ModuleType:
    """The compiled loops. Importing them takes a second, which a window that only shows a network need not wait for."""
    from reluviz.core import kernels  # noqa: PLC0415

    return kernels


def rule_of(settings: TrainingSettings) -> Rule:
    """The settings' optimizer and schedule in numbers."""
    optimizer, schedule = settings.optimizer, settings.schedule
    return Rule(
        optimizer.kind,
        float(optimizer.weight_decay),
        float(optimizer.first_decay),
        float(optimizer.second_decay),
        float(optimizer.epsilon),
        float(settings.learning_rate),
        schedule.kind,
        float(schedule.every),
        float(schedule.gamma),
        float(schedule.least),
    )


class Stepper:
    """θ, changed in place by the kernels, and their room. `theta` may be another stepper's, of the same shape.

    `go_on` is asked within passes that are long, see `is_long`: Interrupted is raised where it says no, θ unchanged.
    """

    def __init__(
        self, network: Network, dataset: Dataset, theta: FloatArray | None = None, go_on: GoOn = always
    ) -> None:
        activation = network.activation
        self._dataset = dataset
        self._go_on = go_on
        self._long_part = max(_DENSE_BLOCK, _LONG_NUMBERS // network.neurons)
        self._shape = Shape(
            float(activation.line_slope),
            float(activation.line_offset),
            frozen(activation.hinge_at),
            frozen(activation.hinge_slope),
            activation.smooth,
        )
        self.activation = activation
        self.theta: FloatArray = network.vector if theta is None else theta
        self._gradient = np.zeros_like(self.theta)
        n = network.neurons
        e = n * len(activation.hinge_at)
        self._hinges = Hinges(np.zeros(e, np.uint32), np.arange(e, dtype=np.uint32), *np.zeros((4, e)))
        block = max(16, min(_DENSE_BLOCK, _DENSE_NUMBERS // n)) if activation.is_smooth else 0
        self._dense = Dense(*np.zeros((3, block)), *np.zeros((2, n if block else 0, block)))

    @cached_property
    def _samples(self) -> Samples:
        """The dataset; its sums are made when the first kernel asks for them, and never for a smooth activation."""
        data = self._dataset
        sums = _NO_SUMS if self.activation.is_smooth else data.prefix_sums
        return Samples(data.edges, data.y, sums, *data.centre)

    def is_exact(self, loss: Loss) -> bool:
        """Whether a full-batch step passes the samples by."""
        return loss.is_squared and not self.activation.is_smooth

    def is_long(self, samples: int) -> bool:
        """Whether a pass over so many samples takes longer than an order may wait."""
        return self.activation.is_smooth and samples > self._long_part

    def samples_per_step(self, size: int | None, loss: Loss) -> int:
        """How many samples a step on batches of `size`, None for the full batch, looks at."""
        if size is None and self.is_exact(loss):
            return 0
        return size or len(self._dataset)

    def most_at_once(self, size: int | None, loss: Loss) -> int:
        """How many steps on batches of `size`, None for the full batch, to make in one call."""
        seen = self.samples_per_step(size, loss)
        if seen == 0:
            return 1 << 62
        if self.is_long(seen):
            return 1
        return _MOST_STEPS if size is None else min(_MOST_STEPS, max(1, _MOST_DRAWN // size))

    def all_samples(self, steps: int) -> Batches:
        """The full batch, so many times."""
        none = np.zeros(0, np.uint32)
        begins = np.zeros(steps, np.int64)
        return Batches(begins, begins + len(self._dataset), none, none, none, _NOTHING, _NOTHING)

    def full_batch_steps(self, steps: int, rule: Rule, loss: Loss, locked: BoolArray, memory: Memory) -> int:
        """Steps on all samples. The number made: fewer than `steps` where the loss diverged."""
        if not self.is_exact(loss):
            return self.batch_steps(self.all_samples(steps), rule, loss, locked, memory)
        parameters = Parameters(self.theta, locked, self._gradient)
        square = loss.penalty.square
        made = _kernels().full_batch_steps(
            steps, square, rule, parameters, memory, self._samples, self._shape, self._hinges
        )
        return int(made)

    def batch_steps(self, batches: Batches, rule: Rule, loss: Loss, locked: BoolArray, memory: Memory) -> int:
        """A step on each of `batches`. The number made: fewer where the loss diverged.

        Where they are long it is one batch, and Interrupted may be raised.
        """
        if len(batches.begins) == 1 and self.is_long(int(batches.ends[0] - batches.begins[0])):
            return self._long_step(batches, rule, loss, locked, memory)
        parameters = Parameters(self.theta, locked, self._gradient)
        kernels, penalty = _kernels(), loss.penalty
        if self.activation.is_smooth:
            kind = self.activation.smooth
            made = kernels.dense_steps(batches, penalty, rule, parameters, memory, self._samples, kind, self._dense)
        else:
            made = kernels.sweep_steps(
                batches, penalty, rule, parameters, memory, self._samples, self._shape, self._hinges
            )
        return int(made)

    def _long_step(self, batch: Batches, rule: Rule, loss: Loss, locked: BoolArray, memory: Memory) -> int:
        """As `batch_steps`, the gradient put together from parts of the batch."""
        gradient = np.zeros_like(self.theta)
        everything = np.ones(len(self.theta), dtype=np.bool_)
        for part in self._parts(batch):
            if not self.batch_steps(part, _STILL, loss, everything, FORGETFUL):
                return 0
            gradient += self._gradient
        self._gradient[:] = gradient
        parameters = Parameters(self.theta, locked, self._gradient)
        _kernels().update_once(rule, 1.0 / float(batch.ends[0] - batch.begins[0]), parameters, memory)
        return 1

    def _parts(self, batch: Batches) -> Iterator[Batches]:
        """The one batch in parts that are not long."""
        end = int(batch.ends[0])
        for begin in range(int(batch.begins[0]), end, self._long_part):
            check(self._go_on)
            yield batch._replace(begins=np.array([begin]), ends=np.array([min(begin + self._long_part, end)]))

    def gradient(self, loss: Loss) -> FloatArray | None:
        """∂/∂θ of the loss over all samples, of θ's shape; None where the loss overflows."""
        everything = np.ones(len(self.theta), dtype=np.bool_)
        if not self.full_batch_steps(1, _STILL, loss, everything, FORGETFUL):
            return None
        scale = loss.penalty.square if self.is_exact(loss) else 1.0
        return self._gradient * (scale / len(self._dataset))

    def is_far_from_overflow(self) -> bool:
        """Whether the sums of the residuals are: by the exact kernel, for piecewise linear activations only."""
        everything = np.ones(len(self.theta), dtype=np.bool_)
        return self.full_batch_steps(1, _STILL, HALF_MSE, everything, FORGETFUL) == 1

    def summed_loss(self, loss: Loss, least: int = MANY_SAMPLES) -> float | None:
        """The loss over very many samples, from their sums, to about seven digits; None where it needs the samples.

        That is for a loss that is not a multiple of Σr², a smooth activation, samples fewer than `least`, a fit so
        close that the sums cancel, and numbers out of range.
        """
        samples = len(self._dataset)
        if not self.is_exact(loss) or samples < least:
            return None
        squares = self._dataset.sum_of_squares
        total, sizes = _kernels().summed_square(self.theta, squares, self._samples, self._shape, self._hinges)
        if not (math.isfinite(sizes) and total > _LEAST_LEFT * sizes):
            return None
        return float(total) * loss.penalty.square / 2.0 / samples

    def loss(self, loss: Loss) -> float:
        """The loss over all samples, from residuals; inf where it overflows."""
        if self.activation.is_smooth:
            value = self._dense_loss(loss)
        else:
            few = len(self._dataset) + len(self.theta) <= _AT_ONCE
            mean_cost = _kernels().mean_cost_at_once if few else _kernels().mean_cost
            value = mean_cost(self.theta, loss.penalty, self._samples, self._shape, self._hinges)
        return float(value)

    def _dense_loss(self, loss: Loss) -> float:
        """Interrupted may be raised where the pass is long."""
        whole, samples = self.all_samples(1), len(self._dataset)
        total = 0.0
        for part in self._parts(whole):
            share = int(part.ends[0] - part.begins[0]) / samples
            mean = _kernels().dense_mean_cost(
                self.theta, loss.penalty, part, self._samples, self.activation.smooth, self._dense
            )
            total += share * float(mean)
        return total
