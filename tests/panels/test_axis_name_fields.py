import pytest
from panel_keyboard import type_text
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from reluviz.core.axis_names import MAX_NAME, AxisNames
from reluviz.panels.axis_name_fields import AxisNameFields
from reluviz.panels.fold import Fold

NAMES = AxisNames("unknown unit", "temperature in °C")


@pytest.fixture
def fields(qtbot):
    widget = Fold("data", "Data", "Samples and axes")
    names = AxisNameFields(widget.fields, widget)
    qtbot.addWidget(widget)
    widget.set_folded(False)
    widget.show()
    widget.activateWindow()
    qtbot.waitUntil(widget.isActiveWindow)
    # The names alone would not keep the widget alive.
    names.fold = widget
    return names


@pytest.fixture
def told(fields):
    heard = []
    fields.edited.connect(heard.append)
    return heard


def type_over(line, text):
    line.setFocus()
    line.selectAll()
    type_text(line, text)


def test_names_are_shown_in_silence(fields, told):
    fields.show_names(NAMES)
    assert (fields.x_line.text(), fields.y_line.text()) == (NAMES.x, NAMES.y)
    fields.show_names(AxisNames())
    assert fields.x_line.text() == ""
    assert told == []


def test_enter_and_leaving_take_a_name_over_once(fields, told):
    type_over(fields.x_line, " t in s ")
    QTest.keyClick(fields.x_line, Qt.Key.Key_Return)
    assert told == [AxisNames("t in s")]
    fields.show_names(told[0])
    assert fields.x_line.text() == "t in s"
    type_over(fields.y_line, "°C")
    fields.x_line.setFocus()
    assert told[1:] == [AxisNames("t in s", "°C")]


def test_escape_restores(fields, told):
    fields.show_names(NAMES)
    type_over(fields.x_line, "nonsense")
    QTest.keyClick(fields.x_line, Qt.Key.Key_Escape)
    assert fields.x_line.text() == NAMES.x
    fields.y_line.setFocus()
    assert told == []


def test_a_name_is_at_most_so_long(fields, told):
    type_over(fields.x_line, "n" * 100)
    QTest.keyClick(fields.x_line, Qt.Key.Key_Return)
    assert told == [AxisNames("n" * MAX_NAME)]
