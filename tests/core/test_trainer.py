from __future__ import annotations

import numpy as np
import pytest
from dense_oracle import ACTIVATIONS, dense_gradient
from hypothesis import given, settings
from hypothesis import strategies as st
from optimizer_oracle import Descent

from reluviz.core.activation import IDENTITY, RELU, Activation
from reluviz.core.arrays import FloatArray
from reluviz.core.dataset import Dataset, Sampling
from reluviz.core.loss import half_mse
from reluviz.core.network import Network
from reluviz.core.optimizer import Optimizer
from reluviz.core.parameter import OUTPUT_BIAS, Kind, Locks, Parameter
from reluviz.core.schedule import Schedule
from reluviz.core.settings import TrainingSettings
from reluviz.core.start import Start
from reluviz.core.target import FunctionTarget, PointsTarget
from reluviz.core.trainer import Trainer

SINE = Sampling(1024).of(FunctionTarget("sine"))
LINE = Sampling(1000, single=True).of(FunctionTarget("line"))
V, B, W = Kind.HIDDEN_WEIGHT, Kind.HIDDEN_BIAS, Kind.OUTPUT_WEIGHT
BATCHES = pytest.mark.parametrize("batch_size", [None, 1, 10])


def trainer_of(settings: TrainingSettings, data: Dataset = SINE, neurons: int = 5, seed: int = 1234) -> Trainer:
    network, random = Start("gaussian", neurons, seed).begin(data.x[0], data.x[-1])
    return Trainer(network, data, settings, random)


def descended(network: Network, x: FloatArray, y: FloatArray, rate: float) -> Network:
    return Network.from_vector(network.vector - rate * dense_gradient(network, x, y), network.activation)


@pytest.mark.parametrize("activation", ACTIVATIONS, ids=lambda a: a.name)
def test_full_batch_is_gradient_descent(activation: Activation) -> None:
    network = Start("gaussian", 7, 5, activation).begin(-3.0, 3.0)[0]
    trainer = Trainer(network, SINE, TrainingSettings(0.01))
    for _ in range(200):
        network = descended(network, SINE.x, SINE.y, 0.01)
    assert trainer.run(200) == 200
    assert np.allclose(trainer.network.vector, network.vector, rtol=0, atol=1e-11)
    assert trainer.step == 200
    assert trainer.epoch == 200.0


def test_the_relu_tutorial() -> None:
    """5 ReLUs on 2·sin(x) + 5: draws, shuffle, windows and 1000 steps as published, in plain NumPy."""
    random = np.random.RandomState(1234)
    v, w = random.randn(5), random.randn(5)
    shuffled = random.permutation(1024)
    x, y = SINE.x[shuffled], SINE.y[shuffled]
    network = Network(v, np.zeros(5), w)
    for _ in range(1000):
        i = random.randint(0, 1000 - 100)
        network = descended(network, x[i : i + 100], y[i : i + 100], 0.01)
    trainer = trainer_of(TrainingSettings(0.01, 100, shuffle=True, window_limit=1000))
    assert trainer.run(1000) == 1000
    assert np.allclose(trainer.network.vector, network.vector, rtol=0, atol=1e-11)
    assert trainer.epoch == pytest.approx(1000 * 100 / 1024)


def test_the_linear_tutorial() -> None:
    """2 identity neurons on 2·x + 3: unshuffled windows of one sample restore the line."""
    random = np.random.RandomState(4321)
    network = Network(random.randn(2), np.zeros(2), random.randn(2), 0.0, IDENTITY)
    for _ in range(100):
        i = random.randint(0, 1000 - 1)
        network = descended(network, LINE.x[i : i + 1], LINE.y[i : i + 1], 0.01)
    begin, random = Start("gaussian", 2, 4321, IDENTITY).begin(-3.0, 3.0)
    trainer = Trainer(begin, LINE, TrainingSettings(0.01, 1, window_limit=1000), random)
    trainer.run(100)
    assert np.allclose(trainer.network.vector, network.vector, rtol=0, atol=1e-12)


@BATCHES
@settings(max_examples=25)
@given(parts=st.lists(st.integers(0, 60), min_size=1, max_size=6))
def test_a_run_in_parts_is_the_whole_run(batch_size: int | None, parts: list[int]) -> None:
    how = TrainingSettings(0.01, batch_size, shuffle=True)
    whole, parted = trainer_of(how), trainer_of(how)
    whole.run(sum(parts))
    for steps in parts:
        parted.run(steps)
        parted.loss()
        parted.gradient()
    assert parted.network.same_as(whole.network)
    assert parted.step == whole.step == sum(parts)


