"""The table of a target's points, with mouse and keyboard."""

from __future__ import annotations

import pytest
from panel_keyboard import type_text
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from reluviz.panels.points_table import CoordinateEdit, PointsTable

SOURCE = ((-1.0, -1.0), (-0.5, 1.0), (0.0, -1.0), (1.0, 0.0))


@pytest.fixture
def table(qtbot):
    table = PointsTable()
    qtbot.addWidget(table)
    table.resize(240, 300)
    table.show_points(SOURCE)
    table.show()
    table.activateWindow()
    qtbot.waitUntil(table.isActiveWindow)
    return table


@pytest.fixture
def said(table):
    heard = []
    table.coordinate_edited.connect(lambda *what: heard.append(what))
    table.delete_requested.connect(lambda point: heard.append(("delete", point)))
    table.selected_changed.connect(lambda point: heard.append(("selected", point)))
    table.refused.connect(heard.append)
    return heard


def cell(table, row, column):
    return table.model().index(row, column)


def open_cell(table, row, column):
    table.setFocus()
    table.setCurrentIndex(cell(table, row, column))
    QTest.keyClick(table, Qt.Key.Key_Return)
    return table.findChild(CoordinateEdit)


def test_it_shows_numbers_without_needless_zeros(table):
    assert [[cell(table, row, column).data() for column in range(3)] for row in range(4)] == [
        ["1", "−1", "−1"],
        ["2", "−0.5", "1"],
        ["3", "0", "−1"],
        ["4", "1", "0"],
    ]
    assert [table.model().headerData(column, Qt.Orientation.Horizontal) for column in range(3)] == ["#", "x", "y"]


@pytest.mark.parametrize(("typed", "value"), [("−0,25", -0.25), ("2.5", 2.5), ("-1e3", -1000.0), ("1·10⁻²", 0.01)])
def test_numbers_are_typed_as_elsewhere(table, said, typed, value):
    edit = open_cell(table, 1, 2)
    said.clear()
    edit.selectAll()
    type_text(edit, typed)
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert said == [(1, "y", value)]


def test_what_is_no_number_is_refused_and_kept(table, said):
    edit = open_cell(table, 2, 1)
    said.clear()
    QTest.keyClicks(edit, "abc")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert said == ["x of point 3: 'abc' is not a finite number; kept 0"]
    assert cell(table, 2, 1).data() == "0"


def test_escape_keeps_the_old_value(table, said, qtbot):
    edit = open_cell(table, 1, 1)
    said.clear()
    QTest.keyClicks(edit, "7")
    QTest.keyClick(edit, Qt.Key.Key_Escape)
    qtbot.waitUntil(table.hasFocus)
    assert said == []


def test_an_arrow_in_an_open_cell_shows_what_holds_where_it_is_refused(table, said):
    edit = open_cell(table, 1, 1)
    QTest.keyClick(edit, Qt.Key.Key_Up)
    assert said[-1] == (1, "x", -0.4)
    assert edit.value() == -0.5
    assert edit.isVisible()


def test_an_open_cell_survives_new_points_of_the_same_number(table):
    edit = open_cell(table, 1, 1)
    QTest.keyClicks(edit, "0.1")
    table.show_points(((-2.0, 0.0), *SOURCE[1:]))
    assert edit.isVisible()
    assert edit.text() == "0.1"
    assert cell(table, 0, 1).data() == "−2"


def test_rows_are_selected_by_mouse_and_keys(table, said):
    QTest.mouseClick(
        table.viewport(),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
        table.visualRect(cell(table, 2, 1)).center(),
    )
    QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_Delete)
    QTest.keyClick(table, Qt.Key.Key_Escape)
    assert said == [("selected", 2), ("selected", 3), ("delete", 3), ("selected", None)]


def test_what_is_shown_says_nothing(table, said):
    table.select(1)
    assert table.currentIndex().row() == 1
    table.show_points(SOURCE[:2])
    assert table.currentIndex().row() == 1
    table.show_points((SOURCE[0], SOURCE[3]))
    table.select(None)
    assert not table.selectionModel().hasSelection()
    assert said == []


def test_past_six_rows_it_scrolls(table):
    heights = []
    for points in (2, 6, 7, 10_000):
        table.show_points(tuple((float(i), 0.0) for i in range(points)))
        heights.append(table.sizeHint().height())
    assert heights[0] < heights[1] == heights[2] == heights[3]
    row = table.verticalHeader().defaultSectionSize()
    assert heights[1] - heights[0] == 4 * row


def test_the_number_cannot_be_edited(table):
    assert open_cell(table, 1, 0) is None
