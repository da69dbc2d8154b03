"""Hiding, showing and solo in the neurons panel: clicks on the discs, and the context menu."""

from __future__ import annotations

import numpy as np
import pytest
from network_samples import three_segments
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reluviz.core.palette import DARK, LIGHT, Palette
from reluviz.core.picture import Picture
from reluviz.panels.neuron_menu import NeuronMenu
from reluviz.panels.neuron_model import Column
from reluviz.panels.neuron_swatch import PADDING, swatch_side
from reluviz.panels.neurons_panel import NeuronsPanel

LEFT = Qt.MouseButton.LeftButton
ALT = Qt.KeyboardModifier.AltModifier
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def panel(qtbot: QtBot) -> NeuronsPanel:
    """It shows what it asks for, as the program does."""
    widget = NeuronsPanel()
    qtbot.addWidget(widget)
    widget.resize(420, 600)
    widget.show_network(three_segments(), -1.0, 1.0)
    widget.picture_edited.connect(widget.set_picture)
    widget.show()
    widget.activateWindow()
    qtbot.waitUntil(widget.isActiveWindow)
    return widget


def disc(panel: NeuronsPanel, row: int) -> QPoint:
    cell = panel.table.visualRect(panel.table.model().index(row, Column.INDEX))
    return QPoint(cell.left() + PADDING + swatch_side(panel.table.fontMetrics()) // 2, cell.center().y())


def click(panel: NeuronsPanel, row: int, modifiers: Qt.KeyboardModifier = NONE) -> None:
    QTest.mouseClick(panel.table.viewport(), LEFT, modifiers, disc(panel, row))


def double_click(panel: NeuronsPanel, row: int) -> None:
    """As a mouse does it: a click, then the second press, which comes as a double-click, and its release."""
    viewport = panel.table.viewport()
    click(panel, row)
    QTest.mouseDClick(viewport, LEFT, NONE, disc(panel, row))


def drawn(panel: NeuronsPanel) -> list[int]:
    return panel.table.model().picture.drawn(3).tolist()


def test_a_click_hides_and_shows(panel: NeuronsPanel) -> None:
    click(panel, 1)
    assert drawn(panel) == [0, 2]
    click(panel, 0)
    assert drawn(panel) == [2]
    click(panel, 1)
    assert drawn(panel) == [1, 2]


def test_a_click_beside_the_disc_only_selects(panel: NeuronsPanel, qtbot: QtBot) -> None:
    cell = panel.table.visualRect(panel.table.model().index(1, Column.INDEX))
    with qtbot.waitSignal(panel.neuron_selected) as selected:
        QTest.mouseClick(panel.table.viewport(), LEFT, NONE, QPoint(cell.right() - 3, cell.center().y()))
    assert selected.args == [1]
    QTest.mouseClick(panel.table.viewport(), Qt.MouseButton.RightButton, NONE, disc(panel, 1))
    assert drawn(panel) == [0, 1, 2]


def test_alt_click_shows_it_alone_and_the_others_again(panel: NeuronsPanel) -> None:
    click(panel, 0)
    click(panel, 1, ALT)
    assert drawn(panel) == [1]
    click(panel, 1, ALT)
    assert drawn(panel) == [1, 2], "what was hidden before stays hidden"


@pytest.mark.parametrize("before", [Picture(), Picture(hidden=frozenset({1})), Picture(solo=0), Picture(solo=1)])
def test_a_double_click_is_a_solo_and_nothing_of_its_first_click_is_left(panel: NeuronsPanel, before: Picture) -> None:
    panel.set_picture(before)
    double_click(panel, 1)
    assert panel.table.model().picture == before.solo_toggled(1)
    click(panel, 2)
    assert panel.table.model().picture == before.solo_toggled(1).hide_toggled(2, 3), "the next click is one again"


def test_setting_the_picture_is_silent(panel: NeuronsPanel) -> None:
    told: list[object] = []
    panel.picture_edited.connect(told.append)
    panel.set_picture(Picture(solo=2))
    assert told == []


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_the_disc_is_hollow_where_the_neuron_is_hidden(panel: NeuronsPanel, palette: Palette) -> None:
    panel.set_palette(palette)

    def middle(row: int) -> np.ndarray:
        return np.array(panel.table.viewport().grab().toImage().pixelColor(disc(panel, row)).getRgb()[:3])

    colour = np.array(QColor(palette.neuron(1)).getRgb()[:3])
    assert np.abs(middle(1) - colour).max() <= 8
    panel.set_picture(Picture(hidden=frozenset({1})))
    assert np.abs(middle(1) - colour).max() > 60
    assert np.abs(middle(2) - np.array(QColor(palette.neuron(2)).getRgb()[:3])).max() <= 8


def test_rows_that_a_solo_hides_are_faint(panel: NeuronsPanel) -> None:
    def darkest(row: int) -> int:
        cell = panel.table.visualRect(panel.table.model().index(row, Column.HIDDEN_WEIGHT))
        image = panel.table.viewport().grab(cell).toImage()
        return min(image.pixelColor(x, y).lightness() for x in range(image.width()) for y in range(image.height()))

    before = darkest(0)
    panel.set_picture(Picture(solo=1))
    assert darkest(0) > before + 60
    assert darkest(1) <= before + 8
    panel.set_picture(Picture(hidden=frozenset({0})))
    assert darkest(0) <= before + 8, "a hidden neuron's numbers are still there to be read and set"


def test_the_tooltip_says_what_a_click_does(panel: NeuronsPanel) -> None:
    model = panel.table.model()

    def tip(row: int) -> str:
        return str(model.data(model.index(row, Column.INDEX), Qt.ItemDataRole.ToolTipRole))

    assert "A click on the disc hides it, Alt+click or a double-click shows it alone." in tip(0)
    assert "Only the drawing changes: the output stays that of the whole network." in tip(0)
    panel.set_picture(Picture(hidden=frozenset({0}), solo=None))
    assert "Neuron 1 is not drawn\nA click on the disc shows it" in tip(0)
    panel.set_picture(Picture(solo=0))
    assert "Neuron 1: drawn alone\nA click on the disc shows the others again" in tip(0)
    assert "Neuron 2 is not drawn" in tip(1)


def offered(panel: NeuronsPanel, row: int) -> NeuronMenu:
    viewport, at = panel.table.viewport(), disc(panel, row)
    QApplication.sendEvent(viewport, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, viewport.mapToGlobal(at)))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, NeuronMenu)
    return menu


