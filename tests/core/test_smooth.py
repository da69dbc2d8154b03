"""The smooth activations against the C library's functions, in NumPy and in the kernels."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest
from dense_oracle import Case, cases, dense_gradient, dense_loss_gradient
from hypothesis import given
from hypothesis import strategies as st

from reluviz.core.activation import ACTIVATIONS, TANH, Activation, activation_named, leaky_relu
from reluviz.core.dataset import Sampling
from reluviz.core.kernels.elementary import activate
from reluviz.core.loss import LOSSES, loss_named, residuals
from reluviz.core.network import Network, Status
from reluviz.core.settings import TrainingSettings
from reluviz.core.target import FunctionTarget
from reluviz.core.trainer import Trainer

SMOOTH = {name: activation for name, activation in ACTIVATIONS.items() if activation.is_smooth}
SINE = Sampling(300).of(FunctionTarget("sine"))


def sigmoid(z: float) -> float:
    return 1.0 / (1.0 + math.exp(-z)) if z >= 0 else math.exp(z) / (1.0 + math.exp(z))


def normal_below(z: float) -> float:
    return 0.5 * math.erfc(-z / math.sqrt(2.0))


def normal_density(z: float) -> float:
    return math.exp(-z * z / 2.0) / math.sqrt(2.0 * math.pi)


VALUES: dict[str, Callable[[float], float]] = {
    "tanh": math.tanh,
    "sigmoid": sigmoid,
    "softplus": lambda z: max(z, 0.0) + math.log1p(math.exp(-abs(z))),
    "elu": lambda z: z if z > 0 else math.expm1(z),
    "gelu": lambda z: z * normal_below(z),
    "silu": lambda z: z * sigmoid(z),
}
SLOPES: dict[str, Callable[[float], float]] = {
    "tanh": lambda z: 1.0 / math.cosh(z) ** 2 if abs(z) < 300 else 0.0,
    "sigmoid": lambda z: sigmoid(z) * sigmoid(-z),
    "softplus": sigmoid,
    "elu": lambda z: 1.0 if z > 0 else math.exp(z),
    "gelu": lambda z: normal_below(z) + z * normal_density(z),
    "silu": lambda z: sigmoid(z) * (1.0 + z * sigmoid(-z)),
}
Z = st.one_of(st.floats(-40.0, 40.0), st.floats(-1e-3, 1e-3), st.sampled_from((0.0, 1e-300, -1e-12, 700.0, -700.0)))


def by_kernel(activation: Activation, z: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    value, slope = np.empty_like(z), np.empty_like(z)
    activate(activation.smooth, 1.0, 0.0, z, value, slope)
    return value, slope


@pytest.mark.parametrize("name", SMOOTH)
@given(st.lists(Z, min_size=1, max_size=20))
def test_values_and_slopes_are_those_of_the_c_library(name: str, z: list[float]) -> None:
    at = np.array(z)
    value, slope = by_kernel(SMOOTH[name], at)
    expected_value = np.array([VALUES[name](each) for each in z])
    expected_slope = np.array([SLOPES[name](each) for each in z])
    # Where a tail fades to nothing, rounding of the exponent counts as often as the exponent is large.
    tolerance = 1e-14 * (1.0 + np.minimum(at * at, 750.0) / 50.0)
    for found in (value, SMOOTH[name](at)):
        assert (np.abs(found - expected_value) <= tolerance * np.abs(expected_value) + 1e-300).all()
    for found in (slope, SMOOTH[name].derivative(at)):
        assert (np.abs(found - expected_slope) <= 1e-14 * np.maximum(1.0, np.abs(at))).all()


@pytest.mark.parametrize("name", SMOOTH)
def test_nothing_overflows(name: str) -> None:
    far = np.array([-1e308, -1e10, -1e3, 1e3, 1e10, 1e308])
    for value, slope in (by_kernel(SMOOTH[name], far), (SMOOTH[name](far), SMOOTH[name].derivative(far))):
        assert np.isfinite(value).all()
        assert np.isfinite(slope).all()
        assert slope[:3] == pytest.approx([0, 0, 0], abs=1e-12)
        assert value[-1] in (1.0, 1e308)


@pytest.mark.parametrize("name", SMOOTH)
def test_not_a_number_stays_so(name: str) -> None:
    assert np.isnan(by_kernel(SMOOTH[name], np.array([np.nan, 1.0]))[0][0])


def tanh_like(seed: int, neurons: int, activation: Activation) -> Network:
    v, b, w = np.random.default_rng(seed).normal(size=(3, neurons))
    return Network(v, b, w, 0.3, activation)


@pytest.mark.parametrize("neurons", [1, 13, 100, 3000])
@pytest.mark.parametrize("name", SMOOTH)
def test_full_batch_gradient_is_the_dense_one(name: str, neurons: int) -> None:
    network = tanh_like(1, neurons, SMOOTH[name])
    dense = dense_gradient(network, SINE.x, SINE.y)
    found = Trainer(network, SINE, TrainingSettings()).gradient()
    assert np.abs(found - dense).max() <= 1e-12 * np.abs(dense).max()


@pytest.mark.parametrize("name", SMOOTH)
@pytest.mark.parametrize("loss", ["half_mse", "huber"])
@given(case=cases(offsets=(0.0,)))
def test_any_gradient_is_the_dense_one(name: str, loss: str, case: Case) -> None:
    network, x, y = case.network.with_activation(SMOOTH[name]), case.data.x, case.data.y
    found = Trainer(network, case.data, TrainingSettings(loss=loss)).gradient()
    far = 1.0 + np.abs(x).max() + np.abs(network.hidden_weight).max() + np.abs(network.hidden_bias).max()
    size = 1.0 + np.abs(network.contributions(x)).sum(axis=0).max() + np.abs(y).max() + abs(network.output_bias)
    error = np.abs(found - dense_loss_gradient(network, x, y, loss)).max()
    assert error <= 1e-13 * size * far**2 * (1.0 + np.abs(network.output_weight).max())


@pytest.mark.parametrize("name", SMOOTH)
@pytest.mark.parametrize("shuffle", [False, True])
def test_mini_batches_descend(name: str, shuffle: bool) -> None:
    network = tanh_like(2, 7, SMOOTH[name])
    trainer = Trainer(network, SINE, TrainingSettings(0.05, 40, shuffle), np.random.RandomState(3))
    trainer.run(50)
    random = np.random.RandomState(3)
    order = random.permutation(300) if shuffle else np.arange(300)
    for _ in range(50):
        batch = order[(start := random.randint(0, 300 - 40 + 1)) : start + 40]
        vector = network.vector - 0.05 * dense_gradient(network, SINE.x[batch], SINE.y[batch])
        network = Network.from_vector(vector, network.activation)
    np.testing.assert_allclose(trainer.network.vector, network.vector, rtol=0, atol=1e-11)


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("name", SMOOTH)
def test_losses_are_those_of_the_residuals(name: str, loss: str) -> None:
    network = tanh_like(3, 20, SMOOTH[name])
    r = network.output(SINE.x) - SINE.y
    np.testing.assert_allclose(residuals(network, SINE), r, atol=1e-12)
    found = Trainer(network, SINE, TrainingSettings(loss=loss)).loss()
    assert found == pytest.approx(loss_named(loss).mean(r), rel=1e-12)


@pytest.mark.parametrize("name", SMOOTH)
@given(
    v=st.one_of(st.floats(-30.0, 30.0), st.sampled_from((0.0, 1e-9, 1e4, -1e6, 1e300))),
    b=st.floats(-30.0, 30.0),
    raw=st.booleans(),
)
def test_no_corner_shows_on_a_contribution(name: str, v: float, b: float, raw: bool) -> None:
    network = Network([v], [b], [2.5], 0.0, SMOOTH[name])
    ((line),) = network.contribution_polylines(-3.0, 3.0, raw)
    assert line[0, 0] == -3.0
    assert line[-1, 0] == 3.0
    assert (np.diff(line[:, 0]) >= 0).all()
    x = np.linspace(-3.0, 3.0, 4001)
    exact = network.activations(x)[0] if raw else network.contributions(x)[0]
    height = max(np.ptp(exact), 2.0 if raw else 5.0)
    if abs(v) < 1e5:
        assert np.abs(np.interp(x, line[:, 0], line[:, 1]) - exact).max() < 1e-3 * height


@pytest.mark.parametrize("name", SMOOTH)
@pytest.mark.parametrize("neurons", [1, 13, 200])
def test_no_corner_shows_on_the_output(name: str, neurons: int) -> None:
    network = tanh_like(4, neurons, SMOOTH[name])
    vertices = network.vertices(-3.0, 3.0)
    assert (np.diff(vertices[:, 0]) > 0).all()
    assert vertices[[0, -1], 0].tolist() == [-3.0, 3.0]
    x = np.linspace(-3.0, 3.0, 5000)
    exact = network.output(x)
    assert np.abs(np.interp(x, vertices[:, 0], vertices[:, 1]) - exact).max() < 1e-3 * np.ptp(exact)


def status_of(name: str, b: float) -> Status:
    """Of a neuron whose z runs from b − 0.5 to b + 0.5."""
    return Network([1.0], [b], [1.0], 0.0, SMOOTH[name]).status(-0.5, 0.5)[0]


@pytest.mark.parametrize(
    ("name", "left", "right"),
    [
        ("tanh", Status.SATURATED, Status.SATURATED),
        ("sigmoid", Status.DEAD, Status.SATURATED),
        ("softplus", Status.DEAD, Status.OFF_DOMAIN),
        ("elu", Status.SATURATED, Status.OFF_DOMAIN),
        ("gelu", Status.DEAD, Status.OFF_DOMAIN),
        ("silu", Status.DEAD, Status.OFF_DOMAIN),
    ],
)
def test_status_in_and_out_of_the_sensitive_range(name: str, left: Status, right: Status) -> None:
    low, high = SMOOTH[name].sensitive
    assert status_of(name, low - 0.6) is left
    assert status_of(name, low - 0.4) is Status.ACTIVE
    assert status_of(name, high + 0.4) is Status.ACTIVE
    assert status_of(name, high + 0.6) is right
    assert status_of(name, -1e300) is left
    assert Network([0.0], [0.0], [1.0], 0.0, SMOOTH[name]).status(-1.0, 1.0) == [Status.CONSTANT]


@pytest.mark.parametrize("name", SMOOTH)
@given(st.floats(-20.0, 20.0), st.floats(0.01, 5.0))
def test_a_level_neuron_has_hardly_a_slope(name: str, b: float, v: float) -> None:
    network = Network([v], [b], [1.0], 0.0, SMOOTH[name])
    (status,) = network.status(-1.0, 1.0)
    slope = np.abs(SMOOTH[name].derivative(v * np.linspace(-1, 1, 201) + b))
    if status in (Status.DEAD, Status.SATURATED):
        assert slope.max() < 0.02
    if status is Status.DEAD:
        assert np.abs(network.activations(np.linspace(-1, 1, 201))).max() <= 0.01
    if status is Status.OFF_DOMAIN:
        assert np.ptp(slope) < 0.02


def test_a_smooth_neuron_bends_about_the_middle_of_its_range() -> None:
    assert Network([2.0, 0.0], [1.0, 1.0], [1.0, 1.0], 0.0, TANH).kinks.tolist()[0] == -0.5
    assert np.isnan(Network([0.0], [1.0], [1.0], 0.0, TANH).kinks[0])


def test_leaky_relus_of_any_slope_by_name() -> None:
    assert activation_named("leaky_relu") == leaky_relu(0.01)
    assert activation_named(leaky_relu(0.2).name) == leaky_relu(0.2)
    assert leaky_relu(0.2)(np.array([-2.0, 3.0])) == pytest.approx([-0.4, 3.0], rel=1e-15)
    for name in ("leaky_relu(x)", "leaky_relu()", "leaky_relu(nan)", "leaky_relu(2)", "leaky_relu(1e999)"):
        with pytest.raises(ValueError, match=r"unknown activation|slope of a leaky ReLU|is not a number"):
            activation_named(name)


def test_thirteen_tanhs_learn_and_their_validation_is_told() -> None:
    training, validation = SINE.split(0.2, 1)
    network = tanh_like(5, 13, TANH)
    trainer = Trainer(network, training, TrainingSettings(0.05), validation=validation)
    before, held_out = trainer.loss(), trainer.validation_loss()
    assert validation is not None
    trainer.run(2000)
    after = trainer.validation_loss()
    assert trainer.loss() < before / 20
    assert held_out is not None
    assert after is not None
    assert after < held_out / 20
    assert after == pytest.approx(loss_named("half_mse").of(trainer.network, validation), rel=1e-10)
    assert Trainer(network, training, TrainingSettings()).validation_loss() is None


def test_overflow_leaves_the_network_alone() -> None:
    network = Network([1.0], [0.0], [1e300], 0.0, SMOOTH["softplus"])
    trainer = Trainer(network, SINE, TrainingSettings())
    assert trainer.loss() == np.inf
    assert np.isnan(trainer.gradient()).all()
    assert trainer.run(10) == 0
    assert trainer.network.same_as(network)
