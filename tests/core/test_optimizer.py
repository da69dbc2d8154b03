"""Optimizers and schedules against PyTorch's own, from a file that reference/make_optimizer_reference.py wrote."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent / "reference"))
from make_optimizer_reference import CASES, EVERY, REFERENCE, STEPS, Step, gradient, problem, reference
from optimizer_oracle import Descent

from reluviz.core.activation import activation_named
from reluviz.core.dataset import Dataset
from reluviz.core.network import Network
from reluviz.core.optimizer import OPTIMIZERS, Optimizer
from reluviz.core.parameter import Kind, Locks, Parameter
from reluviz.core.schedule import SCHEDULES, Schedule
from reluviz.core.settings import TrainingSettings
from reluviz.core.trainer import Trainer

PYTORCH = json.loads(REFERENCE.read_text(encoding="utf-8"))


def settings_of(case: dict, **more: object) -> TrainingSettings:
    schedule = Schedule(**case.get("schedule", {}))
    return TrainingSettings(case["rate"], optimizer=Optimizer(**case["optimizer"]), schedule=schedule, **more)


def trainer_of(settings: TrainingSettings, activation: str = "relu") -> Trainer:
    theta, x, y = problem()
    return Trainer(Network.from_vector(theta, activation_named(activation)), Dataset(x, y), settings)


@pytest.mark.parametrize("name", CASES)
def test_two_hundred_steps_as_pytorch_makes_them(name: str) -> None:
    trainer = trainer_of(settings_of(CASES[name]))
    for expected in PYTORCH[name]:
        assert trainer.run(EVERY) == EVERY
        np.testing.assert_allclose(trainer.network.vector, expected, rtol=1e-9, atol=1e-9)
    assert trainer.step == STEPS


def test_every_optimizer_and_schedule_is_compared() -> None:
    assert {case["optimizer"]["name"] for case in CASES.values()} == set(OPTIMIZERS)
    assert {case.get("schedule", {"name": "constant"})["name"] for case in CASES.values()} == set(SCHEDULES)
    assert set(PYTORCH) == set(CASES)


def numpy_step(case: dict) -> Step:
    """The definitions of PyTorch's documentation once more, for the script that asks PyTorch itself."""
    return Descent(problem()[0], case["rate"], case["optimizer"], case.get("schedule")).step


