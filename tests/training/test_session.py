from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np
import pytest

from reluviz.core.activation import TANH
from reluviz.core.dataset import Sampling
from reluviz.core.frame import Frame, Stop
from reluviz.core.history import Break
from reluviz.core.loss import half_mse
from reluviz.core.network import Network
from reluviz.core.parameter import Kind, Locks, Parameter
from reluviz.core.patience import Interrupted
from reluviz.core.settings import Plateau, TrainingSettings
from reluviz.core.start import Start
from reluviz.core.target import FunctionTarget
from reluviz.core.trainer import Trainer
from reluviz.training.job import Job
from reluviz.training.run import Run
from reluviz.training.session import TrainingSession

TARGET = FunctionTarget("sine")
START = Start(neurons=5, seed=1234)
RECIPE = TrainingSettings(batch_size=100, shuffle=True, window_limit=1000, steps=1000)


def job(settings: TrainingSettings = RECIPE, **changes: object) -> Job:
    network, _ = START.begin(TARGET.low, TARGET.high)
    return replace(Job(TARGET, Sampling(), START, settings, Locks(), network), **changes)


@pytest.fixture
def session() -> Iterator[TrainingSession]:
    session = TrainingSession()
    session.compile_kernels()
    yield session
    session.close()
    assert "training" not in {thread.name for thread in threading.enumerate()}


def wait_for(session: TrainingSession, wanted: Callable[[Frame], bool], seconds: float = 60.0) -> Frame:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        frame = session.take_frame()
        if frame is not None and wanted(frame):
            return frame
        threading.Event().wait(0.002)
    raise AssertionError("no such frame came")


def at_rest(frame: Frame) -> bool:
    return not frame.running and frame.step > 0


def reference(settings: TrainingSettings, steps: int) -> Network:
    network, random = START.begin(TARGET.low, TARGET.high)
    trainer = Trainer(network, Sampling().of(TARGET), settings, random)
    trainer.run(steps)
    return trainer.network


def test_a_run_in_the_worker_is_the_run_of_the_recipe_and_stops_by_itself(session: TrainingSession) -> None:
    session.follow(job())
    session.play()
    frame = wait_for(session, at_rest)
    assert (frame.step, frame.stop) == (1000, Stop.STEPS)
    assert frame.network.same_as(reference(RECIPE, 1000))
    assert frame.epoch == pytest.approx(1000 * 100 / 1024)


@pytest.mark.parametrize(
    ("settings", "stop"),
    [
        (TrainingSettings(epochs=7, steps=70), Stop.EPOCHS),
        (TrainingSettings(0.005, loss_goal=1.0), Stop.LOSS),
        (TrainingSettings(0.005, plateau=Plateau(50, 0.5)), Stop.PLATEAU),
    ],
)
def test_it_stops_where_it_is_told_to_and_goes_on_when_told_to(
    session: TrainingSession, settings: TrainingSettings, stop: Stop
) -> None:
    session.follow(job(settings))
    session.play()
    frame = wait_for(session, at_rest)
    assert frame.stop is stop
    if stop is Stop.EPOCHS:
        assert (frame.step, frame.epoch) == (7, 7.0)
    if stop is Stop.LOSS:
        assert frame.loss <= 1.0
        assert frame.curve.losses[-2] > 0.98, "and soon after it has come there"
    session.play()
    later = wait_for(session, lambda later: later.step > frame.step)
    assert later.loss < frame.loss
    session.pause()


