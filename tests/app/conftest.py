"""The whole program, opened by a test as often as it likes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from app_under_test import AppUnderTest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reluviz.app.main_window import MainWindow


@pytest.fixture(autouse=True)
def windows_are_closed(qapp: QApplication) -> Iterator[None]:
    """Whatever a test has left open. A window that is closed is deleted with the next events."""
    yield
    for window in qapp.topLevelWidgets():
        if isinstance(window, MainWindow):
            window.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def open_app(qtbot: QtBot) -> Iterator[Callable[..., AppUnderTest]]:
    """Opens an example, the first one by default. In the end all windows are closed and no worker is left."""
    opened: list[AppUnderTest] = []

    def open_example(example: str = "sine-by-5-relus") -> AppUnderTest:
        opened.append(AppUnderTest(qtbot, example))
        return opened[-1]

    yield open_example
    for app in opened:
        app.close()
    assert "training" not in {thread.name for thread in threading.enumerate()}
