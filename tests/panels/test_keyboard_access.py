"""The panels together, as they stand in one window, under the keyboard and a screen reader."""

from collections import Counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QComboBox, QLabel, QSlider, QVBoxLayout, QWidget

from reluviz.panels.network_panel import NetworkPanel
from reluviz.panels.neurons_panel import NeuronsPanel
from reluviz.panels.number_box import NumberBox
from reluviz.panels.target_panel import TargetPanel
from reluviz.panels.training_panel import TrainingPanel
from reluviz.panels.transport_bar import TransportBar

MENU_LETTERS = "FEWTVH"  # File, Edit, Network, Training, View, Help


@pytest.fixture
def window(qtbot):
    widget = QWidget()
    layout = QVBoxLayout(widget)
    for panel in (TargetPanel, NetworkPanel, TrainingPanel, NeuronsPanel, TransportBar):
        layout.addWidget(panel())
    qtbot.addWidget(widget)
    return widget


def controls(window):
    kinds = (NumberBox, QAbstractButton, QComboBox, QSlider, QAbstractItemView)
    found = [control for kind in kinds for control in window.findChildren(kind)]
    inner = [
        part
        for control in found
        if isinstance(control, QComboBox | QAbstractItemView)
        for part in control.findChildren(QWidget)
    ]
    return [control for control in found if control not in inner]


def test_every_letter_leads_to_one_field(window):
    texts = [widget.text() for kind in (QLabel, QAbstractButton) for widget in window.findChildren(kind)]
    letters = Counter(QKeySequence.mnemonic(text).toString() for text in texts)
    del letters[""]
    assert len(letters) >= 16
    assert [letter for letter, count in letters.items() if count > 1] == []
    assert not {f"Alt+{letter}" for letter in MENU_LETTERS} & set(letters)


def test_every_control_has_a_name_and_a_tip(window):
    for control in controls(window):
        name = control.accessibleName() or getattr(control, "text", str)()
        assert name, control
        assert control.toolTip() or isinstance(control, QAbstractItemView), name


def test_every_control_is_reached_by_tab(window):
    for control in controls(window):
        assert control.focusPolicy() & Qt.FocusPolicy.TabFocus, control.accessibleName()


def test_tab_goes_down_the_panel(qtbot):
    panel = TrainingPanel()
    qtbot.addWidget(panel)
    panel.batches.full_batch.click()
    panel.stop.stops.click()
    for fold in (panel.batches, panel.stop):
        fold.set_folded(False)
    panel.show()
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)
    batches, stop = panel.batches, panel.stop
    expected = [
        panel.loss,
        panel.optimizer,
        panel.learning_rate,
        panel.details.button,
        batches.button,
        batches.full_batch,
        batches.batch_size,
        batches.batching,
        batches.shuffle,
        stop.button,
        stop.stops,
        stop.stop_step,
    ]
    panel.loss.setFocus()
    order = [panel.loss]
    for _ in expected[1:]:
        panel.focusNextPrevChild(True)
        order.append(panel.focusWidget())
    assert order == expected
