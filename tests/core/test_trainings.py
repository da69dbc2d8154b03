"""Whole trainings against PyTorch's own, from a file that reference/make_training_reference.py wrote."""

from __future__ import annotations

import itertools
import json
import sys
from pathlib import Path

import numpy as np
import pytest
from dense_oracle import dense_pull
from optimizer_oracle import Descent

sys.path.insert(0, str(Path(__file__).parent / "reference"))
from make_training_reference import (
    BATCHES,
    CASES,
    NEURONS,
    RATES,
    REFERENCE,
    SCHEDULES,
    SEED,
    STEPS,
    Case,
    batches,
    reference,
    samples,
    start,
)

from reluviz.core.activation import activation_named
from reluviz.core.dataset import Dataset
from reluviz.core.loss import LOSSES
from reluviz.core.network import Network
from reluviz.core.optimizer import OPTIMIZERS, Optimizer
from reluviz.core.parameter import OUTPUT_BIAS, Kind, Locks, Parameter
from reluviz.core.schedule import SCHEDULES as KNOWN_SCHEDULES
from reluviz.core.schedule import Schedule
from reluviz.core.settings import TrainingSettings
from reluviz.core.trainer import Trainer

PYTORCH = json.loads(REFERENCE.read_text(encoding="utf-8"))
PARAMETERS = [
    Parameter(kind, j) for kind in (Kind.HIDDEN_WEIGHT, Kind.HIDDEN_BIAS, Kind.OUTPUT_WEIGHT) for j in range(NEURONS)
]


def trainer_of(case: Case) -> Trainer:
    settings = TrainingSettings(
        RATES[case.optimizer],
        optimizer=Optimizer(case.optimizer, weight_decay=case.weight_decay),
        schedule=Schedule(case.schedule, **SCHEDULES[case.schedule]),
        loss=case.loss,
        **(BATCHES[case.batches] or {}),
    )
    network = Network.from_vector(start(), activation_named(case.activation))
    locks = Locks(frozenset((*PARAMETERS, OUTPUT_BIAS)[place] for place in case.locked))
    return Trainer(network, Dataset(*samples()), settings, np.random.RandomState(SEED), locks)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("batching", BATCHES)
def test_two_hundred_steps_lead_where_pytorch_comes_to(optimizer: str, batching: str) -> None:
    cases = [case for case in CASES.values() if (case.optimizer, case.batches) == (optimizer, batching)]
    assert cases
    for case in cases:
        trainer = trainer_of(case)
        assert trainer.run(STEPS) == STEPS
        np.testing.assert_allclose(trainer.network.vector, PYTORCH[case.name], rtol=1e-9, atol=1e-9, err_msg=case.name)


def test_every_combination_is_compared() -> None:
    assert set(PYTORCH) == set(CASES)
    met = {(c.optimizer, c.schedule, c.loss, c.batches, c.weight_decay > 0) for c in CASES.values()}
    ways = ("full", "shuffled windows", "shuffled epochs")
    assert met >= set(itertools.product(OPTIMIZERS, KNOWN_SCHEDULES, LOSSES, ways, (False, True)))
    assert {case.batches for case in CASES.values()} == set(BATCHES)


def numpy_training(case: Case) -> np.ndarray:
    """By back-propagation in NumPy and the definitions of the optimizers, for the script that asks PyTorch itself."""
    x, y = samples()
    slope = {"relu": lambda z, f: z > 0.0, "tanh": lambda z, f: 1.0 - f * f, "hardtanh": lambda z, f: abs(z) < 1.0}
    bend = {"relu": lambda z: np.maximum(z, 0.0), "tanh": np.tanh, "hardtanh": lambda z: np.clip(z, -1.0, 1.0)}
    optimizer = {"name": case.optimizer, "weight_decay": case.weight_decay}
    schedule = {"name": case.schedule, **SCHEDULES[case.schedule]}
    descent = Descent(start(), RATES[case.optimizer], optimizer, schedule)
    locked = list(case.locked)
    for batch in batches(case):
        v, b, w = descent.theta[:-1].reshape(3, NEURONS)
        z = np.outer(v, x[batch]) + b[:, None]
        f = bend[case.activation](z)
        pull = dense_pull(case.loss, w @ f + descent.theta[-1] - y[batch]) / len(batch)
        back = w[:, None] * slope[case.activation](z, f) * pull
        descent.step(np.concatenate((back @ x[batch], back.sum(axis=1), f @ pull, [pull.sum()])))
        descent.theta[locked] = start()[locked]
    return descent.theta


def test_the_script_writes_what_the_definitions_say() -> None:
    # A part of the cases, in which every choice occurs: all of them take too long.
    few = ("windows", "epochs")
    some = {name: case for i, (name, case) in enumerate(CASES.items()) if i % 10 == 0 or case.batches in few}
    for choice in ("optimizer", "schedule", "loss", "batches", "weight_decay", "activation", "locked"):
        assert {getattr(case, choice) for case in some.values()} == {getattr(case, choice) for case in CASES.values()}
    for name, theta in reference(numpy_training, some).items():
        np.testing.assert_allclose(PYTORCH[name], theta, rtol=1e-9, atol=1e-9, err_msg=name)
