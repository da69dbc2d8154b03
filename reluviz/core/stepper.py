"""One network on one dataset, as the kernels see it: which kernel serves which activation and loss."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reluviz.core.arrays import BoolArray, FloatArray, frozen
from reluviz.core.dataset import Dataset
from reluviz.core.loss import HALF_MSE, Loss
from reluviz.core.network import Network
from reluviz.core.operands import Batches, Dense, Hinges, Memory, Parameters, Rule, Samples, Shape
from reluviz.core.optimizer import SGD
from reluviz.core.schedule import CONSTANT
from reluviz.core.settings import TrainingSettings

if TYPE_CHECKING:
    from types import ModuleType

# A block of samples through all smooth neurons stays in the processor's cache.
_DENSE_NUMBERS = 32_768
_DENSE_BLOCK = 512

_STILL = Rule(SGD, 0.0, 0.0, 0.0, 1.0, 0.0, CONSTANT, 1.0, 1.0, 0.0)
_NOTHING = np.zeros(0)
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
    """θ, changed in place by the kernels, and their room. `theta` may be another stepper's, of the same shape."""

    def __init__(self, network: Network, dataset: Dataset, theta: FloatArray | None = None) -> None:
        activation = network.activation
        self._dataset = dataset
        self._samples = Samples(dataset.edges, dataset.y, dataset.prefix_sums, *dataset.centre)
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

    def is_exact(self, loss: Loss) -> bool:
        """Whether a full-batch step passes the samples by."""
        return loss.is_squared and not self.activation.is_smooth

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
        """A step on each of `batches`. The number made: fewer where the loss diverged."""
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

    def loss(self, loss: Loss) -> float:
        """The loss over all samples, from residuals; inf where it overflows."""
        if self.activation.is_smooth:
            batches = self.all_samples(1)
            value = _kernels().dense_mean_cost(
                self.theta, loss.penalty, batches, self._samples, self.activation.smooth, self._dense
            )
        else:
            value = _kernels().mean_cost(self.theta, loss.penalty, self._samples, self._shape, self._hinges)
        return float(value)
