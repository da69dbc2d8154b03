from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from reluviz.core.frame import Frame
from reluviz.core.network import Network
from reluviz.core.parameter import Kind, Locks, Parameter
from reluviz.core.picture import Picture
from reluviz.core.settings import TrainingSettings
from reluviz.document.document import Document
from reluviz.document.selection import Selection
from reluviz.document.state import State

W1 = Parameter(Kind.OUTPUT_WEIGHT, 0)
W2 = Parameter(Kind.OUTPUT_WEIGHT, 1)


def network(*output_weights: float) -> Network:
    return Network([1.0] * len(output_weights), [0.0] * len(output_weights), list(output_weights))


@pytest.fixture
def document(qapp: object) -> Document:
    return Document(State(network(1.0, 2.0)), "a document")


def test_an_edit_is_undone_and_redone_exactly(document: Document, qtbot: QtBot) -> None:
    first = document.state
    document.edit("training settings", settings=TrainingSettings(learning_rate=0.5))
    second = document.state
    with qtbot.waitSignal(document.state_changed) as changed:
        document.undo_stack.undo()
    assert changed.args == [second, first, True]
    assert document.state is first
    document.undo_stack.redo()
    assert document.state is second


def test_a_gesture_is_one_step_whatever_the_number_of_moves(document: Document) -> None:
    document.begin_gesture()
    for value in (1.5, 1.75, 4.0):
        document.preview({W1: value})
        assert document.network[W1] == value
        assert document.state.network[W1] == 1.0
    document.finish_gesture("drag w₁")
    assert document.state.network[W1] == 4.0
    assert document.undo_stack.count() == 1
    document.undo_stack.undo()
    assert document.network[W1] == 1.0


def test_a_cancelled_gesture_leaves_nothing(document: Document) -> None:
    document.begin_gesture()
    document.preview({W1: 9.0})
    assert document.cancel_gesture() == {W1: 1.0}
    assert document.network[W1] == 1.0
    assert document.undo_stack.count() == 0
    assert document.cancel_gesture() == {}


def test_a_gesture_back_to_where_it_began_is_no_step(document: Document) -> None:
    document.begin_gesture()
    document.preview({W1: 9.0})
    document.preview({W1: 1.0})
    document.finish_gesture("drag w₁")
    assert document.undo_stack.count() == 0


def test_while_it_trains_the_hand_keeps_its_parameter(document: Document) -> None:
    document.begin_gesture()
    document.preview({W1: 7.0})
    document.accept(Frame(network(0.5, 2.5), step=10, running=True))
    assert (document.network[W1], document.network[W2]) == (7.0, 2.5)
    document.finish_gesture("drag w₁")
    assert document.state.step == 10
    assert document.state.network[W2] == 2.5


def test_at_rest_the_same_network_is_the_one_on_show_so_that_nothing_is_drawn_again(document: Document) -> None:
    moved = Parameter(Kind.OUTPUT_WEIGHT, 0)
    document.begin_gesture()
    document.preview({moved: 9.0})
    shown = document.network
    # The worker's answer to what the hand has moved: only J is news.
    document.accept(Frame(network(9.0, 2.0), step=0, loss=0.25))
    assert document.network is shown
    assert document.frame.loss == 0.25
    document.accept(Frame(network(9.0, 2.5), step=0))
    assert document.network is not shown
    assert document.network[Parameter(Kind.OUTPUT_WEIGHT, 1)] == 2.5
    # In training every frame is drawn, or the frames would seem to have stopped.
    shown = document.network
    document.accept(Frame(network(9.0, 2.5), step=1, running=True))
    assert document.network is not shown


def test_one_training_run_is_one_named_step(document: Document) -> None:
    for step in (100, 700, 1200):
        document.accept(Frame(network(1.0 + step, 2.0), step=step, running=True))
    assert document.undo_stack.count() == 0
    document.settle()
    document.settle()
    assert [document.undo_stack.text(i) for i in range(document.undo_stack.count())] == ["train 1\u2009200 steps"]
    document.undo_stack.undo()
    assert (document.network[W1], document.frame.step) == (1.0, 0)


