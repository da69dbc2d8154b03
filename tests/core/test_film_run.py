"""A run trained for a film is the document's own, step by step."""

import numpy as np
import pytest

from reluviz.core.activation import activation_named
from reluviz.core.dataset import Sampling
from reluviz.core.film import FilmCancelled
from reluviz.core.film_run import DEFAULT_STEPS, FilmedRun, RunSource
from reluviz.core.network import Network
from reluviz.core.optimizer import Optimizer
from reluviz.core.settings import Plateau, TrainingSettings
from reluviz.core.start import Start
from reluviz.core.target import FunctionTarget
from reluviz.core.trainer import Trainer

TARGET = FunctionTarget("sine")
BATCHES = TrainingSettings(batch_size=10, shuffle=True, optimizer=Optimizer("momentum"))


def on(part: float) -> bool:
    return True


def run(**fields):
    return FilmedRun(TARGET, Sampling(64), Start(neurons=4), **fields)


def trained(settings, steps):
    network, random = Start(neurons=4).begin(TARGET.low, TARGET.high)
    trainer = Trainer(network, Sampling(64).of(TARGET), settings, random)
    trainer.run(steps)
    return trainer


@pytest.mark.parametrize("settings", [TrainingSettings(), BATCHES])
@pytest.mark.parametrize("is_prepared", [True, False])
def test_every_shot_is_the_documents_own_run_at_that_step(settings, is_prepared):
    source = RunSource(run(settings=settings), 300, on)
    if is_prepared:
        source.prepare(np.array([0.0, 7.0, 150.0, 300.0]), on)
    # Back and forth: the order in which they are asked for does not matter.
    for step in (150, 0, 300, 7):
        shot, expected = source.at(step), trained(settings, step)
        assert shot.step == step
        assert shot.network.same_as(expected.network)
        assert shot.loss == pytest.approx(expected.loss(), rel=1e-12)


def test_the_curve_ends_at_the_shot():
    source = RunSource(run(), 200, on)
    source.prepare(np.array([0.0, 100.0, 200.0]), on)
    shot = source.at(100.0)
    assert shot.curve.steps[-1] == 100
    assert shot.curve.losses[-1] == shot.loss
    assert (source.curve.steps[0], source.curve.steps[-1]) == (0, 200)


def test_validation_losses_come_along():
    split = FilmedRun(TARGET, Sampling(64, validation=0.25), Start(neurons=4))
    source = RunSource(split, 50, on)
    source.prepare(np.array([0.0, 50.0]), on)
    shot = source.at(50.0)
    assert shot.validation_loss == shot.curve.validation[-1] > 0.0


def test_from_the_present_state_it_goes_on():
    present = trained(TrainingSettings(), 100).network
    source = RunSource(run(network=present, step=100), 50, on)
    assert source.at(0.0).step == 100
    assert source.at(0.0).network.same_as(present)
    assert source.at(50.0).network.same_as(trained(TrainingSettings(), 150).network)


@pytest.mark.parametrize(
    ("fields", "steps"),
    [
        ({"settings": TrainingSettings(steps=70)}, 70),
        ({"settings": TrainingSettings(epochs=30)}, 30),
        ({}, DEFAULT_STEPS),
        ({"step": 4321}, 4321),
        ({"step": 4321, "settings": TrainingSettings(steps=70)}, 70),
        ({"settings": TrainingSettings(plateau=Plateau(20, 0.9))}, 40),
    ],
)
def test_it_lasts_as_long_as_the_documents_run(fields, steps):
    assert RunSource(run(**fields), None, on).last == steps


def test_it_ends_at_the_loss_that_is_the_goal():
    source = RunSource(run(settings=TrainingSettings(loss_goal=2.0)), None, on)
    assert source.at(source.last).loss <= 2.0
    assert source.at(source.last * 0.5).loss > 2.0


def test_where_it_diverges_the_last_finite_state_is_held():
    source = RunSource(run(settings=TrainingSettings(learning_rate=900.0)), 400, on)
    source.prepare(np.arange(0.0, 401.0, 50.0), on)
    shot = source.at(400.0)
    assert shot.step < 400
    assert np.isfinite(shot.loss)
    assert np.isfinite(shot.network.vector).all()
    assert source.note.startswith("J diverged after step")


def test_what_there_is_no_room_for_is_trained_anew(monkeypatch):
    monkeypatch.setattr("reluviz.core.film_run._KEPT_BYTES", 200)
    source = RunSource(run(), 100, on)
    source.prepare(np.arange(0.0, 101.0), on)
    assert source.at(90.0).network.same_as(trained(TrainingSettings(), 90).network)


def test_a_long_run_can_be_broken_off():
    with pytest.raises(FilmCancelled):
        RunSource(run(settings=TrainingSettings(plateau=Plateau(10**6))), None, lambda part: False)


def test_getting_very_many_samples_can_be_broken_off():
    with pytest.raises(FilmCancelled):
        RunSource(FilmedRun(TARGET, Sampling(1_000_000), Start(neurons=4)), 10, lambda part: False)


def test_one_step_on_very_many_samples_can_be_broken_off(monkeypatch):
    monkeypatch.setattr("reluviz.core.stepper._LONG_NUMBERS", 1)
    monkeypatch.setattr("reluviz.core.stepper._DENSE_BLOCK", 8)
    asked = []

    def goes_on(part):
        asked.append(part)
        return len(asked) < 4

    start = Start(neurons=4, activation=activation_named("tanh"))
    source = RunSource(FilmedRun(TARGET, Sampling(64), start), 1, goes_on)
    with pytest.raises(FilmCancelled):
        source.at(1)
    assert len(asked) == 4, "asked about every eight samples, not after the step"


def test_a_given_network_that_cannot_be_trained_says_so():
    with pytest.raises(ValueError, match="a batch of 100 is more than the 64 samples"):
        RunSource(run(settings=TrainingSettings(batch_size=100)), 10, on)
    assert RunSource(run(network=Network([1.0], [0.0], [1.0]), step=0), 10, on).at(0).network.neurons == 1
