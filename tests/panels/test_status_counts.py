"""The counts above the table, the filter behind them, and what can be done to several neurons."""

from __future__ import annotations

import numpy as np
import pytest
from network_samples import every_status, one_column, random_network, three_segments
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from yardstick import times_as_dear

from reluviz.core.network import MAX_NEURONS, Network, Status
from reluviz.panels.neuron_model import Column, NeuronModel
from reluviz.panels.neurons_panel import NeuronsPanel

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def panel(qtbot: QtBot) -> NeuronsPanel:
    widget = NeuronsPanel()
    qtbot.addWidget(widget)
    widget.resize(380, 500)
    widget.show_network(every_status(), -1.0, 1.0)
    widget.show()
    return widget


def model_of(panel: NeuronsPanel) -> NeuronModel:
    model = panel.table.model()
    assert isinstance(model, NeuronModel)
    return model


def shown(panel: NeuronsPanel) -> list[int]:
    model = model_of(panel)
    return [model.neuron(row) for row in range(model.rowCount())]


def counts(panel: NeuronsPanel) -> list[str]:
    return [button.text() for button in panel.counts.buttons.values() if button.isVisible()]


def press(panel: NeuronsPanel, status: Status) -> None:
    QTest.mouseClick(panel.counts.buttons[status], LEFT)


def with_duplicate() -> Network:
    return Network([1.0, 2.0, 1.0], [0.5, 1.0, 0.0], np.ones(3))


def test_each_status_is_counted(panel: NeuronsPanel) -> None:
    assert counts(panel) == ["1 active", "1 dead", "1 off", "1 constant"]
    panel.show_network(three_segments(), -1.0, 1.0)
    assert counts(panel) == ["3 active"]


def test_a_duplicate_says_whose_and_what_to_do(panel: NeuronsPanel) -> None:
    panel.show_network(with_duplicate(), -1.0, 1.0)
    model = model_of(panel)
    assert counts(panel) == ["2 active", "1 duplicate"]
    assert model.index(1, Column.STATUS).data() == "duplicate of 1"
    assert "bends where neuron 1 does" in model.index(1, Column.STATUS).data(Qt.ItemDataRole.ToolTipRole)


def test_a_count_filters_and_again_shows_all(panel: NeuronsPanel) -> None:
    press(panel, Status.DEAD)
    assert shown(panel) == [1]
    assert model_of(panel).index(0, Column.INDEX).data() == "2"
    press(panel, Status.OFF_DOMAIN)
    assert shown(panel) == [2]
    assert not panel.counts.buttons[Status.DEAD].isChecked()
    press(panel, Status.OFF_DOMAIN)
    assert shown(panel) == [0, 1, 2, 3]


def test_the_filter_follows_the_network_and_its_button_stays(panel: NeuronsPanel) -> None:
    press(panel, Status.DEAD)
    panel.show_network(Network([1.0, 1.0, 1.0], [-7.0, 0.0, -7.0], np.ones(3)), -1.0, 1.0)
    assert shown(panel) == [0, 2]
    panel.show_network(three_segments(), -1.0, 1.0)
    assert shown(panel) == []
    assert counts(panel) == ["3 active", "0 dead"]
    press(panel, Status.DEAD)
    assert shown(panel) == [0, 1, 2]


def test_the_selected_neuron_is_never_lost_to_the_filter(panel: NeuronsPanel) -> None:
    told: list[object] = []
    panel.neuron_selected.connect(told.append)
    panel.set_highlight(0, None)
    press(panel, Status.DEAD)
    assert shown(panel) == [0, 1]
    assert panel.selected_neurons() == (0,)
    panel.set_highlight(3, None)
    assert panel.selected_neurons() == (3,)
    assert 3 in shown(panel)
    press(panel, Status.DEAD)
    assert panel.selected_neurons() == (3,)
    assert told == []


def test_several_selected_rows_stay_selected(panel: NeuronsPanel) -> None:
    panel.set_highlight(1, None)
    panel.table.setFocus()
    QTest.keyClick(panel.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert panel.selected_neurons() == (1, 2)
    press(panel, Status.OFF_DOMAIN)
    assert panel.selected_neurons() == (2,)
    panel.show_network(every_status().with_values({}), -1.0, 1.0)
    assert panel.selected_neurons() == (2,)


def test_a_filtered_row_is_selected_edited_and_hovered_as_its_own_neuron(panel: NeuronsPanel, qtbot: QtBot) -> None:
    press(panel, Status.CONSTANT)
    table = panel.table
    at = table.visualRect(table.model().index(0, Column.HIDDEN_WEIGHT)).center()
    with qtbot.waitSignal(panel.neuron_hovered) as hovered:
        QTest.mouseMove(table.viewport(), at)
    assert hovered.args == [3]
    with qtbot.waitSignal(panel.neuron_selected) as selected:
        QTest.mouseClick(table.viewport(), LEFT, pos=at)
    assert selected.args == [3]
    with qtbot.waitSignal(panel.parameter_edited) as edited:
        table.model().setData(table.model().index(0, Column.HIDDEN_WEIGHT), 2.5)
    assert edited.args[0].neuron == 3


def test_an_open_editor_keeps_its_row_while_the_filter_goes_on(panel: NeuronsPanel) -> None:
    press(panel, Status.DEAD)
    table = panel.table
    table.edit(table.model().index(0, Column.HIDDEN_BIAS))
    panel.show_network(Network([2.0, 1.0, -1.0, 0.0], [1.0, 0.0, 5.0, 1.0], np.ones(4)), -1.0, 1.0)
    assert shown(panel) == [1]


def test_delete_asks_for_all_selected_rows(panel: NeuronsPanel, qtbot: QtBot) -> None:
    panel.set_highlight(1, None)
    panel.table.setFocus()
    QTest.keyClick(panel.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    with qtbot.waitSignal(panel.deed_requested) as asked:
        QTest.keyClick(panel.table, Qt.Key.Key_Delete)
    assert asked.args == ["remove", (1, 2)]


def test_revive_shows_where_there_is_something_to_revive(panel: NeuronsPanel, qtbot: QtBot) -> None:
    assert panel.revive.isVisible()
    with qtbot.waitSignal(panel.revive_requested):
        QTest.mouseClick(panel.revive, LEFT)
    panel.show_network(three_segments(), -1.0, 1.0)
    assert not panel.revive.isVisible()


@pytest.mark.parametrize("status", [None, Status.ACTIVE])
def test_ten_thousand_neurons_ten_times_a_second(panel: NeuronsPanel, status: Status | None) -> None:
    networks = [random_network(MAX_NEURONS, seed) for seed in range(7)]
    panel.show_network(networks[0], -1.0, 1.0)
    panel.set_filter(status)
    # Measured: half as long as one of a row's numbers as text takes.
    assert times_as_dear(lambda i: panel.show_network(networks[i], -1.0, 1.0), lambda i: one_column(networks[i]), 7) < 2
