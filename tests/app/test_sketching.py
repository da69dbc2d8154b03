"""A formula typed in the window: a quiet line on the plot, then the target."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from app_under_test import AppUnderTest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from reluviz.core.formula_target import FormulaTarget
from reluviz.core.palette import LIGHT
from reluviz.core.target import FunctionTarget


@pytest.fixture
def app(qtbot: QtBot) -> Iterator[AppUnderTest]:
    app = AppUnderTest(qtbot)
    app.window.activateWindow()
    yield app
    app.close()


def type_over(app: AppUnderTest, text: str) -> None:
    line = app.window.target_panel.formula.line
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, text)


def steps(app: AppUnderTest) -> list[str]:
    stack = app.app.document.undo_stack
    return [stack.text(i) for i in range(stack.index())]


def test_a_formula_is_sketched_then_taken_over_and_undone(app: AppUnderTest) -> None:
    sketch, line = app.window.plot.sketch, app.window.target_panel.formula.line
    type_over(app, "x*x/2 + 2")
    app.wait_until(lambda: sketch.isVisible() and sketch.polyline[0, 1] == 6.5)
    assert app.app.document.state.target == FunctionTarget("sine")
    at = app.window.plot.pixel_at(2.0, 4.0)
    picture = app.window.plot.viewport().grab().toImage()
    assert LIGHT.accent in {picture.pixelColor(at.x() + i, at.y() + j).name() for i in (-1, 0, 1) for j in (-1, 0, 1)}
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert not sketch.isVisible()
    assert app.app.document.state.target == FormulaTarget("x*x/2 + 2")
    assert steps(app) == ["target x*x/2 + 2"]
    app.press_key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert app.app.document.state.target == FunctionTarget("sine")
    assert line.text() == "2*sin(x) + 5"


def test_letters_in_the_field_are_no_commands(app: AppUnderTest) -> None:
    type_over(app, "t + l*k + d ")
    assert app.window.target_panel.formula.line.text() == "t + l*k + d "
    assert not app.window.actions_["edit_target"].isChecked()
    assert not app.app.playback.is_running
    QTest.keyClick(app.window.target_panel.formula.line, Qt.Key.Key_Escape)
    assert steps(app) == []


def test_a_wrong_formula_keeps_the_target(app: AppUnderTest) -> None:
    type_over(app, "2x")
    app.window.plot.setFocus()
    assert app.message == "formula not taken over: an operator is missing: write 2*x (column 2)"
    assert app.app.document.state.target == FunctionTarget("sine")
    assert not app.window.plot.sketch.isVisible()


def test_samples_without_a_value_are_left_out_of_training(app: AppUnderTest) -> None:
    type_over(app, "sqrt(x)")
    QTest.keyClick(app.window.target_panel.formula.line, Qt.Key.Key_Return)
    assert "512 of" in app.window.target_panel.formula.note.text()
    app.app.playback.make_steps(10)
    app.wait_for(lambda frame: frame.step == 10 and frame.loss == frame.loss)


def test_a_document_with_a_formula_opens_rightly(app: AppUnderTest) -> None:
    app.window.target_panel.function.chosen.emit("cubic")
    app.window.actions_.example_chosen.emit("three-segments")
    assert app.window.target_panel.function.currentText() == "3 segments"
    assert app.window.target_panel.formula.line.text() == ""
