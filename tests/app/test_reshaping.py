"""Single neurons added, removed, duplicated, split, revived, from the menu and while training runs."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from app_under_test import AppUnderTest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from reluviz.core.network import Status
from reluviz.core.parameter import Kind, Locks, Parameter
from reluviz.core.picture import Picture

X = np.linspace(-1.0, 1.0, 41)
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def app(qtbot: QtBot) -> Iterator[AppUnderTest]:
    app = AppUnderTest(qtbot, "three-segments")
    yield app
    app.close()


def trigger(app: AppUnderTest, name: str) -> None:
    app.window.actions_[name].trigger()


def test_insert_adds_a_neuron_that_changes_nothing_yet(app: AppUnderTest) -> None:
    before = app.frame.network.output(X)
    app.press_key(Qt.Key.Key_Insert)
    assert app.frame.network.neurons == 4
    assert np.array_equal(app.frame.network.output(X), before)
    assert app.app.wiring.selection.selected == 3
    assert app.app.document.undo_stack.undoText() == "add neuron 4"
    app.app.editing.undo()
    assert app.frame.network.neurons == 3


def test_ctrl_delete_removes_the_selected_neuron_with_its_locks(app: AppUnderTest) -> None:
    app.app.document.edit("lock", locks=Locks(frozenset({Parameter(Kind.HIDDEN_WEIGHT, j) for j in (0, 2)})))
    app.app.document.set_picture(Picture(hidden=frozenset({2})))
    app.app.wiring.selection.select(0)
    app.press_key(Qt.Key.Key_Delete, CONTROL)
    assert app.frame.network.output_weight.tolist() == [-8.0, 5.0]
    assert app.app.document.state.locks.locked == {Parameter(Kind.HIDDEN_WEIGHT, 1)}
    assert app.app.document.picture.hidden == {1}
    assert app.app.wiring.selection.selected == 0


def test_without_a_selection_it_says_what_to_do(app: AppUnderTest) -> None:
    app.app.wiring.selection.select(None)
    for name in ("remove_neuron", "duplicate_neuron", "split_neuron"):
        trigger(app, name)
        assert "select it first" in app.message
    assert not app.app.document.undo_stack.canUndo()


def test_the_last_neuron_stays(app: AppUnderTest) -> None:
    app.app.editing.set_neurons(1)
    app.app.wiring.selection.select(0)
    trigger(app, "remove_neuron")
    assert app.frame.network.neurons == 1
    assert "at least one" in app.message


def test_duplicate_and_split(app: AppUnderTest) -> None:
    app.app.wiring.selection.select(1)
    trigger(app, "duplicate_neuron")
    # The others keep their numbers, and so their colours.
    assert app.frame.network.output_weight.tolist() == [4.0, -8.0, 5.0, -8.0]
    assert app.app.wiring.selection.selected == 3
    app.app.editing.undo()
    app.app.wiring.selection.select(1)
    trigger(app, "split_neuron")
    assert app.frame.network.output_weight.tolist() == [4.0, -4.0, 5.0, -4.0]
    assert app.frame.network.kinks.tolist() == pytest.approx([-1.0, -0.52, 0.0, -0.48])


def test_dead_neurons_are_revived_at_once_unless_they_are_locked(app: AppUnderTest) -> None:
    trigger(app, "revive_neurons")
    assert "no neuron is dead" in app.message
    for j in (0, 2):
        app.app.editing.set_parameter(Parameter(Kind.HIDDEN_BIAS, j), -7.0)
    app.app.document.edit("lock", locks=Locks(frozenset({Parameter(Kind.HIDDEN_BIAS, 2)})))
    trigger(app, "revive_neurons")
    status = app.frame.network.status(-1.0, 1.0)
    assert status == [Status.ACTIVE, Status.ACTIVE, Status.DEAD]
    assert app.app.document.undo_stack.undoText() == "revive neuron 1"
    trigger(app, "revive_neurons")
    assert "locked" in app.message


def test_training_goes_on_with_the_neurons_there_are_and_reset_starts_with_as_many(app: AppUnderTest) -> None:
    app.app.playback.set_playing(True)
    app.wait_for(lambda frame: frame.step > 3)
    trigger(app, "add_neuron")
    step = app.frame.step
    app.wait_for(lambda frame: frame.step > step + 3 and frame.network.neurons == 4)
    trigger(app, "remove_neuron")
    step = app.frame.step
    app.wait_for(lambda frame: frame.step > step + 3 and frame.network.neurons == 3)
    trigger(app, "add_neuron")
    app.app.editing.reset()
    network = app.wait_for(lambda frame: frame.step == 0 and not frame.running).network
    assert network.neurons == 4
    assert network.output_weight.tolist() == [4.0, -8.0, 5.0, 0.0]


def test_several_rows_are_one_deed_and_one_undo_step(app: AppUnderTest) -> None:
    panel = app.window.neurons_panel
    app.app.wiring.selection.select(0)
    app.wait_until(lambda: panel.selected_neurons() == (0,))
    panel.table.setFocus()
    QTest.keyClick(panel.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert panel.selected_neurons() == (0, 1)
    trigger(app, "duplicate_neuron")
    assert app.frame.network.output_weight.tolist() == [4.0, -8.0, 5.0, 4.0, -8.0]
    assert app.app.document.undo_stack.undoText() == "duplicate 2 neurons"
    app.app.editing.undo()
    panel.deed_requested.emit("split", (0, 2))
    assert app.frame.network.output_weight.tolist() == [2.0, -8.0, 2.5, 2.0, 2.5]
    app.app.editing.undo()
    panel.deed_requested.emit("remove", (0, 2))
    assert app.frame.network.output_weight.tolist() == [-8.0]
    app.app.editing.undo()
    assert app.frame.network.output_weight.tolist() == [4.0, -8.0, 5.0]
    panel.deed_requested.emit("remove", (0, 1, 2))
    assert "at least one" in app.message
    panel.deed_requested.emit("remove", (7,))
    assert app.frame.network.neurons == 3


def test_delete_in_the_table_removes_and_the_button_revives(app: AppUnderTest) -> None:
    panel = app.window.neurons_panel
    app.app.wiring.selection.select(1)
    app.wait_until(lambda: panel.selected_neurons() == (1,))
    panel.table.setFocus()
    QTest.keyClick(panel.table, Qt.Key.Key_Delete)
    assert app.frame.network.output_weight.tolist() == [4.0, 5.0]
    app.app.editing.set_parameter(Parameter(Kind.HIDDEN_BIAS, 0), -7.0)
    app.wait_until(panel.revive.isVisible)
    QTest.mouseClick(panel.revive, Qt.MouseButton.LeftButton)
    assert app.frame.network.status(-1.0, 1.0) == [Status.ACTIVE, Status.ACTIVE]
    app.wait_until(lambda: not panel.revive.isVisible())


def test_only_the_chosen_neurons_are_revived(app: AppUnderTest) -> None:
    for j in (0, 2):
        app.app.editing.set_parameter(Parameter(Kind.HIDDEN_BIAS, j), -7.0)
    app.window.neurons_panel.deed_requested.emit("revive", (2,))
    assert app.frame.network.status(-1.0, 1.0) == [Status.DEAD, Status.ACTIVE, Status.ACTIVE]


def test_a_filter_ends_with_another_document(app: AppUnderTest) -> None:
    panel = app.window.neurons_panel
    panel.set_filter(Status.DEAD)
    app.window.actions_.example_chosen.emit("sine-by-5-relus")
    app.wait_until(lambda: panel.table.model().rowCount() == 5)