def test_the_script_writes_what_the_definitions_say() -> None:
    made = reference(numpy_step)
    for name, states in made.items():
        assert len(states) == STEPS // EVERY
        np.testing.assert_allclose(PYTORCH[name], states, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("activation", ["relu", "hardtanh"])
@pytest.mark.parametrize("batch_size", [None, 7])
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_a_run_in_parts_is_the_whole_run(optimizer: str, batch_size: int | None, activation: str) -> None:
    schedule = Schedule("cosine", every=37)
    how = TrainingSettings(0.005, batch_size, shuffle=True, optimizer=Optimizer(optimizer), schedule=schedule)
    whole, parted = trainer_of(how, activation), trainer_of(how, activation)
    whole.run(60)
    for part in (1, 20, 3, 36):
        parted.run(part)
        parted.loss()
        parted.gradient()
    assert parted.network.same_as(whole.network)


@pytest.mark.parametrize("batch_size", [None, 7])
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_locked_parameters_stay_to_the_bit(optimizer: str, batch_size: int | None) -> None:
    trainer = trainer_of(TrainingSettings(0.01, batch_size, optimizer=Optimizer(optimizer, weight_decay=0.1)))
    locked = Locks(frozenset({Parameter(Kind.HIDDEN_WEIGHT, 1), Parameter(Kind.OUTPUT_BIAS)}))
    before = trainer.network.vector
    trainer.run(10)
    trainer.locks = locked
    at_lock = trainer.network.vector
    trainer.run(30)
    after, mask = trainer.network.vector, locked.mask(6)
    assert after[mask].tobytes() == at_lock[mask].tobytes()
    assert (after[~mask] != at_lock[~mask]).all()
    assert (at_lock != before).all()
    trainer.locks = Locks()
    trainer.run(1)
    assert (trainer.network.vector[mask] != after[mask]).all()


def test_new_numbers_keep_what_is_remembered_another_optimizer_forgets_it() -> None:
    kept, fresh = (trainer_of(TrainingSettings(0.01, optimizer=Optimizer("momentum"))) for _ in range(2))
    kept.run(20)
    kept.settings = TrainingSettings(0.02, optimizer=Optimizer("momentum"))
    fresh.run(20)
    fresh.settings = TrainingSettings(0.02, optimizer=Optimizer("sgd"))
    fresh.settings = TrainingSettings(0.02, optimizer=Optimizer("momentum"))
    before, slopes = kept.network.vector, kept.gradient()
    kept.run(1)
    fresh.run(1)
    # Without a past the first step of momentum goes straight down.
    np.testing.assert_allclose(fresh.network.vector, before - 0.02 * slopes, rtol=0, atol=1e-14)
    assert np.abs(kept.network.vector - fresh.network.vector).max() > 1e-3


CHANGED = {
    "sgd": {"weight_decay": 0.1},
    "momentum": {"momentum": 0.5, "weight_decay": 0.1},
    "nesterov": {"momentum": 0.5, "weight_decay": 0.1},
    "rmsprop": {"alpha": 0.9, "epsilon": 1e-3, "weight_decay": 0.1},
    "adam": {"beta1": 0.5, "beta2": 0.9, "epsilon": 1e-3, "weight_decay": 0.1},
}


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_numbers_changed_on_the_way_act_from_the_next_step_on_with_the_same_past(name: str) -> None:
    first = {"rate": 0.003, "optimizer": {"name": name}}
    schedule = {"name": "cosine", "every": 60, "least": 0.001}
    then = {"rate": 0.002, "optimizer": {"name": name} | CHANGED[name], "schedule": schedule}
    trainer, descent = trainer_of(settings_of(first)), Descent(problem()[0], 0.003, first["optimizer"])
    trainer.run(25)
    trainer.settings = settings_of(then)
    trainer.run(25)
    _, x, y = problem()
    for case in [first] * 25 + [then] * 25:
        descent.change(case["rate"], case["optimizer"], case.get("schedule"))
        descent.step(gradient(descent.theta, x, y))
    np.testing.assert_allclose(trainer.network.vector, descent.theta, rtol=1e-10, atol=1e-10)


def test_the_hand_takes_the_impulse_away() -> None:
    trainer = trainer_of(TrainingSettings(0.01, optimizer=Optimizer("momentum")))
    trainer.run(30)
    w = Parameter(Kind.OUTPUT_WEIGHT, 2)
    trainer.hold({w: 0.25})
    trainer.run(5)
    trainer.hold({})
    slope = trainer.gradient()[w.position(6)]
    trainer.run(1)
    assert trainer.network[w] == pytest.approx(0.25 - 0.01 * slope, rel=0, abs=1e-13)


def test_a_new_network_begins_without_a_past() -> None:
    how = TrainingSettings(0.01, optimizer=Optimizer("adam"))
    trainer = trainer_of(how)
    trainer.run(30)
    trainer.network = Network.from_vector(problem()[0])
    fresh = trainer_of(how)
    trainer.run(10)
    fresh.run(10)
    assert trainer.network.same_as(fresh.network)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("batch_size", [None, 10])
def test_divergence_stops_at_the_last_finite_state(optimizer: str, batch_size: int | None) -> None:
    how = TrainingSettings(1000.0, batch_size, optimizer=Optimizer(optimizer))
    trainer, replayed = trainer_of(how), trainer_of(how)
    made = trainer.run(3000)
    assert np.isfinite(trainer.network.vector).all()
    assert np.isfinite(trainer.loss())
    # RMSprop and Adam make steps of a bounded length, however large the gradient.
    assert made < 3000 or optimizer in ("rmsprop", "adam")
    assert replayed.run(made) == made
    assert replayed.network.same_as(trainer.network)


def test_a_gradient_that_stays_zero_fades_to_nothing() -> None:
    data = Dataset([0.0, 1.0], [0.0, 1.0])
    trainer = Trainer(Network([1.0], [-0.5], [1.0]), data, TrainingSettings(0.01, optimizer=Optimizer("momentum")))
    trainer.run(10)
    trainer.network = Network([1.0], [-5.0], [1.0], trainer.network.output_bias)
    trainer.run(20_000)
    assert trainer.network.hidden_weight[0] == 1.0
    assert trainer.loss() == pytest.approx(0.125)


@pytest.mark.parametrize(("every", "step", "rate"), [(10, 9, 0.5), (10, 10, 0.05), (10, 25, 0.005), (1, 3, 0.0005)])
def test_a_stepped_rate(every: int, step: int, rate: float) -> None:
    assert Schedule("step", every=every).rate(0.5, step) == pytest.approx(rate)


def test_the_trainer_tells_the_present_rate() -> None:
    trainer = trainer_of(TrainingSettings(0.01, schedule=Schedule("cosine", every=100)))
    assert trainer.learning_rate == 0.01
    trainer.run(50)
    assert trainer.learning_rate == pytest.approx(0.005)
    trainer.run(50)
    assert trainer.learning_rate == 0.0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"name": "lion"}, r"unknown optimizer 'lion' \(known: sgd, momentum, nesterov, rmsprop, adam\)"),
        ({"momentum": 1.0}, "momentum must be at least 0 and less than 1, not 1"),
        ({"momentum": -0.1}, "momentum .* not -0.1"),
        ({"alpha": float("nan")}, "alpha .* not nan"),
        ({"beta1": 1.5}, "beta1 .* not 1.5"),
        ({"beta2": 1.0}, "beta2 .* not 1"),
        ({"epsilon": 0.0}, "epsilon must lie above 0 and up to 1, not 0"),
        ({"weight_decay": -1.0}, "weight decay must lie from 0 to 1000, not -1"),
    ],
)
def test_impossible_optimizers_name_the_field(arguments: dict, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Optimizer(**arguments)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"name": "linear"}, r"unknown schedule 'linear' \(known: constant, step, cosine\)"),
        ({"every": 0}, "a period must lie from 1 to 1000000000000 steps, not 0"),
        ({"gamma": 0.0}, "gamma must lie above 0 and up to 1, not 0"),
        ({"gamma": 2.0}, "gamma .* not 2"),
        ({"least": -1.0}, "the least rate must be at least 0, not -1"),
    ],
)
def test_impossible_schedules_name_the_field(arguments: dict, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Schedule(**arguments)


def test_a_cosine_goes_down() -> None:
    with pytest.raises(ValueError, match=r"the least rate 0\.1 is more than the learning rate 0.01"):
        TrainingSettings(0.01, schedule=Schedule("cosine", least=0.1))
