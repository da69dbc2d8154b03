"""What is recorded of a run, and that it stays within its budget however long it is."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reluviz.core.activation import RELU
from reluviz.core.network import MAX_NEURONS, Network
from reluviz.core.recorder import BUDGET, MAX_MOMENTS, Recorder, thinned
from reluviz.core.recording import bytes_of


def drive(recorder: Recorder, steps, states) -> None:
    """Feed a run as training does: every step, of those that are due."""
    for step, (loss, vector) in zip(steps, states, strict=True):
        if recorder.is_due(step, loss, vector, RELU):
            recorder.record(step, vector, RELU, loss)


def still(neurons: int, count: int, loss: float = 1.0):
    vector = np.ones(3 * neurons + 1)
    return [(loss, vector)] * count


@given(
    st.integers(1, 40),
    st.integers(4, 300),
    st.lists(st.integers(1, 10**7), min_size=1, max_size=400),
    st.integers(0, 2**32 - 1),
)
@settings(max_examples=80)
def test_budget_ends_and_order_hold_after_every_moment(neurons, rows, strides, seed):
    random = np.random.default_rng(seed)
    budget = rows * bytes_of(3 * neurons + 1)
    recorder = Recorder(-1.0, 1.0, budget)
    step, first = 0, None
    for stride in strides:
        vector = random.normal(size=3 * neurons + 1)
        recorder.record(step, vector, RELU, random.lognormal())
        first = vector if first is None else first
        recording = recorder.recording()
        assert recorder.bytes == recording.bytes <= budget
        assert (np.diff(recording.steps) > 0).all()
        assert recording[0].network.same_as(Network.from_vector(first))
        assert recording[-1].network.same_as(Network.from_vector(vector))
        assert (recording[0].step, recording[-1].step) == (0, step)
        step += stride


def test_a_billion_steps_fit():
    recorder = Recorder(-3.0, 3.0, 200 * bytes_of(16))
    vector, step, thinnings, stride = np.ones(16), 0, 0, 1
    while step < 10**9:
        recorder.record(step, vector, RELU, 1.0)
        thinnings += recorder.stride != stride
        stride = recorder.stride
        step += stride
    recording = recorder.recording()
    assert recording.bytes <= 200 * bytes_of(16)
    assert len(recording) > 90
    assert thinnings < 30, "the stride doubles"
    assert np.diff(recording.steps).max() < 10**9 / 40, "no stretch is left out"


def test_the_largest_network_fits_the_default_budget():
    recorder = Recorder(-3.0, 3.0)
    vector = np.ones(3 * MAX_NEURONS + 1)
    for step in range(600):
        if recorder.is_due(step, 1.0, vector, RELU):
            vector[0] = step
            recorder.record(step, vector, RELU, 1.0)
        assert recorder.bytes <= BUDGET
    recording = recorder.recording()
    assert len(recording) > 120
    assert all(moment.network.hidden_weight[0] == moment.step for moment in recording[-3:])


def test_small_networks_keep_so_many_moments_and_no_more():
    recorder = Recorder(-1.0, 1.0, most=100)
    drive(recorder, range(5000), still(1, 5000))
    assert 45 <= len(recorder) <= 100
    assert MAX_MOMENTS >= 10_000
    with pytest.raises(ValueError, match="at least 4"):
        Recorder(-1.0, 1.0, most=3)


def density(recording, low: int, high: int) -> float:
    inside = (recording.steps >= low) & (recording.steps < high)
    return float(inside.sum()) / (high - low)


def test_moments_are_denser_where_the_loss_moves_fast():
    recorder = Recorder(-1.0, 1.0, 300 * bytes_of(4))
    losses = np.concatenate((np.full(8000, 1.0), np.geomspace(1.0, 1e-6, 400), np.full(8000, 1e-6)))
    drive(recorder, range(len(losses)), [(float(loss), np.ones(4)) for loss in losses])
    recording = recorder.recording()
    assert density(recording, 8000, 8400) > 4 * density(recording, 0, 8000)
    assert density(recording, 0, 8000) > 0


def test_moments_are_denser_where_the_output_moves_fast():
    recorder = Recorder(-1.0, 1.0, 300 * bytes_of(4))
    bias = np.concatenate((np.zeros(8000), np.linspace(0.0, 5.0, 400), np.full(8000, 5.0)))
    vectors = np.column_stack((np.ones((len(bias), 3)), bias))
    drive(recorder, range(len(bias)), [(1.0, vector) for vector in vectors])
    recording = recorder.recording()
    assert density(recording, 8000, 8400) > 4 * density(recording, 8400, 16000)


def test_a_jump_is_recorded_before_its_turn():
    recorder = Recorder(-1.0, 1.0, 100 * bytes_of(4))
    losses = np.linspace(2.0, 1.0, 3000)
    drive(recorder, range(3000), [(float(loss), np.ones(4)) for loss in losses])
    assert 16 <= recorder.stride < 64
    step = recorder.last_step + 1
    assert not recorder.is_due(step, 1.0, np.ones(4), RELU)
    assert recorder.is_due(step, 0.1, np.ones(4), RELU)
    assert recorder.is_due(step, 1.0, np.full(4, 1.1), RELU), "or of the output"
    assert not recorder.is_due(recorder.last_step, 0.1, np.ones(4), RELU)


def test_what_was_handed_out_does_not_change_any_more():
    recorder = Recorder(-1.0, 1.0, 50 * bytes_of(4))
    for step in range(30):
        recorder.record(step, np.full(4, float(step)), RELU, 1.0 + step)
    kept = recorder.recording()
    for step in range(30, 3000):
        recorder.record(step, np.full(4, float(step)), RELU, 1.0 + step)
    assert list(kept.steps) == list(range(30))
    assert [moment.network.output_bias for moment in kept] == list(range(30))
    assert [moment.loss for moment in kept] == [1.0 + step for step in range(30)]


def test_a_step_that_is_no_news_is_left_out_and_the_vector_is_copied():
    recorder = Recorder(-1.0, 1.0)
    vector = np.ones(4)
    recorder.record(5, vector, RELU, 1.0)
    vector[:] = 2.0
    recorder.record(5, vector, RELU, 2.0)
    recorder.record(4, vector, RELU, 2.0)
    (moment,) = recorder.recording()
    assert (moment.step, moment.loss, moment.network.output_bias) == (5, 1.0, 1.0)


def test_a_recorder_goes_on_with_a_recording():
    recorder = Recorder(-1.0, 1.0)
    for step in range(10):
        recorder.record(step, np.full(4, float(step)), RELU, 1.0)
    resumed = Recorder(-1.0, 1.0, recording=recorder.recording()[:6])
    resumed.record(100, np.full(4, 7.5), RELU, 0.5)
    assert list(resumed.recording().steps) == [0, 1, 2, 3, 4, 5, 100]
    assert len(recorder.recording()) == 10


@given(st.integers(2, 50), st.integers(2, 400), st.integers(0, 2**32 - 1))
def test_thinning_keeps_ends_order_and_budget(most, moments, seed):
    random = np.random.default_rng(seed)
    recorder = Recorder(-1.0, 1.0)
    for step in np.cumsum(random.integers(1, 1000, moments)).tolist():
        recorder.record(step, random.normal(size=7), RELU, random.lognormal())
    whole = recorder.recording()
    for kept in (thinned(whole, -1.0, 1.0, BUDGET, most), thinned(whole, -1.0, 1.0, most * bytes_of(7))):
        assert len(kept) <= max(2, most)
        assert (kept.steps[0], kept.steps[-1]) == (whole.steps[0], whole.steps[-1])
        assert (np.diff(kept.steps) > 0).all()
        assert all(whole.find(moment.network, moment.step) is not None for moment in kept)
