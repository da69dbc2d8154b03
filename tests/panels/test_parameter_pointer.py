"""The neurons panel says which parameter the mouse or the keyboard is at."""

from __future__ import annotations

import pytest
from network_samples import three_segments
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from reluviz.core.parameter import OUTPUT_BIAS, Kind, Parameter
from reluviz.panels.neuron_delegate import CellEdit
from reluviz.panels.neuron_model import Column
from reluviz.panels.neurons_panel import NeuronsPanel

V1 = Parameter(Kind.HIDDEN_WEIGHT, 0)
W2 = Parameter(Kind.OUTPUT_WEIGHT, 1)


@pytest.fixture
def panel(qtbot):
    panel = NeuronsPanel()
    qtbot.addWidget(panel)
    panel.resize(500, 400)
    panel.show_network(three_segments(), -1.0, 1.0)
    panel.show()
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)
    panel.padlock.setFocus()
    QTest.mouseMove(panel.table.viewport(), QPoint(300, 300))
    return panel


@pytest.fixture
def said(panel):
    heard = []
    panel.parameter_hovered.connect(heard.append)
    return heard


def place(panel, row, column):
    return panel.table.visualRect(panel.table.model().index(row, column)).center()


def test_cells_of_parameters_under_the_mouse(panel, said):
    viewport = panel.table.viewport()
    for column in (Column.HIDDEN_WEIGHT, Column.KINK, Column.HIDDEN_WEIGHT):
        QTest.mouseMove(viewport, place(panel, 0, column))
    QTest.mouseMove(viewport, place(panel, 1, Column.OUTPUT_WEIGHT))
    QTest.mouseMove(viewport, place(panel, 1, Column.OUTPUT_WEIGHT) + QPoint(2, 1))
    QApplication.sendEvent(viewport, QEvent(QEvent.Type.Leave))
    assert said == [V1, None, V1, W2, None]


def test_the_field_of_b0_by_mouse_and_by_keyboard(panel, said):
    field = panel.output_bias
    QApplication.sendEvent(field, QEnterEvent(QPoint(2, 2), QPoint(2, 2), QPoint(2, 2)))
    QApplication.sendEvent(field, QEvent(QEvent.Type.Leave))
    field.setFocus(Qt.FocusReason.TabFocusReason)
    panel.padlock.setFocus()
    assert said == [OUTPUT_BIAS, None, OUTPUT_BIAS, None]


def test_the_arrow_keys_point_as_long_as_the_table_has_them(panel, said):
    panel.table.setFocus()
    panel.table.setCurrentIndex(panel.table.model().index(0, Column.INDEX))
    QTest.keyClick(panel.table, Qt.Key.Key_Right)
    QTest.keyClick(panel.table, Qt.Key.Key_Down)
    panel.padlock.setFocus()
    assert said == [V1, Parameter(Kind.HIDDEN_WEIGHT, 1), None]


def test_an_open_editor_points_and_tells_its_beginning_and_its_end(panel, said, qtbot):
    told = []
    panel.editing_started.connect(told.append)
    panel.editing_finished.connect(lambda: told.append("finished"))
    table = panel.table
    table.setFocus()
    table.setCurrentIndex(table.model().index(1, Column.OUTPUT_WEIGHT))
    QTest.keyClick(table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(panel.focusWidget(), CellEdit))
    assert told == [W2]
    assert said[-1] == W2
    QTest.keyClick(panel.focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: told == [W2, "finished"])
