"""The page of keys and gestures fits the screen."""

from __future__ import annotations

import pytest
from app_under_test import AppUnderTest
from PySide6.QtWidgets import QLabel, QScrollArea
from pytestqt.qtbot import QtBot

from reluviz.app.shortcuts_dialog import ShortcutsDialog


@pytest.fixture
def app(qtbot: QtBot) -> AppUnderTest:
    return AppUnderTest(qtbot)


@pytest.mark.parametrize("larger", [0, 4])
def test_no_line_is_cut_at_any_letter_size(app: AppUnderTest, qtbot: QtBot, larger: int) -> None:
    for _ in range(larger):
        app.window.actions_["larger_text"].trigger()
    dialog = ShortcutsDialog(app.window.actions_, app.window)
    with qtbot.waitExposed(dialog):
        dialog.show()
    area = dialog.findChild(QScrollArea)
    assert area is not None
    page = area.widget()
    qtbot.waitUntil(lambda: page.width() <= area.viewport().width())
    screen = dialog.screen().availableSize()
    assert dialog.width() <= screen.width()
    assert dialog.height() <= screen.height()
    for label in page.findChildren(QLabel):
        assert label.geometry().right() <= page.width()
        assert label.heightForWidth(label.width()) <= label.height()