@pytest.fixture
def logged(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """The types of the errors of threads that go to the log."""
    types: list[object] = []
    monkeypatch.setattr(threading, "excepthook", lambda arguments: types.append(arguments.exc_type))
    return types


def raising(error: type[Exception]) -> Callable[..., None]:
    def fail(*_: object) -> None:
        raise error

    return fail


@pytest.mark.parametrize(
    ("error", "said"), [(MemoryError, "not enough memory"), (ZeroDivisionError, "an error in the program")]
)
def test_samples_that_cannot_be_got_are_refused_and_training_goes_on(
    session: TrainingSession, monkeypatch: pytest.MonkeyPatch, logged: list[object], error: type[Exception], said: str
) -> None:
    session.follow(job())
    session.make_steps(10)
    wait_for(session, lambda frame: frame.step == 10)

    with monkeypatch.context() as full:
        full.setattr(Sampling, "split", raising(error))
        session.follow(job(sampling=Sampling(500), network=None))
        wait_for(session, lambda frame: True)
    assert session.take_refusal() == said
    assert logged == ([] if error is MemoryError else [error])
    session.make_steps(5)
    frame = wait_for(session, lambda frame: frame.step == 15)
    assert frame.network.same_as(reference(RECIPE, 15))


@pytest.mark.parametrize(("error", "stop"), [(MemoryError, Stop.MEMORY), (ZeroDivisionError, Stop.ERROR)])
def test_what_nobody_has_foreseen_ends_the_run_and_not_the_thread(
    session: TrainingSession, monkeypatch: pytest.MonkeyPatch, logged: list[object], error: type[Exception], stop: Stop
) -> None:
    session.follow(job())
    session.make_steps(10)
    wait_for(session, lambda frame: frame.step == 10)

    with monkeypatch.context() as broken:
        broken.setattr(Trainer, "run", raising(error))
        session.play()
        frame = wait_for(session, lambda frame: frame.stop is not None)
    assert (frame.stop, frame.running, frame.step) == (stop, False, 10)
    assert logged == ([] if stop is Stop.MEMORY else [error])
    session.make_steps(5)
    assert wait_for(session, lambda frame: frame.step == 15).network.same_as(reference(RECIPE, 15))


def test_the_loss_is_the_one_that_is_minimised(session: TrainingSession) -> None:
    session.follow(job(TrainingSettings(0.005, steps=100)))
    session.play()
    before = wait_for(session, at_rest)
    session.follow(job(TrainingSettings(0.005, loss="mse", steps=100), network=None))
    after = wait_for(session, lambda frame: True)
    assert after.loss == pytest.approx(2 * before.loss)
    assert after.curve.breaks == (Break(100, "loss"),)
    assert after.curve.latest.steps.tolist() == [100], "the course of another loss is not mixed with it"
    assert after.curve.losses[:-1].tolist() == before.curve.losses[:-1].tolist()


def test_another_target_leaves_the_curve_and_marks_it(session: TrainingSession) -> None:
    how, line = TrainingSettings(0.005), FunctionTarget("line")
    session.follow(job(how))
    session.make_steps(50)
    before = wait_for(session, at_rest)
    session.follow(job(how, target=line, network=None))
    changed = wait_for(session, lambda frame: True)
    assert changed.step == 50
    assert changed.network.same_as(before.network)
    assert changed.loss == pytest.approx(half_mse(before.network, Sampling().of(line)))
    assert changed.curve.breaks == (Break(50, "target"),)
    session.make_steps(20)
    later = wait_for(session, lambda frame: frame.step == 70 and not frame.running)
    assert later.curve.steps.tolist() == list(range(71))
    assert later.curve.losses[:50].tolist() == before.curve.losses[:50].tolist()
    assert later.curve.losses[50] == changed.loss
    assert later.curve.latest.steps.tolist() == list(range(50, 71))
    # Back at the network from before the change, on the target from before: as if there had been none.
    session.follow(job(how, network=before.network, step=50))
    undone = wait_for(session, lambda frame: frame.step == 50)
    assert undone.curve.breaks == ()
    assert undone.curve.losses.tolist() == before.curve.losses.tolist()


def test_samples_in_between_that_are_taken_back_leave_no_mark(session: TrainingSession) -> None:
    session.follow(job())
    session.make_steps(30)
    wait_for(session, at_rest)
    for sampling, breaks in ((Sampling(500), (Break(30, "samples"),)), (Sampling(), ())):
        session.follow(job(sampling=sampling, network=None))
        assert wait_for(session, lambda frame: True).curve.breaks == breaks


def test_a_reset_begins_the_curve_anew(session: TrainingSession) -> None:
    session.follow(job())
    session.make_steps(30)
    wait_for(session, at_rest)
    session.follow(job(sampling=Sampling(500), network=None))
    session.follow(job(sampling=Sampling(500)))
    frame = wait_for(session, lambda frame: frame.step == 0)
    assert (frame.curve.steps.tolist(), frame.curve.breaks) == ([0], ())


def test_what_cannot_be_trained_on_changes_nothing(session: TrainingSession) -> None:
    session.follow(job())
    session.make_steps(30)
    before = wait_for(session, at_rest)
    session.follow(job(sampling=Sampling(50), network=None))
    assert wait_for(session, lambda frame: True).curve.breaks == ()
    assert "a batch of 100 is more than the 50 samples" in str(session.take_refusal())
    session.make_steps(1)
    assert wait_for(session, lambda frame: frame.step == 31).epoch == pytest.approx(before.epoch * 31 / 30)


@pytest.mark.parametrize("compiled", [False, True])
def test_validation_loss_of_samples_that_training_does_not_see(compiled: bool) -> None:
    sampling = Sampling(200, noise=0.5, validation=0.25, validation_seed=3)
    session = TrainingSession()
    try:
        if compiled:
            session.compile_kernels()
        session.follow(job(TrainingSettings(0.005), sampling=sampling))
        if compiled:
            session.make_steps(20)
        frame = wait_for(session, lambda frame: at_rest(frame) or not compiled)
        held_out = sampling.split(TARGET).validation
        assert held_out is not None
        assert frame.validation_loss == pytest.approx(half_mse(frame.network, held_out))
        assert len(frame.curve.validation) == len(frame.curve.losses)
        assert frame.curve.validation[-1] == frame.validation_loss
    finally:
        session.close()


def test_reset_repeats_the_same_run(session: TrainingSession) -> None:
    session.follow(job())
    session.make_steps(137)
    first = wait_for(session, at_rest)
    session.follow(job())
    assert wait_for(session, lambda frame: frame.step == 0).network.same_as(job().network or first.network)
    session.make_steps(137)
    assert wait_for(session, at_rest).network.same_as(first.network)


def test_the_loss_curve_has_every_step_of_a_short_run(session: TrainingSession) -> None:
    session.follow(job())
    session.make_steps(100)
    frame = wait_for(session, at_rest)
    assert list(frame.curve.steps) == list(range(101))
    assert frame.curve.losses[-1] == frame.loss


def test_the_held_parameter_belongs_to_the_hand_and_the_rest_trains_on(session: TrainingSession) -> None:
    held = Parameter(Kind.OUTPUT_WEIGHT, 1)
    session.follow(job(replace(RECIPE, steps=None)))
    session.play()
    wait_for(session, lambda frame: frame.step > 0)
    session.hold({held: 3.0})
    first = wait_for(session, lambda frame: frame.network[held] == 3.0)
    later = wait_for(session, lambda frame: frame.step > first.step + 100)
    assert later.network[held] == 3.0
    assert not np.array_equal(later.network.hidden_bias, first.network.hidden_bias)
    session.hold({})
    wait_for(session, lambda frame: frame.network[held] != 3.0)


def test_settings_act_while_it_runs_without_going_back(session: TrainingSession) -> None:
    session.follow(job(replace(RECIPE, steps=None)))
    session.play()
    before = wait_for(session, lambda frame: frame.step > 1000)
    session.follow(job(TrainingSettings(learning_rate=1e-3), network=None))
    after = wait_for(session, lambda frame: frame.step > before.step + 1000)
    assert after.running
    assert after.loss < 0.5


def test_divergence_rests_at_the_last_finite_state(session: TrainingSession) -> None:
    session.follow(job(TrainingSettings(learning_rate=10.0)))
    session.play()
    frame = wait_for(session, at_rest)
    assert frame.stop is Stop.DIVERGED
    assert np.isfinite(frame.loss)
    assert np.isfinite(frame.network.vector).all()
    session.follow(job())
    session.play()
    assert wait_for(session, at_rest).stop is Stop.STEPS


def test_one_step_a_second_makes_its_first_step_at_once(session: TrainingSession) -> None:
    session.follow(job())
    session.set_speed(1.0)
    session.play()
    assert wait_for(session, lambda frame: frame.step == 1).running
    session.pause()
    assert wait_for(session, lambda frame: not frame.running).step <= 2


def test_an_order_that_cannot_be_followed_says_why_and_changes_nothing(session: TrainingSession) -> None:
    session.follow(job())
    session.follow(job(replace(RECIPE, batch_size=5000), network=None))
    session.make_steps(10)
    frame = wait_for(session, at_rest)
    assert frame.network.same_as(reference(RECIPE, 10))
    assert "5000" in str(session.take_refusal())


def test_before_the_kernels_are_ready_frames_already_come() -> None:
    session = TrainingSession()
    try:
        session.follow(job())
        frame = wait_for(session, lambda frame: True)
        assert frame.loss == pytest.approx(17.949062304576938)
        assert not session.is_compiled
    finally:
        session.close()


@dataclass(frozen=True)
class Waiting:
    """A target whose second part of samples takes until `released`."""

    released: threading.Event
    parts: list[int]
    low: float = -3.0
    high: float = 3.0
    label: str = "slow"

    def __call__(self, x: np.ndarray) -> np.ndarray:
        self.parts.append(len(x))
        if len(self.parts) == 2:
            assert self.released.wait(60.0)
        return np.sin(x)

    def polyline(self) -> np.ndarray:
        raise NotImplementedError

    def on_domain(self, low: float, high: float) -> Waiting:
        raise NotImplementedError


def until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 60.0
    while not condition():
        assert time.monotonic() < end
        threading.Event().wait(0.002)


def test_samples_that_are_not_wanted_any_more_are_not_waited_for(session: TrainingSession) -> None:
    session.follow(job())
    wait_for(session, lambda frame: True)
    slow = Waiting(threading.Event(), [])
    network, _ = Start(neurons=3, seed=1).begin(-3.0, 3.0)
    session.follow(job(TrainingSettings(), target=slow, sampling=Sampling(1_000_000), network=network))
    until(lambda: len(slow.parts) == 2)
    assert session.preparing == 1_000_000
    session.follow(job(TrainingSettings(), sampling=Sampling(500), network=None))
    slow.released.set()
    frame = wait_for(session, lambda frame: True)
    assert frame.split is not None
    assert frame.split.samples == 500
    assert len(slow.parts) == 2, "broken off after the part that was begun"
    assert frame.network.same_as(network), "the network of the order that was overtaken is not lost"
    until(lambda: session.preparing == 0)


def test_an_order_that_overtakes_and_cannot_be_followed_leaves_the_one_before(session: TrainingSession) -> None:
    session.follow(job())
    wait_for(session, lambda frame: True)
    slow = Waiting(threading.Event(), [])
    session.follow(job(TrainingSettings(), target=slow, sampling=Sampling(300_000)))
    until(lambda: len(slow.parts) == 2)
    session.follow(job(replace(RECIPE, batch_size=5000), network=None))
    slow.released.set()
    frame = wait_for(session, lambda frame: True)
    assert frame.split is not None
    assert frame.split.samples == 300_000
    assert "5000" in str(session.take_refusal())


def test_a_long_step_gives_way_to_an_order(monkeypatch: pytest.MonkeyPatch) -> None:
    # A pass is so long that it would never come to its end.
    asked = threading.Event()
    may = {"go on": True}

    def go_on() -> bool:
        asked.set()
        return may["go on"]

    network, _ = Start("gaussian", 50, 5, TANH).begin(-3.0, 3.0)
    run = Run(job(TrainingSettings(), sampling=Sampling(200_000), network=network), go_on)
    first = run.frame(1, 0.0, True, None, True)
    may["go on"] = False
    asked.clear()
    assert run.advance(1000, 1.0) == (0, None)
    assert asked.is_set()
    frame = run.frame(2, 0.0, False, None, True)
    assert (frame.step, frame.loss) == (0, first.loss), "what is known is told without another pass"
    run.hold({Parameter(Kind.OUTPUT_WEIGHT, 0): 1.0})
    with pytest.raises(Interrupted):
        run.frame(3, 0.0, False, None, True)
    assert np.isnan(run.first_frame(3, 0.0, False, None).loss)
    may["go on"] = True
    assert run.advance(2, 1e-9) == (1, None), "and one step is all that is made at once"


def test_every_step_over_very_many_samples_is_a_point_of_the_loss_curve() -> None:
    network, _ = START.begin(TARGET.low, TARGET.high)
    many = Sampling(1_100_000)
    assert points_after(Run(job(TrainingSettings(loss="mae"), sampling=many, network=network))) == 4
    assert points_after(Run(job(TrainingSettings(), sampling=many, network=network))) < 4


def points_after(run: Run, steps: int = 3) -> int:
    while run.trainer.step < steps:
        run.advance(steps - run.trainer.step, 10.0)
    return len(run.frame(1, 0.0, False, None, True).curve.steps)


def test_what_was_undone_is_not_in_the_curve_of_what_comes_next(session: TrainingSession) -> None:
    how, line = TrainingSettings(0.005), FunctionTarget("line")
    session.follow(job(how))
    session.make_steps(50)
    before = wait_for(session, at_rest)
    session.follow(job(how, target=line, network=None))
    session.make_steps(20)
    wait_for(session, lambda frame: frame.step == 70 and not frame.running)
    session.follow(job(how, network=before.network, step=50))
    session.make_steps(5)
    after = wait_for(session, lambda frame: frame.step == 55 and not frame.running)
    assert after.curve.steps.tolist() == list(range(56))
    assert after.curve.losses[:51].tolist() == before.curve.losses.tolist()
    assert after.curve.breaks == ()
