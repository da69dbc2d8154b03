"""A recording: a sequence of exact states, looked up by step."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reluviz.core.activation import RELU, TANH
from reluviz.core.network import Network
from reluviz.core.recording import Moment, Recording

STEPS = st.lists(st.integers(0, 10**9), min_size=1, max_size=60, unique=True).map(sorted)


def network(seed: int, neurons: int = 3, activation=RELU) -> Network:
    return Network.from_vector(np.random.default_rng(seed).normal(size=3 * neurons + 1), activation)


def recording(steps) -> Recording:
    return Recording.of(Moment(network(step), step, 1.0 / (1.0 + step)) for step in steps)


def test_a_recording_is_a_sequence_of_the_very_moments():
    moments = [
        Moment(network(1), 0, 2.0, None),
        Moment(network(2, 5, TANH), 3, 1.0, 1.5),
        Moment(network(3), 10**12, math.inf, None),
    ]
    recorded = Recording.of(moments)
    assert len(recorded) == 3
    for wanted, got in zip(moments, recorded, strict=True):
        assert got.network.same_as(wanted.network)
        assert (got.step, got.loss, got.validation_loss) == (wanted.step, wanted.loss, wanted.validation_loss)
    assert recorded[-1].step == 10**12
    assert [moment.step for moment in recorded[1:]] == [3, 10**12]
    with pytest.raises(IndexError):
        recorded[3]


def test_nobody_writes_to_a_recording():
    recorded = recording([0, 1, 2])
    for values in (recorded.steps, recorded.losses, recorded.validation):
        with pytest.raises(ValueError, match="read-only"):
            values[0] = 7.0


def test_steps_that_do_not_ascend_are_refused():
    for steps in ([1, 1], [2, 1], [-1, 0]):
        with pytest.raises(ValueError, match="ascend"):
            Recording.of(Moment(network(0), step, 1.0) for step in steps)


@given(STEPS, st.floats(-1e9, 2e9))
def test_the_nearest_moment_is_the_nearest(steps, step):
    recorded = recording(steps)
    i = recorded.nearest(step)
    assert abs(steps[i] - step) == min(abs(other - step) for other in steps)


def test_an_empty_recording_has_no_nearest_moment():
    with pytest.raises(IndexError):
        Recording().nearest(0)
    assert list(Recording()) == []
    assert len(Recording().curve().steps) == 0


@given(STEPS)
def test_the_moments_before_a_step(steps):
    middle = steps[len(steps) // 2]
    assert [moment.step for moment in recording(steps).before(middle)] == [s for s in steps if s < middle]


def test_a_moment_is_found_by_its_network_and_step_bit_for_bit():
    recorded = recording([0, 5, 9])
    assert recorded.find(network(5), 5) == 1
    assert recorded.find(network(5), 9) is None
    assert recorded.find(network(5).with_activation(TANH), 5) is None
    vector = network(5).vector
    vector[0] = np.nextafter(vector[0], np.inf)
    assert recorded.find(Network.from_vector(vector), 5) is None


@given(STEPS, st.integers(3, 80))
def test_the_curve_has_both_ends_and_not_too_many_points(steps, points):
    recorded = recording(steps)
    curve = recorded.curve(points)
    assert len(curve.steps) <= points
    assert (curve.steps[0], curve.steps[-1]) == (steps[0], steps[-1])
    assert (np.diff(curve.steps) > 0).all()
    assert len(curve.validation) == 0
    np.testing.assert_array_equal(curve.losses, 1.0 / (1.0 + curve.steps))