def test_an_edit_in_mid_training_keeps_the_training_as_a_step_of_its_own(document: Document) -> None:
    document.accept(Frame(network(3.0, 3.0), step=50, running=True))
    document.edit("training settings", settings=replace(document.state.settings, learning_rate=0.2))
    assert document.undo_stack.count() == 2
    assert document.state.network[W1] == 3.0
    document.undo_stack.undo()
    assert document.state.network[W1] == 3.0
    document.undo_stack.undo()
    assert document.state.network[W1] == 1.0


def test_a_value_that_is_not_finite_is_refused_and_the_network_kept(document: Document) -> None:
    document.begin_gesture()
    with pytest.raises(ValueError, match="finite"):
        document.preview({W1: float("nan")})
    assert document.network[W1] == 1.0


def test_another_document_has_no_way_back_by_undo(document: Document, qtbot: QtBot) -> None:
    document.edit("training settings", settings=TrainingSettings(learning_rate=0.5))
    document.begin_gesture()
    document.preview({W1: 3.0})
    other = State(network(5.0))
    with qtbot.waitSignal(document.opened):
        document.open(other, "another")
    assert (document.title, document.state, document.network[W1]) == ("another", other, 5.0)
    assert (document.undo_stack.count(), document.held) == (0, {})


def test_selection_lets_go_of_neurons_that_went(qtbot: QtBot, qapp: object) -> None:
    selection = Selection()
    selection.select(4)
    selection.hover(1)
    with qtbot.waitSignal(selection.changed):
        selection.keep_below(3)
    assert (selection.selected, selection.hovered) == (None, 1)
    with qtbot.assertNotEmitted(selection.changed):
        selection.hover(1)
        selection.keep_below(2)


def test_edits_with_one_merge_id_are_one_undo_step(document: Document) -> None:
    first = document.state
    for w in (3.0, 4.0, 5.0):
        document.edit("build", merge_id=7, network=network(w, w))
    assert document.undo_stack.count() == 1
    document.edit("build", merge_id=8, network=network(6.0, 6.0))
    document.edit("build", network=network(7.0, 7.0))
    document.edit("build", network=network(8.0, 8.0))
    assert document.undo_stack.count() == 4
    document.go_to(1)
    assert document.network.output_weight.tolist() == [5.0, 5.0]
    document.undo_stack.undo()
    assert document.state is first
    document.undo_stack.redo()
    assert document.network.output_weight.tolist() == [5.0, 5.0]


def test_going_to_a_step_is_told_as_one_change(document: Document) -> None:
    states = [document.state]
    for w in (3.0, 4.0, 5.0):
        document.edit("edit", network=network(w, w))
        states.append(document.state)
    told: list[object] = []
    document.state_changed.connect(lambda *change: told.append(change))
    document.go_to(1)
    document.go_to(1)
    document.go_to(3)
    document.go_to(0)
    assert told == [(states[3], states[1], True), (states[1], states[3], True), (states[3], states[0], True)]
    assert document.network is states[0].network


def test_locks_of_neurons_that_an_edit_takes_away_are_dropped(document: Document) -> None:
    document.edit("lock", locks=Locks(frozenset({W1, W2})))
    document.edit("1 neuron", network=network(1.0))
    assert document.state.locks == Locks(frozenset({W1}))
    document.undo_stack.undo()
    assert document.state.locks == Locks(frozenset({W1, W2}))


def test_what_is_drawn_is_told_once_and_forgets_neurons_that_go(document: Document, qtbot: QtBot) -> None:
    picture = Picture(hidden=frozenset({0, 1}), residual=True)
    with qtbot.waitSignal(document.picture_changed):
        document.set_picture(picture)
    with qtbot.assertNotEmitted(document.picture_changed):
        document.set_picture(picture)
    document.edit("fewer", network=network(1.0))
    assert document.picture == Picture(hidden=frozenset({0}), residual=True)
    document.open(State(network(1.0)), "another")
    assert document.picture == Picture()
