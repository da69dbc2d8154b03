"""The tool bar keeps the views in sight, and its entries in their order, at whatever width."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from reluviz.app.actions import Actions
from reluviz.app.command_table import SPARED, VIEWS
from reluviz.app.icons import icons
from reluviz.app.tool_bar import ToolBar
from reluviz.core.palette import LIGHT


def shown(bar: ToolBar) -> list[QAction]:
    return [action for action in bar.actions() if not action.isSeparator()]


def test_what_is_on_a_menu_too_goes_first_and_comes_back_in_its_place(qtbot: QtBot) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    actions = Actions(window)
    actions.set_icons(icons(LIGHT))
    bar = window.findChild(ToolBar)
    assert bar is not None
    window.resize(1600, 400)
    window.show()
    whole = bar.actions()
    for width in (1600, 700, 560, 640, 900, 1600):
        window.resize(width, 400)
        there = bar.actions()
        assert there == [action for action in whole if action in there]
        views = [button for name in VIEWS if (button := bar.widgetForAction(actions[name])) is not None]
        assert len(views) == len(VIEWS)
        qtbot.waitUntil(lambda views=views: all(view.isVisible() for view in views), timeout=60_000)
        assert max(view.geometry().right() for view in views) <= bar.width()
    assert bar.actions() == whole
    window.resize(560, 400)
    gone = [action for action in whole if action not in bar.actions()]
    assert gone
    assert actions[SPARED[0]] in gone
