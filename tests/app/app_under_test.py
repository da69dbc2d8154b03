"""The whole program in a test: made, shown, driven by mouse and keyboard, closed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from given_answers import GivenAnswers
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from reluviz.app.application import Application
from reluviz.core.frame import Frame
from reluviz.core.parameter import Parameter
from reluviz.document.examples import load_example

SECONDS = 60_000


class AppUnderTest:
    """An application with an example open, and what a user's hands do to it."""

    def __init__(self, qtbot: QtBot, example: str = "sine-by-5-relus", autosaves: Path | None = None) -> None:
        self.qtbot = qtbot
        self.answers = GivenAnswers()
        self.app = Application(load_example(example), questions=self.answers, autosaves=autosaves)
        self.window = self.app.window
        self.window.resize(1280, 800)
        self.app.show()
        qtbot.waitUntil(lambda: self.window.plot.repaints > 0, timeout=SECONDS)
        self.app.session.compile_kernels()
        qtbot.waitUntil(lambda: self.app.session.is_compiled, timeout=SECONDS)
        self.wait_for(lambda frame: frame.loss == frame.loss)

    def close(self) -> None:
        """Close the window, which is then deleted; harmless where that has been done already."""
        if isValid(self.window):
            self.window.close()

    @property
    def frame(self) -> Frame:
        return self.app.document.frame

    def wait_for(self, wanted: Callable[[Frame], bool]) -> Frame:
        self.qtbot.waitUntil(lambda: wanted(self.frame), timeout=SECONDS)
        return self.frame

    def wait_until(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition, timeout=SECONDS)

    def full_speed(self) -> None:
        speed = self.window.transport.speed
        speed.slider.setValue(speed.slider.maximum())

    def press_key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.window.activateWindow()
        QTest.keyClick(self.window, key, modifiers)

    def start_drag(self, parameter: Parameter, by: QPoint, steps: int = 6) -> QPoint:
        """Press on a handle and move; the button stays down. Returns where the pointer is."""
        viewport = self.window.plot.viewport()
        start = self.window.plot.handle_pixel(parameter)
        assert start is not None
        QTest.mouseMove(viewport, start)
        QTest.mousePress(viewport, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
        at = start
        for i in range(1, steps + 1):
            at = start + (QPointF(by) * (i / steps)).toPoint()
            self.move(viewport, at)
        return at

    def move(self, viewport: QWidget, at: QPoint) -> None:
        QTest.mouseMove(viewport, at)

    def release(self, at: QPoint) -> None:
        viewport = self.window.plot.viewport()
        QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)

    def drag(self, parameter: Parameter, by: QPoint) -> None:
        self.release(self.start_drag(parameter, by))

    @property
    def message(self) -> str:
        return self.window.status_line.text
