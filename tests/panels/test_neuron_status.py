"""The advice in a status's explanation, followed."""

from __future__ import annotations

import re

import pytest

from reluviz.core.activation import ACTIVATIONS
from reluviz.core.network import Network, Status
from reluviz.panels.neuron_status import BADGES, explanation

LOW, HIGH = -1.0, 1.0


def numbers(text: str) -> list[float]:
    return [float(number.replace("−", "-")) for number in re.findall(r"−?\d+\.?\d*", text.partition("(now")[0])]


def test_every_status_has_its_badge() -> None:
    assert set(BADGES) == set(Status)


@pytest.mark.parametrize("name", ACTIVATIONS)
@pytest.mark.parametrize("b", [-20.0, -1.5, 0.25, 1.5, 20.0])
def test_who_follows_the_advice_has_an_active_neuron(name: str, b: float) -> None:
    network = Network([1.0], [b], [1.0], 0.0, ACTIVATIONS[name])
    (status,) = network.status(LOW, HIGH)
    text = explanation(network, 0, status, LOW, HIGH)
    assert text.startswith("Neuron 1 ")
    if status is Status.ACTIVE:
        assert text.startswith("Neuron 1 is active")
        return
    advice = numbers(text.splitlines()[1])
    beyond = advice[-1] + (0.1 if "raise" in text else -0.1)
    better = sum(advice[-2:]) / 2 if "between" in text else beyond
    revived = Network([1.0], [better], [1.0], 0.0, ACTIVATIONS[name])
    assert revived.status(LOW, HIGH) == [Status.ACTIVE], text


def test_a_saturated_neuron_is_told_apart_from_a_dead_one() -> None:
    tanh = Network([1.0], [9.0], [1.0], 0.0, ACTIVATIONS["tanh"])
    assert "is saturated" in explanation(tanh, 0, tanh.status(LOW, HIGH)[0], LOW, HIGH)
    gelu = Network([1.0], [-9.0], [1.0], 0.0, ACTIVATIONS["gelu"])
    assert "is dead" in explanation(gelu, 0, gelu.status(LOW, HIGH)[0], LOW, HIGH)
