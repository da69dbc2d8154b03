"""Training settings in documents: what is not used is not written, and all of them come back."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reluviz.core.dataset import Sampling
from reluviz.core.loss import LOSSES
from reluviz.core.optimizer import OPTIMIZERS, Optimizer
from reluviz.core.schedule import SCHEDULES, Schedule
from reluviz.core.settings import BATCHINGS, Plateau, TrainingSettings
from reluviz.core.target import FunctionTarget
from reluviz.document.examples import NAMES, load_example
from reluviz.document.storage import OpenedDocument, read, write

below_one = st.floats(0.0, 1.0, exclude_max=True)
counts = st.integers(0, 10**12)
optimizers = st.builds(
    Optimizer,
    st.sampled_from(list(OPTIMIZERS)),
    below_one,
    below_one,
    below_one,
    below_one,
    st.floats(0.0, 1.0, exclude_min=True),
    st.floats(0.0, 1e3),
)
schedules = st.builds(
    Schedule,
    st.sampled_from(list(SCHEDULES)),
    st.integers(1, 10**12),
    st.floats(0.0, 1.0, exclude_min=True),
    st.floats(0.0, 1e-6),
)
settings = st.builds(
    TrainingSettings,
    learning_rate=st.floats(1e-6, 1e3),
    batch_size=st.none() | st.integers(1, 1024),
    shuffle=st.booleans(),
    window_limit=st.none() | st.integers(1, 10**12),
    steps=st.none() | counts,
    optimizer=optimizers,
    schedule=schedules,
    loss=st.sampled_from(list(LOSSES)),
    batching=st.sampled_from(BATCHINGS),
    epochs=st.none() | counts,
    loss_goal=st.none() | st.floats(0.0, 1e308),
    plateau=st.none() | st.builds(Plateau, st.integers(1, 10**12), below_one),
)


@given(settings)
def test_all_settings_come_back_bit_for_bit(wanted):
    document = OpenedDocument(title="", target=FunctionTarget("sine"), settings=wanted)
    assert read(write(document)).settings == wanted


def written(wanted: TrainingSettings) -> dict:
    document = OpenedDocument(title="", target=FunctionTarget("sine"), settings=wanted)
    return dict(json.loads(write(document))["training"])


def test_what_is_not_used_is_not_written():
    assert written(TrainingSettings()) == {"learning_rate": 0.01, "batch_size": "full"}
    adam = TrainingSettings(0.001, optimizer=Optimizer("adam", beta1=0.8))
    assert written(adam) == {
        "learning_rate": 0.001,
        "batch_size": "full",
        "optimizer": {"name": "adam", "beta1": 0.8},
    }
    assert written(replace(adam, schedule=Schedule("step"), loss="mae"))["schedule"] == {"name": "step"}


def test_a_plateau_is_written_whole():
    assert written(TrainingSettings(plateau=Plateau()))["plateau"] == {"steps": 10_000, "tolerance": 0.001}


@pytest.mark.parametrize("name", [name for name in NAMES if "momentum" not in name and "thermometer" not in name])
def test_examples_say_no_more_of_training_than_before(name):
    part = json.loads(write(load_example(name)))["training"]
    assert set(part) <= {"learning_rate", "batch_size", "steps", "shuffle", "window_limit"}


def test_noise_and_a_split_are_written_where_used():
    document = OpenedDocument(title="", target=FunctionTarget("sine"))
    assert json.loads(write(document))["sampling"] == {"samples": 1024, "single_precision": False}
    split = replace(document, sampling=Sampling(50, noise=0.5, validation=0.2, validation_seed=3))
    part = {"samples": 50, "single_precision": False, "noise": 0.5, "validation": 0.2, "validation_seed": 3}
    assert json.loads(write(split))["sampling"] == part
    assert read(write(split)).sampling == split.sampling
