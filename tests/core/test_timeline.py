"""Runs and their branches: what a new run shares with the one it leaves, and that all keep within one budget."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reluviz.core.activation import RELU, TANH
from reluviz.core.dataset import Sampling
from reluviz.core.history import Break, LossCurve
from reluviz.core.network import Network
from reluviz.core.recording import bytes_of
from reluviz.core.start import Start
from reluviz.core.target import FunctionTarget
from reluviz.core.timeline import MAX_BRANCHES, UNKNOWN_CHANGE, Course, Timeline, TimelineRecorder

COURSE = Course(FunctionTarget("sine"), Sampling(), "half_mse")
OTHER = replace(COURSE, loss="mse")


def network(value: float) -> Network:
    return Network.from_vector(np.full(4, value))


def train(recorder: TimelineRecorder, first: int, last: int, offset: float = 0.0, course: Course = COURSE) -> Timeline:
    """A run whose parameters say step and offset, from `first` to `last`."""
    recorder.begin(network(first + offset), first, course)
    for step in range(first, last + 1):
        recorder.recorder.record(step, np.full(4, step + offset), RELU, 1.0 + step)
    return recorder.timeline()


def steps(timeline: Timeline) -> dict[int, list[int]]:
    return {branch.number: [moment.step for moment in branch.recording] for branch in timeline.branches}


def test_a_run_that_goes_on_stays_one_run():
    recorder = TimelineRecorder()
    train(recorder, 0, 5)
    timeline = train(recorder, 5, 9)
    assert steps(timeline) == {1: list(range(10))}
    assert timeline.present == 1
    assert timeline.recording is timeline.branches[0].recording


def test_a_run_from_a_recorded_moment_shares_what_was_before_and_the_old_one_stays():
    recorder = TimelineRecorder()
    train(recorder, 0, 9)
    recorder.begin(network(4.0), 4, COURSE)
    recorder.recorder.record(5, np.full(4, 50.0), RELU, 2.0)
    timeline = recorder.timeline()
    assert steps(timeline) == {1: list(range(10)), 2: [0, 1, 2, 3, 4, 5]}
    assert timeline.present == 2
    assert timeline.recording[4].network.same_as(network(4.0))
    assert timeline.recording[5].network.same_as(network(50.0))


def test_losses_go_on_where_the_recording_ends():
    recorder = TimelineRecorder()
    timeline = train(recorder, 0, 9)
    going_on = LossCurve(np.array([8.0, 12.0]), np.array([80.0, 120.0]))
    whole = timeline.losses_to(going_on, COURSE)
    assert whole.steps.tolist() == [*range(9), 12]
    assert whole.losses[-2:].tolist() == [80.0, 120.0]
    assert Timeline().losses_to(going_on, COURSE) is going_on


def test_losses_up_to_a_moment_are_those_of_the_run_that_was_there():
    recorder = TimelineRecorder()
    train(recorder, 0, 9)
    timeline = train(recorder, 4, 6, offset=0.5)
    assert timeline.losses_up_to(network(7.0), 7).steps.tolist() == list(range(8))
    assert timeline.losses_up_to(network(6.5), 6).steps[-1] == 6.0
    assert len(timeline.losses_up_to(network(99.0), 7).steps) == 0


def test_a_run_from_an_edited_network_replaces_the_moment_of_the_edit():
    recorder = TimelineRecorder()
    train(recorder, 0, 5)
    timeline = train(recorder, 5, 7, offset=0.5)
    assert steps(timeline) == {1: list(range(6)), 2: list(range(8))}
    assert timeline.recording[4].network.same_as(network(4.0))
    assert timeline.recording[5].network.same_as(network(5.5))


def test_a_reset_begins_a_run_of_its_own():
    recorder = TimelineRecorder()
    train(recorder, 0, 5)
    timeline = train(recorder, 0, 3, offset=0.5)
    assert steps(timeline) == {1: list(range(6)), 2: list(range(4))}


def test_a_run_of_another_course_shares_nothing():
    recorder = TimelineRecorder()
    train(recorder, 0, 5)
    timeline = train(recorder, 5, 8, course=OTHER)
    assert steps(timeline) == {1: list(range(6)), 2: [5, 6, 7, 8]}
    back = train(recorder, 5, 9)
    assert steps(back) == {1: list(range(10)), 2: [5, 6, 7, 8]}, "and the first can be gone on with"
    assert back.present == 1


def test_a_run_that_made_no_step_is_not_kept():
    recorder = TimelineRecorder()
    train(recorder, 0, 5)
    train(recorder, 5, 5, offset=0.5)
    timeline = train(recorder, 5, 6, offset=0.25)
    assert list(steps(timeline).values()) == [list(range(6)), list(range(7))]


def test_discarding():
    recorder = TimelineRecorder()
    train(recorder, 0, 5)
    present = train(recorder, 0, 3, offset=0.5).present
    recorder.discard(present)
    assert len(recorder.timeline().branches) == 2, "not the present one"
    recorder.discard(1)
    recorder.discard(77)
    assert steps(recorder.timeline()) == {present: list(range(4))}
    assert recorder.timeline().branch(1) is None


def test_it_goes_on_from_an_opened_timeline():
    recorder = TimelineRecorder()
    opened = train(recorder, 0, 5)
    other = TimelineRecorder()
    other.open(opened)
    assert steps(other.timeline()) == steps(opened)
    assert steps(train(other, 5, 6)) == {1: list(range(7))}
    with pytest.raises(ValueError, match="begun"):
        _ = TimelineRecorder().recorder
    assert len(TimelineRecorder().timeline().recording) == 0


def test_very_many_runs_are_not_all_kept():
    recorder = TimelineRecorder()
    for i in range(MAX_BRANCHES + 5):
        timeline = train(recorder, 0, 2, offset=i / 64)
    assert len(timeline.branches) == MAX_BRANCHES
    assert timeline.branches[-1].number == timeline.present == MAX_BRANCHES + 5


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 60)), min_size=1, max_size=25), st.integers(200, 400))
@settings(max_examples=40)
def test_all_runs_together_keep_within_the_budget(runs, rows):
    budget = rows * bytes_of(4)
    recorder = TimelineRecorder(budget)
    for i, (first, length) in enumerate(runs):
        timeline = train(recorder, first, first + length, offset=i / 64)
        assert sum(branch.recording.bytes for branch in timeline.branches) <= budget
        assert timeline.recording[-1].network.same_as(network(first + length + i / 64))


def test_within_fewer_bytes_every_run_keeps_its_ends():
    recorder = TimelineRecorder()
    for i in range(4):
        timeline = train(recorder, 0, 400, offset=i / 64)
    budget = 300 * bytes_of(4)
    smaller = timeline.within(budget)
    assert sum(branch.recording.bytes for branch in smaller.branches) <= budget
    for one, two in zip(timeline.branches, smaller.branches, strict=True):
        assert (one.number, one.recording.steps[0], one.recording.steps[-1]) == (two.number, 0, 400)
        assert 20 < len(two.recording) < 401
    assert len(smaller.recording) > 2 * len(smaller.branches[0].recording)
    assert timeline.within(10**9).recording is timeline.recording


def run(recorder: TimelineRecorder, first: int, last: int, start: Start, offset: float = 0.0) -> Timeline:
    recorder.begin(network(first + offset), first, COURSE, start)
    for step in range(first, last + 1):
        recorder.recorder.record(step, np.full(4, step + offset), RELU, 1.0)
    return recorder.timeline()


def test_every_moment_knows_what_reset_goes_back_to():
    recorder = TimelineRecorder()
    relu, tanh, seeded = Start(), Start(activation=TANH), Start(seed=7)
    run(recorder, 0, 4, relu)
    run(recorder, 4, 8, relu.with_activation(TANH), offset=0.5)
    timeline = run(recorder, 2, 6, relu)
    one, two, three = timeline.branches
    assert [(at, start.activation) for at, start in two.starts] == [(0, RELU), (4, TANH)]
    assert two.start_at(3) is relu
    assert two.start_at(4).same_as(tanh)
    assert (one.begins, two.begins, three.begins) == (0, 4, 2)
    assert three.starts == one.starts == ((0, relu),), "it left the run before the activation was another"
    timeline = run(recorder, 0, 3, seeded, offset=9.0)
    assert timeline.branches[-1].start_at(2) is seeded
    assert timeline.branches[-1].begins == 0


def test_another_start_of_a_run_that_goes_on_holds_from_there_on():
    recorder = TimelineRecorder()
    run(recorder, 0, 4, Start())
    timeline = run(recorder, 4, 8, Start(seed=2))
    assert [(at, start.seed) for at, start in timeline.branches[0].starts] == [(0, 1234), (4, 2)]
    recorder.open(timeline)
    timeline = run(recorder, 8, 9, Start(seed=2))
    assert [at for at, _ in timeline.branches[0].starts] == [0, 4]


def test_a_start_that_is_not_known_is_none():
    assert train(TimelineRecorder(), 0, 3).branches[0].start_at(2) is None


def curve_of(first: int, last: int, breaks: tuple[Break, ...] = ()) -> LossCurve:
    steps = np.arange(first, last + 1.0)
    return LossCurve(steps, 100.0 + steps, breaks=breaks)


def test_losses_on_another_course_go_on_from_those_before() -> None:
    recorder = TimelineRecorder()
    before = train(recorder, 0, 5)
    # Nothing of the other course is trained yet, then something, then more since the document was opened.
    whole = before.losses_to(curve_of(5, 5), OTHER)
    assert (whole.steps.tolist(), whole.breaks) == (list(range(6)), (Break(5, "loss"),))
    timeline = train(recorder, 5, 8, course=OTHER)
    for first, losses in ((5, [1, 2, 3, 4, 5, 105]), (7, [1, 2, 3, 4, 5, 6, 7, 107])):
        whole = timeline.losses_to(curve_of(first, 8), OTHER)
        assert whole.steps.tolist() == list(range(9))
        assert whole.losses.tolist() == [*losses, *range(101 + first, 109)]
        assert whole.breaks == (Break(5, "loss"),)


def test_losses_that_are_marked_already_are_marked_once() -> None:
    recorder = TimelineRecorder()
    train(recorder, 0, 7)
    timeline = train(recorder, 7, 9, course=OTHER)
    marks = (Break(7, "loss"),)
    whole = timeline.losses_to(curve_of(5, 9, marks), OTHER)
    assert (whole.steps.tolist(), whole.breaks) == (list(range(10)), marks)
    undone = timeline.losses_to(curve_of(5, 6), COURSE)
    assert (undone.steps.tolist(), undone.breaks) == (list(range(7)), ()), "the course from before"


def test_losses_before_a_course_that_is_not_known_are_marked_too() -> None:
    recorder = TimelineRecorder()
    train(recorder, 0, 5)
    opened = train(recorder, 5, 8, course=OTHER)
    first, second = opened.branches
    opened = replace(opened, branches=(replace(first, course=None), second))
    assert opened.losses_to(curve_of(8, 9), OTHER).breaks == (Break(5, UNKNOWN_CHANGE),)


def test_a_run_from_a_network_that_a_hand_changed_goes_on_from_the_one_that_had_come_there() -> None:
    recorder = TimelineRecorder()
    train(recorder, 0, 5)
    timeline = train(recorder, 5, 8, offset=0.5, course=OTHER)
    assert timeline.losses_to(curve_of(5, 8), OTHER).steps.tolist() == list(range(9))
    timeline = train(recorder, 0, 3, offset=0.25)
    assert timeline.losses_to(curve_of(0, 3), COURSE).steps.tolist() == list(range(4)), "after a reset"