@settings(max_examples=25)
@given(st.integers(0, 300), st.integers(1, 300))
def test_a_run_depends_on_the_parameters_alone(first: int, then: int) -> None:
    """All kinks start at 0, in one tie: the way there must not decide in which order they are summed."""
    on = trainer_of(TrainingSettings(0.01), neurons=30)
    on.run(first)
    resumed = Trainer(on.network, SINE, TrainingSettings(0.01))
    on.run(then)
    resumed.run(then)
    assert resumed.network.same_as(on.network)


def test_blocks_of_draws_do_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = trainer_of(TrainingSettings(batch_size=3))
    whole.run(100)
    monkeypatch.setattr("reluviz.core.stepper._MOST_STEPS", 7)
    blocks = trainer_of(TrainingSettings(batch_size=3))
    blocks.run(100)
    assert blocks.network.same_as(whole.network)


@BATCHES
@settings(max_examples=25)
@given(locked=st.sets(st.integers(0, 15)), held=st.sets(st.integers(0, 15), max_size=3))
def test_locked_and_held_parameters_stay_and_the_rest_moves(
    batch_size: int | None, locked: set[int], held: set[int]
) -> None:
    names = [Parameter(kind, j) for kind in (V, B, W) for j in range(5)] + [OUTPUT_BIAS]
    trainer = trainer_of(TrainingSettings(0.01, batch_size))
    trainer.locks = Locks(frozenset(names[i] for i in locked))
    trainer.hold({names[i]: 0.1 * i + 0.3 for i in held})
    before = trainer.network.vector
    assert trainer.run(50) == 50
    after = trainer.network.vector
    fixed = np.zeros(16, dtype=bool)
    fixed[list(locked | held)] = True
    assert after[fixed].tobytes() == before[fixed].tobytes()
    assert all(after[i] == 0.1 * i + 0.3 for i in held)
    if not fixed.all():
        assert (after[~fixed] != before[~fixed]).any()
    trainer.locks = Locks()
    trainer.hold({})
    trainer.run(50)
    assert (trainer.network.vector != after).any()


def test_minus_zero_is_not_touched_by_a_lock() -> None:
    network = Network([1.0], [-0.0], [1.0])
    trainer = Trainer(network, SINE, TrainingSettings(), locks=Locks(frozenset({Parameter(B, 0)})))
    trainer.run(3)
    assert str(trainer.network.hidden_bias[0]) == "-0.0"


def test_what_cannot_be_held() -> None:
    trainer = trainer_of(TrainingSettings())
    before = trainer.network
    with pytest.raises(ValueError, match="held parameter's value must be a finite number"):
        trainer.hold({Parameter(W, 0): np.nan})
    with pytest.raises(IndexError, match="no neuron 6"):
        trainer.hold({Parameter(W, 0): 1.0, Parameter(W, 5): 1.0})
    assert trainer.network.same_as(before)


def test_a_new_network_of_another_size_trains_on() -> None:
    trainer = trainer_of(TrainingSettings())
    trainer.run(10)
    other = Start("even", 9, 1).begin(-3.0, 3.0)[0]
    trainer.network = other
    trainer.run(10)
    fresh = Trainer(other, SINE, TrainingSettings())
    fresh.run(10)
    assert trainer.network.same_as(fresh.network)
    assert trainer.step == 20


def test_held_values_outlive_a_new_network() -> None:
    trainer = trainer_of(TrainingSettings())
    trainer.hold({Parameter(W, 0): 2.5, Parameter(W, 4): 1.0, OUTPUT_BIAS: -1.0})
    trainer.network = Start("even", 2, 1).begin(-3.0, 3.0)[0]
    trainer.run(10)
    assert trainer.network[Parameter(W, 0)] == 2.5
    assert trainer.network.output_bias == -1.0


def test_new_settings_act_from_the_next_step_on() -> None:
    trainer = trainer_of(TrainingSettings(0.01))
    network = trainer.network
    trainer.run(3)
    trainer.settings = TrainingSettings(0.002)
    trainer.run(3)
    for rate in (0.01,) * 3 + (0.002,) * 3:
        network = descended(network, SINE.x, SINE.y, rate)
    assert np.allclose(trainer.network.vector, network.vector, rtol=0, atol=1e-13)


