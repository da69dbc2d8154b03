"""The network to the clipboard and back."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from app_under_test import AppUnderTest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from reluviz.core.parameter import Kind, Parameter

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
TABLE = "v\tb\tw\n1\t1\t4\n1\t0.5\t-8\n1\t0\t5\nb0\t-1\n"


@pytest.fixture
def app(qtbot: QtBot) -> Iterator[AppUnderTest]:
    app = AppUnderTest(qtbot)
    yield app
    app.close()


def paste(app: AppUnderTest, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    app.press_key(Qt.Key.Key_V, CONTROL | SHIFT)


def test_a_copied_table_pasted_later_is_the_same_network_in_one_undo_step(app: AppUnderTest) -> None:
    app.press_key(Qt.Key.Key_Period, CONTROL)
    trained = app.wait_for(lambda frame: frame.step == 100 and not frame.running).network
    app.press_key(Qt.Key.Key_C, CONTROL | SHIFT)
    assert app.message == "Copied 5 neurons as a table"
    app.window.network_panel.neurons_edited.emit(2)
    shrunk, count = app.frame.network, app.app.document.undo_stack.count()
    app.press_key(Qt.Key.Key_V, CONTROL | SHIFT)
    assert app.frame.network.same_as(trained)
    assert app.message == "Pasted 5 neurons"
    assert app.app.document.undo_stack.count() == count + 1
    app.press_key(Qt.Key.Key_Z, CONTROL)
    assert app.frame.network.same_as(shrunk)


@pytest.mark.parametrize(
    ("name", "sign"),
    [
        ("copy_numpy", "def network(x):"),
        ("copy_pytorch", "nn.Sequential(nn.Linear(1, 5)"),
        ("copy_desmos", "y=b_{0}"),
        ("copy_latex", r"\begin{aligned}"),
    ],
)
def test_the_other_forms(app: AppUnderTest, name: str, sign: str) -> None:
    app.window.actions_[name].trigger()
    assert sign in QGuiApplication.clipboard().text()


def test_the_copied_function_is_the_network(app: AppUnderTest) -> None:
    app.window.actions_["copy_numpy"].trigger()
    names: dict[str, object] = {}
    exec(QGuiApplication.clipboard().text(), names)
    x = np.linspace(-3.0, 3.0, 50)
    assert names["network"](x) == pytest.approx(app.frame.network.output(x), rel=1e-12)  # type: ignore[operator]


def test_what_is_pasted_is_the_start_of_what_follows(app: AppUnderTest) -> None:
    app.press_key(Qt.Key.Key_Space)
    app.wait_for(lambda frame: frame.step > 3)
    paste(app, TABLE)
    pasted = app.frame.network
    assert pasted.output_weight.tolist() == [4.0, -8.0, 5.0]
    app.wait_for(lambda frame: frame.step == 0 and not frame.running and frame.network.neurons == 3)
    app.press_key(Qt.Key.Key_Period, CONTROL)
    app.wait_for(lambda frame: frame.step == 100)
    app.press_key(Qt.Key.Key_R, CONTROL)
    assert app.frame.network.same_as(pasted)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "there is no neuron in the text"),
        ("hello", "line 1: there is no column v"),
        ("1\t2\t3\n1\t2\tthree\n", "line 2: 'three' for w is not a number"),
        ("1\t2\t3\n1\tnan\t3\n", "line 2: 'nan' for b is not a number"),
        ("1\t2\t1e999\n", "line 1: '1e999' for w is too large"),
    ],
)
def test_what_is_no_table_is_refused_in_a_line(app: AppUnderTest, text: str, reason: str) -> None:
    before, count = app.frame.network, app.app.document.undo_stack.count()
    paste(app, text)
    assert app.message.startswith("Nothing pasted: ")
    assert reason in app.message
    assert app.frame.network.same_as(before)
    assert app.app.document.undo_stack.count() == count


def test_locked_parameters_keep_their_values(app: AppUnderTest) -> None:
    w2 = Parameter(Kind.OUTPUT_WEIGHT, 1)
    app.window.neurons_panel.locks_edited.emit((w2,), True)
    before = app.frame.network[w2]
    paste(app, TABLE)
    assert app.frame.network[w2] == before
    assert app.frame.network.output_weight[2] == 5.0
    assert app.message == "Pasted 3 neurons; locked, so kept: w₂"


def test_enormous_numbers_are_painted_and_taken_back(app: AppUnderTest) -> None:
    painted = app.window.plot.repaints
    paste(app, "1e300 -1e300 1e300\n-1e-300 1e300 1e-300\n")
    app.wait_until(lambda: app.window.plot.repaints > painted)
    app.press_key(Qt.Key.Key_Z, CONTROL)
    assert app.frame.network.neurons == 5
