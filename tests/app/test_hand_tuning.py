"""The source's example tuned by hand: by mouse alone, and by keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from app_under_test import AppUnderTest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from reluviz.core.parameter import OUTPUT_BIAS, Kind, Parameter, all_of_neuron
from reluviz.document.examples import load_example

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
POINTS = ((-1.0, -1.0), (-0.5, 1.0), (0.0, -1.0), (1.0, 0.0))
SCATTERED = (-0.7, -0.15, 0.45)
HEIGHTS = (8.0, -12.0, 5.0)
"""Where the rays end at x = 1: w·(1 − kink) for w = 4, −8, 5."""


@pytest.fixture
def blank(qtbot: QtBot) -> Iterator[AppUnderTest]:
    app = AppUnderTest(qtbot, "three-segments-blank")
    yield app
    app.close()


def kink(j: int) -> Parameter:
    return Parameter(Kind.HIDDEN_BIAS, j)


def ray_end(j: int) -> Parameter:
    return Parameter(Kind.OUTPUT_WEIGHT, j)


def drag_to(app: AppUnderTest, parameter: Parameter, x: float, y: float, off: QPoint) -> None:
    """Drag a handle to a place in data, `off` by some pixels."""
    plot = app.window.plot
    at = plot.handle_pixel(parameter)
    assert at is not None
    app.release(app.start_drag(parameter, plot.pixel_at(x, y) + off - at, steps=12))


def select_row(app: AppUnderTest, j: int) -> None:
    # The pointer leaves the plot on the way.
    QTest.mouseMove(app.window.plot.viewport(), QPoint(3, 3))
    table = app.window.neurons_panel.table
    at = table.visualRect(table.model().index(j, 0)).center()
    QTest.mouseClick(table.viewport(), LEFT, NONE, at)


def make_room(app: AppUnderTest, height: float) -> None:
    """Drag with the right button, up and down alone, until the view is that high to both sides of 0."""
    viewport, right = app.window.plot.viewport(), Qt.MouseButton.RightButton
    while app.window.plot.view_range[1][1] < height:
        at = app.window.plot.pixel_at(0.3, 0.0)
        QTest.mouseMove(viewport, at)
        QTest.mousePress(viewport, right, NONE, at)
        for step in range(1, 11):
            QTest.mouseMove(viewport, at + QPoint(0, 3 * step))
        QTest.mouseRelease(viewport, right, NONE, at + QPoint(0, 30))


def test_three_kinks_three_rays_and_b0_by_mouse_alone(blank: AppUnderTest) -> None:
    app = blank
    before = app.frame.network
    # The rays are flat at first, so their kinks lie on the zero line: out of place, then where the segments begin.
    for j, x in enumerate(SCATTERED):
        drag_to(app, kink(j), x, 0.0, QPoint(0, 0))
    for j, (x, _) in enumerate(POINTS[:3]):
        drag_to(app, kink(j), x, 0.0, QPoint(4, 6))
    assert np.allclose(app.frame.network.kinks, [-1.0, -0.5, 0.0], atol=1e-12)
    drag_to(app, OUTPUT_BIAS, *POINTS[0], off=QPoint(-8, 4))
    make_room(app, 13.0)
    for j, height in enumerate(HEIGHTS):
        select_row(app, j)
        drag_to(app, ray_end(j), 1.0, height, QPoint(10, 0))
    app.wait_for(lambda frame: frame.loss < 1e-4)
    assert app.frame.loss < 1e-20
    assert app.frame.network.vector == pytest.approx([1, 1, 1, 1, 0.5, 0, 4, -8, 5, -1])
    stack = app.app.document.undo_stack
    assert stack.undoText() == "drag w₃"
    while stack.canUndo():
        app.press_key(Qt.Key.Key_Z, CONTROL)
    assert app.frame.network.same_as(before)


class Keyboard:
    """Keys to whatever has the focus."""

    def __init__(self, app: AppUnderTest) -> None:
        self.app = app
        app.window.activateWindow()
        app.wait_until(app.window.isActiveWindow)

    def press(self, key: Qt.Key, keys: Qt.KeyboardModifier = NONE, times: int = 1) -> None:
        for _ in range(times):
            QTest.keyClick(self.app.window.focusWidget() or self.app.window, key, keys)

    def tab_to_plot(self) -> None:
        for _ in range(60):
            if self.app.window.plot.hasFocus():
                return
            self.press(Qt.Key.Key_Tab)
        raise AssertionError("Tab does not come to the plot")

    def bring(self, value: float, parameter: Parameter, keys: tuple[Qt.Key, Qt.Key]) -> None:
        """Nudge until a parameter has a value: coarse, then as usual, then fine. `keys` lower and raise it."""
        for modifier in (CONTROL, NONE, SHIFT):
            for _ in range(300):
                now = self.app.frame.network[parameter]
                before = abs(value - now)
                if before < 1e-12:
                    return
                self.press(keys[value > now], modifier)
                if abs(value - self.app.frame.network[parameter]) >= before:
                    self.press(keys[value <= now], modifier)
                    break


def test_the_same_by_keyboard_alone(blank: AppUnderTest) -> None:
    app, keyboard = blank, Keyboard(blank)
    before = app.frame.network
    keyboard.tab_to_plot()
    vertical, to_the_left = (Qt.Key.Key_Down, Qt.Key.Key_Up), (Qt.Key.Key_Right, Qt.Key.Key_Left)
    keyboard.press(Qt.Key.Key_0)
    keyboard.bring(-1.0, OUTPUT_BIAS, vertical)
    for j, (x, _) in enumerate(POINTS[:3]):
        keyboard.press(Qt.Key.Key_N)
        assert app.app.wiring.selection.selected == j
        keyboard.press(Qt.Key.Key_B)
        keyboard.press(Qt.Key.Key_Right, CONTROL, 2)
        assert app.frame.network.kinks[j] > x + 0.1
        # A larger bias puts the kink further to the left.
        keyboard.bring(-x, kink(j), to_the_left)
    for j, weight in enumerate((4.0, -8.0, 5.0)):
        keyboard.press(Qt.Key.Key_N)
        keyboard.press(Qt.Key.Key_W)
        keyboard.bring(weight, ray_end(j), vertical)
    app.wait_for(lambda frame: frame.loss < 1e-4)
    stack = app.app.document.undo_stack
    # Nudges of one parameter in a row are one step.
    assert [stack.text(i) for i in range(stack.count())] == [
        f"nudge {name}" for name in ("b₀", "b₁", "b₂", "b₃", "w₁", "w₂", "w₃")
    ]
    for _ in range(7):
        keyboard.press(Qt.Key.Key_Z, CONTROL)
    assert app.frame.network.same_as(before)


def test_turning_by_shift_is_one_undo_step(blank: AppUnderTest) -> None:
    app, plot = blank, blank.window.plot
    app.app.editing.set_parameter(ray_end(2), 1.0)
    before = app.frame.network
    at = plot.handle_pixel(ray_end(2))
    assert at is not None
    app.start_drag(ray_end(2), QPoint(0, 20))
    QTest.keyPress(plot, Qt.Key.Key_Shift)
    v, _, w = all_of_neuron(2)
    network = app.frame.network
    # What was done the other way is put back.
    assert network[w] == before[w]
    assert network[v] < before[v]
    assert network.kinks[2] == pytest.approx(before.kinks[2], abs=1e-12)
    app.release(at + QPoint(0, 20))
    stack = app.app.document.undo_stack
    assert stack.count() == 2
    assert stack.undoText() == "drag w₃"
    stack.undo()
    assert app.frame.network.same_as(before)


def test_snapping_is_switched_off_and_remembered(blank: AppUnderTest, qtbot: QtBot) -> None:
    app = blank
    assert app.window.actions_["snap"].isChecked()
    app.press_key(Qt.Key.Key_G)
    assert not app.window.plot.snapping.is_on
    assert "Not snapping" in app.message
    drag_to(app, OUTPUT_BIAS, -1.0, -1.0, QPoint(-8, 4))
    assert app.frame.network.output_bias != -1.0
    again = AppUnderTest(qtbot, "three-segments")
    assert not again.window.actions_["snap"].isChecked()
    assert not again.window.plot.snapping.is_on
    again.press_key(Qt.Key.Key_G)
    assert again.window.plot.snapping.is_on
    again.close()


def test_a_smooth_target_has_a_grid_and_no_points(qtbot: QtBot) -> None:
    app = AppUnderTest(qtbot)
    for example, points in (("sine-by-5-relus", 0), ("three-segments", 4)):
        app.app.files.show_document(load_example(example), None)
        ground = app.window.plot.snapping.ground(NONE)
        assert ground is not None
        assert len(ground.points) == points
    app.close()
