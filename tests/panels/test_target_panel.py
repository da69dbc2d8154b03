import pytest
from panel_keyboard import type_text
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from reluviz.core.dataset import Sampling
from reluviz.core.target import FunctionTarget, PointsTarget
from reluviz.panels.target_panel import TargetPanel

SEGMENTS = PointsTarget(((-1.0, -1.0), (-0.5, 1.0), (0.0, -1.0), (1.0, 0.0)))
SINE = FunctionTarget("sine")


@pytest.fixture
def panel(qtbot):
    widget = TargetPanel()
    qtbot.addWidget(widget)
    widget.show_target(SINE, Sampling(1024))
    widget.show()
    return widget


@pytest.fixture
def told(panel):
    heard = []
    for signal in (panel.target_edited, panel.samples_edited, panel.refused):
        signal.connect(heard.append)
    return heard


def choose(combo, label):
    """With the arrow key, from the entry beside it."""
    row = combo.findText(label)
    combo.setCurrentIndex(row - 1 if row else 1)
    QTest.keyClick(combo, Qt.Key.Key_Down if row else Qt.Key.Key_Up)


def enter(edit, text):
    edit.selectAll()
    type_text(edit, text)
    QTest.keyClick(edit, Qt.Key.Key_Return)


def test_choosing_a_function_keeps_the_domain(panel, told):
    choose(panel.function, "|x|")
    assert told == [FunctionTarget("abs", -3.0, 3.0)]


def test_choosing_what_is_shown_already_is_no_edit(panel, told):
    choose(panel.function, SINE.label)
    assert told == []


def test_the_points_of_the_document_are_a_choice(panel, told):
    labels = [panel.function.itemText(i) for i in range(panel.function.count())]
    panel.show_target(SEGMENTS, Sampling(100))
    assert panel.function.currentText() == "3 segments"
    choose(panel.function, "x²")
    panel.show_target(told[0], Sampling(100))
    choose(panel.function, "3 segments")
    assert told == [FunctionTarget("square", -1.0, 1.0), SEGMENTS]
    panel.forget_points()
    assert [panel.function.itemText(i) for i in range(panel.function.count())] == labels


def test_other_points_take_the_place_of_the_former(panel):
    panel.show_target(SEGMENTS, Sampling())
    panel.show_target(PointsTarget(((0.0, 0.0), (1.0, 1.0))), Sampling())
    assert panel.function.currentText() == "1 segment"
    assert panel.function.findText("3 segments") == -1


def test_the_domain(panel, told):
    enter(panel.low, "−5")
    assert told == [FunctionTarget("sine", -5.0, 3.0)]


def test_an_impossible_domain_is_refused(panel, told):
    enter(panel.low, "4")
    assert told == ["domain: the domain's end 3 must lie right of its start 4; kept −3 to 3"]
    assert (panel.low.value(), panel.high.value()) == (-3.0, 3.0)
    assert panel.low.text() in {"−3", "−3.000"}


def test_no_number_for_a_domain(panel, told):
    enter(panel.high, "1e308")
    assert told == ["domain end: '1e308' lies outside ±1·10⁹; kept 3"]


def test_samples(panel, told):
    enter(panel.samples, "500")
    enter(panel.samples, "0")
    enter(panel.samples, "100000000")
    assert told[0] == 500
    assert told[1] == "samples: '0' is not a whole number from 1 to 10\u2009000\u2009000; kept 500"
    assert told[2].startswith("samples: '100000000' is not")


def test_showing_is_silent(panel, told):
    panel.show_target(FunctionTarget("runge", -1.0, 2.0), Sampling(7))
    panel.show_target(SEGMENTS, Sampling(8))
    panel.forget_points()
    assert told == []
