"""Steps that look at very many samples through smooth neurons: in parts, and broken off where something else waits."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from reluviz.core import stepper
from reluviz.core.activation import TANH, Activation, activation_named
from reluviz.core.dataset import Sampling
from reluviz.core.patience import GoOn, Interrupted, always
from reluviz.core.settings import TrainingSettings
from reluviz.core.start import Start
from reluviz.core.target import FunctionTarget
from reluviz.core.trainer import Trainer

SPLIT = Sampling(3000, noise=0.1, validation=0.3).split(FunctionTarget("sine"))
WAYS = pytest.mark.parametrize(
    "settings",
    [
        TrainingSettings(),
        TrainingSettings(loss="huber"),
        TrainingSettings(batch_size=1500, batching="epochs", shuffle=True),
        TrainingSettings(batch_size=1500, shuffle=True),
    ],
    ids=["full", "huber", "epochs", "windows"],
)


def trainer(settings: TrainingSettings, activation: Activation = TANH, go_on: GoOn = always) -> Trainer:
    network, random = Start("gaussian", 7, 5, activation).begin(-3.0, 3.0)
    return Trainer(network, SPLIT.training, settings, random, validation=SPLIT.validation, go_on=go_on)


@pytest.fixture
def long(monkeypatch: pytest.MonkeyPatch) -> None:
    """Even some hundred samples are many."""
    monkeypatch.setattr(stepper, "_LONG_NUMBERS", 10)
    monkeypatch.setattr(stepper, "_DENSE_BLOCK", 300)


def counting(most: int) -> tuple[GoOn, Callable[[], int]]:
    """Says no from the `most`-th question on, and how often it was asked."""
    asked = [0]

    def go_on() -> bool:
        asked[0] += 1
        return asked[0] <= most

    return go_on, lambda: asked[0]


@WAYS
@pytest.mark.parametrize("activation", [TANH, activation_named("gelu")], ids=lambda a: a.name)
def test_steps_made_in_parts_are_steps(settings: TrainingSettings, activation: Activation, long: None) -> None:
    parts = trainer(settings, activation)
    assert parts.is_long
    with pytest.MonkeyPatch.context() as whole_passes:
        whole_passes.setattr(stepper, "_LONG_NUMBERS", 10**9)
        whole = trainer(settings, activation)
        assert not whole.is_long
        assert whole.run(5) == 5
    assert parts.run(5) == 5
    assert np.allclose(parts.network.vector, whole.network.vector, rtol=0, atol=1e-12)
    assert parts.loss() == pytest.approx(whole.loss(), rel=1e-12)
    assert parts.validation_loss() == pytest.approx(whole.validation_loss(), rel=1e-12)
    assert parts.epoch == whole.epoch


@WAYS
def test_a_step_that_was_broken_off_comes_again(settings: TrainingSettings, long: None) -> None:
    plain = trainer(settings)
    plain.run(4)
    patience, _ = counting(9)
    broken = trainer(settings, go_on=lambda: patience() or not refuses)
    refuses = True
    with pytest.raises(Interrupted):
        broken.run(4)
    left = 4 - broken.step
    assert 0 < left < 4
    refuses = False
    assert broken.run(left) == left
    assert np.array_equal(broken.network.vector, plain.network.vector)
    assert broken.epoch == plain.epoch


@WAYS
@pytest.mark.parametrize("refused", range(4))
def test_steps_that_are_over_but_not_looked_at_yet_come_again(settings: TrainingSettings, refused: int) -> None:
    plain = trainer(settings)
    plain.run(6)
    patience, _ = counting(refused)
    refuses = True
    broken = trainer(settings, go_on=lambda: patience() or not refuses)
    assert not broken.is_long
    for _ in range(refused):
        broken.run(1)
    with pytest.raises(Interrupted):
        broken.run(1)
    assert broken.step == refused
    refuses = False
    assert broken.run(6 - refused) == 6 - refused, "whether as many are asked for as before or not"
    assert np.array_equal(broken.network.vector, plain.network.vector)
    assert (broken.step, broken.epoch) == (6, plain.epoch)


@pytest.mark.parametrize("settings", [TrainingSettings(1e3), TrainingSettings(1e3, batch_size=20, shuffle=True)])
@pytest.mark.parametrize("refused", range(8))
def test_the_way_back_from_divergence_may_be_broken_off(settings: TrainingSettings, refused: int) -> None:
    plain = trainer(settings)
    last = plain.run(1000)
    assert 1 < last < 1000
    patience, _ = counting(refused)
    refuses = True
    broken = trainer(settings, go_on=lambda: patience() or not refuses)
    try:
        made = broken.run(1000)
    except Interrupted:
        assert broken.step == 0
        refuses = False
        made = broken.run(1000)
    assert (made, broken.step) == (last, last)
    assert np.array_equal(broken.network.vector, plain.network.vector)


def test_what_was_found_before_is_known_when_a_step_is_broken_off(long: None) -> None:
    go_on, asked = counting(12)
    broken = trainer(TrainingSettings(), go_on=go_on)
    assert not broken.knows_losses
    before = broken.loss(), broken.validation_loss()
    with pytest.raises(Interrupted):
        broken.run(1)
    questions = asked()
    assert broken.knows_losses
    assert (broken.loss(), broken.validation_loss()) == before
    assert asked() == questions, "no sample is looked at again"


def test_piecewise_linear_activations_and_few_samples_are_never_long() -> None:
    few = trainer(TrainingSettings())
    assert not few.is_long
    assert few.samples_per_step == len(SPLIT.training)
    network, random = Start("gaussian", 7, 5).begin(-3.0, 3.0)
    exact = Trainer(network, SPLIT.training, TrainingSettings(), random, go_on=lambda: False)
    assert exact.samples_per_step == 0
    assert exact.run(3) == 3
    assert Trainer(network, SPLIT.training, TrainingSettings(loss="mae"), random).samples_per_step == 2100
