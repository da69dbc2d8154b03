"""Nudges by keyboard, from plot and table, in the whole program."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from app_under_test import AppUnderTest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from reluviz.core.parameter import OUTPUT_BIAS, Kind, Parameter, all_of_neuron
from reluviz.panels.neuron_model import Column

V2, B2, W2 = all_of_neuron(1)
ALT = Qt.KeyboardModifier.AltModifier
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def app(qtbot: QtBot) -> Iterator[AppUnderTest]:
    app = AppUnderTest(qtbot, "three-segments")
    app.window.activateWindow()
    app.wait_until(app.window.isActiveWindow)
    app.window.plot.setFocus()
    yield app
    app.close()


def in_plot(app: AppUnderTest, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(app.window.plot, key)


def steps(app: AppUnderTest) -> list[str]:
    stack = app.app.document.undo_stack
    return [stack.text(i) for i in range(stack.count())]


def test_nudges_in_a_row_are_one_step_and_others_begin_another(app: AppUnderTest) -> None:
    before = app.frame.network
    app.app.wiring.selection.select(1)
    in_plot(app, Qt.Key.Key_B, Qt.Key.Key_Right, Qt.Key.Key_Right)
    in_plot(app, Qt.Key.Key_W, Qt.Key.Key_Up, Qt.Key.Key_B, Qt.Key.Key_Right)
    assert steps(app) == ["nudge b₂", "nudge w₂", "nudge b₂"]
    for _ in range(3):
        app.press_key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert app.frame.network.same_as(before)


def test_a_nudge_moves_its_parameter_alone_and_the_loss_follows(app: AppUnderTest) -> None:
    before = app.frame.network
    in_plot(app, Qt.Key.Key_0, Qt.Key.Key_Up)
    changed = np.flatnonzero(before.vector != app.frame.network.vector)
    assert changed.tolist() == [OUTPUT_BIAS.position(3)]
    app.wait_for(lambda frame: frame.loss > 1e-3)


def test_v_turns_the_ray_as_one_step(app: AppUnderTest) -> None:
    before = app.frame.network
    app.app.wiring.selection.select(1)
    in_plot(app, Qt.Key.Key_V, Qt.Key.Key_Up, Qt.Key.Key_Up)
    network = app.frame.network
    assert network.kinks[1] == pytest.approx(-0.5)
    assert network[V2] < before[V2]
    assert network[W2] == before[W2]
    assert steps(app) == ["nudge v₂"]


@pytest.mark.parametrize(("locked", "key", "name"), [(W2, Qt.Key.Key_W, "w₂"), (B2, Qt.Key.Key_V, "b₂")])
def test_a_locked_parameter_stays_and_the_status_line_says_so(
    app: AppUnderTest, locked: Parameter, key: Qt.Key, name: str
) -> None:
    app.app.hand_tuning.locking.set_locked((locked,), True)
    app.app.wiring.selection.select(1)
    before = app.frame.network
    in_plot(app, key, Qt.Key.Key_Up)
    assert app.frame.network.same_as(before)
    assert app.message == f"{name} is locked"


def test_l_locks_what_is_picked(app: AppUnderTest) -> None:
    in_plot(app, Qt.Key.Key_0)
    app.press_key(Qt.Key.Key_L)
    assert app.app.document.state.locks.locked == {OUTPUT_BIAS}
    app.press_key(Qt.Key.Key_L)
    assert not app.app.document.state.locks.locked


def test_a_corner_is_nudged_and_the_others_stay(app: AppUnderTest) -> None:
    before = app.frame.network.vertices(-1.0, 1.0)
    app.window.plot.picker.set_pick(1)
    in_plot(app, Qt.Key.Key_Right, Qt.Key.Key_Up)
    after = app.frame.network.vertices(-1.0, 1.0)
    assert np.abs(np.delete(after, 1, axis=0) - np.delete(before, 1, axis=0)).max() < 1e-9
    assert after[1, 0] > before[1, 0]
    assert after[1, 1] > before[1, 1]
    assert steps(app) == ["nudge corner 1"]
    app.app.hand_tuning.locking.set_locked((Parameter(Kind.HIDDEN_BIAS, 1),), True)
    in_plot(app, Qt.Key.Key_Right)
    assert "Corner 1 is held by b₂, which is locked" in app.message


def test_the_table_nudges_too(app: AppUnderTest) -> None:
    table = app.window.neurons_panel.table
    app.wait_until(lambda: table.model().rowCount() == 3)
    table.setFocus()
    table.setCurrentIndex(table.model().index(1, Column.OUTPUT_WEIGHT))
    QTest.keyClick(table, Qt.Key.Key_Up, ALT)
    assert app.frame.network[W2] == -7.9
    assert steps(app) == ["nudge w₂"]
    app.app.hand_tuning.locking.set_locked((W2,), True)
    QTest.keyClick(table, Qt.Key.Key_Up, ALT)
    assert app.frame.network[W2] == -7.9
    assert app.message == "w₂ is locked"


def test_numbers_that_can_be_no_larger_are_refused(app: AppUnderTest) -> None:
    before = app.frame.network
    app.app.hand_tuning.nudging.nudge_value(W2, float("inf"))
    assert app.frame.network.same_as(before)
    assert app.message == "w₂ can be no larger"


def test_nudging_while_training_runs(app: AppUnderTest) -> None:
    app.app.document.edit("start", network=app.frame.network.with_values({OUTPUT_BIAS: 0.0}))
    app.press_key(Qt.Key.Key_Space)
    step = app.wait_for(lambda frame: frame.step > 5).step
    bias = app.frame.network[OUTPUT_BIAS]
    in_plot(app, Qt.Key.Key_0, Qt.Key.Key_Up)
    assert app.frame.network[OUTPUT_BIAS] > bias
    app.wait_for(lambda frame: frame.step > step + 5)
    assert "nudge b₀" in steps(app)


def test_neurons_are_selected_one_after_the_other(app: AppUnderTest) -> None:
    selection, found = app.app.wiring.selection, []
    for _ in range(4):
        app.press_key(Qt.Key.Key_N)
        found.append(selection.selected)
    for _ in range(2):
        app.press_key(Qt.Key.Key_N, Qt.KeyboardModifier.ShiftModifier)
        found.append(selection.selected)
    assert found == [0, 1, 2, 0, 2, 1]
