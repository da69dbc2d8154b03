"""Hostile files dropped on the window: a calm line where they are no data, else a table to look at."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from app_under_test import AppUnderTest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

FOLDER = Path(__file__).parents[1] / "document" / "hostile_tables"


@pytest.fixture
def app(qtbot: QtBot) -> Iterator[AppUnderTest]:
    app = AppUnderTest(qtbot)
    app.window.activateWindow()
    yield app
    app.window.close()


def test_every_hostile_file_is_answered_and_changes_nothing_by_itself(app: AppUnderTest) -> None:
    dialog, before = app.window.data_dialog, app.app.document.state

    def is_settled() -> bool:
        return dialog.isVisible() and (dialog.ok.isEnabled() or dialog.problem.isVisible())

    usable, refused = [], []
    for path in sorted(FOLDER.iterdir()):
        app.window.table_dropped.emit(path)
        app.wait_until(is_settled)
        text = dialog.problem.text()
        assert dialog.ok.isEnabled() or (text and "\n" not in text and text.isprintable()), path.name
        (usable if dialog.ok.isEnabled() else refused).append(path.stem)
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        app.wait_until(dialog.isHidden)
        assert app.app.document.state is before
    assert (len(usable), len(refused)) == (20, 20)
