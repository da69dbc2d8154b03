"""A recorded moment on show: it changes nothing until something is edited, which then begins from there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reluviz.core.activation import TANH
from reluviz.core.frame import Frame
from reluviz.core.network import Network
from reluviz.core.parameter import OUTPUT_BIAS, Kind, Parameter
from reluviz.core.recording import Moment, Recording
from reluviz.core.settings import TrainingSettings
from reluviz.core.start import Start
from reluviz.core.timeline import Branch, Course, Timeline
from reluviz.document.document import Document
from reluviz.document.document_file import DocumentFile
from reluviz.document.examples import load_example
from reluviz.document.state import opened_state

PAST = Moment(Network([1.0, 2.0], [0.5, 0.25], [1.0, -1.0], 0.125), 40, 0.75)
LAST = Network([3.0, 4.0], [0.5, 0.25], [1.0, -1.0], 7.0)


@pytest.fixture
def document(qapp):
    opened = load_example("three-segments")
    document = Document(replace(opened_state(opened), network=PAST.network), opened.title)
    document.accept(Frame(LAST, 100, 5.0, 0.25))
    return document


def test_a_moment_is_shown_and_nothing_is_changed(document):
    told = []
    document.frame_changed.connect(lambda: told.append(document.frame.step))
    document.show_moment(PAST)
    assert (document.network, document.frame.step, document.frame.loss) == (PAST.network, 40, 0.75)
    assert document.frame.epoch == 2.0
    assert document.shows_past
    assert (document.state.network, document.state.step) == (LAST, 100), "training is committed, as ever"
    assert document.present.network is LAST
    assert document.undo_stack.count() == 1
    document.show_present()
    assert (document.network, document.frame.step) == (LAST, 100)
    assert not document.shows_past
    assert document.undo_stack.count() == 1
    assert told == [40, 100]


def test_frames_that_come_meanwhile_are_kept_for_later(document):
    document.show_moment(PAST)
    later = Frame(Network([9.0], [1.0], [1.0]), 120)
    document.accept(later)
    document.settle()
    assert document.frame.step == 40
    assert document.state.step == 120
    document.show_present()
    assert document.frame is later


def test_an_edit_begins_from_the_moment_as_one_undo_step(document):
    placed = []
    document.show_moment(PAST)
    count = document.undo_stack.count()
    document.state_changed.connect(lambda old, new, is_placed: placed.append(is_placed))
    document.edit("another rate", settings=TrainingSettings(0.5))
    assert document.undo_stack.count() == count + 1
    assert (document.state.network, document.state.step) == (PAST.network, 40)
    assert document.state.settings.learning_rate == 0.5
    assert (document.network, document.frame.step, document.shows_past) == (PAST.network, 40, False)
    document.undo_stack.undo()
    assert (document.state.network, document.state.step) == (LAST, 100)
    assert placed == [True, True], "training is told"


def test_a_gesture_begins_from_the_moment_as_one_undo_step(document):
    placed = []
    document.show_moment(PAST)
    count = document.undo_stack.count()
    document.state_changed.connect(lambda old, new, is_placed: placed.append(is_placed))
    document.begin_gesture()
    document.preview({OUTPUT_BIAS: 3.0})
    assert document.shows_past
    document.finish_gesture("drag")
    assert document.undo_stack.count() == count + 1
    assert document.state.network.same_as(PAST.network.with_values({OUTPUT_BIAS: 3.0}))
    assert document.state.step == 40
    assert not document.shows_past
    assert placed == [True]
    document.undo_stack.undo()
    assert document.network is LAST


def test_a_gesture_that_moved_nothing_leaves_the_moment_on_show(document):
    document.show_moment(PAST)
    count = document.undo_stack.count()
    document.begin_gesture()
    document.preview({OUTPUT_BIAS: 0.125})
    document.finish_gesture("drag")
    assert document.undo_stack.count() == count
    document.begin_gesture()
    document.preview({OUTPUT_BIAS: 9.0})
    document.accept(Frame(LAST, 101))
    document.cancel_gesture()
    assert document.network.same_as(PAST.network)
    document.show_present()
    assert document.network is LAST, "what the hand held is not in it"


def test_going_on_from_a_moment_is_an_undo_step(document):
    document.show_moment(PAST)
    document.begin_from_shown()
    assert document.undo_stack.undoText() == "go on from step 40"
    assert not document.shows_past
    document.begin_from_shown()
    assert document.undo_stack.count() == 2
    document.undo_stack.undo()
    assert document.network is LAST


def test_what_goes_on_from_a_moment_has_the_start_of_its_run(document):
    present, start = document.state.start, Start(seed=99, neurons=2)
    document.show_moment(PAST, start)
    assert document.start is start
    assert document.state.start is present, "nothing is changed yet"
    document.show_present()
    assert document.start is present
    for go_on in (document.begin_from_shown, lambda: drag(document)):
        document.show_moment(PAST, start)
        go_on()
        assert document.state.start is document.start is start
        document.undo_stack.undo()
        assert document.start is present, "one undo step"


def drag(document):
    document.begin_gesture()
    document.preview({OUTPUT_BIAS: 3.0})
    document.finish_gesture("drag")


def test_a_start_that_is_not_known_is_made_to_fit_the_moment(document):
    document.show_moment(Moment(Network([1.0] * 5, [1.0] * 5, [1.0] * 5, 0.0, TANH), 3, 1.0))
    assert (document.start.neurons, document.start.activation) == (5, TANH)
    document.begin_from_shown()
    assert (document.state.start.neurons, document.state.start.activation) == (5, TANH)


def test_undo_and_another_document_leave_the_past(document):
    document.show_moment(PAST)
    document.undo_stack.undo()
    assert not document.shows_past
    assert document.network is document.state.network
    document.show_moment(PAST)
    opened = load_example("three-segments")
    document.open(opened_state(opened), "other")
    assert not document.shows_past
    assert document.timeline.branches == ()


def test_a_neuron_that_the_present_network_has_not_can_be_moved(document):
    larger = Network([1.0] * 5, [1.0] * 5, [1.0] * 5)
    document.show_moment(Moment(larger, 3, 1.0))
    document.begin_gesture()
    document.preview({Parameter(Kind.HIDDEN_BIAS, 4): 2.0})
    document.finish_gesture("drag")
    assert document.state.network.neurons == 5


def test_what_is_saved_is_the_present_with_all_that_is_recorded(document):
    file = DocumentFile(document)
    state = document.state
    course = Course(state.target, state.sampling, state.settings.loss)
    document.set_timeline(Timeline((Branch(1, Recording.of([PAST]), course),), 1))
    document.show_moment(PAST)
    written = file.begin_saving()
    assert (written.network, written.step) == (LAST, 100)
    assert [moment.step for moment in written.timeline.recording] == [40, 100]
    assert written.timeline.recording[1].network.same_as(LAST)
    assert not file.is_modified


def test_a_document_whose_start_is_of_another_run_is_opened_with_one_that_fits():
    opened = load_example("sine-by-5-relus")
    assert opened_state(opened).start is opened.start
    network = Network([1.0] * 7, [1.0] * 7, [1.0] * 7, 0.0, TANH)
    start = opened_state(replace(opened, network=network, step=9)).start
    assert (start.neurons, start.activation, start.seed) == (7, TANH, opened.start.seed)
