from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reluviz.core.history import Break, LossCurve, LossHistory, first_stride, joined, stretches, thinned_log


def test_ten_million_steps_in_bounded_memory() -> None:
    history = LossHistory()
    strides = [history.stride]
    step = 0
    history.record(0, 1.0)
    while step < 10_000_000:
        step += history.steps_until_due(step)
        history.record(step, 1.0 / (1.0 + step))
        assert history.points < 2048
        if history.stride != strides[-1]:
            strides.append(history.stride)
    assert strides == [2**k for k in range(len(strides))]
    curve = history.curve(step + 1, 0.5)
    assert 1000 < len(curve.steps) <= 2048
    assert curve.steps[0] == 0
    assert curve.steps[-1] == step + 1
    assert (np.diff(curve.steps) > 0).all()
    # Evenly spread: no gap longer than one stride, but for the last.
    assert np.diff(curve.steps[:-1]).max() == history.stride


@given(st.lists(st.integers(0, 300), min_size=1, max_size=200), st.integers(4, 9), st.integers(1, 3))
def test_any_order_of_records(steps: list[int], capacity: int, stride: int) -> None:
    history = LossHistory(capacity, stride)
    for i, step in enumerate(steps):
        history.record(step, float(i))
        curve = history.curve(step, float(i))
        assert history.points < capacity
        assert (np.diff(curve.steps) > 0).all()
        assert (curve.steps[-1], curve.losses[-1]) == (step, i)
        assert 1 <= history.steps_until_due(step) <= history.stride


def test_going_back_forgets_what_came_after() -> None:
    history = LossHistory()
    for step in range(10):
        history.record(step, float(step))
    history.record(4, 0.5)
    assert history.curve(5, 0.25).steps.tolist() == [0, 1, 2, 3, 4, 5]
    assert history.curve(5, 0.25).losses.tolist() == [0, 1, 2, 3, 0.5, 0.25]


def test_the_curve_ends_at_the_present_even_before_records() -> None:
    history = LossHistory()
    for step in range(10):
        history.record(step, float(step))
    curve = history.curve(3, 7.0)
    assert curve.steps.tolist() == [0, 1, 2, 3]
    assert curve.losses.tolist() == [0, 1, 2, 7]
    assert LossHistory().curve(0, 1.0).steps.tolist() == [0]


def test_the_log_leaves_out_what_has_none() -> None:
    curve = LossCurve(np.arange(5.0), np.array([1.0, 0.0, 100.0, np.inf, np.nan]))
    assert thinned_log(curve.steps, curve.losses).tolist() == [[0, 0], [2, 2]]
    assert thinned_log(LossCurve().steps, LossCurve().losses).shape == (0, 2)


def test_the_first_stride_grows_with_the_samples() -> None:
    assert [first_stride(n) for n in (1, 1024, 100_000, 10_000_000)] == [1, 1, 12, 1220]


@pytest.mark.parametrize(("capacity", "stride"), [(3, 1), (4, 0)])
def test_what_is_no_history(capacity: int, stride: int) -> None:
    with pytest.raises(ValueError, match="capacity of at least 4"):
        LossHistory(capacity, stride)


def test_validation_losses_keep_step_with_the_losses() -> None:
    history = LossHistory(capacity=8)
    for step in range(50):
        history.record(step, float(step), 10.0 * step)
    curve = history.curve(50, 50.0, 500.0)
    assert (curve.validation == 10 * curve.losses).all()
    assert len(curve.validation) == len(curve.steps) > 3
    assert len(history.curve(50, 50.0).validation) == 0


def broken() -> LossHistory:
    history = LossHistory()
    for step in range(10):
        history.record(step, float(step))
    history.breaks = (Break(4, "target"), Break(7, "loss"))
    return history


def test_breaks_are_those_between_the_first_record_and_the_present() -> None:
    history = broken()
    assert history.curve(9, 9.0).breaks == (Break(4, "target"), Break(7, "loss"))
    assert history.curve(6, 6.0).breaks == (Break(4, "target"),)
    assert history.curve(0, 0.0).breaks == ()
    earlier = LossCurve(np.arange(-5.0, 3.0), np.ones(8))
    assert joined(earlier, history.curve(9, 9.0)).breaks == history.breaks


def test_the_latest_losses_are_those_since_the_last_break() -> None:
    curve = broken().curve(9, 9.0)
    assert curve.latest.steps.tolist() == [7, 8, 9]
    assert LossCurve().latest.steps.tolist() == []


def test_rows_are_cut_at_the_breaks() -> None:
    rows = thinned_log(np.array([0.0, 3.0, 4.0, 6.0]), np.ones(4))
    parts = stretches(rows, (Break(4, "target"), Break(7, "loss")))
    assert [part[:, 0].tolist() for part in parts] == [[0, 3], [4, 6], []]
    assert [part.tolist() for part in stretches(rows, ())] == [rows.tolist()]


def test_a_coarser_stride_keeps_what_is_recorded() -> None:
    history = LossHistory(capacity=16)
    history.coarsen(3)
    assert history.stride == 4
    for step in range(0, 40, 4):
        history.record(step, 1.0)
    history.coarsen(1000)
    assert (history.stride, history.steps_until_due(40)) == (1024, 984)
    assert history.curve(40, 1.0).steps.tolist() == list(range(0, 44, 4))
    history.coarsen(5)
    assert history.stride == 1024


def test_where_there_is_no_more_room_the_finer_records_are_thinned_first() -> None:
    history = LossHistory(capacity=16)
    for step in range(10):
        history.record(step, 1.0)
    history.coarsen(64)
    for step in range(64, 64 * 8, 64):
        history.record(step, 1.0)
    steps = history.curve(500, 1.0).steps.tolist()
    assert steps == [0, 2, 4, 6, 8, 64, 128, 192, 256, 320, 384, 448, 500]
    assert history.stride == 64
    for step in range(64 * 8, 64 * 40, 64):
        history.record(step, 1.0)
    assert history.stride > 64
    assert history.points < 16
    assert history.curve(64 * 40, 1.0).steps[1] >= 64


def test_losses_joined_to_earlier_ones_keep_their_validation() -> None:
    steps = np.arange(3.0)
    earlier, later = LossCurve(steps, np.ones(3)), LossCurve(steps + 3.0, np.ones(3), np.full(3, 2.0))
    np.testing.assert_array_equal(joined(earlier, later).validation, [np.nan] * 3 + [2.0] * 3)
    assert len(joined(later, LossCurve(steps + 6.0, np.ones(3))).validation) == 0
