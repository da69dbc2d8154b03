"""What is said of a neuron's place and steepness is so, for every activation."""

from __future__ import annotations

import re

import numpy as np
import pytest

from reluviz.core.activation import ACTIVATIONS, leaky_relu
from reluviz.core.bend_text import place_symbol, place_text, steepness_text
from reluviz.core.network import Network

W, V, B = -3.0, 2.0, 0.5


def one(name: str) -> Network:
    return Network([V], [B], [W], 0.0, ACTIVATIONS[name])


def slope(network: Network, x: float) -> float:
    step = 1e-6
    left, right = network.contributions([x - step, x + step])[0]
    return float(right - left) / (2.0 * step)


def numbers(text: str) -> list[float]:
    return [float(found.replace("−", "-")) for found in re.findall(r"= (−?\d+(?:\.\d+)?)", text)]


def test_only_the_straight_line_has_no_place() -> None:
    assert [name for name, activation in ACTIVATIONS.items() if not place_symbol(activation)] == ["identity"]
    assert "straight line everywhere" in place_text(ACTIVATIONS["identity"])


@pytest.mark.parametrize("name", [name for name, activation in ACTIVATIONS.items() if activation.bend_at])
def test_the_place_named_is_that_of_the_table(name: str) -> None:
    activation = ACTIVATIONS[name]
    assert place_symbol(activation) == ("m" if activation.is_smooth else "k")
    at = {"x = −bⱼ/vⱼ": -B / V, "x = (−1 − bⱼ)/vⱼ": (-1.0 - B) / V, "x = (1 − bⱼ)/vⱼ": (1.0 - B) / V}
    said = [value for text, value in at.items() if text in place_text(activation)]
    assert said == one(name).bend_places[0].tolist()


@pytest.mark.parametrize("name", ["tanh", "sigmoid"])
def test_an_inflection_is_where_it_is_steepest(name: str) -> None:
    assert place_text(ACTIVATIONS[name]).startswith("Inflection")
    network = one(name)
    x = np.linspace(-2.0, 2.0, 801)
    steepest = x[np.argmax(np.abs(np.gradient(network.contributions(x)[0], x)))]
    assert steepest == pytest.approx(-B / V, abs=0.01)
    assert slope(network, -B / V) == pytest.approx(numbers(steepness_text(network.activation, "₁", W, V))[-1], rel=1e-3)


@pytest.mark.parametrize("name", ["softplus", "gelu", "silu"])
def test_a_middle_is_where_it_bends_most_and_has_half_the_slope(name: str) -> None:
    assert "bends most" in place_text(ACTIVATIONS[name])
    network = one(name)
    x = np.linspace(-3.0, 3.0, 1201)
    bend = np.abs(np.gradient(np.gradient(network.contributions(x)[0], x), x))
    assert x[10:-10][np.argmax(bend[10:-10])] == pytest.approx(-B / V, abs=0.02)
    (product,) = numbers(steepness_text(network.activation, "₁", W, V))
    assert slope(network, -B / V) == pytest.approx(product / 2.0, rel=1e-3)
    assert slope(network, 50.0) == pytest.approx(product, rel=1e-3)


def test_elu_is_straight_from_its_place_on() -> None:
    network = one("elu")
    (product,) = numbers(steepness_text(network.activation, "₁", W, V))
    assert "straight line" in place_text(network.activation)
    assert [slope(network, x) for x in (-B / V + 1e-5, 3.0)] == pytest.approx([product, product], rel=1e-3)


@pytest.mark.parametrize("activation", [ACTIVATIONS["relu"], leaky_relu(), leaky_relu(-0.5)])
def test_a_kink_changes_the_slope_by_what_is_said(activation: object) -> None:
    network = Network([-V], [B], [W], 0.0, activation)  # type: ignore[arg-type]
    change = numbers(steepness_text(network.activation, "₁", W, -V))[-1]
    assert slope(network, B / V + 0.1) - slope(network, B / V - 0.1) == pytest.approx(change, rel=1e-3)


def test_hard_tanh_is_steep_between_its_kinks_and_level_beyond() -> None:
    network = one("hardtanh")
    product, change = numbers(steepness_text(network.activation, "₁", W, V))
    assert slope(network, -B / V) == pytest.approx(product)
    assert slope(network, 3.0) == slope(network, -3.0) == 0.0
    assert change == W * V


def test_without_values_the_names_alone_are_given() -> None:
    for activation in ACTIVATIONS.values():
        assert "wⱼ·vⱼ" in steepness_text(activation)
        assert "=" not in steepness_text(activation)
