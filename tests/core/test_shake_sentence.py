from __future__ import annotations

import pytest

from reluviz.core.construct import construct
from reluviz.core.network import Network
from reluviz.core.parameter import OUTPUT_BIAS, Kind, Locks, Parameter, all_of_neuron
from reluviz.core.shake_sentence import shake_sentence

SOURCE = construct(((-1.0, -1.0), (-0.5, 1.0), (0.0, -1.0), (1.0, 0.0)))
V3, B2, W1, W3 = (
    Parameter(Kind.HIDDEN_WEIGHT, 2),
    Parameter(Kind.HIDDEN_BIAS, 1),
    Parameter(Kind.OUTPUT_WEIGHT, 0),
    Parameter(Kind.OUTPUT_WEIGHT, 2),
)


def said(network: Network, *parameters: Parameter, locked: tuple[Parameter, ...] = ()) -> str:
    return shake_sentence(network, parameters, Locks(frozenset(locked)), -1.0, 1.0)


@pytest.mark.parametrize(
    ("parameters", "sentence"),
    [
        ((W1,), "Shaking w₁ of neuron 1 moves everything right of x = −1."),
        ((W3,), "Shaking w₃ of neuron 3 moves everything right of x = 0."),
        ((B2,), "Shaking b₂ of neuron 2 moves its kink and everything right of x = −0.5."),
        # b₃ = 0: the ray turns about 0.
        ((V3,), "Shaking v₃ of neuron 3 moves everything right of x = 0."),
        (all_of_neuron(1), "Shaking neuron 2 moves its kink and everything right of x = −0.5."),
        ((OUTPUT_BIAS,), "Shaking b₀ moves the whole output."),
    ],
)
def test_the_source_in_sentences(parameters: tuple[Parameter, ...], sentence: str) -> None:
    assert said(SOURCE, *parameters) == sentence


def test_locks_are_named() -> None:
    assert said(SOURCE, W1, locked=(W1,)).startswith("w₁ is locked and does not shake")
    assert said(SOURCE, *all_of_neuron(1), locked=all_of_neuron(1)).startswith("All of neuron 2 is locked")
    one, two = all_of_neuron(1)[:1], all_of_neuron(1)[:2]
    assert said(SOURCE, *all_of_neuron(1), locked=one).endswith("right of x = −0.5. v₂ is locked.")
    assert said(SOURCE, *all_of_neuron(1), locked=two).endswith("everything right of x = −0.5. v₂ and b₂ are locked.")
    assert "its kink" not in said(SOURCE, *all_of_neuron(1), locked=two)


def test_neurons_that_move_nothing() -> None:
    off, mute = Network([1.0], [-3.0], [1.0]), Network([1.0], [0.5], [0.0])
    v, b, w = all_of_neuron(0)
    assert said(off, w) == "Shaking w₁ of neuron 1 moves nothing here: the ray is off."
    assert said(off, b) == "Shaking b₁ of neuron 1 moves nothing here, unless it is far enough to switch the ray on."
    assert said(mute, b) == "Shaking b₁ of neuron 1 moves nothing while w₁ is 0."
    assert said(mute, v, b, w) == "Shaking neuron 1 moves everything right of x = −0.5."
