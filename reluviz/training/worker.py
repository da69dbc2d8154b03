"""The thread that trains. It takes orders between chunks of a few milliseconds and leaves frames in the mailbox."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from functools import partial

import numpy as np

from reluviz.core.compilation import compile_kernels
from reluviz.core.frame import Frame, Stop
from reluviz.core.parameter import Parameter
from reluviz.core.patience import GoOn, Interrupted
from reluviz.core.timeline import Timeline
from reluviz.training.job import Job
from reluviz.training.mailbox import Mailbox
from reluviz.training.pace import Pace
from reluviz.training.run import Run
from reluviz.training.step_rate import StepRate
from reluviz.training.unforeseen import log_unforeseen

# Long enough that taking orders and the GIL costs little, short enough that an order is followed within the frame.
CHUNK_SECONDS = 0.008
_FRAME_SECONDS = 0.008
_TIMELINE_SECONDS = 0.1
# An order that comes during a long pass over the samples breaks it off if that has gone on for so long: what is
# shorter is done, so that a hand that gives an order with every frame does not keep J from being found.
_PATIENCE_SECONDS = 0.05

Order = Callable[[], None]


class Worker:
    """Runs in its own thread from `start` to `close`. `order` takes any of the methods marked Order."""

    def __init__(
        self, mailbox: Mailbox[Frame], refusals: Mailbox[str], timelines: Mailbox[tuple[int, Timeline]]
    ) -> None:
        """`timelines` gets the recorded runs with the revision they are of, a few times a second."""
        self._mailbox = mailbox
        self._refusals = refusals
        self._timelines = timelines
        self._wake = threading.Condition()
        self._orders: deque[Order] = deque()
        self._closing = False
        self._thread = threading.Thread(target=self._work, name="training", daemon=True)
        self._compiled = threading.Event()
        self._compiling: threading.Thread | None = None
        self._run: Run | None = None
        self._unfinished: Job | None = None
        self._jobs = 0
        self._busy_since = 0.0
        self.preparing = 0
        """How many samples are being got for the newest job; 0 where none are."""
        self._pace = Pace()
        self._playing = False
        self._steps_wanted = 0
        self._stop: Stop | None = None
        self._revision = 0
        self._frame_due = False
        self._last_frame = 0.0
        self._last_timeline = 0.0
        self._rate = StepRate()

    @property
    def is_compiled(self) -> bool:
        """Whether the kernels are ready; before, training waits."""
        return self._compiled.is_set()

    def start(self) -> None:
        self._thread.start()

    def compile_kernels(self) -> None:
        """Import and compile the kernels in a thread of their own, once; until then orders are still followed."""
        if self._compiling is None:
            self._compiling = threading.Thread(target=self._compile, name="kernels", daemon=True)
            self._compiling.start()

    def _compile(self) -> None:
        compile_kernels()
        self._compiled.set()
        with self._wake:
            self._orders.append(self._on_compiled)
            self._wake.notify()

    def _on_compiled(self) -> None:
        # The losses of very many samples waited for it.
        self._frame_due = True

    def close(self, timeout: float = 5.0) -> None:
        """End the thread, whatever it is doing, within a chunk."""
        with self._wake:
            self._closing = True
            self._wake.notify()
        if self._thread.is_alive():
            self._thread.join(timeout)

    def order(self, order: Order, revision: int) -> None:
        """Have `order` carried out between two chunks; frames from then on bear `revision`."""

        def carry_out() -> None:
            try:
                order()
            except (ValueError, IndexError, MemoryError) as error:
                self._refusals.put(str(error) or "not enough memory")
            except Exception as error:
                self._refusals.put("an error in the program")
                log_unforeseen(error)
            self._revision = revision
            self._frame_due = True

        with self._wake:
            self._orders.append(carry_out)
            self._wake.notify()

    def follow(self, job: Job) -> Order:
        """The order to train what `job` says. One that is overtaken by another is broken off."""
        self._jobs += 1
        number = self._jobs

        def is_newest() -> bool:
            return number == self._jobs and not self._closing

        return partial(self._follow, job, is_newest)

    def _follow(self, job: Job, is_newest: GoOn) -> None:
        unfinished, self._unfinished = self._unfinished, None
        try:
            self._take_up(job.after(unfinished), is_newest)
        except (ValueError, MemoryError):
            if unfinished is not None:
                self._take_up(unfinished, is_newest)
            raise

    def _take_up(self, job: Job, is_newest: GoOn) -> None:
        if self._run is None or self._run.resamples(job):
            self.preparing = job.sampling.count(job.target)
        try:
            if self._run is None:
                self._run = Run(job, self._may_go_on, is_newest)
            else:
                self._run.follow(job, is_newest)
        except Interrupted:
            self._unfinished = job
        else:
            self._stop = self._stop if job.network is None else None

    def _may_go_on(self) -> bool:
        """Whether a long pass over the samples may, though there are orders."""
        hurry = self._orders and time.perf_counter() - self._busy_since > _PATIENCE_SECONDS
        return not (hurry or self._closing)

    def hold(self, values: dict[Parameter, float]) -> None:
        """Order: keep these parameters at these values; {} lets go."""
        if self._run is not None:
            self._run.hold(values)

    def discard(self, number: int) -> None:
        """Order: forget a recorded run."""
        if self._run is not None:
            self._run.tape.discard(number)

    def play(self) -> None:
        """Order: train on at the present pace."""
        self._playing = True
        self._stop = None
        if self._run is not None:
            self._run.watch()
        self._pace.restart()
        self._rate.restart(self._run.trainer.step if self._run else 0)

    def pause(self) -> None:
        """Order: come to rest."""
        self._playing = False
        self._steps_wanted = 0

    def make_steps(self, steps: int) -> None:
        """Order: make that many steps at once, then rest."""
        self._playing = False
        self._steps_wanted += steps
        self._stop = None
        self._rate.restart(self._run.trainer.step if self._run else 0)

    def set_speed(self, speed: float | None) -> None:
        """Order: steps per second, None for as fast as it goes."""
        self._pace.set_speed(speed)

    def _work(self) -> None:
        with np.errstate(all="ignore"):
            while True:
                with self._wake:
                    if not self._orders and not self._closing:
                        wait = self._idle_seconds()
                        if wait is None or wait > 0:
                            self._wake.wait(wait)
                    orders = list(self._orders)
                    self._orders.clear()
                    if self._closing:
                        return
                self._busy_since = time.perf_counter()
                for order in orders:
                    order()
                if self._unfinished is not None:
                    # The next order says what to do instead.
                    continue
                try:
                    self._work_on()
                except Exception as error:
                    self._survive(error)

    def _work_on(self) -> None:
        """One chunk, and what there is to tell of it."""
        if self._is_training():
            self._train()
        self._leave_frame()
        if self._run is not None and not self._is_training():
            self._run.rest()
        self._leave_timeline()

    def _survive(self, error: Exception) -> None:
        """Come to rest after what nobody has foreseen, or where there is no memory: orders are followed as before."""
        is_memory = isinstance(error, MemoryError)
        self._come_to_rest(Stop.MEMORY if is_memory else Stop.ERROR)
        self._frame_due = False
        self.preparing = 0
        if self._run is not None:
            self._mailbox.put(self._run.first_frame(self._revision, 0.0, False, self._stop))
        if not is_memory:
            log_unforeseen(error)

    def _is_training(self) -> bool:
        return (self._playing or self._steps_wanted > 0) and self._run is not None and self.is_compiled

    def _idle_seconds(self) -> float | None:
        """How long there is nothing to do: None, until the next order."""
        if not self._is_training():
            return 0.0 if self._frame_due else None
        if self._steps_wanted:
            return 0.0
        wait = self._pace.wait(time.perf_counter())
        return min(wait, _FRAME_SECONDS) if self._frame_due else wait

    def _train(self) -> None:
        assert self._run is not None
        due = self._steps_wanted or self._pace.due(time.perf_counter())
        wanted = min(n for n in (due, 1 << 40) if n is not None)
        if wanted <= 0:
            return
        made, stop = self._run.advance(wanted, CHUNK_SECONDS, stops=self._playing)
        self._frame_due = True
        if self._steps_wanted:
            self._steps_wanted -= made
        else:
            self._pace.made(made)
        if stop is not None:
            self._come_to_rest(stop)
        self._rate.measure(self._run.trainer.step)

    def _come_to_rest(self, stop: Stop) -> None:
        self._playing = False
        self._steps_wanted = 0
        self._stop = stop

    def _leave_timeline(self) -> None:
        now = time.perf_counter()
        if self._run is None or not self._run.tape.has_news:
            return
        if not self._is_training() or now - self._last_timeline >= _TIMELINE_SECONDS:
            self._timelines.put((self._revision, self._run.tape.timeline()))
            self._last_timeline = now

    def _leave_frame(self) -> None:
        now = time.perf_counter()
        training = self._is_training()
        if self._run is None or not self._frame_due or (training and now - self._last_frame < _FRAME_SECONDS):
            return
        running = self._playing or self._steps_wanted > 0
        facts = self._revision, self._rate.value if running else 0.0, running, self._stop
        if not training and self._run.trainer.is_long and not self._run.trainer.knows_losses:
            # That it rests is to be seen at once, however long its losses take.
            self._mailbox.put(self._run.first_frame(*facts))
            self.preparing = 0
        try:
            self._mailbox.put(self._run.frame(*facts, self.is_compiled))
        except Interrupted:
            # What was ordered comes first.
            self._mailbox.put(self._run.first_frame(*facts))
            return
        self.preparing = 0
        self._frame_due = False
        self._last_frame = now