def test_a_new_batch_size_or_window_keeps_the_samples_order() -> None:
    random = np.random.RandomState(1234)
    network = Network(random.randn(5), np.zeros(5), random.randn(5))[Parameter(V, 0)]
    trainer = trainer_of(TrainingSettings(0.01, 10, shuffle=True))
    assert trainer.network[Parameter(V, 0)] == network
    order = random.permutation(1024)
    trainer.run(5)
    trainer.settings = TrainingSettings(0.01, 3, shuffle=True, window_limit=50)
    random.randint(0, 1024 - 10 + 1, size=5)
    i = random.randint(0, 50 - 3)
    window = order[i : i + 3]
    expected = descended(trainer.network, SINE.x[window], SINE.y[window], 0.01)
    trainer.run(1)
    assert np.allclose(trainer.network.vector, expected.vector, rtol=0, atol=1e-13)


def test_from_mini_batches_to_the_full_batch_and_back() -> None:
    trainer = trainer_of(TrainingSettings(0.01, 100))
    trainer.run(4)
    trainer.settings = TrainingSettings(0.01)
    network = trainer.network
    trainer.run(2)
    for _ in range(2):
        network = descended(network, SINE.x, SINE.y, 0.01)
    assert np.allclose(trainer.network.vector, network.vector, rtol=0, atol=1e-13)
    trainer.settings = TrainingSettings(0.01, 100)
    assert trainer.run(4) == 4
    assert trainer.epoch == pytest.approx(8 * 100 / 1024 + 2)


def test_settings_that_do_not_fit_the_data_change_nothing() -> None:
    trainer = trainer_of(TrainingSettings(0.01))
    with pytest.raises(ValueError, match="a batch of 1025 is more than the 1024 samples"):
        trainer.settings = TrainingSettings(0.02, 1025)
    assert trainer.settings == TrainingSettings(0.01)
    with pytest.raises(ValueError, match="a batch of 1025"):
        trainer_of(TrainingSettings(batch_size=1025))


@pytest.mark.parametrize("optimizer", ["momentum", "adam"])
def test_other_samples_keep_network_step_and_impulse(optimizer: str) -> None:
    how = TrainingSettings(0.005, optimizer=Optimizer(optimizer), schedule=Schedule("cosine", every=50))
    trainer = trainer_of(how)
    trainer.run(20)
    trainer.train_on(LINE, None, how)
    assert (trainer.step, trainer.epoch) == (20, 20.0)
    trainer.run(20)
    descent = Descent(
        Start("gaussian", 5, 1234).begin(-3.0, 3.0)[0].vector,
        0.005,
        {"name": optimizer},
        {"name": "cosine", "every": 50},
    )
    for data in (SINE,) * 20 + (LINE,) * 20:
        descent.step(dense_gradient(Network.from_vector(descent.theta), data.x, data.y))
    np.testing.assert_allclose(trainer.network.vector, descent.theta, rtol=0, atol=1e-11)


def test_other_samples_in_batches_and_for_validation() -> None:
    how = TrainingSettings(0.01, 10, shuffle=True, batching="epochs")
    trainer = trainer_of(how)
    trainer.run(7)
    few = Dataset(LINE.x[::20], LINE.y[::20])
    trainer.train_on(few, LINE, how)
    assert trainer.epoch == pytest.approx(7 * 10 / 50)
    assert trainer.validation_loss() == pytest.approx(half_mse(trainer.network, LINE))
    assert trainer.run(500) == 500
    assert trainer.loss() == pytest.approx(half_mse(trainer.network, few))
    assert trainer.loss() < 0.1
    with pytest.raises(ValueError, match="a batch of 60 is more than the 50 samples"):
        trainer.train_on(few, None, TrainingSettings(0.01, 60))
    assert trainer.validation is LINE


def test_setting_the_step_sets_the_epoch() -> None:
    trainer = trainer_of(TrainingSettings(batch_size=64))
    trainer.step = 32
    assert trainer.epoch == 2.0


@BATCHES
@pytest.mark.parametrize("rate", [0.5, 30.0, 1e3])
@pytest.mark.parametrize("neurons", [1, 5, 100])
def test_divergence_stops_at_the_last_finite_state(batch_size: int | None, rate: float, neurons: int) -> None:
    how = TrainingSettings(rate, batch_size, shuffle=True)
    trainer = trainer_of(how, neurons=neurons)
    made = trainer.run(100_000)
    if (rate, neurons) == (0.5, 1):
        return  # one neuron may survive this rate
    assert made < 100_000
    assert trainer.step == made
    assert np.isfinite(trainer.network.vector).all()
    assert np.isfinite(trainer.loss())
    replayed = trainer_of(how, neurons=neurons)
    assert replayed.run(made) == made
    assert replayed.network.same_as(trainer.network)
    if batch_size is None:
        assert trainer.run(1) == 0
        assert trainer.network.same_as(replayed.network)


