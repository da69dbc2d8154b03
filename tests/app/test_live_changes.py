"""All that leaves the network's shape alone acts on the running training: no reset, no pause, no step back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from app_under_test import AppUnderTest
from pytestqt.qtbot import QtBot

from reluviz.core.activation import activation_named
from reluviz.core.frame import Frame
from reluviz.core.optimizer import Optimizer
from reluviz.core.parameter import Kind, Parameter
from reluviz.core.schedule import Schedule
from reluviz.core.settings import Plateau
from reluviz.core.target import FunctionTarget
from reluviz.core.trainer import Trainer

W1 = Parameter(Kind.OUTPUT_WEIGHT, 0)


@pytest.fixture
def app(qtbot: QtBot) -> Iterator[AppUnderTest]:
    app = AppUnderTest(qtbot)
    change_settings(app, optimizer=Optimizer("adam"), learning_rate=1e-5, steps=None)
    yield app
    app.window.close()


def change_settings(app: AppUnderTest, **changes: Any) -> None:
    app.app.editing.set_settings(replace(app.app.document.state.settings, **changes))


def trainer(app: AppUnderTest) -> Trainer:
    run = app.app.session._worker._run
    assert run is not None
    return run.trainer


def further(app: AppUnderTest, step: int) -> Frame:
    return app.wait_for(lambda frame: frame.step > step)


SETTINGS: dict[str, dict[str, Any]] = {
    "learning rate": {"learning_rate": 2e-5},
    "another number of the optimizer": {"optimizer": Optimizer("adam", beta1=0.8)},
    "weight decay": {"optimizer": Optimizer("adam", weight_decay=0.01)},
    "schedule": {"schedule": Schedule("cosine", every=10**9)},
    "full batch": {"batch_size": None},
    "batches": {"batch_size": 50, "batching": "epochs"},
    "order": {"shuffle": False},
    "loss": {"loss": "huber"},
    "stop at a step": {"steps": 10**12},
    "stop at an epoch": {"epochs": 10**11},
    "stop at a loss": {"loss_goal": 0.0},
    "stop on a plateau": {"plateau": Plateau(10**12, 0.0)},
}


def test_settings_samples_target_and_locks(app: AppUnderTest) -> None:
    editing, document = app.app.editing, app.app.document
    changes = {name: lambda how=how: change_settings(app, **how) for name, how in SETTINGS.items()} | {
        "noise": lambda: editing.change_sampling({"noise": 0.1}),
        "validation": lambda: editing.change_sampling({"validation": 0.2}),
        "samples": lambda: editing.set_samples(900),
        "target": lambda: editing.set_target(FunctionTarget("abs", -3.0, 3.0)),
        "domain": lambda: editing.set_target(FunctionTarget("abs", -2.0, 2.0)),
        "lock": lambda: app.window.neurons_panel.locks_edited.emit((W1,), True),
        "release": lambda: app.window.neurons_panel.locks_edited.emit((W1,), False),
        "speed": lambda: app.app.playback.set_speed(500.0),
    }
    app.app.playback.set_playing(True)
    before = further(app, 20)
    updates = trainer(app)._updates
    for name, change in changes.items():
        change()
        assert document.frame.step >= before.step, name
        after = further(app, before.step + 5)
        assert after.running, name
        # At so small a rate only another start would be far away.
        assert abs(after.network.vector - before.network.vector).max() < 0.2, name
        assert trainer(app)._updates > updates, f"{name}: what Adam remembers stays"
        before, updates = after, trainer(app)._updates
    assert document.state.start.seed == 1234


def test_another_optimizer_or_activation_goes_on_from_there_without_a_past(app: AppUnderTest) -> None:
    app.full_speed()
    app.app.playback.set_playing(True)
    for change in (
        lambda: change_settings(app, optimizer=Optimizer("rmsprop")),
        lambda: app.app.editing.set_activation(activation_named("leaky_relu")),
    ):
        before = further(app, app.frame.step + 200)
        change()
        after = further(app, before.step + 5)
        assert after.running
        run = trainer(app)
        assert 0 < run._updates < run.step - 200
