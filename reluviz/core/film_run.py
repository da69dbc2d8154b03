"""A run of training made for a film, step by step exactly as the document's own."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

import numpy as np

from reluviz.core.arrays import FloatArray, frozen
from reluviz.core.dataset import Sampling
from reluviz.core.film import FilmCancelled, GoOn, Shot
from reluviz.core.history import LossCurve
from reluviz.core.network import Network
from reluviz.core.notation import count_text
from reluviz.core.parameter import Locks
from reluviz.core.settings import TrainingSettings
from reluviz.core.start import Start
from reluviz.core.stopping import Stopping
from reluviz.core.target import Target
from reluviz.core.trainer import Trainer

DEFAULT_STEPS = 1000
# A run that ends by its loss or on a plateau is followed at most so far.
_MOST_STEPS = 1_000_000
_CURVE_POINTS = 512
_KEPT_BYTES = 64 * 2**20
# Between two chunks of a long run it can be broken off.
_CHUNK_SECONDS = 0.02


@dataclass(frozen=True, eq=False)
class FilmedRun:
    """What a run is made of, as the document says it. `network` at `step` is where to begin; None: at its start."""

    target: Target
    sampling: Sampling = field(default_factory=Sampling)
    start: Start = field(default_factory=Start)
    settings: TrainingSettings = field(default_factory=TrainingSettings)
    locks: Locks = field(default_factory=Locks)
    network: Network | None = None
    step: int = 0


class RunSource:
    """The run of `run`: position i is its state i steps after where it begins.

    Moments that were prepared are kept, the others trained anew, fastest in ascending order.
    """

    is_whole = True

    def __init__(self, run: FilmedRun, steps: int | None, go_on: GoOn) -> None:
        """`steps` is its length, None for as long as its settings say. Raises FilmCancelled, and ValueError where the
        run cannot be trained.
        """
        self._course = run
        self._go_on = go_on
        self._split = run.sampling.split(run.target, self._check)
        self._kept: dict[int, FloatArray] = {}
        self._kept_bytes = 0
        self._end: int | None = None
        self._chunk = 1
        self.stops: FloatArray = np.zeros(0)
        self.curve = LossCurve()
        self.note = ""
        self._restart()
        self.last = float(max(1, self._length() if steps is None else steps))

    def _restart(self) -> None:
        run = self._course
        network, random = run.start.begin(run.target.low, run.target.high)
        if run.network is not None:
            network = run.network
        training, validation = self._split.training, self._split.validation
        self._trainer = Trainer(network, training, run.settings, random, run.locks, validation, self._check)
        self._trainer.step = self._first = run.step if run.network is not None else 0

    def _length(self) -> int:
        settings, run = self._course.settings, self._course
        last = settings.last_step(len(self._split.training))
        if settings.loss_goal is None and settings.plateau is None:
            if last is None and run.network is None and run.step > 0:
                return run.step
            return DEFAULT_STEPS if last is None or last <= self._first else last - self._first
        stopping = Stopping(settings, len(self._split.training), self._first)
        while self._made < _MOST_STEPS:
            left = stopping.steps_left(self._trainer.step)
            if not self._train(self._made + max(1, left or 1)):
                break
            if stopping.verdict(self._trainer.step, self._trainer.loss()) is not None:
                break
        return self._made

    @property
    def _made(self) -> int:
        return self._trainer.step - self._first

    def at(self, position: float) -> Shot:
        step = round(position)
        kept = self._kept.get(step)
        if kept is None:
            self._go_to(step)
            network, step = self._trainer.network, self._made
        else:
            network = Network.from_vector(kept, self._trainer.network.activation)
            step = min(step, self._end if self._end is not None else step)
        curve = self._curve_up_to(self._first + step)
        if len(curve.losses) and curve.steps[-1] == self._first + step:
            loss = float(curve.losses[-1])
            validation = float(curve.validation[-1]) if len(curve.validation) else None
        else:
            self._go_to(step)
            loss, validation = self._trainer.loss(), self._trainer.validation_loss()
        return Shot(network, "", self._first + step, loss, validation, curve)

    def heights(self, position: float, x: FloatArray) -> FloatArray:
        self._go_to(round(position))
        return self._trainer.network.output(x)

    def prepare(self, positions: FloatArray, go_on: GoOn) -> None:
        """Train through it once: the whole curve is known then, and as many of the networks are kept as there is
        room for.
        """
        wanted = set(np.round(positions).astype(int).tolist())
        between = np.linspace(0.0, self.last, _CURVE_POINTS).round().astype(int).tolist()
        early = (np.geomspace(1.0, self.last + 1.0, _CURVE_POINTS) - 1.0).round().astype(int).tolist()
        rows: list[tuple[float, float, float]] = []
        for step in sorted(wanted.union(between, early)):
            if not go_on(step / self.last):
                raise FilmCancelled
            self._go_to(step)
            if not rows or self._trainer.step > rows[-1][0]:
                validation = self._trainer.validation_loss()
                rows.append((self._trainer.step, self._trainer.loss(), np.nan if validation is None else validation))
            if step in wanted and self._kept_bytes < _KEPT_BYTES:
                vector = self._trainer.network.vector
                self._kept[step] = vector
                self._kept_bytes += vector.nbytes
        table = np.array(rows)
        has_validation = self._split.validation is not None
        self.curve = LossCurve(frozen(table[:, 0]), frozen(table[:, 1]), frozen(table[:, 2] if has_validation else []))

    def _curve_up_to(self, step: int) -> LossCurve:
        count = int(np.searchsorted(self.curve.steps, step, side="right"))
        return LossCurve(self.curve.steps[:count], self.curve.losses[:count], self.curve.validation[:count])

    def _go_to(self, step: int) -> None:
        """Have the trainer stand at a step from where it begins, or at the last finite state before."""
        if self._end is not None:
            step = min(step, self._end)
        if step < self._made:
            self._restart()
        self._train(step)

    def _train(self, until: int) -> bool:
        """Train on up to a step; whether it was reached: J may diverge before."""
        while self._made < until:
            steps = min(self._chunk, until - self._made)
            begun = time.perf_counter()
            done = self._trainer.run(steps)
            took = time.perf_counter() - begun
            if done < steps:
                self._end = self._made
                self.note = f"J diverged after step {count_text(self._trainer.step)}: the last finite state is held"
                return False
            if steps == self._chunk:
                self._chunk = max(1, int(steps * min(2.0, _CHUNK_SECONDS / max(took, 1e-9))))
            self._check()
        return True

    def _check(self) -> bool:
        """Raises FilmCancelled where the film is not wanted any more, also within a step on very many samples."""
        if not self._go_on(0.0):
            raise FilmCancelled
        return True