def test_training_goes_on_after_divergence_with_another_rate() -> None:
    trainer = trainer_of(TrainingSettings(30.0))
    trainer.run(100_000)
    trainer.network = Start().begin(-3.0, 3.0)[0]
    trainer.settings = TrainingSettings(0.01)
    before = trainer.loss()
    assert trainer.run(1000) == 1000
    assert trainer.loss() < before


@BATCHES
def test_a_start_beyond_all_bounds_is_left_as_it_is(batch_size: int | None) -> None:
    # Only the samples right of 2.9 see the overflow: most mini-batches do not.
    network = Network([1.0], [-2.9], [1e300])
    trainer = Trainer(network, SINE, TrainingSettings(0.01, batch_size))
    assert trainer.loss() == np.inf
    assert np.isnan(trainer.gradient()).all()
    assert trainer.run(500) == 0
    assert trainer.network.same_as(network)
    assert trainer.step == 0


@BATCHES
def test_a_gradient_that_overflows_in_parts_leaves_the_network_alone(batch_size: int | None) -> None:
    # The two neurons cancel in the residual, not in the gradient.
    network = Network([1.0, 1.0], [1.0, 1.0], [4e307, -4e307])
    trainer = Trainer(network, SINE, TrainingSettings(1.0, batch_size))
    assert np.isfinite(trainer.loss())
    assert np.isinf(trainer.gradient()).any()
    assert trainer.network.same_as(network)
    # A mini-batch with a small residual may make a step or two.
    made = trainer.run(10)
    assert made == (0 if batch_size is None else trainer.step)
    assert np.isfinite(trainer.network.vector).all()
    assert np.isfinite(trainer.loss())


def test_dead_neurons_stay_and_the_output_bias_learns_the_mean() -> None:
    network = Network([1.0, -1.0, 0.5], [-4.0, -4.0, -3.0], [1.0, 1.0, 1.0])
    trainer = Trainer(network, SINE, TrainingSettings(0.5))
    trainer.run(200)
    assert trainer.network.vector[:-1].tobytes() == network.vector[:-1].tobytes()
    assert trainer.network.output_bias == pytest.approx(SINE.y.mean())


@pytest.mark.parametrize("batch_size", [None, 50])
def test_all_kinks_on_one_spot_spread(batch_size: int | None) -> None:
    v = np.array([1.0, 1.5, -0.5, -1.0])
    trainer = Trainer(Network(v, -0.5 * v, [0.1, 0.2, 0.3, 0.4]), SINE, TrainingSettings(0.01, batch_size))
    before = trainer.loss()
    trainer.run(2000)
    assert trainer.loss() < before / 4
    assert len(np.unique(trainer.network.kinks)) == 4


@pytest.mark.parametrize("batch_size", [None, 50])
def test_kinks_far_outside_act_as_lines(batch_size: int | None) -> None:
    network = Network([1e-3, -1e-3], [1e3, 1e3], [1e-3, 1e-3])
    trainer = Trainer(network, SINE, TrainingSettings(1e-7, batch_size))
    before = trainer.loss()
    assert trainer.run(100) == 100
    assert trainer.loss() < before


def test_one_sample_and_constant_neurons() -> None:
    data = Dataset([0.5], [2.0])
    trainer = Trainer(Network([0.0, 1.0], [1.0, 1.0], [0.5, 0.5]), data, TrainingSettings(0.1))
    trainer.run(500)
    assert trainer.loss() == pytest.approx(0.0, abs=1e-12)


def test_whole_numbers_in_an_activation_or_rate_compile_nothing_new() -> None:
    from reluviz.core import kernels

    trainer_of(TrainingSettings()).run(1)
    before = len(kernels.full_batch_steps.signatures)
    whole = Activation("whole", "whole", line_slope=1, line_offset=0, hinge_at=(0,), hinge_slope=(1,))
    Trainer(Network([1], [1], [1], 0, whole), SINE, TrainingSettings(1)).run(1)
    assert len(kernels.full_batch_steps.signatures) == before


def test_three_segments_is_a_fixed_point() -> None:
    target = PointsTarget(((-1.0, -1.0), (-0.5, 1.0), (0.0, -1.0), (1.0, 0.0)))
    trainer = Trainer(Network([1, 1, 1], [1, 0.5, 0], [4, -8, 5], -1), Sampling(201).of(target), TrainingSettings())
    assert trainer.loss() == pytest.approx(0.0, abs=1e-30)
    assert np.abs(trainer.gradient()).max() < 1e-14


def test_relu_is_the_default() -> None:
    assert trainer_of(TrainingSettings()).network.activation is RELU
