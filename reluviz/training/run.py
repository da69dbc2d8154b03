"""The state that the worker makes of the jobs it is given."""

from __future__ import annotations

import time
from dataclasses import replace
from itertools import pairwise

from reluviz.core.dataset import Split
from reluviz.core.frame import Frame, Stop
from reluviz.core.history import Break, LossHistory, first_stride
from reluviz.core.loss import loss_named
from reluviz.core.network import Network
from reluviz.core.parameter import Parameter
from reluviz.core.patience import GoOn, Interrupted, always
from reluviz.core.stopping import Stopping
from reluviz.core.timeline import Course
from reluviz.core.trainer import Trainer
from reluviz.training.job import Job
from reluviz.training.tape import Tape

# A first guess, and what is guessed for one sample on its way through one neuron; neither may be too low.
_FIRST_STEP_SECONDS = 1e-5
_NUMBER_SECONDS = 2e-9
# The part of a chunk that one call of the kernel may take.
_CALL_PART = 0.9
# A rest of a chunk that is shorter than this part of it is not worth another call.
_WORTH_A_CALL = 0.3
# Who wants so many steps wants all that can be made.
_FLAT_OUT = 10**9
# Every step of a short run is worth a point of the curve, but a long run need not wait for each.
_DENSE_POINTS = 1024
# Between two points of the curve lies at most this part of the run so far: no corner shows.
_POINTS_PER_RUN = 64
# A target under the hand changes many times a second.
_MOST_COURSES = 256
_MOST_BY_NUMPY = 100_000
# A step that looks at so many is worth a point of the curve.
_MANY_SAMPLES = 1_000_000


class Run:
    """A trainer with its loss history and tape, following the jobs it is given. Belongs to one thread at a time.

    `go_on` is asked within whatever takes long: it is broken off where it says no, with nothing half done.
    """

    def __init__(self, job: Job, go_on: GoOn = always, still_wanted: GoOn = always) -> None:
        """`still_wanted` is `go_on` for getting the job's samples. Raises Interrupted where that is broken off."""
        if job.network is None:
            raise ValueError("the first job names the network to train")
        self._job = job
        self._go_on = go_on
        self.tape = Tape()
        self._renew(job, job.sampling.split(job.target, still_wanted), job.network, job.step)
        self._open_timeline(job)

    def _open_timeline(self, job: Job) -> None:
        if job.timeline is not None:
            self.tape.open(job.timeline)

    def resamples(self, job: Job) -> bool:
        """Whether `job` is about other samples."""
        return job.target != self._job.target or job.sampling != self._job.sampling

    def follow(self, job: Job, still_wanted: GoOn = always) -> None:
        """Go on with `job`, doing no more than its differences from the last one ask for.

        Raises ValueError where it cannot be trained, Interrupted where getting its samples is broken off; the state
        before is kept then.
        """
        if not self.rest():
            self.tape.leave()
        has_other_samples = self.resamples(job)
        split = job.sampling.split(job.target, still_wanted) if has_other_samples else self._split
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
            self._guess_pace()
            self._begins = self.trainer.step
        self._job = job
        self._open_timeline(job)
        self.watch()

    def rest(self) -> bool:
        """There is nothing to do for now. Whether all that is to be recorded of the run is."""
        try:
            self.tape.rest(self.trainer)
        except Interrupted:
            return False
        return True

    def _renew(self, job: Job, split: Split, network: Network, step: int) -> None:
        # At step 0 the generator stands where the initialiser left it, so that a reset repeats the same run.
        _, random = job.start.begin(job.target.low, job.target.high)
        self.trainer = Trainer(network, split.training, job.settings, random, job.locks, split.validation, self._go_on)
        self.trainer.step = step
        self._history = LossHistory()
        self._begins = step
        self._courses: list[tuple[int, Course]] = []
        self._take_split(split)
        self._mark_course(job.course)
        self.watch()

    def _take_split(self, split: Split) -> None:
        self._split = split
        self._history.coarsen(self._stride)
        self._guess_pace()

    def _mark_course(self, course: Course) -> None:
        """From the present step on losses are of `course`; nothing is marked where they were before."""
        step, courses = self.trainer.step, self._courses
        while courses and courses[-1][0] >= step:
            courses.pop()
        if not courses or courses[-1][1] != course:
            courses.append((step, course))
        del courses[:-_MOST_COURSES]
        self._history.breaks = tuple(Break(at, new.change_from(old)) for (_, old), (at, new) in pairwise(courses))

    def _guess_pace(self) -> None:
        """What a step costs is another thing now: one call of the kernel must not take seconds."""
        trainer = self.trainer
        neurons = len(trainer.vector) // 3 if trainer.activation.is_smooth else 1
        self._step_seconds = max(_FIRST_STEP_SECONDS, _NUMBER_SECONDS * trainer.samples_per_step * neurons)
        if trainer.samples_per_step >= _MANY_SAMPLES:
            # Few steps will be made.
            self._history.record_more(self._stride)

    @property
    def _stride(self) -> int:
        samples = len(self._split.training) + (0 if self._split.validation is None else len(self._split.validation))
        return first_stride(samples, self.trainer.samples_per_step)

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
        before = self.trainer.step
        try:
            return self._advance(steps, seconds, stops)
        except Interrupted:
            return self.trainer.step - before, None

    def _advance(self, steps: int, seconds: float, stops: bool) -> tuple[int, Stop | None]:
        stopping = self._watched() if stops else None
        self.tape.start(self.trainer, self._job.course, self._job.start)
        if self.trainer.step == self._begins:
            # What the history has from here on is of what was undone; until now it might have been redone.
            self._record()
        made = 0
        begin = time.perf_counter()
        while made < steps:
            left = begin + seconds - time.perf_counter()
            part = self._part(steps - made, left)
            if stopping is not None and self._verdict_at is not None:
                part = min(part, self._verdict_at - self.trainer.step)
            if made and left < max(part * self._step_seconds, _WORTH_A_CALL * seconds):
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
        """The present instant. Raises Interrupted where its losses are not at hand and finding them is broken off.

        Before the kernels are `compiled` they come from NumPy; of very many samples they are not known then.
        """
        trainer = self.trainer
        if compiled:
            losses = trainer.loss(), trainer.validation_loss()
        elif len(trainer.dataset) > _MOST_BY_NUMPY:
            return self.first_frame(revision, rate, running, stop)
        else:
            cost, held_out, network = loss_named(trainer.settings.loss), self._split.validation, trainer.network
            losses = cost.of(network, trainer.dataset), None if held_out is None else cost.of(network, held_out)
        return self._frame(revision, rate, running, stop, *losses)

    def first_frame(self, revision: int, rate: float, running: bool, stop: Stop | None) -> Frame:
        """The present instant, its losses not known yet."""
        unknown = float("nan")
        return self._frame(revision, rate, running, stop, unknown, None if self._split.validation is None else unknown)

    def _frame(
        self, revision: int, rate: float, running: bool, stop: Stop | None, loss: float, validation: float | None
    ) -> Frame:
        trainer = self.trainer
        curve = self._history.curve(trainer.step, loss, validation)
        return Frame(
            trainer.network,
            trainer.step,
            trainer.epoch,
            loss,
            curve,
            rate,
            running,
            stop,
            revision,
            validation,
            self._split,
        )
