import pytest
from panel_keyboard import type_text
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from reluviz.core.axis_names import MAX_NAME, AxisNames
from reluviz.panels.axes_fold import AxesFold

NAMES = AxisNames("unknown unit", "temperature in °C")


@pytest.fixture
def fold(qtbot):
    widget = AxesFold()
    qtbot.addWidget(widget)
    widget.set_folded(False)
    widget.show()
    widget.activateWindow()
    qtbot.waitUntil(widget.isActiveWindow)
    return widget


@pytest.fixture
def told(fold):
    heard = []
    fold.edited.connect(heard.append)
    return heard


def type_over(line, text):
    line.setFocus()
    line.selectAll()
    type_text(line, text)


def test_names_are_shown_in_silence(fold, told):
    fold.show_names(NAMES)
    assert (fold.x_line.text(), fold.y_line.text()) == (NAMES.x, NAMES.y)
    assert fold.button.summary == "unknown unit · temperature in °C"
    fold.show_names(AxisNames())
    assert fold.button.summary == ""
    assert told == []


def test_enter_and_leaving_take_a_name_over_once(fold, told):
    type_over(fold.x_line, " t in s ")
    QTest.keyClick(fold.x_line, Qt.Key.Key_Return)
    assert told == [AxisNames("t in s")]
    fold.show_names(told[0])
    assert fold.x_line.text() == "t in s"
    type_over(fold.y_line, "°C")
    fold.x_line.setFocus()
    assert told[1:] == [AxisNames("t in s", "°C")]


def test_escape_restores(fold, told):
    fold.show_names(NAMES)
    type_over(fold.x_line, "nonsense")
    QTest.keyClick(fold.x_line, Qt.Key.Key_Escape)
    assert fold.x_line.text() == NAMES.x
    fold.y_line.setFocus()
    assert told == []


def test_a_name_is_at_most_so_long(fold, told):
    type_over(fold.x_line, "n" * 100)
    QTest.keyClick(fold.x_line, Qt.Key.Key_Return)
    assert told == [AxisNames("n" * MAX_NAME)]
