from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from reluviz.core.parameter import Kind
from reluviz.panels.shake_bar import LARGEST, SMALLEST, ShakeBar


@pytest.fixture
def bar(qtbot: QtBot) -> ShakeBar:
    bar = ShakeBar()
    qtbot.addWidget(bar)
    bar.resize(640, 100)
    bar.show()
    bar.activateWindow()
    qtbot.waitUntil(bar.isActiveWindow)
    return bar


@pytest.fixture
def said(bar: ShakeBar) -> list[object]:
    heard: list[object] = []
    for signal in (bar.kind_chosen, bar.size_edited, bar.refused):
        signal.connect(heard.append)
    bar.again_requested.connect(lambda: heard.append("again"))
    bar.close_requested.connect(lambda: heard.append("close"))
    return heard


def choose(bar: ShakeBar, index: int) -> None:
    bar.what.setFocus()
    QTest.keyClick(bar.what, Qt.Key.Key_Home)
    for _ in range(index):
        QTest.keyClick(bar.what, Qt.Key.Key_Down)


def test_what_can_be_shaken_is_named_after_the_neuron(bar: ShakeBar, said: list[object]) -> None:
    bar.show_neuron(2, Kind.OUTPUT_WEIGHT)
    assert [bar.what.itemText(i) for i in range(bar.what.count())] == ["neuron 3", "v₃", "b₃", "w₃", "b₀"]
    assert bar.what.currentText() == "w₃"
    bar.show_neuron(0, None)
    assert bar.what.currentText() == "neuron 1"
    assert said == []
    choose(bar, 3)
    assert said[-3:] == [Kind.HIDDEN_WEIGHT, Kind.HIDDEN_BIAS, Kind.OUTPUT_WEIGHT]


def test_the_slider_goes_by_ratios_from_end_to_end(bar: ShakeBar, said: list[object]) -> None:
    assert bar.size_of_changes() == 0.2
    bar.slider.setFocus()
    for key in (Qt.Key.Key_Home, Qt.Key.Key_End):
        QTest.keyClick(bar.slider, key)
    assert said == [SMALLEST, LARGEST]
    said.clear()
    for _ in range(5):
        QTest.keyClick(bar.slider, Qt.Key.Key_PageDown)
    sizes = [float(str(size)) for size in said]
    assert sizes[-1] == pytest.approx((SMALLEST * LARGEST) ** 0.5, rel=0.05)
    assert all(a / b == pytest.approx(300**0.1, rel=0.07) for a, b in pairwise(sizes))
    assert bar.size_of_changes() == sizes[-1]


def test_a_typed_size_moves_the_slider_and_a_bad_one_is_refused(bar: ShakeBar, said: list[object]) -> None:
    middle = bar.slider.value()
    bar.size_edit.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClicks(bar.size_edit, "1.5")
    QTest.keyClick(bar.size_edit, Qt.Key.Key_Return)
    assert said == [1.5]
    assert bar.slider.value() > middle
    QTest.keyClicks(bar.size_edit, "7")
    QTest.keyClick(bar.size_edit, Qt.Key.Key_Return)
    assert "outside 0.01 to 3" in str(said[-1])
    assert bar.size_of_changes() == 1.5


def test_setting_the_size_is_silent(bar: ShakeBar, said: list[object]) -> None:
    bar.set_size(0.01)
    assert bar.slider.value() == 0
    bar.set_size(3.0)
    assert bar.slider.value() == bar.slider.maximum()
    assert said == []


def test_all_of_it_is_reached_by_the_keyboard(bar: ShakeBar, said: list[object]) -> None:
    bar.what.setFocus()
    reached = [bar.focusWidget()]
    for _ in range(4):
        QTest.keyClick(bar.focusWidget(), Qt.Key.Key_Tab)
        reached.append(bar.focusWidget())
    assert reached == [bar.what, bar.slider, bar.size_edit, bar.again, bar.close_]
    bar.again.setFocus()
    QTest.keyClick(bar.again, Qt.Key.Key_Space)
    QTest.keyClick(bar.again, Qt.Key.Key_Return)
    for part in reached:
        assert part is not None
        part.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(part, Qt.Key.Key_Escape)
    assert said == ["again", "again", *5 * ["close"]]


def test_the_sentence_keeps_equations_together_and_the_height(bar: ShakeBar) -> None:
    height = bar.sizeHint().height()
    bar.show_sentence("Shaking w₁ of neuron 1 moves everything right of x = −1.")
    assert bar.sentence.text().endswith("x\u00a0=\u00a0−1.")
    assert bar.sizeHint().height() == height
