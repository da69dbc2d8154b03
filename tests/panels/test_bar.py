"""Bars under the plot."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from reluviz.panels.bar import Bar, Bars


def test_a_bar_makes_room_for_another_one_and_is_told(qtbot: QtBot) -> None:
    bars, first, second = Bars(), Bar("first"), Bar("second")
    qtbot.addWidget(bars)
    for bar in (first, second):
        bars.add(bar)
    bars.show()
    assert first.isHidden()
    with qtbot.assertNotEmitted(second.close_requested):
        bars.open(first)
    assert not first.isHidden()
    with qtbot.waitSignal(first.close_requested):
        bars.open(second)
    assert first.isHidden()
    assert not second.isHidden()


def test_escape_asks_to_close(qtbot: QtBot) -> None:
    bar = Bar("bar")
    qtbot.addWidget(bar)
    with qtbot.waitSignal(bar.close_requested):
        QTest.keyClick(bar, Qt.Key.Key_Escape)
