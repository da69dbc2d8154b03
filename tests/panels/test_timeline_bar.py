"""The strip below the loss: what it offers, what it says, and what is silent."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from reluviz.core.palette import DARK, LIGHT
from reluviz.core.run_text import RunEntry
from reluviz.panels.timeline_bar import SPEEDS, TimelineBar

TEXTS = ("step 1 of 20, of which this is the first — recorded", "step 1 — recorded", "")


@pytest.fixture
def window(qtbot):
    # A strip that is a window of its own would not be as narrow as it can be.
    window = QWidget()
    qtbot.addWidget(window)
    return window


@pytest.fixture
def bar(window):
    bar = TimelineBar(window)
    bar.resize(700, 30)
    window.show()
    return bar


def click(button) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_in_the_past_it_offers_to_train_from_there_and_the_way_back(bar, qtbot):
    bar.show_state(True, False, ("present",))
    assert bar.train.isHidden()
    assert bar.present.isHidden()
    bar.show_state(True, True, TEXTS)
    with qtbot.waitSignal(bar.train_requested):
        click(bar.train)
    with qtbot.waitSignal(bar.present_requested):
        click(bar.present)


def test_replay_in_both_directions(bar):
    asked = []
    bar.replay_toggled.connect(asked.append)
    bar.show_state(True, False, ("",))
    click(bar.forward)
    click(bar.back)
    assert asked == [1, -1]
    bar.show_replay(-1)
    assert (bar.back.isChecked(), bar.forward.isChecked()) == (True, False)
    bar.show_replay(0)
    assert not bar.back.isChecked()
    assert asked == [1, -1]


def test_without_a_recording_there_is_nothing_to_press(bar):
    for part in (bar.back, bar.forward, bar.speed, bar.runs):
        assert not part.isEnabled()
    bar.show_state(True, False, ("",))
    assert all(part.isEnabled() for part in (bar.back, bar.forward, bar.speed, bar.runs))


def test_every_speed_can_be_chosen(bar):
    assert bar.speed_factor == 1.0
    for i, factor in enumerate(SPEEDS):
        bar.speed.setCurrentIndex(i)
        assert bar.speed_factor == factor


def test_it_says_as_much_as_there_is_room_for_and_stands_out_in_the_past(bar):
    bar.show_state(True, True, TEXTS)
    said = []
    for width in range(1400, 279, -20):
        bar.resize(width, 30)
        said.append(bar.text.text())
    # However wide the letters of the style are that is in force.
    assert list(dict.fromkeys(said))[:3] == list(TEXTS)
    assert bar.text.text() == ""
    assert bar.text.toolTip() == TEXTS[0]
    assert bar.speed.isHidden()
    assert bar.train.text() == "Train"
    bar.resize(1400, 30)
    assert not bar.speed.isHidden()
    assert bar.train.text() == "Train from here"
    for palette in (LIGHT, DARK):
        bar.set_palette(palette)
        assert bar.text.palette().windowText().color().name() == palette.accent
    assert bar.text.font().bold()
    bar.show_state(True, False, TEXTS)
    assert bar.text.palette().windowText().color().name() == DARK.muted


def test_the_menu_has_the_actions_and_lists_runs_where_there_are_several(bar):
    action = QAction("Keep", bar)
    bar.offer([action])
    bar.show_runs([RunEntry(1, "Run 1", True, True)])
    bar.menu.aboutToShow.emit()
    assert bar.menu.actions() == [action]
    bar.show_runs([RunEntry(1, "Run 1", False, False), RunEntry(4, "Run 4", True, True)])
    bar.menu.aboutToShow.emit()
    entries = {entry.text(): entry for entry in bar.menu.actions()}
    assert list(entries) == ["Keep", "", "Run 1", "Run 4", "&Discard"]
    assert (entries["Run 1"].isChecked(), entries["Run 4"].isChecked()) == (False, True)
    chosen, discarded = [], []
    bar.run_chosen.connect(chosen.append)
    bar.discard_requested.connect(discarded.append)
    entries["Run 1"].trigger()
    discard = {entry.text(): entry for entry in entries["&Discard"].menu().actions()}
    assert "Run 4" not in discard, "not the present one"
    discard["Run 1"].trigger()
    discard["&All but the present run"].trigger()
    assert chosen == [1]
    assert discarded == [[1], [1]]
