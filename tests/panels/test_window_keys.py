"""The panels in a window whose commands have plain keys: Space plays, '.' takes a step."""

import pytest
from network_samples import three_segments
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow, QVBoxLayout, QWidget

from reluviz.panels.network_panel import NetworkPanel
from reluviz.panels.neuron_delegate import CellEdit
from reluviz.panels.neuron_model import Column
from reluviz.panels.neurons_panel import NeuronsPanel


@pytest.fixture
def window(qtbot):
    widget = QMainWindow()
    centre = QWidget()
    layout = QVBoxLayout(centre)
    widget.neurons, widget.network = NeuronsPanel(), NetworkPanel()
    layout.addWidget(widget.neurons)
    layout.addWidget(widget.network)
    widget.setCentralWidget(centre)
    widget.neurons.show_network(three_segments(), -1.0, 1.0)
    qtbot.addWidget(widget)
    widget.show()
    widget.activateWindow()
    qtbot.waitUntil(widget.isActiveWindow)
    return widget


@pytest.fixture
def told(window):
    heard = []
    for key in ("Space", ".", "Ctrl+."):
        action = QAction(key, window)
        action.setShortcut(QKeySequence(key))
        action.triggered.connect(lambda _=False, key=key: heard.append(key))
        window.addAction(action)
    window.neurons.parameter_edited.connect(lambda parameter, value: heard.append(value))
    window.network.neurons_edited.connect(heard.append)
    window.neurons.refused.connect(heard.append)
    window.network.refused.connect(heard.append)
    return heard


def focus(window):
    return window.focusWidget()


def test_a_number_then_return_then_space(window, told):
    edit = window.neurons.output_bias
    edit.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClicks(edit, "2.5")
    assert told == []
    QTest.keyClick(focus(window), Qt.Key.Key_Return)
    QTest.keyClick(focus(window), Qt.Key.Key_Space)
    QTest.keyClick(focus(window), Qt.Key.Key_Space)
    assert told == [2.5, "Space", "Space"]
    assert edit.text() == "2.5"


def test_a_count_then_return_then_space(window, told):
    edit = window.network.neurons
    edit.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClicks(edit, "12")
    QTest.keyClick(focus(window), Qt.Key.Key_Return)
    QTest.keyClick(focus(window), Qt.Key.Key_Space)
    assert told == [12, "Space"]


def test_space_in_the_middle_of_typing(window, told):
    edit = window.neurons.output_bias
    edit.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClicks(edit, "2")
    QTest.keyClick(edit, Qt.Key.Key_Space)
    QTest.keyClicks(edit, "5")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert told == ["Space", 25.0]


def test_what_is_typed_after_return_takes_the_numbers_place(window, told):
    edit = window.neurons.output_bias
    edit.setFocus(Qt.FocusReason.TabFocusReason)
    for number in ("2.5", ".75"):
        QTest.keyClicks(edit, number)
        QTest.keyClick(focus(window), Qt.Key.Key_Return)
    assert told == [2.5, 0.75]


def test_commands_with_ctrl_work_while_a_field_has_the_focus(window, told):
    edit = window.neurons.output_bias
    edit.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(edit, Qt.Key.Key_Period, Qt.KeyboardModifier.ControlModifier)
    assert told == ["Ctrl+."]
    assert edit.text() == "−1"


def test_a_cell_then_return_then_space(window, told, qtbot):
    table = window.neurons.table
    table.setFocus()
    table.setCurrentIndex(table.model().index(1, Column.OUTPUT_WEIGHT))
    QTest.keyClick(table, Qt.Key.Key_Return)
    edit = table.findChild(CellEdit)
    QTest.keyClicks(edit, "0.25")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    qtbot.waitUntil(table.hasFocus)
    QTest.keyClick(focus(window), Qt.Key.Key_Space)
    assert told == [0.25, "Space"]


def test_space_in_an_open_cell(window, told):
    table = window.neurons.table
    table.setFocus()
    table.setCurrentIndex(table.model().index(1, Column.OUTPUT_WEIGHT))
    QTest.keyClick(table, Qt.Key.Key_Return)
    edit = table.findChild(CellEdit)
    QTest.keyClick(edit, Qt.Key.Key_Space)
    assert told == ["Space"]
    assert edit.isVisible()


def test_keys_with_ctrl_that_lead_through_time_are_the_windows_in_number_fields(window, told):
    for key in ("Ctrl+Home", "Ctrl+End", "Ctrl+PgUp", "Ctrl+PgDown"):
        action = QAction(key, window)
        action.setShortcut(QKeySequence(key))
        action.triggered.connect(lambda _=False, key=key: told.append(key))
        window.addAction(action)
    ctrl = Qt.KeyboardModifier.ControlModifier
    for edit in (window.neurons.output_bias, window.network.neurons):
        edit.setFocus(Qt.FocusReason.TabFocusReason)
        text = edit.text()
        for key in (Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            QTest.keyClick(edit, key, ctrl)
        assert told == ["Ctrl+Home", "Ctrl+End", "Ctrl+PgUp", "Ctrl+PgDown"]
        assert edit.text() == text
        QTest.keyClick(edit, Qt.Key.Key_End)
        assert len(told) == 4, "without Ctrl they are the number's"
        told.clear()
