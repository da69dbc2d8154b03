"""Training: the one mutable state of a run, advanced some steps at a time. No threads here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reluviz.core.arrays import BoolArray, FloatArray, IntArray, frozen
from reluviz.core.dataset import Dataset
from reluviz.core.network import Network
from reluviz.core.operands import Hinges, Parameters, Samples, Shape, Windows
from reluviz.core.parameter import Kind, Locks, Parameter
from reluviz.core.sampler import WindowSampler
from reluviz.core.settings import TrainingSettings

if TYPE_CHECKING:
    from types import ModuleType

# A mini-batch's window starts are drawn ahead in blocks of at most this many steps.
_BLOCK = 8192
# Up to here a pass over all samples costs less than asking for the GIL.
_FEW_SAMPLES = 100_000
_FAR_FROM_OVERFLOW = 1e200


def _kernels() -> ModuleType:
    """The compiled loops. Importing them takes a second, which a window that only shows a network need not wait for."""
    from reluviz.core import kernels  # noqa: PLC0415

    return kernels


class Trainer:
    """SGD on one network and one dataset.

    `random` is the run's generator, as `Start.begin` hands it over; the sampler draws from it.
    """

    def __init__(
        self,
        network: Network,
        dataset: Dataset,
        settings: TrainingSettings,
        random: np.random.RandomState | None = None,
        locks: Locks | None = None,
    ) -> None:
        settings.check_for(len(dataset))
        self.dataset = dataset
        self._random = np.random.RandomState(0) if random is None else random
        self._settings = settings
        self.step = 0
        self._locks = locks or Locks()
        self._held: dict[Parameter, float] = {}
        self._samples = Samples(dataset.edges, dataset.y, dataset.prefix_sums, *dataset.centre)
        self._sampler = WindowSampler(dataset, settings, self._random)
        self.network = network

    @property
    def network(self) -> Network:
        """The present network. Setting one, of any size, goes on training from it; held values stay held."""
        return Network.from_vector(self._theta, self._activation)

    @network.setter
    def network(self, network: Network) -> None:
        n, hinges = network.neurons, len(network.activation.hinge_at)
        self._activation = network.activation
        self._shape = Shape(
            float(network.activation.line_slope),
            float(network.activation.line_offset),
            frozen(network.activation.hinge_at),
            frozen(network.activation.hinge_slope),
        )
        self._theta: FloatArray = network.vector
        self._loss: float | None = None
        self._gradient = np.zeros(3 * n + 1)
        e = n * hinges
        self._hinges = Hinges(np.zeros(e, np.uint32), np.arange(e, dtype=np.uint32), *np.zeros((4, e)))
        self.hold({p: value for p, value in self._held.items() if p.kind is Kind.OUTPUT_BIAS or p.neuron < n})

    @property
    def settings(self) -> TrainingSettings:
        """The present settings. Setting them acts from the next step on; only `shuffle` reorders the samples."""
        return self._settings

    @settings.setter
    def settings(self, settings: TrainingSettings) -> None:
        settings.check_for(len(self.dataset))
        reshuffled = settings.shuffle != self._settings.shuffle
        self._settings = settings
        if reshuffled:
            self._sampler = WindowSampler(self.dataset, settings, self._random)
        self._sampler.window_limit = settings.window_limit

    @property
    def locks(self) -> Locks:
        """The parameters that training does not move."""
        return self._locks

    @locks.setter
    def locks(self, locks: Locks) -> None:
        self._locks = locks
        self._update_mask()

    def hold(self, held: dict[Parameter, float]) -> None:
        """Give these parameters these values and keep them there, until the next call. An empty dict lets all go.

        Raises ValueError for a value that is not finite, IndexError for a neuron that does not exist.
        """
        if not np.isfinite(list(held.values())).all():
            raise ValueError("a held parameter's value must be a finite number")
        n = (len(self._theta) - 1) // 3
        positions = [parameter.position(n) for parameter in held]
        self._theta[positions] = list(held.values())
        self._loss = None
        self._held = dict(held)
        self._update_mask()

    def _update_mask(self) -> None:
        n = (len(self._theta) - 1) // 3
        self._mask: BoolArray = self._locks.mask(n) | Locks(frozenset(self._held)).mask(n)

    @property
    def step(self) -> int:
        """Steps made. Setting it says that so many steps of the present batch size came before."""
        return self._step

    @step.setter
    def step(self, step: int) -> None:
        self._step = step
        self._samples_seen = step * self._step_samples

    @property
    def _step_samples(self) -> int:
        return self._settings.batch_size or len(self.dataset)

    @property
    def epoch(self) -> float:
        """Samples seen, counted in datasets."""
        return self._samples_seen / len(self.dataset)

    def loss(self) -> float:
        """J over all training samples, from residuals; inf where it overflows. Kept until a parameter moves."""
        if self._loss is None:
            loss = _kernels().half_squared_residuals(self._theta, self._samples, self._shape, self._hinges)
            self._loss = float(loss) if np.isfinite(loss) else float("inf")
        return self._loss

    def gradient(self) -> FloatArray:
        """∂J/∂θ of the full batch, shape (3·neurons + 1,), by the exact kernel; locks and held parameters included.

        NaN where J overflows.
        """
        if not self._full_batch_steps(1, 0.0, np.ones_like(self._mask)):
            return np.full_like(self._theta, np.nan)
        return self._gradient / len(self.dataset)

    def _full_batch_steps(self, steps: int, rate: float, locked: BoolArray) -> int:
        parameters = Parameters(self._theta, locked, self._gradient)
        made = _kernels().full_batch_steps(steps, rate, parameters, self._samples, self._shape, self._hinges)
        return int(made)

    def run(self, steps: int) -> int:
        """Make `steps` steps. The number made: fewer where J diverged, which leaves the last finite state."""
        done = 0
        while done < steps:
            block = steps - done if self._settings.batch_size is None else min(_BLOCK, steps - done)
            made = self._run_block(block)
            done += made
            self._step += made
            self._samples_seen += made * self._step_samples
            if made < block:
                break
        return done

    def _run_block(self, steps: int) -> int:
        before = self._theta.copy()
        starts = self._draw(steps)
        made = self._run_kernel(steps, starts)
        if made == steps and self._is_finite():
            return made
        # J diverged on the way. The kernel says after how many steps, but a mini-batch does not see all samples: look
        # for the last finite state before, nearly always the very state before.
        finite, diverged = 0, made
        probe, reached = made - 1, made
        while diverged - finite > 1:
            self._replay(before, starts, probe)
            reached = probe
            if self._is_finite() and np.isfinite(self.loss()):
                finite = probe
            else:
                diverged = probe
            probe = (finite + diverged) // 2
        if reached != finite:
            self._replay(before, starts, finite)
        return finite

    def _replay(self, before: FloatArray, starts: IntArray, steps: int) -> None:
        self._theta[:] = before
        self._loss = None
        self._run_kernel(steps, starts[:steps])

    def _is_finite(self) -> bool:
        """Whether the parameters are finite and the residuals far from overflow: J is finite then."""
        if not np.isfinite(self._theta).all():
            return False
        if len(self.dataset) <= _FEW_SAMPLES and self.loss() < _FAR_FROM_OVERFLOW:
            # Whoever runs a block asks for its loss next: this way the kernels are called, and the GIL lost, once less.
            return True
        return self._full_batch_steps(1, 0.0, np.ones_like(self._mask)) == 1

    def _draw(self, steps: int) -> IntArray:
        if self._settings.batch_size is None:
            return np.zeros(0, dtype=np.int64)
        return self._sampler.starts(self._settings.batch_size, steps)

    def _run_kernel(self, steps: int, starts: IntArray) -> int:
        self._loss = None
        rate = float(self._settings.learning_rate)
        if self._settings.batch_size is None:
            return self._full_batch_steps(steps, rate, self._mask)
        parameters = Parameters(self._theta, self._mask, self._gradient)
        windows = Windows(starts, self._sampler.x, self._sampler.y, np.empty(self._settings.batch_size))
        made = _kernels().mini_batch_steps(windows, rate, parameters, self._shape, self._hinges)
        return int(made)
