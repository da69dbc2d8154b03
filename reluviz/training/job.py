"""What the worker is told to train, and the state it makes of it."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from itertools import pairwise

from reluviz.core.dataset import Sampling, Split
from reluviz.core.frame import Frame, Stop
from reluviz.core.history import Break, LossHistory, first_stride
from reluviz.core.loss import loss_named
from reluviz.core.network import Network
from reluviz.core.parameter import Locks, Parameter
from reluviz.core.settings import TrainingSettings
from reluviz.core.start import Start
from reluviz.core.stopping import Stopping
from reluviz.core.target import Target
from reluviz.core.timeline import Course, Timeline
from reluviz.core.trainer import Trainer
from reluviz.training.tape import Tape

# A first guess, and the part of a chunk that one call of the kernel may take.
_FIRST_STEP_SECONDS = 1e-5
_CALL_PART = 0.9
# Who wants so many steps wants all that can be made.
_FLAT_OUT = 10**9
# Every step of a short run is worth a point of the curve, but a long run need not wait for each.
_DENSE_POINTS = 1024
# Between two points of the curve lies at most this part of the run so far: no corner shows.
_POINTS_PER_RUN = 64
# A target under the hand changes many times a second.
_MOST_COURSES = 256


@dataclass(frozen=True, eq=False)
class Job:
    """A document's training side. `network` at `step` is where to go on from; None goes on with the one in training.

    `timeline` are the recorded runs of a document that has been opened; None goes on recording.
    """

    target: Target
    sampling: Sampling
    start: Start
    settings: TrainingSettings
    locks: Locks = field(default_factory=Locks)
    network: Network | None = None
    step: int = 0
    timeline: Timeline | None = None

    @property
    def course(self) -> Course:
        """What a run by this job is trained on."""
        return Course(self.target, self.sampling, self.settings.loss)


class Run:
    """A trainer with its loss history and tape, following the jobs it is given. Belongs to one thread at a time."""

    def __init__(self, job: Job) -> None:
        if job.network is None:
            raise ValueError("the first job names the network to train")
        self._job = job
        self.tape = Tape()
        self._renew(job, job.sampling.split(job.target), job.network, job.step)
        self._open_timeline(job)

    def _open_timeline(self, job: Job) -> None:
        if job.timeline is not None:
            self.tape.open(job.timeline)

    def follow(self, job: Job) -> None:
        """Go on with `job`, doing no more than its differences from the last one ask for.

        Raises ValueError where it cannot be trained; the state before is kept then.
        """
        self.rest()
        has_other_samples = (job.target, job.sampling) != (self._job.target, self._job.sampling)
        split = job.sampling.split(job.target) if has_other_samples else self._split
        network, step = (self.trainer.network, self.trainer.step) if job.network is None else (job.network, job.step)
        if step == 0 and (has_other_samples or job.network is not None):
            self._renew(job, split, network, 0)
        else:
            if has_other_samples:
                self.trainer.train_on(split.training, split.validation, job.settings)
                self._take_split(split)
            self.trainer.settings = job.settings
            self.trainer.locks = job.locks
            if job.network is not None:
                self.trainer.network = job.network
                self.trainer.step = job.step
            self._mark_course(job.course)
        self._job = job
        self._open_timeline(job)
        self.watch()

    def rest(self) -> None:
        """There is nothing to do for now."""
        self.tape.rest(self.trainer)

    def _renew(self, job: Job, split: Split, network: Network, step: int) -> None:
        # At step 0 the generator stands where the initialiser left it, so that a reset repeats the same run.
        _, random = job.start.begin(job.target.low, job.target.high)
        self.trainer = Trainer(network, split.training, job.settings, random, job.locks, split.validation)
        self.trainer.step = step
        self._history = LossHistory()
        self._courses: list[tuple[int, Course]] = []
        self._take_split(split)
        self._mark_course(job.course)
        self.watch()

    def _take_split(self, split: Split) -> None:
        self._split = split
        held_out = 0 if split.validation is None else len(split.validation)
        self._history.coarsen(first_stride(len(split.training) + held_out))
        self._step_seconds = _FIRST_STEP_SECONDS

    def _mark_course(self, course: Course) -> None:
        """From the present step on losses are of `course`; nothing is marked where they were before."""
        step, courses = self.trainer.step, self._courses
        while courses and courses[-1][0] >= step:
            courses.pop()
        if not courses or courses[-1][1] != course:
            courses.append((step, course))
        del courses[:-_MOST_COURSES]
        self._history.breaks = tuple(Break(at, new.change_from(old)) for (_, old), (at, new) in pairwise(courses))

    def hold(self, values: dict[Parameter, float]) -> None:
        self.trainer.hold(values)

    def watch(self) -> None:
        """Stop from here on where the settings say so; what is passed or reached already is no reason any more."""
        self._stopping: Stopping | None = None

    def _watched(self) -> Stopping:
        if self._stopping is None:
            settings = self._job.settings
            if settings.loss_goal is not None and self.trainer.loss() <= settings.loss_goal:
                # Who trains on from there means it.
                settings = replace(settings, loss_goal=None)
            self._stopping = Stopping(settings, len(self.trainer.dataset), self.trainer.step)
            self._look_again()
        return self._stopping

    def _look_again(self) -> None:
        """Find the step for the next verdict."""
        assert self._stopping is not None
        left = self._stopping.steps_left(self.trainer.step)
        self._verdict_at = None if left is None else self.trainer.step + max(1, left)

    def advance(self, steps: int, seconds: float, *, stops: bool = True) -> tuple[int, Stop | None]:
        """Make up to `steps` steps, for about `seconds`. Returns the steps made, and why they ended the run, if so.

        Unless it `stops`, only divergence does.
        """
        stopping = self._watched() if stops else None
        self.tape.start(self.trainer, self._job.course)
        if self.trainer.step == self._courses[-1][0]:
            self._record()
        made = 0
        begin = time.perf_counter()
        while made < steps:
            left = begin + seconds - time.perf_counter()
            part = self._part(steps - made, left)
            if stopping is not None and self._verdict_at is not None:
                part = min(part, self._verdict_at - self.trainer.step)
            if made and part * self._step_seconds > left:
                break
            done = self._run_part(part, steps > _FLAT_OUT)
            made += done
            if done < part:
                return made, Stop.DIVERGED
            if stopping is not None and self.trainer.step == self._verdict_at:
                stop = stopping.verdict(self.trainer.step, self.trainer.loss())
                if stop is not None:
                    return made, stop
                self._look_again()
        return made, None

    def _record(self) -> None:
        self._history.record(self.trainer.step, self.trainer.loss(), self.trainer.validation_loss())

    def _part(self, steps: int, seconds: float) -> int:
        """How many steps to make in one call of the kernel: until the next record is due, or many times that.

        Every call gives the GIL away and has to wait for it, so once the curve has its first points a call takes a good
        part of the time there is, and records that fall into it are left out.
        """
        due = self._history.steps_until_due(self.trainer.step)
        affordable = int(seconds * _CALL_PART / self._step_seconds)
        is_dense = self._history.points >= _DENSE_POINTS
        fine = self.trainer.step // _POINTS_PER_RUN
        strides = max(0, min(affordable, fine) - due) // self._history.stride if is_dense else 0
        return min(steps, due + strides * self._history.stride, max(1, 2 * affordable))

    def _run_part(self, part: int, flat_out: bool) -> int:
        begin = time.perf_counter()
        done = self.trainer.run(part)
        if self.trainer.step % self._history.stride == 0:
            self._record()
        self.tape.take(self.trainer, flat_out)
        if done:
            measured = (time.perf_counter() - begin) / done
            # A measurement that another thread held up says nothing of the next step.
            self._step_seconds = min(measured, 2.0 * self._step_seconds)
        return done

    def frame(self, revision: int, rate: float, running: bool, stop: Stop | None, compiled: bool) -> Frame:
        """The present instant. Before the kernels are compiled J comes from NumPy."""
        trainer = self.trainer
        network = trainer.network
        if compiled:
            loss, validation = trainer.loss(), trainer.validation_loss()
        else:
            cost, held_out = loss_named(trainer.settings.loss), self._split.validation
            loss = cost.of(network, trainer.dataset)
            validation = None if held_out is None else cost.of(network, held_out)
        curve = self._history.curve(trainer.step, loss, validation)
        return Frame(
            network, trainer.step, trainer.epoch, loss, curve, rate, running, stop, revision, validation, self._split
        )
