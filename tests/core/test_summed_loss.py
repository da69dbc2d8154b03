from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reluviz.core.activation import activation_named
from reluviz.core.dataset import Dataset, Sampling
from reluviz.core.loss import LOSSES, Loss, loss_named
from reluviz.core.network import Network
from reluviz.core.stepper import MANY_SAMPLES, Stepper
from reluviz.core.target import FunctionTarget

MANY = Sampling(MANY_SAMPLES).of(FunctionTarget("sine"))
NUMBER = st.floats(-5.0, 5.0, allow_subnormal=False)


def summed_loss(loss: Loss, network: Network, samples: Dataset) -> float | None:
    return Stepper(network, samples).summed_loss(loss)


@given(
    st.lists(st.tuples(NUMBER, NUMBER, NUMBER), min_size=1, max_size=6), NUMBER, st.sampled_from(["half_mse", "mse"])
)
@settings(max_examples=30)
def test_the_sums_give_the_loss(columns: list[tuple[float, float, float]], output_bias: float, name: str) -> None:
    v, b, w = (list(column) for column in zip(*columns, strict=True))
    for activation in ("relu", "leaky_relu", "hardtanh", "identity"):
        network = Network(v, b, w, output_bias, activation_named(activation))
        found = summed_loss(loss_named(name), network, MANY)
        assert found is None or found == pytest.approx(loss_named(name).of(network, MANY), rel=1e-6)


def test_it_serves_an_ordinary_network() -> None:
    assert summed_loss(loss_named("half_mse"), Network([1.0, -1.0], [0.5, 0.5], [1.0, 2.0], 3.0), MANY) is not None


@pytest.mark.parametrize("name", sorted(LOSSES))
def test_what_needs_the_samples_themselves_is_left_to_them(name: str) -> None:
    relu = Network([1.0], [0.0], [1.0])
    few = Dataset(MANY.x[:1000], MANY.y[:1000])
    assert summed_loss(loss_named(name), relu, few) is None
    assert summed_loss(loss_named(name), relu.with_activation(activation_named("tanh")), MANY) is None
    if not loss_named(name).is_squared:
        assert summed_loss(loss_named(name), relu, MANY) is None


def test_a_fit_too_close_for_sums_is_left_to_the_samples() -> None:
    line = Sampling(MANY_SAMPLES).of(FunctionTarget("line"))
    exact = Network([1.0], [0.0], [2.0], 3.0, activation_named("identity"))
    assert summed_loss(loss_named("half_mse"), exact, line) is None
    enormous = Network([1e200], [0.0], [1e200])
    assert summed_loss(loss_named("half_mse"), enormous, line) is None


def test_the_formula_holds_for_few_samples_too() -> None:
    few = Sampling(100).of(FunctionTarget("sine"))
    network = Network([1.0, -1.0], [0.5, 0.5], [1.0, 2.0], 3.0)
    found = Stepper(network, few).summed_loss(loss_named("mse"), least=1)
    assert found == pytest.approx(loss_named("mse").of(network, few))
