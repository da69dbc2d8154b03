"""The bar of the partial sums."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from reluviz.core.picture import Order
from reluviz.panels.sums_bar import SumsBar


@pytest.fixture
def bar(qtbot: QtBot) -> SumsBar:
    bar = SumsBar()
    qtbot.addWidget(bar)
    bar.resize(700, 90)
    bar.show()
    return bar


def test_its_buttons_ask(bar: SumsBar, qtbot: QtBot) -> None:
    for button, signal in (
        (bar.back, bar.back_requested),
        (bar.forward, bar.forward_requested),
        (bar.close_, bar.close_requested),
    ):
        with qtbot.waitSignal(signal):
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(bar.close_requested):
        QTest.keyClick(bar.back, Qt.Key.Key_Escape)


def test_the_order_is_chosen_by_keyboard_too(bar: SumsBar, qtbot: QtBot) -> None:
    assert [bar.order.itemText(i) for i in range(bar.order.count())] == ["kink order", "index order"]
    bar.order.setFocus()
    with qtbot.waitSignal(bar.order_edited) as edited:
        QTest.keyClick(bar.order, Qt.Key.Key_Down)
    assert edited.args == [Order.INDEX]


def test_showing_is_silent_and_keeps_equations_together(bar: SumsBar) -> None:
    told: list[object] = []
    bar.order_edited.connect(told.append)
    height = bar.sizeHint().height()
    bar.show_sum(Order.INDEX, "at x = −0.5 it bends")
    assert bar.order.currentText() == "index order"
    assert bar.sentence.text() == "at x\u00a0=\u00a0−0.5 it bends"
    assert told == []
    assert bar.sizeHint().height() == height, "the plot keeps its height"
