"""Training: the one mutable state of a run, advanced some steps at a time. No threads here."""

from __future__ import annotations

import math

import numpy as np

from reluviz.core.activation import Activation
from reluviz.core.arrays import BoolArray, FloatArray
from reluviz.core.dataset import Dataset
from reluviz.core.drawn_batches import DrawnBatches
from reluviz.core.known_losses import KnownLosses
from reluviz.core.last_finite import last_finite
from reluviz.core.loss import Loss, loss_named
from reluviz.core.network import Network
from reluviz.core.operands import Batches, Memory
from reluviz.core.parameter import Kind, Locks, Parameter
from reluviz.core.patience import GoOn, Interrupted, always
from reluviz.core.settings import TrainingSettings
from reluviz.core.stepper import Stepper, rule_of

# Up to here a pass over all samples costs less than asking for the GIL.
_FEW_SAMPLES = 100_000
_FAR_FROM_OVERFLOW = 1e200


class Trainer:
    """A run of an optimizer on one network and one dataset.

    `random` is the run's generator, as `Start.begin` hands it over; the sampler draws from it. `validation` are samples
    that no step sees, for `validation_loss` alone.

    `go_on` is asked within long passes over the samples: where it says no, `run`, `loss` and `validation_loss` raise
    Interrupted. The trainer stands at its last whole step then, and can go on from there.
    """

    def __init__(
        self,
        network: Network,
        dataset: Dataset,
        settings: TrainingSettings,
        random: np.random.RandomState | None = None,
        locks: Locks | None = None,
        validation: Dataset | None = None,
        go_on: GoOn = always,
    ) -> None:
        settings.check_for(len(dataset))
        self._go_on = go_on
        self.dataset = dataset
        self.validation = validation
        self._settings = settings
        random = np.random.RandomState(0) if random is None else random
        self._batches = DrawnBatches(len(dataset), settings, random)
        self.step = 0
        self._locks = locks or Locks()
        self._held: dict[Parameter, float] = {}
        self.network = network

    @property
    def network(self) -> Network:
        """The present network. Setting one, of any size, goes on training from it; held values stay held.

        What the optimizer remembers is forgotten then: it spoke of another place.
        """
        return Network.from_vector(self._theta, self._stepper.activation)

    @network.setter
    def network(self, network: Network) -> None:
        n = network.neurons
        self._make_steppers(network)
        self._forget()
        self.hold({p: value for p, value in self._held.items() if p.kind is Kind.OUTPUT_BIAS or p.neuron < n})

    def train_on(self, dataset: Dataset, validation: Dataset | None, settings: TrainingSettings) -> None:
        """Go on with other samples, from the present network and with what the optimizer remembers.

        Raises ValueError where `settings` do not fit the samples; nothing has changed then.
        """
        settings.check_for(len(dataset))
        self.dataset, self.validation = dataset, validation
        self._make_steppers(self.network)
        self._batches.renew(len(dataset), settings)
        self.settings = settings
        self.step = self._step

    def _make_steppers(self, network: Network) -> None:
        self._stepper = Stepper(network, self.dataset, go_on=self._go_on)
        self._theta: FloatArray = self._stepper.theta
        data = self.validation
        validator = None if data is None else Stepper(network, data, self._theta, self._go_on)
        self._losses = KnownLosses(self._stepper, validator)

    @property
    def vector(self) -> FloatArray:
        """The present parameters as of `Network.vector`, which the next step changes: to be copied at once."""
        return self._theta

    @property
    def activation(self) -> Activation:
        return self._stepper.activation

    def _forget(self) -> None:
        size = len(self._theta) if self._settings.optimizer.remembers else 0
        self._first, self._second = np.zeros(size), np.zeros(size)
        self._updates = 0

    @property
    def settings(self) -> TrainingSettings:
        """The present settings. Setting them acts from the next step on.

        Only `shuffle` and `batching` reorder the samples; only another optimizer forgets the gradients seen.
        """
        return self._settings

    @settings.setter
    def settings(self, settings: TrainingSettings) -> None:
        settings.check_for(len(self.dataset))
        before, self._settings = self._settings, settings
        self._batches.follow(settings)
        if settings.optimizer.name != before.optimizer.name:
            self._forget()
        if settings.loss != before.loss:
            self._losses.forget()

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
        positions = [parameter.position((len(self._theta) - 1) // 3) for parameter in held]
        self._theta[positions] = list(held.values())
        if len(self._first):
            # What the hand has moved must not be carried on by an old impulse.
            self._first[positions] = 0.0
        self._losses.forget()
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
        self._samples_seen = self._settings.samples_after(step, len(self.dataset))
        self._batches.skip(step)

    @property
    def epoch(self) -> float:
        """Samples seen, counted in datasets."""
        return self._samples_seen / len(self.dataset)

    @property
    def learning_rate(self) -> float:
        """The learning rate of the next step, by the schedule."""
        return self._settings.schedule.rate(self._settings.learning_rate, self._step)

    @property
    def _loss_function(self) -> Loss:
        return loss_named(self._settings.loss)

    def loss(self) -> float:
        """The loss over all training samples; inf where it overflows. Kept until a parameter moves."""
        return self._losses.training(self._loss_function)

    @property
    def knows_losses(self) -> bool:
        """Whether `loss` and `validation_loss` are at hand."""
        return self._losses.are_known

    def validation_loss(self) -> float | None:
        """The loss over the validation samples; inf where it overflows, None where there are none."""
        return self._losses.validation(self._loss_function)

    def gradient(self) -> FloatArray:
        """∂J/∂θ of the full batch, shape (3·neurons + 1,); locks and held parameters included. NaN where J overflows.

        Weight decay is no part of J.
        """
        gradient = self._stepper.gradient(self._loss_function)
        return np.full_like(self._theta, np.nan) if gradient is None else gradient

    def run(self, steps: int) -> int:
        """Make `steps` steps. The number made: fewer where J diverged, which leaves the last finite state."""
        done, longest = 0, self._stepper.most_at_once(self._settings.batch_size, self._loss_function)
        while done < steps:
            block = min(steps - done, longest, self._batches.waiting or steps)
            made = self._run_block(block)
            done += made
            if made < block:
                break
        return done

    @property
    def is_long(self) -> bool:
        """Whether one pass over the samples takes longer than an order may wait."""
        return self._stepper.is_long(len(self.dataset))

    @property
    def samples_per_step(self) -> int:
        """How many samples one step looks at: none where it is exact from their sums."""
        return self._stepper.samples_per_step(self._settings.batch_size, self._loss_function)

    def _run_block(self, steps: int) -> int:
        size = self._settings.batch_size
        before = self._theta.copy(), self._first.copy(), self._second.copy()
        batches = None if size is None else self._batches.next(size, steps)
        try:
            made = self._run_kernel(steps, batches)
            if made < steps or not self._is_finite():
                made = self._back_to_finite(before, batches, made)
        except Interrupted:
            # Steps that were made and are not counted would be made twice.
            self._restore(before)
            raise
        self._batches.used()
        self._step += made
        self._updates += made
        sizes = None if batches is None else batches.ends - batches.begins
        self._samples_seen += made * len(self.dataset) if sizes is None else int(sizes[:made].sum())
        return made

    def _back_to_finite(self, before: tuple[FloatArray, ...], batches: Batches | None, diverged: int) -> int:
        """Go back to the last finite state, of `diverged` steps after `before`; how many steps after it is.

        The kernel says after how many steps J diverged, but a mini-batch does not see all samples.
        """

        def is_finite_after(steps: int) -> bool:
            self._replay(before, batches, steps)
            return self._is_finite() and math.isfinite(self.loss())

        finite = last_finite(is_finite_after, diverged)
        self._replay(before, batches, finite)
        return finite

    def _replay(self, before: tuple[FloatArray, ...], batches: Batches | None, steps: int) -> None:
        self._restore(before)
        if batches is not None:
            batches = batches._replace(begins=batches.begins[:steps], ends=batches.ends[:steps])
        self._run_kernel(steps, batches)

    def _restore(self, before: tuple[FloatArray, ...]) -> None:
        for array, old in zip((self._theta, self._first, self._second), before, strict=True):
            array[:] = old

    def _is_finite(self) -> bool:
        """Whether the parameters are finite and the residuals far from overflow: J is finite then."""
        if self.is_long or not np.isfinite(self._theta).all():
            # What is long to look at, the next step will tell.
            return bool(np.isfinite(self._theta).all())
        few = len(self.dataset) <= _FEW_SAMPLES or self._stepper.activation.is_smooth
        if few and self.loss() < _FAR_FROM_OVERFLOW:
            # Whoever runs a block asks for its loss next: this way the kernels are called, and the GIL lost, once less.
            return True
        return not self._stepper.activation.is_smooth and self._stepper.is_far_from_overflow()

    def _run_kernel(self, steps: int, batches: Batches | None) -> int:
        rule, loss = rule_of(self._settings), self._loss_function
        memory = Memory(self._first, self._second, self._step, self._updates)
        if batches is None:
            made = self._stepper.full_batch_steps(steps, rule, loss, self._mask, memory)
        else:
            made = self._stepper.batch_steps(batches, rule, loss, self._mask, memory)
        self._losses.forget()
        return made
