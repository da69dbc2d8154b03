"""Nudging a value in the table of neurons."""

from __future__ import annotations

import pytest
from network_samples import three_segments
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from reluviz.core.parameter import Kind, Locks, Parameter
from reluviz.panels.neuron_model import Column
from reluviz.panels.neurons_panel import NeuronsPanel

ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
W2 = Parameter(Kind.OUTPUT_WEIGHT, 1)


@pytest.fixture
def panel(qtbot):
    widget = NeuronsPanel()
    qtbot.addWidget(widget)
    widget.show_network(three_segments(), -1.0, 1.0)
    widget.table.setCurrentIndex(widget.table.model().index(1, Column.OUTPUT_WEIGHT))
    return widget


@pytest.mark.parametrize(
    ("key", "keys", "value"),
    [
        (Qt.Key.Key_Up, ALT, -7.9),
        (Qt.Key.Key_Down, ALT, -8.1),
        (Qt.Key.Key_Up, ALT | SHIFT, -7.99),
        (Qt.Key.Key_Down, ALT | CONTROL, -9.0),
    ],
)
def test_alt_and_an_arrow_nudge_the_current_cell(panel, qtbot, key, keys, value):
    with qtbot.waitSignal(panel.parameter_nudged) as told:
        QTest.keyClick(panel.table, key, keys)
    assert told.args == [W2, value]
    assert panel.table.currentIndex().row() == 1


def test_a_locked_value_is_asked_for_too_so_that_it_can_be_refused(panel, qtbot):
    panel.set_locked(Locks(frozenset({W2})))
    with qtbot.waitSignal(panel.parameter_nudged):
        QTest.keyClick(panel.table, Qt.Key.Key_Up, ALT)


def test_a_cell_without_a_parameter_says_so(panel, qtbot):
    panel.table.setCurrentIndex(panel.table.model().index(1, Column.STATUS))
    with qtbot.waitSignal(panel.refused) as told, qtbot.assertNotEmitted(panel.parameter_nudged):
        QTest.keyClick(panel.table, Qt.Key.Key_Up, ALT)
    assert "v, b or w" in told.args[0]
