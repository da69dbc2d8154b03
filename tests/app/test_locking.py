"""Locks in the running program: set by hand, kept by training and by undo."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from app_under_test import AppUnderTest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from reluviz.core.parameter import OUTPUT_BIAS, Kind, Parameter, all_of_kind, all_of_neuron

W2 = Parameter(Kind.OUTPUT_WEIGHT, 1)
B1 = Parameter(Kind.HIDDEN_BIAS, 0)
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def app(qtbot: QtBot) -> Iterator[AppUnderTest]:
    app = AppUnderTest(qtbot)
    yield app
    app.close()


def locked(app: AppUnderTest) -> frozenset[Parameter]:
    return app.app.document.state.locks.locked


def undo_text(app: AppUnderTest) -> str:
    return app.app.document.undo_stack.undoText()


def choose_cell(app: AppUnderTest, row: int, column: int) -> None:
    table = app.window.neurons_panel.table
    app.wait_until(lambda: table.model().rowCount() > row)
    at = table.visualRect(table.model().index(row, column)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at)


def test_the_key_locks_the_current_cell_and_training_leaves_it_bit_for_bit(app: AppUnderTest) -> None:
    choose_cell(app, 1, 3)
    app.press_key(Qt.Key.Key_L)
    assert locked(app) == {W2}
    assert undo_text(app) == "lock w₂"
    before = app.frame.network
    app.press_key(Qt.Key.Key_Period, CONTROL)
    after = app.wait_for(lambda frame: frame.step == 100 and not frame.running).network
    assert after[W2] == before[W2]
    assert (after.vector != before.vector).sum() == len(before.vector) - 1
    choose_cell(app, 1, 3)
    app.press_key(Qt.Key.Key_L)
    assert locked(app) == frozenset()


def test_a_lock_set_while_it_trains_holds_what_was_seen(app: AppUnderTest) -> None:
    app.full_speed()
    app.window.training_panel.stop.stops.click()
    app.press_key(Qt.Key.Key_Space)
    app.wait_for(lambda frame: frame.step > 1000)
    app.window.neurons_panel.locks_edited.emit((W2,), True)
    seen, step = app.app.document.state.network[W2], app.frame.step
    later = app.wait_for(lambda frame: frame.step > step + 1000)
    assert later.network[W2] == seen
    assert later.running


def test_the_key_locks_the_handle_under_the_mouse(app: AppUnderTest) -> None:
    app.window.plot.setFocus()
    app.app.wiring.selection.select(0)
    at = app.window.plot.handle_pixel(OUTPUT_BIAS)
    assert at is not None
    QTest.mouseMove(app.window.plot.viewport(), at)
    app.wait_until(lambda: app.window.plot.hovered_parameter == OUTPUT_BIAS)
    app.press_key(Qt.Key.Key_L)
    assert locked(app) == {OUTPUT_BIAS}
    before = app.frame.network
    app.drag(OUTPUT_BIAS, QPoint(0, -60))
    assert app.frame.network.same_as(before), "a locked handle cannot be dragged"


def test_without_a_cell_the_key_says_what_to_do(app: AppUnderTest) -> None:
    app.press_key(Qt.Key.Key_L)
    assert locked(app) == frozenset()
    assert "choose its cell" in app.message


def test_the_padlock_of_the_output_bias(app: AppUnderTest) -> None:
    QTest.mouseClick(app.window.neurons_panel.padlock, Qt.MouseButton.LeftButton)
    assert locked(app) == {OUTPUT_BIAS}
    assert app.window.neurons_panel.padlock.isChecked()
    app.press_key(Qt.Key.Key_Z, CONTROL)
    assert locked(app) == frozenset()
    assert not app.window.neurons_panel.padlock.isChecked()


@pytest.mark.parametrize(
    ("action", "kind"),
    [
        ("lock_hidden_weights", Kind.HIDDEN_WEIGHT),
        ("lock_hidden_biases", Kind.HIDDEN_BIAS),
        ("lock_output_weights", Kind.OUTPUT_WEIGHT),
    ],
)
def test_all_of_a_kind_by_the_menu(app: AppUnderTest, action: str, kind: Kind) -> None:
    app.window.actions_[action].trigger()
    assert locked(app) == all_of_kind(kind, 5)
    count = app.app.document.undo_stack.count()
    app.window.actions_[action].trigger()
    assert app.app.document.undo_stack.count() == count, "what changes nothing is no step"
    app.window.actions_["unlock_all"].trigger()
    assert locked(app) == frozenset()
    assert undo_text(app) == "unlock all"


def test_a_neuron_is_named_as_one(app: AppUnderTest) -> None:
    app.window.neurons_panel.locks_edited.emit(all_of_neuron(2), True)
    assert undo_text(app) == "lock neuron 3"
    app.window.neurons_panel.locks_edited.emit((B1, W2), True)
    assert undo_text(app) == "lock 2 parameters"


def test_locks_of_neurons_that_vanish_are_dropped_and_undo_brings_them_back(app: AppUnderTest) -> None:
    app.window.actions_["lock_output_weights"].trigger()
    app.window.network_panel.neurons_edited.emit(2)
    assert locked(app) == all_of_kind(Kind.OUTPUT_WEIGHT, 2)
    app.window.network_panel.neurons_edited.emit(4)
    assert locked(app) == all_of_kind(Kind.OUTPUT_WEIGHT, 2)
    app.press_key(Qt.Key.Key_Z, CONTROL)
    app.press_key(Qt.Key.Key_Z, CONTROL)
    assert locked(app) == all_of_kind(Kind.OUTPUT_WEIGHT, 5)


def test_a_locked_parameter_is_not_edited_by_hand(app: AppUnderTest) -> None:
    app.window.neurons_panel.locks_edited.emit((W2,), True)
    before = app.frame.network
    app.app.editing.set_parameter(W2, 7.0)
    assert app.frame.network.same_as(before)
    assert app.message == "w₂ is locked"


def test_locking_in_the_middle_of_a_drag_puts_it_back(app: AppUnderTest) -> None:
    before = app.frame.network
    app.app.wiring.selection.select(1)
    at = app.start_drag(W2, QPoint(0, -50))
    app.window.neurons_panel.locks_edited.emit((W2,), True)
    app.move(app.window.plot.viewport(), at - QPoint(0, 30))
    app.release(at - QPoint(0, 30))
    assert app.frame.network.same_as(before)
