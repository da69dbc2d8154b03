from __future__ import annotations

import pytest

from reluviz.core.dataset import Dataset, Sampling
from reluviz.core.frame import Stop
from reluviz.core.settings import Plateau, TrainingSettings
from reluviz.core.start import Start
from reluviz.core.stopping import Stopping
from reluviz.core.target import FunctionTarget
from reluviz.core.trainer import Trainer

SINE = Sampling(100).of(FunctionTarget("sine"))


def run(settings: TrainingSettings, data: Dataset = SINE, most: int = 200_000) -> tuple[Trainer, Stop | None]:
    """Train as Stopping says, for `most` steps at the most."""
    network, random = Start().begin(-3.0, 3.0)
    trainer = Trainer(network, data, settings, random)
    stopping = Stopping(settings, len(data))
    while trainer.step < most:
        left = stopping.steps_left(trainer.step)
        assert left is None or left > 0
        trainer.run(most - trainer.step if left is None else min(left, most - trainer.step))
        stop = stopping.verdict(trainer.step, trainer.loss())
        if stop is not None:
            return trainer, stop
    return trainer, None


def test_after_steps() -> None:
    trainer, stop = run(TrainingSettings(steps=1234))
    assert (trainer.step, stop) == (1234, Stop.STEPS)


@pytest.mark.parametrize(
    ("batch_size", "batching", "step"),
    [(None, "windows", 3), (10, "windows", 30), (30, "windows", 10), (30, "epochs", 12), (10, "epochs", 30)],
)
def test_after_epochs(batch_size: int | None, batching: str, step: int) -> None:
    trainer, stop = run(TrainingSettings(batch_size=batch_size, batching=batching, epochs=3))
    assert (trainer.step, stop) == (step, Stop.EPOCHS)
    assert trainer.epoch == 3.0


def test_what_comes_first_ends_the_run() -> None:
    assert run(TrainingSettings(steps=2, epochs=3))[1] is Stop.STEPS
    assert run(TrainingSettings(steps=5, epochs=3))[1] is Stop.EPOCHS


def test_at_a_loss() -> None:
    trainer, stop = run(TrainingSettings(0.02, loss_goal=0.05))
    assert stop is Stop.LOSS
    assert 0.03 < trainer.loss() <= 0.05
    assert run(TrainingSettings(0.02, loss_goal=0.0), most=5000)[1] is None


def test_on_a_plateau() -> None:
    # The best that a constant can do is soon done: nothing to improve from there on.
    how = TrainingSettings(0.05, plateau=Plateau(500, 0.01))
    trainer, stop = run(how, Dataset([0.0, 0.0], [1.0, 3.0]))
    assert stop is Stop.PLATEAU
    assert trainer.loss() == pytest.approx(0.5)
    assert trainer.step % 500 == 0
    # Going down all the time is no plateau.
    assert run(TrainingSettings(0.01, plateau=Plateau(10, 0.01)), most=100)[1] is None


def test_a_run_that_does_not_move_is_on_a_plateau_after_two_stretches() -> None:
    stopping = Stopping(TrainingSettings(plateau=Plateau(100, 0.1)), 100)
    verdicts = []
    for step in range(0, 300, 5):
        verdicts.append((step, stopping.verdict(step, 1.0)))
    assert next(step for step, stop in verdicts if stop) == 200


def test_an_infinite_loss_is_no_progress() -> None:
    stopping = Stopping(TrainingSettings(plateau=Plateau(10)), 100)
    assert stopping.verdict(10, float("inf")) is Stop.PLATEAU


def test_without_a_rule_a_run_goes_on() -> None:
    stopping = Stopping(TrainingSettings(), 100)
    assert stopping.steps_left(5) is None
    assert stopping.verdict(10**9, 0.0) is None


def test_training_on_past_the_end() -> None:
    stopping = Stopping(TrainingSettings(steps=100), 100, step=100)
    assert stopping.steps_left(100) is None
    assert stopping.verdict(150, 1.0) is None


@pytest.mark.parametrize("samples", [10, 10_000_000])
def test_checks_are_rare_where_they_are_dear(samples: int) -> None:
    stopping = Stopping(TrainingSettings(loss_goal=0.1), samples)
    first = stopping.steps_left(0)
    assert first is not None
    assert first * 8192 >= samples * 0.99 or first == 1
    assert stopping.steps_left(10**6) == 5000


@pytest.mark.parametrize(
    ("arguments", "message"),
    [({"steps": 0}, "plateau's steps must lie from 1"), ({"tolerance": 1.0}, "tolerance must be at least 0 and less")],
)
def test_impossible_plateaus(arguments: dict[str, float], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Plateau(**arguments)
