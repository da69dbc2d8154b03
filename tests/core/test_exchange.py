"""What an exchange of v and w says it has done."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reluviz.core.exchange import exchange_text, largest_change, present_text
from reluviz.core.gauge import regauged
from reluviz.core.network import Network
from reluviz.core.parameter import Kind, Parameter

THREE = Network([1.0, 1.0, 1.0], [1.0, 0.5, 0.0], [4.0, -8.0, 5.0], -1.0)


def test_the_exchange_is_told_in_numbers():
    after = THREE.with_values(regauged(THREE, 1, 2.0))
    assert exchange_text(THREE, after, 1, -1.0, 1.0) == (
        "v₂ 1.000 → 2.000 · w₂ −8.000 → −4.000\nv₂·w₂ = −8.000 stays; the plot moves by 0"
    )
    assert present_text(THREE, 1) == "v₂ = 1.000 · w₂ = −8.000\nv₂·w₂ = −8.000"


@given(st.integers(0, 2), st.sampled_from(list(Kind)[:3]), st.floats(-3.0, 3.0))
def test_the_change_is_the_outputs_on_the_whole_domain(neuron, kind, value):
    after = THREE.with_values({Parameter(kind, neuron): value})
    x = np.unique(np.concatenate((np.linspace(-1.0, 1.0, 301), THREE.kinks, after.kinks)))
    x = x[(x >= -1.0) & (x <= 1.0)]
    expected = np.abs(after.output(x) - THREE.output(x)).max()
    assert largest_change(THREE, after, neuron, -1.0, 1.0) == pytest.approx(expected, abs=1e-12)


@given(st.floats(1 / 16, 16.0), st.integers(0, 2))
def test_an_exchange_moves_nothing_but_the_last_digits(factor, neuron):
    after = THREE.with_values(regauged(THREE, neuron, factor))
    assert largest_change(THREE, after, neuron, -1.0, 1.0) < 1e-14


def test_numbers_out_of_range_are_said_as_such():
    huge = Network([1e200], [0.0], [1e200], 0.0)
    assert "∞" in present_text(huge, 0)
