"""The dialog for tables, under the hand."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox

from reluviz.core.table import Rejection, Table, TableFormat, TablePreview
from reluviz.panels.data_dialog import DataDialog

FORM = TableFormat(";", ",", 1, 3, 0, 1)
PREVIEW = TablePreview(("time in s", "y", "note"), (("1,5", "2", "<b>ok</b>"), ("2", "x"), ("3", "4", "5", "6")))


def table(rejected=0):
    reasons = tuple(Rejection(i + 2, "x is empty") for i in range(min(rejected, 10)))
    return Table(np.arange(4.0), np.arange(4.0), "time in s", "y", FORM, rejected, reasons)


@pytest.fixture
def dialog(qtbot):
    widget = DataDialog()
    qtbot.addWidget(widget)
    widget.begin("a.csv")
    widget.show_form(FORM, PREVIEW)
    widget.show()
    return widget


@pytest.fixture
def told(dialog):
    heard = []
    dialog.signs_edited.connect(lambda *signs: heard.append(signs))
    dialog.form_edited.connect(heard.append)
    dialog.accepted.connect(lambda: heard.append("accepted"))
    dialog.rejected.connect(lambda: heard.append("rejected"))
    return heard


def test_what_is_guessed_is_shown_in_silence(dialog, told):
    assert dialog.name.text() == "a.csv"
    assert dialog.delimiter.currentText() == "semicolon ;"
    assert dialog.decimal.currentText() == "comma 1,5"
    assert dialog.header.value() == 1
    assert (dialog.x_choice.currentText(), dialog.y_choice.currentText()) == ("time in s", "y")
    headers = [dialog.preview.horizontalHeaderItem(i).text() for i in range(dialog.preview.columnCount())]
    assert headers == ["x: time in s", "y: y", "note", ""]
    assert dialog.preview.item(0, 2).text() == "<b>ok</b>"
    assert dialog.preview.item(1, 2) is None
    assert told == []


def test_everything_can_be_put_right(dialog, told):
    for choice, key in (
        (dialog.delimiter, Qt.Key.Key_Up),
        (dialog.decimal, Qt.Key.Key_Up),
        (dialog.x_choice, Qt.Key.Key_Down),
        (dialog.y_choice, Qt.Key.Key_Down),
    ):
        QTest.keyClick(choice, key)
        dialog.show_form(FORM, PREVIEW)
    QTest.keyClick(dialog.header, Qt.Key.Key_Up)
    assert told == [
        ("\t", ","),
        (";", "."),
        TableFormat(";", ",", 1, 3, 1, 0),
        TableFormat(";", ",", 1, 3, 0, 2),
        TableFormat(";", ",", 2, 3, 0, 1),
    ]


def test_an_unusual_delimiter_is_shown(dialog):
    dialog.show_form(TableFormat("/", ".", 0, 2, 0, 1), TablePreview(("column 1", "column 2"), ()))
    assert dialog.delimiter.currentText() == "“/”"


def test_rows_that_are_left_out_are_explained(dialog, told):
    assert not dialog.ok.isEnabled()
    dialog.show_table(table(rejected=12))
    assert dialog.summary.isVisible()
    lines = dialog.summary.text().splitlines()
    assert lines[0] == "4 rows, 12 left out:"
    assert lines[1:-1] == [f"line {i}: x is empty" for i in range(2, 12)]
    assert lines[-1] == "and 2 more"
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert told == ["accepted"]


@pytest.mark.parametrize("points", [8, 22])
def test_nothing_lies_over_anything_else_whatever_the_letters(dialog, points):
    dialog.hide()
    dialog.setStyleSheet(f"* {{ font-size: {points}pt; }}")
    dialog.show_table(table(rejected=12))
    dialog.show()
    places = [
        QRect(part.mapTo(dialog, QPoint(0, 0)), part.size())
        for part in (dialog.preview, dialog.summary, dialog.buttons)
    ]
    assert dialog.rect().contains(places[-1])
    assert places[0].bottom() < places[1].top()
    assert places[1].bottom() < places[2].top()
    assert dialog.summary.height() >= 4 * dialog.summary.fontMetrics().lineSpacing()
    bar = dialog.summary.verticalScrollBar()
    assert bar.maximum() > 0


def test_a_problem_can_only_be_mended_or_left(dialog, told):
    dialog.show_table(table())
    dialog.show_problem("no line has two numbers")
    assert dialog.problem.isVisible()
    assert dialog.problem.text() == "No line has two numbers"
    dialog.accept()
    QTest.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
    assert told == []
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert told == ["rejected"]


def test_progress_is_shown_where_it_takes_its_time(dialog, qtbot):
    dialog.show_reading(0.0)
    assert not dialog.progress.isVisible()
    dialog.show_reading(0.4)
    qtbot.waitUntil(dialog.progress.isVisible)
    assert dialog.progress.value() == 40
    assert not dialog.ok.isEnabled()
    dialog.show_table(table())
    assert not dialog.progress.isVisible()


def test_before_there_is_a_table_nothing_can_be_set(dialog):
    dialog.begin("a very long name " * 20)
    assert not any(choice.isEnabled() for choice in dialog.findChildren(QComboBox))
    assert dialog.preview.rowCount() == 0
    assert dialog.width() < 900


def test_every_control_has_a_name_and_a_tip(dialog):
    for control in (dialog.delimiter, dialog.decimal, dialog.header, dialog.x_choice, dialog.y_choice):
        assert control.accessibleName()
        assert control.toolTip()
