"""Kinks beside the domain, and a start that puts them into it."""

from __future__ import annotations

import numpy as np
import pytest

from reluviz.core.activation import ACTIVATIONS
from reluviz.core.initializer import INITIALIZERS
from reluviz.core.network import Network
from reluviz.core.placement import is_misplaced, kinks_outside, misplaced_text, placed
from reluviz.core.start import Start

HALF = Network([1.0, 1.0, -1.0, 0.0], [-2.0, -3.0, 0.0, 1.0], np.ones(4))


def test_kinks_outside_are_counted() -> None:
    assert kinks_outside(HALF, 1.0, 5.0) == 1
    assert kinks_outside(HALF, -1.0, 1.0) == 2
    assert not is_misplaced(HALF, -1.0, 1.0)
    assert kinks_outside(HALF, 10.0, 20.0) == 3
    assert is_misplaced(HALF, 10.0, 20.0)
    assert misplaced_text(HALF, 10.0, 20.0) == "3 of 4 kinks lie outside 10 to 20"


@pytest.mark.parametrize("activation", ACTIVATIONS.values(), ids=ACTIVATIONS)
@pytest.mark.parametrize("initializer", INITIALIZERS)
@pytest.mark.parametrize("domain", [(101.0, 120.0), (-3.0, 3.0), (0.5, 1.5), (-1e6, -1e5)])
def test_a_placed_start_bends_on_the_domain(initializer, activation, domain) -> None:
    start = placed(Start(initializer, 7, activation=activation), *domain)
    if start is None:
        # Its ramp from −1 to 1 is wider than the domain with v = 1.
        assert activation.name == "hardtanh"
        assert domain[1] - domain[0] < 10.0
        return
    network, _ = start.begin(*domain)
    assert not is_misplaced(network, *domain)
    assert (network.neurons, network.activation, start.seed) == (7, activation, 1234)


def test_a_start_that_bends_there_stays() -> None:
    stays = placed(Start("gaussian", 5), -3.0, 3.0)
    assert stays is not None
    assert stays.initializer == "gaussian"
    drawn = placed(Start(network=HALF), -3.0, 3.0)
    assert drawn is not None
    assert drawn.network is None
