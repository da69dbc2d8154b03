"""The list of changes, and going back and forth in it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from app_under_test import AppUnderTest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListView
from pytestqt.qtbot import QtBot

from reluviz.core.parameter import Kind, Parameter
from reluviz.document.state import State

CONTROL = Qt.KeyboardModifier.ControlModifier
W = [Parameter(Kind.OUTPUT_WEIGHT, j) for j in range(5)]


@pytest.fixture
def app(qtbot: QtBot) -> Iterator[AppUnderTest]:
    app = AppUnderTest(qtbot)
    yield app
    app.close()


def changes(app: AppUnderTest) -> QListView:
    return app.app.hand_tuning.history.panel.list


def texts(app: AppUnderTest) -> list[str]:
    model = changes(app).model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def click(app: AppUnderTest, row: int) -> None:
    view = changes(app)
    at = view.visualRect(view.model().index(row, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)


def make_changes(app: AppUnderTest) -> None:
    for j in range(3):
        app.window.neurons_panel.parameter_edited.emit(W[j], float(j + 1))


def test_the_key_shows_and_hides_the_named_changes(app: AppUnderTest) -> None:
    assert not changes(app).isVisible()
    app.press_key(Qt.Key.Key_H, CONTROL)
    assert changes(app).isVisible()
    make_changes(app)
    assert texts(app) == ["as opened", "set w₁ to 1.000", "set w₂ to 2.000", "set w₃ to 3.000"]
    assert changes(app).currentIndex().row() == 3
    app.press_key(Qt.Key.Key_Z, CONTROL)
    assert changes(app).currentIndex().row() == 2
    app.press_key(Qt.Key.Key_H, CONTROL)
    assert not changes(app).isVisible()


def test_it_comes_with_the_panels_it_is_among(app: AppUnderTest) -> None:
    app.press_key(Qt.Key.Key_P, CONTROL)
    app.press_key(Qt.Key.Key_H, CONTROL)
    assert changes(app).isVisible()
    assert app.window.neurons_panel.isVisible()


def test_a_click_goes_back_and_forth_told_as_one_change(app: AppUnderTest) -> None:
    app.press_key(Qt.Key.Key_H, CONTROL)
    first = app.frame.network
    make_changes(app)
    last = app.frame.network
    told: list[State] = []
    app.app.document.state_changed.connect(lambda old, new, placed: told.append(new))
    click(app, 0)
    assert app.frame.network.same_as(first)
    assert app.app.document.undo_stack.index() == 0
    click(app, 3)
    assert app.frame.network.same_as(last)
    assert len(told) == 2


def test_return_goes_to_the_change_chosen_by_the_arrow_keys(app: AppUnderTest) -> None:
    app.press_key(Qt.Key.Key_H, CONTROL)
    make_changes(app)
    changes(app).setFocus()
    QTest.keyClick(changes(app), Qt.Key.Key_Up)
    QTest.keyClick(changes(app), Qt.Key.Key_Up)
    assert app.app.document.undo_stack.index() == 3
    QTest.keyClick(changes(app), Qt.Key.Key_Return)
    assert app.app.document.undo_stack.index() == 1


def test_going_back_while_it_trains_pauses_and_keeps_the_training_as_a_change(app: AppUnderTest) -> None:
    app.press_key(Qt.Key.Key_H, CONTROL)
    make_changes(app)
    app.press_key(Qt.Key.Key_Space)
    app.wait_for(lambda frame: frame.step > 5)
    click(app, 1)
    app.wait_until(lambda: not app.app.playback.is_running)
    assert app.app.document.undo_stack.index() == 1
    assert texts(app)[4].startswith("train ")
    app.wait_for(lambda frame: frame.step == 0 and not frame.running and frame.network[W[0]] == 1.0)


def test_what_training_has_replaced_cannot_be_gone_to(app: AppUnderTest) -> None:
    app.press_key(Qt.Key.Key_H, CONTROL)
    make_changes(app)
    click(app, 1)
    app.press_key(Qt.Key.Key_Space)
    app.wait_for(lambda frame: frame.step > 5)
    click(app, 3)
    assert texts(app)[2].startswith("train ")
    assert app.app.document.undo_stack.index() == 2


def test_it_opens_at_the_present_change(app: AppUnderTest) -> None:
    for i in range(40):
        app.window.neurons_panel.parameter_edited.emit(W[i % 5], float(i + 1))
    app.press_key(Qt.Key.Key_H, CONTROL)
    view = changes(app)

    def is_in_sight(row: int) -> bool:
        rect = view.visualRect(view.model().index(row, 0))
        return view.viewport().rect().contains(rect)

    app.wait_until(lambda: view.viewport().height() > 40)
    assert is_in_sight(40)
    assert not is_in_sight(0)
    app.press_key(Qt.Key.Key_H, CONTROL)
    for _ in range(30):
        app.press_key(Qt.Key.Key_Z, CONTROL)
    app.press_key(Qt.Key.Key_H, CONTROL)
    assert is_in_sight(10)
