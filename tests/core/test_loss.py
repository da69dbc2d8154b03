from __future__ import annotations

import numpy as np
import pytest
from dense_oracle import ACTIVATIONS, Case, cases, dense_cost, dense_loss_gradient, dense_output, rounding
from hypothesis import given, settings
from hypothesis import strategies as st

from reluviz.core import kernels
from reluviz.core.activation import Activation, activation_named
from reluviz.core.dataset import Dataset, Sampling
from reluviz.core.loss import HALF_MSE, LOSSES, half_mse, loss_named, residuals
from reluviz.core.network import Network
from reluviz.core.settings import TrainingSettings
from reluviz.core.stepper import Stepper
from reluviz.core.target import FunctionTarget
from reluviz.core.trainer import Trainer


@given(cases())
def test_residuals_are_the_dense_ones(case: Case) -> None:
    x, y = case.data.x, case.data.y
    error = np.abs(residuals(case.network, case.data) - (dense_output(case.network, x) - y))
    assert error.max() <= 1e-13 * rounding(case.network, x, y)[-1]


def test_the_loss_is_the_trainers() -> None:
    random = np.random.default_rng(3)
    network = Network(*random.normal(size=(3, 50)))
    data = Sampling(5000).of(FunctionTarget("sine"))
    assert half_mse(network, data) == pytest.approx(Trainer(network, data, TrainingSettings()).loss(), rel=1e-12)


def test_few_samples_are_summed_without_giving_the_turn_away() -> None:
    assert kernels.mean_cost.targetoptions["nogil"] is True
    assert kernels.mean_cost_at_once.targetoptions["nogil"] is False
    random = np.random.default_rng(4)
    network = Network(*random.normal(size=(3, 40)))
    for samples in (2, 1000, 30_000):
        stepper = Stepper(network, Sampling(samples).of(FunctionTarget("sine")))
        found = stepper.loss(HALF_MSE)
        arguments = stepper.theta, HALF_MSE.penalty, stepper._samples, stepper._shape, stepper._hinges
        assert found == kernels.mean_cost(*arguments) == kernels.mean_cost_at_once(*arguments)


@pytest.mark.parametrize("x", [[1.0], [1.0, 1.0], [1.0, 2.0]])
def test_overflow_is_infinite_and_silent(x: list[float]) -> None:
    network = Network([1e200], [1.0], [1e200])
    assert half_mse(network, Dataset(x, np.zeros(len(x)))) == np.inf


LOSS = pytest.mark.parametrize("loss", LOSSES)
RESIDUALS = st.lists(st.one_of(st.floats(-5, 5), st.sampled_from((0.0, 1.0, -1.0, 1e9))), min_size=1, max_size=20)


@LOSS
@given(r=RESIDUALS)
def test_a_loss_is_the_mean_of_what_residuals_cost(loss: str, r: list[float]) -> None:
    assert loss_named(loss).mean(np.array(r)) == pytest.approx(dense_cost(loss, np.array(r)), rel=1e-14)


@LOSS
@settings(max_examples=150)
@given(case=cases(offsets=(0.0,)))
def test_loss_and_gradient_are_the_dense_ones(loss: str, case: Case) -> None:
    network, x, y = case.network, case.data.x, case.data.y
    trainer = Trainer(network, case.data, TrainingSettings(loss=loss))
    r = dense_output(network, x) - y
    assert trainer.loss() == pytest.approx(dense_cost(loss, r), rel=1e-12, abs=1e-8 * rounding(network, x, y)[-1] ** 2)
    if loss in ("mae", "huber") and (np.abs(r) < 1e-12 * rounding(network, x, y)[-1]).any():
        return  # the sign of a residual of 0 is rounding
    error = np.abs(trainer.gradient() - dense_loss_gradient(network, x, y, loss))
    assert (error <= 1e-12 * rounding(network, x, y)).all()


@LOSS
@pytest.mark.parametrize("batch_size", [None, 40])
@pytest.mark.parametrize("activation", [*ACTIVATIONS, activation_named("tanh")], ids=lambda a: a.name)
def test_a_hundred_steps_go_down_the_dense_gradient(loss: str, batch_size: int | None, activation: Activation) -> None:
    random = np.random.default_rng(4)
    network = Network(*random.normal(size=(3, 6)), 0.1, activation)
    data = Dataset(random.uniform(-2, 2, 150), 3.0 * random.normal(size=150))
    how = TrainingSettings(0.003, batch_size, batch_size is not None, batching="epochs", loss=loss)
    trainer = Trainer(network, data, how, np.random.RandomState(8))
    assert trainer.run(100) == 100
    legacy, batches = np.random.RandomState(8), []
    while len(batches) < 100:
        order = legacy.permutation(150) if batch_size else np.arange(150)
        batches += [order[i : i + (batch_size or 150)] for i in range(0, 150, batch_size or 150)]
    for batch in batches[:100]:
        slopes = dense_loss_gradient(network, data.x[batch], data.y[batch], loss)
        network = Network.from_vector(network.vector - 0.003 * slopes, activation)
    np.testing.assert_allclose(trainer.network.vector, network.vector, rtol=0, atol=1e-10)
    assert trainer.epoch == pytest.approx(sum(map(len, batches[:100])) / 150)


def test_an_outlier_pulls_less_on_an_absolute_loss() -> None:
    x, y = np.zeros(11), np.append(np.zeros(10), 100.0)
    biases = {}
    for loss in LOSSES:
        trainer = Trainer(Network([0.0], [0.0], [0.0]), Dataset(x, y), TrainingSettings(0.01, loss=loss))
        trainer.run(5000)
        biases[loss] = trainer.network.output_bias
    assert biases["half_mse"] == pytest.approx(100 / 11)
    assert biases["mse"] == pytest.approx(100 / 11)
    assert abs(biases["mae"]) < 0.02
    assert biases["huber"] == pytest.approx(0.1)


def test_an_unknown_loss() -> None:
    with pytest.raises(ValueError, match=r"unknown loss 'hinge' \(known: half_mse, mse, mae, huber\)"):
        loss_named("hinge")


def test_another_loss_counts_at_once() -> None:
    trainer = Trainer(Network([1.0], [0.0], [1.0]), Dataset([1.0, 2.0], [3.0, 3.0]), TrainingSettings())
    assert trainer.loss() == 1.25
    trainer.settings = TrainingSettings(loss="mae")
    assert trainer.loss() == 1.5
