"""What a stranger stumbled over, once for each stone."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from app_under_test import AppUnderTest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reluviz.core.parameter import Kind, Parameter

CONTROL = Qt.KeyboardModifier.ControlModifier
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def app(qtbot: QtBot) -> Iterator[AppUnderTest]:
    app = AppUnderTest(qtbot, "three-segments")
    yield app
    app.close()


def type_into(app: AppUnderTest, text: str) -> None:
    field = app.window.target_panel.high
    app.window.activateWindow()
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)


def test_undo_in_a_field_takes_back_what_was_entered(app: AppUnderTest) -> None:
    field = app.window.target_panel.high
    type_into(app, "2")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert app.app.document.state.target.high == 2.0
    QTest.keyClick(field, Qt.Key.Key_Z, CONTROL)
    assert app.app.document.state.target.high == 1.0
    assert field.value() == 1.0
    assert field.text() == "1"


def test_undo_while_typing_is_the_fields_own(app: AppUnderTest) -> None:
    field = app.window.target_panel.high
    app.app.editing.set_parameter(Parameter(Kind.OUTPUT_WEIGHT, 0), 2.0)
    type_into(app, "25")
    QTest.keyClick(field, Qt.Key.Key_Z, CONTROL)
    assert app.frame.network.output_weight[0] == 2.0


def test_what_was_half_typed_does_not_leak_into_another_document(app: AppUnderTest) -> None:
    type_into(app, "2")
    app.window.actions_.example_chosen.emit("sine-by-5-relus")
    app.window.plot.setFocus()
    assert app.app.document.state.target.high == 3.0
    assert app.window.target_panel.high.text() == "3"
    assert not app.app.document.undo_stack.canUndo()


def test_an_impossible_domain_says_what_was_kept(app: AppUnderTest) -> None:
    field = app.window.target_panel.low
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "5")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert app.message.endswith("kept −1 to 1")


def test_fit_shows_all_of_the_output_however_far_it_reaches(app: AppUnderTest) -> None:
    app.app.editing.set_parameter(Parameter(Kind.OUTPUT_WEIGHT, 0), 40.0)
    app.window.actions_["fit"].trigger()
    top = app.frame.network.vertices(-1.0, 1.0)[:, 1].max()
    assert top > 50.0
    assert app.window.plot.view_range[1][1] > top


def test_the_key_locks_the_pointed_handle_wherever_the_focus_is(app: AppUnderTest) -> None:
    w3 = Parameter(Kind.OUTPUT_WEIGHT, 2)
    app.window.neurons_panel.table.setFocus()
    app.app.wiring.selection.select(1)
    at = app.window.plot.handle_pixel(w3)
    assert at is not None
    QTest.mouseMove(app.window.plot.viewport(), at + QPoint(2, 2))
    QTest.mouseMove(app.window.plot.viewport(), at)
    app.wait_until(lambda: app.window.plot.hovered_parameter == w3)
    app.press_key(Qt.Key.Key_L)
    assert app.app.document.state.locks.locked == {w3}


def test_a_pan_that_a_dialog_interrupts_is_over(app: AppUnderTest) -> None:
    plot = app.window.plot
    viewport, ground = plot.viewport(), plot.pixel_at(-0.9, 3.0)
    QTest.mouseMove(viewport, ground)
    QTest.mousePress(viewport, LEFT, NONE, ground)
    QTest.mouseMove(viewport, ground + QPoint(20, 10))
    QApplication.sendEvent(app.window, QEvent(QEvent.Type.WindowBlocked))
    seen = plot.view_range
    w2 = Parameter(Kind.OUTPUT_WEIGHT, 1)
    app.drag(w2, QPoint(0, -60))
    assert np.allclose(plot.view_range, seen)
    assert app.frame.network[w2] != -8.0


def test_a_construction_does_not_warn_of_its_own_first_step(app: AppUnderTest) -> None:
    app.window.actions_["build_steps"].trigger()
    for _ in range(3):
        app.qtbot.waitSignal(app.app.clock.numbers_tick).wait()
    assert "dead" not in app.message


def test_the_same_command_and_escape_close_try_it_yourself(app: AppUnderTest) -> None:
    bar = app.window.challenge_bar
    app.press_key(Qt.Key.Key_T, CONTROL)
    assert bar.isVisible()
    app.press_key(Qt.Key.Key_T, CONTROL)
    assert not bar.isVisible()
    app.press_key(Qt.Key.Key_T, CONTROL)
    QTest.keyClick(app.window.plot, Qt.Key.Key_Escape)
    QTest.keyClick(app.window.plot, Qt.Key.Key_Escape)
    assert not bar.isVisible()


def test_full_screen_goes_back_to_a_maximized_window(app: AppUnderTest) -> None:
    app.window.showMaximized()
    app.press_key(Qt.Key.Key_F11)
    app.press_key(Qt.Key.Key_F11)
    assert app.window.isMaximized()


def test_the_first_window_fits_the_screen_with_its_frame(app: AppUnderTest) -> None:
    app.window.fit_screen()
    room = app.window.screen().availableGeometry()
    assert app.window.width() <= max(app.window.minimumSizeHint().width(), min(1280, room.width() - 16))
    assert app.window.height() <= min(800, room.height() - 56)
