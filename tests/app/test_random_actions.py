"""Thirty random minutes, compressed: a thousand seeded actions of an unruly user, and the program lives."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable

import numpy as np
import pytest
from app_under_test import AppUnderTest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from reluviz.core.parameter import OUTPUT_BIAS, Kind, Parameter
from reluviz.document.examples import NAMES

ACTIONS = 1000
TYPED = ("0", "1", "-3.5", "7", "nan", "1e308", "-1e999", "0,25", "−2", "", "abc", "100000", "1e-9", "12345")
FORMULAS = ("x^2", "sqrt(x)", "1/x", "2x", "", "9^9^9*x", "tan(x)", "(" * 300, "step(sin(9*x))", "2*sin(x) + 5")
# A file dialog or the message box of "about" would wait for an answer.
NOT_TRIGGERED = {"about", "quit", "full_screen"}


class UnrulyUser:
    """Does what comes to mind."""

    def __init__(self, app: AppUnderTest, seed: int) -> None:
        self.app = app
        self.random = random.Random(seed)
        self.deeds: list[Callable[[], None]] = [
            self.trigger_action,
            self.trigger_action,
            self.drag_handle,
            self.drag_handle,
            self.drag_anywhere,
            self.drag_point,
            self.wheel,
            self.type_somewhere,
            self.choose_somewhere,
            self.edit_parameter,
            self.resize,
            self.open_example,
            self.scrub,
            self.choose_run,
            self.hover,
            self.change_neurons,
            self.change_speed,
            self.type_formula,
            self.answer_dialog,
        ]

    def do_something(self) -> None:
        self.random.choice(self.deeds)()
        QApplication.processEvents()

    def point(self) -> QPoint:
        viewport = self.app.window.plot.viewport()
        return QPoint(self.random.randrange(max(1, viewport.width())), self.random.randrange(max(1, viewport.height())))

    def trigger_action(self) -> None:
        name = self.random.choice(sorted(set(self.app.window.actions_.named) - NOT_TRIGGERED))
        self.app.window.actions_[name].trigger()

    def drag_handle(self) -> None:
        n = self.app.frame.network.neurons
        kind = self.random.choice([Kind.HIDDEN_BIAS, Kind.OUTPUT_WEIGHT, Kind.OUTPUT_BIAS])
        parameter = OUTPUT_BIAS if kind is Kind.OUTPUT_BIAS else Parameter(kind, self.random.randrange(n))
        if self.app.window.plot.handle_pixel(parameter) is None:
            return
        at = self.app.start_drag(parameter, QPoint(self.random.randint(-300, 300), self.random.randint(-300, 300)), 3)
        if self.random.random() < 0.3:
            self.trigger_action()
        if self.random.random() < 0.2:
            QTest.keyClick(self.app.window.plot, Qt.Key.Key_Escape)
        self.app.release(at)

    def drag_point(self) -> None:
        window = self.app.window
        if not window.actions_["edit_target"].isChecked():
            window.actions_["edit_target"].trigger()
        if window.target_bar.turn.isVisible() and self.random.random() < 0.5:
            window.target_bar.segments_requested.emit(self.random.choice([1, 2, 7, 50]))
        points, viewport = window.plot.points, window.plot.viewport()
        shown = points.shown.tolist()
        start = window.plot.viewport_pixel(points.pixel_of(self.random.choice(shown))) if shown else None
        if start is None:
            return
        QTest.mouseMove(viewport, start)
        QTest.mousePress(viewport, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
        for _ in range(2):
            QTest.mouseMove(viewport, self.point())
            if self.random.random() < 0.3:
                self.trigger_action()
        key = self.random.choice(
            [Qt.Key.Key_Escape, Qt.Key.Key_Delete, Qt.Key.Key_Up, Qt.Key.Key_Tab, Qt.Key.Key_Insert]
        )
        if self.random.random() < 0.4:
            QTest.keyClick(window.plot, key)
        QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, self.point())
        if self.random.random() < 0.4:
            QTest.keyClick(window.plot, key)

    def drag_anywhere(self) -> None:
        viewport = self.app.window.plot.viewport()
        button = self.random.choice(
            [Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton]
        )
        QTest.mousePress(viewport, button, Qt.KeyboardModifier.NoModifier, self.point())
        for _ in range(3):
            QTest.mouseMove(viewport, self.point())
        QTest.mouseRelease(viewport, button, Qt.KeyboardModifier.NoModifier, self.point())
        popup = QApplication.activePopupWidget()
        if popup is not None:
            popup.close()

    def wheel(self) -> None:
        viewport = self.app.window.plot.viewport()
        at = QPointF(self.point())
        for _ in range(self.random.choice([1, 3, 60])):
            event = QWheelEvent(
                at,
                viewport.mapToGlobal(at),
                QPoint(),
                QPoint(0, self.random.choice([-120, 120])),
                Qt.MouseButton.NoButton,
                Qt.KeyboardModifier.NoModifier,
                Qt.ScrollPhase.NoScrollPhase,
                False,
            )
            QApplication.sendEvent(viewport, event)

    def type_somewhere(self) -> None:
        fields = [field for field in self.app.window.findChildren(QAbstractSpinBox) if field.isVisible()]
        if not fields:
            return
        field = self.random.choice(fields)
        field.setFocus()
        line = field.findChild(QLineEdit)
        if line is not None and not field.isReadOnly():
            line.selectAll()
            # QTest's own typing ends the process at letters beyond ASCII.
            line.insert(self.random.choice(TYPED))
        QTest.keyClick(field, self.random.choice([Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Up, Qt.Key.Key_Escape]))

    def type_formula(self) -> None:
        line = self.app.window.target_panel.formula.line
        line.setFocus()
        line.selectAll()
        line.insert(self.random.choice(FORMULAS))
        line.setModified(True)
        line.textEdited.emit(line.text())
        if self.random.random() < 0.3:
            self.trigger_action()
        QTest.keyClick(line, self.random.choice([Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Escape, Qt.Key.Key_X]))

    def answer_dialog(self) -> None:
        for dialog in (self.app.window.data_dialog, self.app.window.export_picture_dialog):
            if dialog.isVisible():
                QTest.qWait(20)
                QTest.keyClick(dialog, self.random.choice([Qt.Key.Key_Return, Qt.Key.Key_Escape]))

    def choose_somewhere(self) -> None:
        boxes = [box for box in self.app.window.findChildren(QComboBox) if box.isVisible() and box.count()]
        if boxes:
            box = self.random.choice(boxes)
            box.setCurrentIndex(self.random.randrange(box.count()))
            box.activated.emit(box.currentIndex())

    def edit_parameter(self) -> None:
        n = self.app.frame.network.neurons
        parameter = Parameter(self.random.choice(list(Kind)[:3]), self.random.randrange(n))
        value = self.random.choice([0.0, 1.0, -1.0, 1e9, -1e9, 1e-9, self.random.gauss(0.0, 2.0)])
        self.app.window.neurons_panel.parameter_edited.emit(parameter, value)

    def resize(self) -> None:
        self.app.window.resize(*self.random.choice([(1, 1), (400, 300), (1280, 800), (1920, 1080), (900, 200)]))

    def open_example(self) -> None:
        if self.random.random() < 0.3:
            self.app.window.actions_.example_chosen.emit(self.random.choice(NAMES))

    def scrub(self) -> None:
        plot = self.app.window.loss_plot
        places = [QPoint(self.random.randrange(max(1, plot.width())), 20) for _ in range(3)]
        QTest.mousePress(plot, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, places[0])
        for at in places:
            QTest.mouseMove(plot, at)
            if self.random.random() < 0.2:
                self.trigger_action()
        QTest.mouseRelease(plot, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, places[-1])

    def choose_run(self) -> None:
        bar, timeline = self.app.window.timeline_bar, self.app.app.document.timeline
        numbers = [branch.number for branch in timeline.branches]
        if numbers:
            signal = self.random.choice([bar.run_chosen.emit, lambda number: bar.discard_requested.emit([number])])
            signal(self.random.choice(numbers))

    def hover(self) -> None:
        QTest.mouseMove(self.app.window.plot.viewport(), self.point())

    def change_neurons(self) -> None:
        self.app.window.network_panel.neurons_edited.emit(self.random.choice([1, 2, 3, 8, 30, 200]))

    def change_speed(self) -> None:
        slider = self.app.window.transport.speed.slider
        slider.setValue(self.random.randint(slider.minimum(), slider.maximum()))


@pytest.mark.parametrize("seed", [1, 2])
def test_a_thousand_random_actions_leave_the_program_alive(qtbot: QtBot, seed: int) -> None:
    app = AppUnderTest(qtbot)
    user = UnrulyUser(app, seed)
    for _ in range(ACTIONS // 2):
        user.do_something()
    app.window.resize(1280, 800)
    app.window.actions_.example_chosen.emit("sine-by-5-relus")
    app.full_speed()
    app.wait_for(lambda frame: frame.step == 0)
    app.app.playback.set_playing(True)
    app.wait_for(lambda frame: frame.step == 1000)
    assert np.isfinite(app.frame.loss)
    app.close()
    assert "training" not in {thread.name for thread in threading.enumerate()}
