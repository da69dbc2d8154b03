"""Locking and unlocking in the neurons panel, by mouse and by keyboard."""

from __future__ import annotations

import pytest
from network_samples import three_segments
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reluviz.core.parameter import OUTPUT_BIAS, Kind, Locks, Parameter, all_of_neuron
from reluviz.panels.lock_menu import LockMenu
from reluviz.panels.neuron_model import Column
from reluviz.panels.neurons_panel import NeuronsPanel

W1 = Parameter(Kind.OUTPUT_WEIGHT, 0)
W2 = Parameter(Kind.OUTPUT_WEIGHT, 1)
Told = list[tuple[object, ...]]
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def panel(qtbot: QtBot) -> NeuronsPanel:
    widget = NeuronsPanel()
    qtbot.addWidget(widget)
    widget.resize(420, 600)
    widget.show_network(three_segments(), -1.0, 1.0)
    widget.show()
    widget.activateWindow()
    qtbot.waitUntil(widget.isActiveWindow)
    return widget


@pytest.fixture
def told(panel: NeuronsPanel) -> Told:
    heard: Told = []
    panel.locks_edited.connect(lambda *edit: heard.append(edit))
    return heard


def cell(panel: NeuronsPanel, row: int, column: Column) -> QPoint:
    return panel.table.visualRect(panel.table.model().index(row, column)).center()


def open_menu(panel: NeuronsPanel, at: QPoint, reason: QContextMenuEvent.Reason) -> LockMenu:
    viewport = panel.table.viewport()
    QApplication.sendEvent(viewport, QContextMenuEvent(reason, at, viewport.mapToGlobal(at)))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, LockMenu)
    return menu


def entries(menu: LockMenu) -> list[str]:
    """Those of the locks; below the line stands what is drawn."""
    texts = [action.text() for action in menu.actions()]
    return texts[: texts.index("")]


def choose(menu: LockMenu, entry: str) -> None:
    action = next(action for action in menu.actions() if action.text() == entry)
    QTest.mouseClick(menu, LEFT, pos=menu.actionGeometry(action).center())


def test_a_right_click_locks_the_cell_or_the_neuron(panel: NeuronsPanel, told: Told) -> None:
    at = cell(panel, 1, Column.OUTPUT_WEIGHT)
    menu = open_menu(panel, at, QContextMenuEvent.Reason.Mouse)
    assert entries(menu) == ["Lock w₂", "Lock neuron 2"]
    choose(menu, "Lock w₂")
    panel.set_locked(Locks(frozenset({W2})))
    menu = open_menu(panel, at, QContextMenuEvent.Reason.Mouse)
    assert entries(menu) == ["Unlock w₂", "Lock neuron 2", "Unlock neuron 2"]
    choose(menu, "Lock neuron 2")
    menu = open_menu(panel, cell(panel, 1, Column.STATUS), QContextMenuEvent.Reason.Mouse)
    assert entries(menu) == ["Lock neuron 2", "Unlock neuron 2"]
    choose(menu, "Unlock neuron 2")
    assert told == [((W2,), True), (all_of_neuron(1), True), (all_of_neuron(1), False)]


def test_the_menu_key_opens_the_current_cells_menu(panel: NeuronsPanel, told: Told) -> None:
    panel.table.setCurrentIndex(panel.table.model().index(1, Column.OUTPUT_WEIGHT))
    menu = open_menu(panel, QPoint(), QContextMenuEvent.Reason.Keyboard)
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    assert told == [((W2,), True)]


def test_below_the_rows_there_is_no_menu(panel: NeuronsPanel) -> None:
    viewport = panel.table.viewport()
    at = QPoint(20, viewport.height() - 5)
    QApplication.sendEvent(viewport, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, viewport.mapToGlobal(at)))
    assert QApplication.activePopupWidget() is None


def test_a_click_on_a_cells_padlock_unlocks_it(panel: NeuronsPanel, told: Told) -> None:
    rect = panel.table.visualRect(panel.table.model().index(1, Column.OUTPUT_WEIGHT))
    padlock = QPoint(rect.left() + 5, rect.center().y())
    QTest.mouseClick(panel.table.viewport(), LEFT, pos=padlock)
    assert told == [], "where there is no padlock, none is opened"
    panel.set_locked(Locks(frozenset({W2})))
    QTest.mouseClick(panel.table.viewport(), LEFT, pos=QPoint(rect.right() - 3, rect.center().y()))
    assert told == []
    QTest.mouseClick(panel.table.viewport(), LEFT, pos=padlock)
    assert told == [((W2,), False)]


def test_the_output_bias_has_a_padlock_of_its_own(panel: NeuronsPanel, told: Told) -> None:
    QTest.mouseClick(panel.padlock, LEFT)
    assert not panel.padlock.isChecked(), "it shows what holds"
    panel.set_locked(Locks(frozenset({OUTPUT_BIAS})))
    assert panel.padlock.isChecked()
    assert panel.output_bias.isReadOnly()
    panel.padlock.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(panel.padlock, Qt.Key.Key_Space)
    assert told == [((OUTPUT_BIAS,), True), ((OUTPUT_BIAS,), False)]


def test_locking_moves_nothing(panel: NeuronsPanel) -> None:
    before = panel.padlock.geometry(), panel.output_bias.geometry(), panel.table.geometry()
    panel.set_locked(Locks(frozenset({OUTPUT_BIAS, W2})))
    QApplication.processEvents()
    assert (panel.padlock.geometry(), panel.output_bias.geometry(), panel.table.geometry()) == before


def test_what_a_key_acts_on(panel: NeuronsPanel) -> None:
    assert panel.current_parameters() == ()
    QTest.mouseClick(panel.table.viewport(), LEFT, pos=cell(panel, 0, Column.OUTPUT_WEIGHT))
    assert panel.current_parameters() == (W1,)
    QTest.keyClick(panel.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert panel.current_parameters() == (W1, W2)
    QTest.mouseClick(panel.table.viewport(), LEFT, pos=cell(panel, 1, Column.INDEX))
    assert panel.current_parameters() == all_of_neuron(1)
