"""What the worker records while it trains, seen from the session."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import pytest

from reluviz.core.activation import TANH
from reluviz.core.dataset import Sampling
from reluviz.core.network import Network
from reluviz.core.parameter import OUTPUT_BIAS, Locks
from reluviz.core.patience import Interrupted
from reluviz.core.settings import TrainingSettings
from reluviz.core.start import Start
from reluviz.core.target import FunctionTarget
from reluviz.core.timeline import Timeline
from reluviz.core.trainer import Trainer
from reluviz.training import tape
from reluviz.training.job import Job
from reluviz.training.session import TrainingSession
from reluviz.training.tape import Tape

TARGET = FunctionTarget("sine")
START = Start(neurons=5, seed=1234)
FULL = TrainingSettings(0.005)


def job(settings: TrainingSettings = FULL, **changes: object) -> Job:
    network, _ = START.begin(TARGET.low, TARGET.high)
    return replace(Job(TARGET, Sampling(), START, settings, Locks(), network), **changes)


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> Iterator[TrainingSession]:
    # How much of the time recording may take is a test of its own; in the others a slow machine is to record as much.
    monkeypatch.setattr(tape, "_MOST_CREDIT", 60.0)
    session = TrainingSession()
    session.compile_kernels()
    yield session
    session.close()


def recorded(session: TrainingSession, wanted: Callable[[Timeline], bool], seconds: float = 60.0) -> Timeline:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        timeline = session.take_timeline()
        if timeline is not None and wanted(timeline):
            return timeline
        threading.Event().wait(0.002)
    raise AssertionError("no such timeline came")


def ends_at(step: int) -> Callable[[Timeline], bool]:
    return lambda timeline: len(timeline.recording) > 0 and timeline.recording[-1].step == step


def test_every_step_of_a_short_run_is_recorded_bit_for_bit(session: TrainingSession) -> None:
    session.follow(job())
    session.make_steps(200)
    recording = recorded(session, ends_at(200)).recording
    assert list(recording.steps) == list(range(201))
    network, random = START.begin(TARGET.low, TARGET.high)
    trainer = Trainer(network, Sampling().of(TARGET), FULL, random)
    for moment in recording:
        assert moment.network.same_as(trainer.network)
        assert moment.loss == trainer.loss()
        assert moment.validation_loss is None
        trainer.run(1)


def test_training_flat_out_is_recorded_from_the_start_to_where_it_rests(session: TrainingSession) -> None:
    session.follow(job(TrainingSettings(0.005, steps=300_000)))
    session.play()
    recording = recorded(session, ends_at(300_000)).recording
    assert recording[0].step == 0
    assert len(recording) > 500
    early, late = recording.nearest(1000), recording.nearest(150_000)
    assert abs(recording.steps[early] - 1000) <= 16
    assert abs(recording.steps[late] - 150_000) < 40_000


def test_timelines_come_while_it_runs_and_not_too_often(session: TrainingSession) -> None:
    session.follow(job())
    recorded(session, lambda timeline: True)
    session.play()
    begin = time.monotonic()
    seen = [recorded(session, lambda timeline: len(timeline.recording) > 0) for _ in range(5)]
    assert time.monotonic() - begin > 0.3
    lengths = [len(timeline.recording) for timeline in seen]
    assert lengths == sorted(lengths)
    assert lengths[0] < lengths[-1]
    session.pause()


@pytest.mark.parametrize(("flat_out", "least", "most"), [(False, 200, 260), (True, 40, 60)])
def test_recording_takes_its_part_of_the_time(
    monkeypatch: pytest.MonkeyPatch, flat_out: bool, least: int, most: int
) -> None:
    class Clock:
        """A millisecond for each step, and another for each moment that is recorded."""

        now = spent = 0.0

        def perf_counter(self) -> float:
            return self.now

        def thread_time(self) -> float:
            return self.spent

    clock, record = Clock(), Tape._record

    def record_slowly(*given: Tape | Trainer) -> None:
        clock.spent += 0.001
        record(*given)

    monkeypatch.setattr(tape, "time", clock)
    monkeypatch.setattr(Tape, "_record", record_slowly)
    network, random = START.begin(TARGET.low, TARGET.high)
    trainer, recording = Trainer(network, Sampling().of(TARGET), FULL, random), Tape()
    recording.start(trainer, job().course, START)
    for _ in range(2000):
        trainer.run(1)
        clock.now += 0.001
        recording.take(trainer, flat_out)
    # 30 ms at once and a tenth of two seconds, or a hundredth.
    assert least <= len(recording.timeline().recording) <= most


def test_a_run_whose_first_losses_are_broken_off_has_not_begun() -> None:
    refuses = True
    network, random = replace(START, activation=TANH).begin(TARGET.low, TARGET.high)
    trainer = Trainer(network, Sampling().of(TARGET), FULL, random, go_on=lambda: not refuses)
    recording = Tape()
    with pytest.raises(Interrupted):
        recording.start(trainer, job().course, START)
    assert recording.timeline().branches == ()
    refuses = False
    recording.start(trainer, job().course, START)
    assert [moment.step for moment in recording.timeline().recording] == [0]


def test_validation_losses_are_recorded(session: TrainingSession) -> None:
    session.follow(job(sampling=Sampling(200, noise=0.5, validation=0.25, validation_seed=3)))
    session.make_steps(10)
    recording = recorded(session, ends_at(10)).recording
    assert np.isfinite(recording.validation).all()
    assert (recording.validation != recording.losses).all()


def test_going_on_is_one_run_and_a_reset_another(session: TrainingSession) -> None:
    session.follow(job())
    session.make_steps(10)
    recorded(session, ends_at(10))
    session.make_steps(10)
    timeline = recorded(session, ends_at(20))
    assert [len(branch.recording) for branch in timeline.branches] == [21]
    session.follow(job())
    session.make_steps(7)
    timeline = recorded(session, ends_at(7))
    assert [len(branch.recording) for branch in timeline.branches] == [21, 8]


def test_training_from_a_recorded_moment_branches_and_the_old_run_stays(session: TrainingSession) -> None:
    session.follow(job())
    session.make_steps(20)
    moment = recorded(session, ends_at(20)).recording[5]
    session.follow(job(TrainingSettings(0.02), network=moment.network, step=5))
    session.make_steps(3)
    timeline = recorded(session, ends_at(8))
    old, new = timeline.branches
    assert list(old.recording.steps) == list(range(21))
    assert list(new.recording.steps) == list(range(9))
    assert new.recording[5].network.same_as(moment.network)
    assert not new.recording[6].network.same_as(old.recording[6].network)
    session.discard(old.number)
    assert recorded(session, lambda timeline: len(timeline.branches) == 1).present == new.number


def test_a_parameter_set_by_hand_at_rest_branches(session: TrainingSession) -> None:
    session.follow(job())
    session.make_steps(10)
    recorded(session, ends_at(10))
    session.hold({OUTPUT_BIAS: 3.0})
    session.hold({})
    session.make_steps(1)
    timeline = recorded(session, ends_at(11))
    assert [branch.recording[10].network.output_bias == 3.0 for branch in timeline.branches] == [False, True]
    assert list(timeline.recording.steps) == list(range(12))


def test_another_learning_rate_goes_on_and_another_loss_does_not(session: TrainingSession) -> None:
    session.follow(job())
    session.make_steps(10)
    session.follow(job(TrainingSettings(0.01), network=None))
    session.make_steps(10)
    assert len(recorded(session, ends_at(20)).branches) == 1
    session.follow(job(TrainingSettings(0.01, loss="mse"), network=None))
    session.make_steps(10)
    timeline = recorded(session, ends_at(30))
    assert [int(branch.recording.steps[0]) for branch in timeline.branches] == [0, 20]


def test_an_opened_recording_is_gone_on_with(session: TrainingSession) -> None:
    session.follow(job())
    session.make_steps(10)
    saved = recorded(session, ends_at(10))
    session.follow(job(network=job().network, timeline=Timeline()))
    assert recorded(session, lambda timeline: True).branches == ()
    last = saved.recording[-1]
    session.follow(job(network=last.network, step=10, timeline=saved))
    assert len(recorded(session, lambda timeline: True).recording) == 11
    session.make_steps(2)
    timeline = recorded(session, ends_at(12))
    assert [list(branch.recording.steps) for branch in timeline.branches] == [list(range(13))]


def test_a_diverging_run_ends_at_its_last_finite_moment(session: TrainingSession) -> None:
    session.follow(job(TrainingSettings(10.0)))
    session.play()
    recording = recorded(session, lambda timeline: len(timeline.recording) > 1).recording
    for moment in recording:
        assert isinstance(moment.network, Network)
    assert np.isfinite(recording.losses).all()