def choose(panel: NeuronsPanel, row: int, entry: str) -> None:
    menu = offered(panel, row)
    action = next(action for action in menu.actions() if action.text() == entry)
    menu.setActiveAction(action)
    QTest.keyClick(menu, Qt.Key.Key_Return)


def test_the_context_menu_hides_shows_and_solos(panel: NeuronsPanel) -> None:
    choose(panel, 1, "Hide neuron 2")
    assert drawn(panel) == [0, 2]
    choose(panel, 1, "Show neuron 2")
    assert drawn(panel) == [0, 1, 2]
    choose(panel, 2, "Show neuron 3 alone")
    assert drawn(panel) == [2]
    choose(panel, 2, "Show the others again")
    assert drawn(panel) == [0, 1, 2]
    choose(panel, 0, "Hide neuron 1")
    choose(panel, 2, "Show all neurons")
    assert drawn(panel) == [0, 1, 2]
    menu = offered(panel, 0)
    assert [action.text() for action in menu.actions() if not action.isEnabled()] == [
        "Show all neurons",
        "Revive neuron 1",
    ]
    menu.close()


def test_the_context_menu_still_locks(panel: NeuronsPanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.locks_edited) as locked:
        choose(panel, 1, "Lock neuron 2")
    assert len(locked.args[0]) == 3
