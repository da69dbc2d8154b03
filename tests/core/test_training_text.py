from __future__ import annotations

from dataclasses import replace

import pytest

from reluviz.core.loss import LOSSES
from reluviz.core.optimizer import OPTIMIZERS, Optimizer
from reluviz.core.schedule import SCHEDULES, Schedule
from reluviz.core.settings import BATCHINGS, Plateau, TrainingSettings
from reluviz.core.training_text import (
    BATCHING_TITLES,
    LOSS_TITLES,
    OPTIMIZER_NUMBERS,
    OPTIMIZER_TITLES,
    SCHEDULE_NUMBERS,
    SCHEDULE_TITLES,
    USUAL_LEARNING_RATES,
    Change,
    batch_text,
    change_of,
    optimizer_text,
    schedule_text,
    stop_text,
)

PLAIN = TrainingSettings()
ADAM = TrainingSettings(optimizer=Optimizer("adam"), schedule=Schedule("step"), plateau=Plateau())


def test_everything_has_a_title():
    assert set(OPTIMIZER_TITLES) == set(OPTIMIZER_NUMBERS) == set(USUAL_LEARNING_RATES) == set(OPTIMIZERS)
    assert set(SCHEDULE_TITLES) == set(SCHEDULE_NUMBERS) == set(SCHEDULES)
    assert set(LOSS_TITLES) == set(LOSSES)
    assert set(BATCHING_TITLES) == set(BATCHINGS)


@pytest.mark.parametrize(
    ("old", "changes", "expected"),
    [
        (PLAIN, {"optimizer": Optimizer("adam")}, Change("optimizer Adam")),
        (ADAM, {"optimizer": Optimizer("adam", beta1=0.8)}, Change("β₁ 0.8", "beta1")),
        (PLAIN, {"optimizer": Optimizer(weight_decay=0.01)}, Change("weight decay 0.01", "weight_decay")),
        (PLAIN, {"learning_rate": 0.02}, Change("learning rate 0.02", "learning_rate")),
        (PLAIN, {"schedule": Schedule("cosine")}, Change("cosine learning rate")),
        (ADAM, {"schedule": Schedule("step", every=2500)}, Change("period 2\u2009500", "every")),
        (PLAIN, {"loss": "mae"}, Change("loss MAE")),
        (PLAIN, {"batch_size": 50}, Change("batch size 50")),
        (replace(PLAIN, batch_size=10), {"batch_size": 50}, Change("batch size 50", "batch_size")),
        (replace(PLAIN, batch_size=10), {"batch_size": None}, Change("full batch")),
        (PLAIN, {"batching": "epochs"}, Change("batches in epochs")),
        (PLAIN, {"shuffle": True}, Change("shuffle")),
        (ADAM, {"shuffle": True, "loss": "mse"}, Change("loss MSE and more")),
        (PLAIN, {"steps": 5000}, Change("stop at step 5\u2009000")),
        (replace(PLAIN, steps=1), {"steps": 2}, Change("stop at step 2", "steps")),
        (replace(PLAIN, steps=1), {"steps": None}, Change("no stop at a step")),
        (PLAIN, {"epochs": 1}, Change("stop after 1 epoch")),
        (PLAIN, {"loss_goal": 0.0}, Change("stop at loss 0")),
        (replace(PLAIN, loss_goal=1.0), {"loss_goal": None}, Change("no stop at a loss")),
        (PLAIN, {"plateau": Plateau()}, Change("stop on a plateau")),
        (ADAM, {"plateau": Plateau(500)}, Change("plateau of 500 steps", "plateau_steps")),
        (ADAM, {"plateau": Plateau(tolerance=0.1)}, Change("plateau tolerance 0.1", "plateau_tolerance")),
        (ADAM, {"plateau": None}, Change("no stop on a plateau")),
        (PLAIN, {"window_limit": 5}, Change("training settings")),
    ],
)
def test_what_a_change_is_called(old, changes, expected):
    assert change_of(old, replace(old, **changes)) == expected


def test_few_words_for_what_is_set():
    assert optimizer_text(Optimizer()) == ""
    assert optimizer_text(Optimizer("nesterov", 0.5, weight_decay=0.1)) == "momentum 0.5, weight decay 0.1"
    assert optimizer_text(Optimizer("adam")) == "β₁ 0.9, β₂ 0.999"
    assert schedule_text(Schedule()) == "constant rate"
    assert schedule_text(Schedule("step")) == "rate ×0.1 every 1\u2009000"
    assert schedule_text(Schedule("cosine", 10)) == "cosine over 10"
    assert batch_text(PLAIN) == "full batch"
    assert batch_text(TrainingSettings(batch_size=20, shuffle=True)) == "20 shuffled once"
    assert batch_text(TrainingSettings(batch_size=20, batching="epochs")) == "20 in turn"
    assert stop_text(PLAIN) == "never"
    all_of_them = TrainingSettings(steps=5, epochs=2, loss_goal=0.5, plateau=Plateau())
    assert stop_text(all_of_them) == "at step 5, after 2 epochs, at loss 0.5, on a plateau"
