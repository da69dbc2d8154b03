"""The sentences of the partial sums, with their numbers."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reluviz.core.activation import IDENTITY, Activation
from reluviz.core.network import Network
from reluviz.core.ordering import kink_order
from reluviz.core.sum_sentence import sum_sentence

SOURCE = Network([1.0, 1.0, 1.0], [1.0, 0.5, 0.0], [4.0, -8.0, 5.0], -1.0)
HARD_TANH = Activation("hardtanh", "hard tanh", 0.0, -1.0, (-1.0, 1.0), (1.0, -1.0))
SQUARE = Activation("square", "a smooth one")


def said(network: Network, m: int) -> str:
    return sum_sentence(network, kink_order(network).tolist(), m, -1.0, 1.0)


def test_the_source() -> None:
    assert [said(SOURCE, m) for m in range(4)] == [
        "b₀ alone, before any of 3 rays: the sum is level at −1.000.",
        "b₀ + ray 1 of 3: ray 1, its kink at x = −1.000 being at the domain's edge, is a straight line: it turns the "
        "sum from slope 0 to 4.000.",
        "b₀ + ray 1 + ray 2 of 3: at x = −0.5000 ray 2 bends the sum from slope 4.000 to −4.000.",
        "b₀ + ray 1 + ray 2 + ray 3 of 3: at x = 0 ray 3 bends the sum from slope −4.000 to 1.000. This is the output.",
    ]


def test_a_neuron_that_faces_left_acts_left_of_its_kink() -> None:
    network = Network([1.0, -2.0], [0.0, 1.0], [3.0, 2.0])
    assert said(network, 2) == (
        "b₀ + ray 1 + ray 2 of 2: left of its kink at x = 0.5000 ray 2, which faces left, bends the sum from slope "
        "3.000 to −1.000; right of it nothing changes. This is the output."
    )


@pytest.mark.parametrize(
    ("neuron", "words"),
    [
        ((0.0, 2.0, -1.0), "ray 1 is level, since v₁ = 0, and lowers the whole sum by 2.000"),
        ((0.0, 2.0, 0.5), "lifts the whole sum by 1.000"),
        ((0.0, -2.0, 1.0), "ray 1 is level, since v₁ = 0, and adds nothing"),
        ((1.0, 0.0, 0.0), "ray 1 adds nothing, since w₁ = 0"),
        ((1.0, -3.0, 1.0), "ray 1, its kink at x = 3.000 being outside the domain, adds nothing"),
        (
            (1.0, 3.0, 2.0),
            "its kink at x = −3.000 being outside the domain, is a straight line: it turns the sum from ",
        ),
    ],
)
def test_neurons_without_a_kink_in_the_domain(neuron: tuple[float, float, float], words: str) -> None:
    assert words in said(Network(*([value] for value in neuron)), 1)


def test_other_activations() -> None:
    assert said(SOURCE.with_activation(IDENTITY), 2) == (
        "b₀ + ray 1 + ray 2 of 3: ray 2 is a straight line: it turns the sum from slope 4.000 to −4.000."
    )
    assert (
        "at x = −0.2500 ray 1 bends the sum from slope 0 to 8.000, at x = 0.2500 it bends the sum from slope 8.000"
        in (said(Network([4.0], [0.0], [2.0], activation=HARD_TANH), 1))
    )
    # An activation of neither hinges nor a line: the ends' heights are all that is said.
    assert "ray 1 adds its curve, from 0 at the left edge to 0 at the right" in said(
        Network([1.0], [0.0], [2.0], activation=SQUARE), 1
    )


def test_many_rays_are_not_all_listed() -> None:
    network = Network(np.ones(60), np.linspace(1.0, -1.0, 60), np.ones(60))
    assert said(network, 7).startswith("b₀ + ray 1 + … + ray 7, 7 of 60: at x = ")


def test_a_straight_line_on_a_bent_sum() -> None:
    network = Network([1.0, 1.0], [0.0, 5.0], [1.0, 2.0])
    assert "it adds 2.000 to the sum's slope everywhere" in sum_sentence(network, [0, 1], 2, -1.0, 1.0)


def test_impossible_numbers_are_refused() -> None:
    with pytest.raises(ValueError, match="0 to 3 contributions"):
        said(SOURCE, 4)


VALUE = st.sampled_from([0.0, 1.0, -1.0, 0.3, -2.5, 1e-300, 1e308, -1e308])


@given(st.lists(st.tuples(VALUE, VALUE, VALUE), min_size=1, max_size=6), st.data())
def test_whatever_the_network_there_is_a_sentence(rows: list[tuple[float, float, float]], data: st.DataObject) -> None:
    activation = data.draw(st.sampled_from([SOURCE.activation, IDENTITY, HARD_TANH]))
    network = replace(Network(*np.array(rows).T), activation=activation)
    assert said(network, data.draw(st.integers(0, len(rows)))).endswith(".")
