"""The target under the hand: its points on the plot, in the table and in the bar, by mouse and keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from app_under_test import AppUnderTest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolBar, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from reluviz.app.preferences import Preferences
from reluviz.core.data_target import DataTarget
from reluviz.core.palette import LIGHT
from reluviz.core.parameter import Kind, Parameter
from reluviz.core.target import FunctionTarget, PointsTarget, Target

LEFT = Qt.MouseButton.LeftButton
RIGHT = Qt.MouseButton.RightButton
NONE = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
SOURCE = ((-1.0, -1.0), (-0.5, 1.0), (0.0, -1.0), (1.0, 0.0))


class Editor:
    """The mode, and a hand in it."""

    def __init__(self, app: AppUnderTest) -> None:
        self.app = app
        self.window = app.window
        self.plot = app.window.plot
        self.bar = app.window.target_bar
        self.table = app.window.target_panel.points_table

    @property
    def target(self) -> Target:
        return self.app.app.document.state.target

    @property
    def points(self) -> tuple[tuple[float, float], ...]:
        assert isinstance(self.target, PointsTarget)
        return self.target.points

    @property
    def steps(self) -> list[str]:
        stack = self.app.app.document.undo_stack
        return [stack.text(i) for i in range(stack.index())]

    def pixel(self, point: int) -> QPoint:
        at = self.plot.viewport_pixel(self.plot.points.pixel_of(point))
        assert at is not None
        return at

    def hover(self, at: QPoint) -> None:
        QTest.mouseMove(self.plot.viewport(), at + QPoint(2, 2))
        QTest.mouseMove(self.plot.viewport(), at)

    def start(self, at: QPoint, to: QPoint, keys: Qt.KeyboardModifier = NONE) -> None:
        """Press and move; the button stays down."""
        viewport = self.plot.viewport()
        self.hover(at)
        QTest.mousePress(viewport, LEFT, NONE, at)
        for part in (1, 2, 3):
            self.move(at + (to - at) * part / 3, keys)

    def move(self, to: QPoint, keys: Qt.KeyboardModifier = NONE) -> None:
        # Keys held count for the mouse while they are down.
        viewport = self.plot.viewport()
        if keys:
            move_with(viewport, to, keys)
        else:
            QTest.mouseMove(viewport, to)

    def release(self, at: QPoint, keys: Qt.KeyboardModifier = NONE) -> None:
        QTest.mouseRelease(self.plot.viewport(), LEFT, keys, at)

    def drag(self, at: QPoint, to: QPoint, keys: Qt.KeyboardModifier = NONE) -> None:
        self.start(at, to, keys)
        self.release(to, keys)

    def click(self, at: QPoint, button: Qt.MouseButton = LEFT) -> None:
        self.hover(at)
        QTest.mouseClick(self.plot.viewport(), button, NONE, at)

    def double_click(self, at: QPoint) -> None:
        self.click(at)
        QTest.mouseDClick(self.plot.viewport(), LEFT, NONE, at)
        QTest.mouseRelease(self.plot.viewport(), LEFT, NONE, at)

    def key(self, key: Qt.Key, keys: Qt.KeyboardModifier = NONE) -> None:
        QTest.keyClick(self.plot, key, keys)


def move_with(viewport: QWidget, to: QPoint, keys: Qt.KeyboardModifier) -> None:
    """A movement with keys held, which QTest.mouseMove has no argument for."""
    at = QPointF(to)
    event = QMouseEvent(QEvent.Type.MouseMove, at, viewport.mapToGlobal(at), LEFT, LEFT, keys)
    QApplication.sendEvent(viewport, event)


@pytest.fixture
def make(qtbot: QtBot) -> Iterator[Callable[[str], Editor]]:
    opened: list[AppUnderTest] = []

    def open_example(example: str) -> Editor:
        app = AppUnderTest(qtbot, example)
        opened.append(app)
        app.window.activateWindow()
        app.press_key(Qt.Key.Key_T)
        return Editor(app)

    yield open_example
    for app in opened:
        app.close()


@pytest.fixture
def editor(make: Callable[[str], Editor]) -> Editor:
    return make("three-segments")


# The mode


def test_t_opens_the_mode_and_t_or_escape_or_the_button_leaves_it(editor: Editor) -> None:
    window = editor.window
    for leave in (
        lambda: editor.app.press_key(Qt.Key.Key_T),
        lambda: editor.key(Qt.Key.Key_Escape),
        lambda: QTest.mouseClick(editor.bar.close_, LEFT),
        lambda: QTest.mouseClick(window.target_panel.edit_points, LEFT),
    ):
        assert editor.bar.isVisible()
        assert editor.plot.points.isVisible()
        assert window.actions_["edit_target"].isChecked()
        assert window.target_panel.edit_points.isChecked()
        leave()
        assert not editor.bar.isVisible()
        assert not editor.plot.points.isVisible()
        assert not window.target_panel.edit_points.isChecked()
        assert not window.actions_["edit_target"].isChecked()
        QTest.mouseClick(window.target_panel.edit_points, LEFT)


def test_the_tool_bar_shows_the_mode_with_its_name(editor: Editor) -> None:
    bar = editor.window.findChild(QToolBar)
    assert bar is not None
    button = bar.widgetForAction(editor.window.actions_["edit_target"])
    assert isinstance(button, QToolButton)
    assert button.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonTextBesideIcon
    assert button.text() == "Edit target"
    assert not button.icon().isNull()


def test_neurons_handles_and_corners_make_room_and_come_back(editor: Editor) -> None:
    window, b2 = editor.window, Parameter(Kind.HIDDEN_BIAS, 1)
    before = editor.app.frame.network
    handle = editor.plot.handle_pixel(b2)
    assert handle is not None
    editor.drag(handle, handle + QPoint(60, 0))
    assert editor.app.frame.network.same_as(before)
    assert window.plot.hovered_parameter is None
    editor.plot.fit()
    editor.key(Qt.Key.Key_Escape)
    # Without a movement of the mouse: the press is the first that the handle hears of.
    handle = editor.plot.handle_pixel(b2)
    assert handle is not None
    editor.drag(handle, handle + QPoint(60, 0))
    assert not editor.app.frame.network.same_as(before)
    assert editor.points == SOURCE


def test_rays_step_back(editor: Editor) -> None:
    at = editor.plot.pixel_at(0.6, 3.0)

    def green() -> int:
        """Of the middle of the ray, whichever of its pixels that is at this height of the plot."""
        image = editor.plot.grab().toImage()
        return min(image.pixelColor(at + QPoint(0, down)).green() for down in (-1, 0, 1))

    paler = green()
    editor.key(Qt.Key.Key_Escape)
    usual = green()
    assert usual == pytest.approx(QColor(LIGHT.neuron(2)).green(), abs=8)
    assert paler > usual + 30


def test_another_bar_and_another_document_end_the_mode(editor: Editor) -> None:
    editor.app.press_key(Qt.Key.Key_B, CONTROL | SHIFT)
    assert not editor.window.actions_["edit_target"].isChecked()
    assert editor.window.build_bar.isVisible()
    editor.app.press_key(Qt.Key.Key_T)
    assert not editor.window.build_bar.isVisible()
    editor.start(editor.pixel(1), editor.pixel(1) + QPoint(0, 50))
    editor.window.actions_.example_chosen.emit("sine-by-5-relus")
    editor.app.wait_until(lambda: isinstance(editor.target, FunctionTarget))
    assert not editor.plot.points.isVisible()
    editor.release(editor.plot.pixel_at(0.0, 0.0))
    assert editor.steps == []


# Dragging


def test_a_drag_moves_a_point_freely_and_is_one_step(editor: Editor) -> None:
    to = editor.plot.pixel_at(-0.3, 2.0)
    editor.drag(editor.pixel(1), to)
    x, y = editor.points[1]
    assert (x, y) == (pytest.approx(-0.3, abs=0.02), pytest.approx(2.0, abs=0.1))
    assert editor.steps == ["move point 2"]
    assert editor.points[:1] + editor.points[2:] == SOURCE[:1] + SOURCE[2:]
    editor.app.press_key(Qt.Key.Key_Z, CONTROL)
    assert editor.points == SOURCE
    editor.app.press_key(Qt.Key.Key_Z, CONTROL | SHIFT)
    assert editor.points[1] == (x, y)


def test_the_line_follows_the_hand_and_the_document_waits(editor: Editor) -> None:
    to = editor.plot.pixel_at(-0.3, 2.0)
    editor.start(editor.pixel(1), to)
    assert editor.points == SOURCE
    image = editor.plot.grab().toImage()
    between = editor.plot.pixel_at(-0.65, 0.5)
    shades = {image.pixelColor(between + QPoint(0, dy)).name() for dy in range(-3, 4)}
    assert LIGHT.target in shades
    editor.release(to)
    assert editor.points != SOURCE


def test_snapping_goes_to_the_grid_and_alt_or_ctrl_lets_go(editor: Editor) -> None:
    near = editor.plot.pixel_at(-0.3, 2.0) + QPoint(3, 3)
    editor.drag(editor.pixel(1), near)
    assert editor.points[1] == (-0.3, 2.0)
    for keys in (ALT, CONTROL):
        editor.drag(editor.pixel(1), near + QPoint(0, 2), keys)
        assert editor.points[1] != (-0.3, 2.0)
        assert editor.points[1] == (pytest.approx(-0.29, abs=0.02), pytest.approx(1.85, abs=0.15))
        editor.drag(editor.pixel(1), near)
        assert editor.points[1] == (-0.3, 2.0)


def test_g_and_the_check_box_switch_snapping_and_the_next_start_knows(editor: Editor) -> None:
    action = editor.window.actions_["snap"]
    assert action.isChecked()
    assert editor.bar.snap.isChecked()
    editor.app.press_key(Qt.Key.Key_G)
    assert not editor.bar.snap.isChecked()
    assert Preferences().snap is False
    near = editor.plot.pixel_at(-0.3, 2.0) + QPoint(3, 4)
    editor.drag(editor.pixel(1), near)
    assert editor.points[1] != (-0.3, 2.0)
    QTest.mouseClick(editor.bar.snap, LEFT)
    assert action.isChecked()
    assert Preferences().snap is True


def test_a_point_stops_at_its_neighbour(editor: Editor) -> None:
    editor.drag(editor.pixel(1), editor.plot.pixel_at(0.6, 0.5))
    assert -0.01 < editor.points[1][0] < 0.0
    xs = [x for x, _ in editor.points]
    assert xs == sorted(set(xs))


def test_an_end_point_takes_the_domain_along_and_the_view_shows_it(editor: Editor) -> None:
    view = editor.plot.view_range
    editor.drag(editor.pixel(3), editor.plot.pixel_at(0.8, 1.0))
    assert editor.target.high == editor.points[3][0] == 0.8
    assert editor.plot.domain == (-1.0, 0.8)
    editor.plot.grab()
    assert editor.plot.view_range == view
    editor.drag(editor.pixel(3), editor.plot.pixel_at(1.0, 1.0) + QPoint(200, 0))
    assert editor.target.high > 1.1
    editor.plot.grab()
    assert editor.plot.view_range[0][1] > editor.target.high


def test_escape_in_a_drag_puts_the_point_back_and_stays_in_the_mode(editor: Editor) -> None:
    to = editor.plot.pixel_at(-0.3, 2.0)
    editor.start(editor.pixel(1), to)
    view = editor.plot.view_range
    editor.key(Qt.Key.Key_Escape)
    editor.move(to + QPoint(30, 30))
    editor.release(to + QPoint(30, 30))
    assert editor.points == SOURCE
    assert editor.steps == []
    assert editor.plot.view_range == view
    assert editor.bar.isVisible()
    assert editor.pixel(1) == editor.plot.pixel_at(-0.5, 1.0)


def test_undo_in_the_middle_of_a_drag(editor: Editor) -> None:
    editor.drag(editor.pixel(2), editor.plot.pixel_at(0.2, -2.0))
    to = editor.plot.pixel_at(-0.3, 2.0)
    editor.start(editor.pixel(1), to)
    editor.app.press_key(Qt.Key.Key_Z, CONTROL)
    assert editor.points == SOURCE
    editor.move(to + QPoint(20, 20))
    editor.release(to + QPoint(20, 20))
    assert editor.points == SOURCE
    assert editor.plot.points.held is None
    editor.drag(editor.pixel(1), to)
    assert editor.steps == ["move point 2"]


def test_training_goes_on_through_a_drag_and_then_with_the_new_target(make: Callable[[str], Editor]) -> None:
    editor = make("three-segments-blank")
    editor.app.app.playback.set_playing(True)
    editor.app.wait_for(lambda frame: frame.step > 50)
    to = editor.plot.pixel_at(-0.3, 1.5)
    editor.start(editor.pixel(1), to)
    during = editor.app.frame.step
    editor.app.wait_for(lambda frame: frame.step > during + 50)
    assert editor.plot.points.held == 1
    editor.release(to)
    assert editor.points[1] != SOURCE[1]
    assert editor.app.app.document.undo_stack.undoText() == "move point 2"
    after = editor.app.frame.step
    editor.app.wait_for(lambda frame: frame.step > after + 50)
    assert editor.app.frame.running
    editor.app.app.playback.set_playing(False)


# Adding, deleting, segments


def test_a_double_click_adds_a_point_on_the_line_or_the_ground_and_the_view_stays(editor: Editor) -> None:
    view = editor.plot.view_range
    editor.double_click(editor.plot.pixel_at(0.5, -0.5) + QPoint(0, 4))
    assert editor.points[3] == (0.5, -0.5)
    editor.double_click(editor.plot.pixel_at(-0.7, 4.0) + QPoint(2, 2))
    assert editor.points[1] == (-0.7, 4.0)
    assert editor.steps == ["add point", "add point"]
    assert editor.plot.points.selected == 1
    assert len(editor.points) == 6
    editor.plot.grab()
    assert editor.plot.view_range == view


def test_a_double_click_on_a_point_adds_none(editor: Editor) -> None:
    editor.double_click(editor.pixel(1))
    assert editor.points == SOURCE


def test_delete_takes_the_selected_point_away_and_the_last_two_stay(editor: Editor) -> None:
    editor.click(editor.pixel(1))
    editor.key(Qt.Key.Key_Delete)
    assert editor.points == (SOURCE[0], *SOURCE[2:])
    assert editor.steps == ["delete point 2"]
    editor.key(Qt.Key.Key_Backspace)
    assert editor.points == (SOURCE[0], SOURCE[3])
    QTest.mouseClick(editor.bar.delete, LEFT)
    assert editor.points == (SOURCE[0], SOURCE[3])
    assert editor.app.message == "A target keeps at least two points"


def test_segments_left_and_right_are_level_and_in_view(editor: Editor) -> None:
    QTest.mouseClick(editor.bar.segment_left, LEFT)
    QTest.mouseClick(editor.bar.segment_right, LEFT)
    assert editor.points == ((-1.5, -1.0), *SOURCE, (2.0, 0.0))
    assert (editor.target.low, editor.target.high) == (-1.5, 2.0)
    assert editor.steps == ["segment left", "segment right"]
    editor.plot.grab()
    low, high = editor.plot.view_range[0]
    assert low < -1.5
    assert high > 2.0
    assert editor.plot.points.selected == 5


def test_a_right_click_offers_what_can_be_done_there(editor: Editor) -> None:
    menu = editor.plot.points_menu
    editor.click(editor.pixel(2), RIGHT)
    editor.app.wait_until(menu.isVisible)
    assert menu.delete.text() == "Delete point 3"
    assert not menu.add.isEnabled()
    menu.delete.trigger()
    menu.close()
    assert editor.points == (*SOURCE[:2], SOURCE[3])
    editor.click(editor.plot.pixel_at(0.5, 2.0), RIGHT)
    editor.app.wait_until(menu.isVisible)
    assert not menu.delete.isEnabled()
    menu.add.trigger()
    menu.close()
    assert editor.points[2] == (0.5, 2.0)
    menu.segment_right.trigger()
    menu.segment_left.trigger()
    assert len(editor.points) == 6


# The keyboard


def test_tab_goes_through_the_points_and_then_leaves_the_plot(editor: Editor) -> None:
    editor.plot.setFocus()
    visited = []
    for _ in range(4):
        editor.key(Qt.Key.Key_Tab)
        visited.append(editor.plot.points.selected)
        assert editor.table.currentIndex().row() == visited[-1]
    assert visited == [0, 1, 2, 3]
    editor.key(Qt.Key.Key_Tab, SHIFT)
    assert editor.plot.points.selected == 2
    editor.key(Qt.Key.Key_Tab)
    editor.key(Qt.Key.Key_Tab)
    assert editor.plot.points.selected is None
    assert not editor.plot.hasFocus()


def test_arrows_nudge_and_nudges_of_one_point_are_one_step(editor: Editor) -> None:
    editor.click(editor.pixel(1))
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Up):
        editor.key(key)
    (x_low, x_high), (y_low, y_high) = editor.plot.view_range
    x, y = editor.points[1]
    assert (x_high - x_low) / 100 <= (x + 0.5) / 2 < (x_high - x_low) / 40
    assert (y_high - y_low) / 100 <= y - 1.0 < (y_high - y_low) / 40
    assert repr(x) == repr(round(x, 3))
    editor.key(Qt.Key.Key_Left, SHIFT)
    assert x - editor.points[1][0] == pytest.approx((x + 0.5) / 20)
    editor.key(Qt.Key.Key_Down, CONTROL)
    assert y - editor.points[1][1] == pytest.approx((y - 1.0) * 5)
    assert editor.steps == ["nudge point 2"]
    editor.key(Qt.Key.Key_Tab)
    editor.key(Qt.Key.Key_Up)
    assert editor.steps == ["nudge point 2", "nudge point 3"]
    for _ in range(2):
        editor.app.press_key(Qt.Key.Key_Z, CONTROL)
    assert editor.points == SOURCE


def test_nudges_after_an_undo_are_a_step_of_their_own(editor: Editor) -> None:
    editor.click(editor.pixel(1))
    editor.key(Qt.Key.Key_Up)
    editor.app.press_key(Qt.Key.Key_Z, CONTROL)
    editor.key(Qt.Key.Key_Up)
    editor.key(Qt.Key.Key_Up)
    assert editor.steps == ["nudge point 2"]
    editor.app.press_key(Qt.Key.Key_Z, CONTROL)
    assert editor.points == SOURCE


def test_insert_adds_a_point_right_of_the_selected_one(editor: Editor) -> None:
    editor.click(editor.pixel(1))
    editor.key(Qt.Key.Key_Insert)
    assert editor.points[2] == (-0.25, 0.0)
    assert editor.plot.points.selected == 2


def test_a_nudge_brings_a_point_into_view(editor: Editor) -> None:
    editor.click(editor.pixel(3))
    for _ in range(20):
        editor.key(Qt.Key.Key_Right, CONTROL)
    (low, high), _ = editor.plot.view_range
    assert low < editor.points[3][0] < high


# The table


def type_into(editor: Editor, row: int, column: int, text: str) -> None:
    table = editor.table
    table.setFocus()
    table.setCurrentIndex(table.model().index(row, column))
    QTest.keyClick(table, Qt.Key.Key_F2)
    field = QApplication.focusWidget()
    assert field is not None
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)
    editor.app.wait_until(table.hasFocus)


def test_typed_coordinates_move_the_point(editor: Editor) -> None:
    type_into(editor, 1, 1, "-0,25")
    assert editor.points[1] == (-0.25, 1.0)
    type_into(editor, 1, 2, "1.5e0")
    assert editor.points[1] == (-0.25, 1.5)
    assert editor.steps == ["point 2 to (−0.25, 1)", "point 2 to (−0.25, 1.5)"]


def test_coordinates_that_cannot_be_are_refused_in_words(editor: Editor) -> None:
    type_into(editor, 1, 1, "0.5")
    assert editor.points == SOURCE
    assert editor.app.message == (
        "X of point 2 must lie right of point 1 at −1.000 and left of point 3 at 0; kept −0.5"
    )
    type_into(editor, 1, 2, "nan")
    assert editor.points == SOURCE
    assert editor.app.message == "y of point 2: 'nan' is not a finite number; kept 1"
    assert editor.table.model().index(1, 1).data() == "−0.5"
    assert editor.steps == []


def test_the_selection_is_shared(editor: Editor) -> None:
    editor.click(editor.pixel(2))
    assert editor.table.currentIndex().row() == 2
    editor.table.setCurrentIndex(editor.table.model().index(0, 1))
    assert editor.plot.points.selected == 0
    editor.click(editor.plot.pixel_at(0.5, 3.0))
    assert editor.plot.points.selected is None
    assert not editor.table.selectionModel().hasSelection()


def test_delete_in_the_table_outside_the_mode(editor: Editor) -> None:
    editor.key(Qt.Key.Key_Escape)
    editor.table.setFocus()
    editor.table.setCurrentIndex(editor.table.model().index(1, 1))
    QTest.keyClick(editor.table, Qt.Key.Key_Delete)
    assert editor.points == (SOURCE[0], *SOURCE[2:])


# Smooth targets


def test_few_data_are_turned_into_points(make: Callable[[str], Editor]) -> None:
    editor = make("three-segments")
    editor.app.app.editing.set_target(DataTarget(np.arange(4.0), np.array([1.0, 3.0, 2.0, 5.0]), name="d4.csv"))
    assert editor.bar.sentence.text().startswith("d4.csv: 4 rows of data")
    QTest.mouseClick(editor.bar.turn_points, LEFT)
    assert editor.points == ((0.0, 1.0), (1.0, 3.0), (2.0, 2.0), (3.0, 5.0))
    assert editor.steps[-1] == "turn data into points"
    assert editor.bar.sentence.text().startswith("4 points.")
    editor.app.press_key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert editor.target.label == "d4.csv"
    assert editor.bar.turn_points.isVisible()


def test_a_smooth_target_is_turned_into_segments(make: Callable[[str], Editor]) -> None:
    editor = make("sine-by-5-relus")
    assert not editor.table.isVisible()
    assert not editor.bar.segment_left.isVisible()
    assert "no points" in editor.bar.sentence.text()
    assert editor.bar.segments.value() == 5
    editor.double_click(editor.plot.pixel_at(0.0, 0.0))
    assert editor.steps == []
    QTest.mouseClick(editor.bar.turn, LEFT)
    assert len(editor.points) == 6
    assert editor.steps == ["turn into 5 segments"]
    assert editor.table.isVisible()
    assert editor.bar.segment_left.isVisible()
    assert not editor.bar.turn.isVisible()
    editor.app.press_key(Qt.Key.Key_Z, CONTROL)
    assert isinstance(editor.target, FunctionTarget)
    assert not editor.table.isVisible()


def test_at_most_fifty_segments_are_proposed(make: Callable[[str], Editor]) -> None:
    editor = make("sine-by-100-relus")
    assert editor.bar.segments.value() == 50
    editor.bar.segments.setFocus()
    editor.bar.segments.selectAll()
    QTest.keyClicks(editor.bar.segments, "7")
    QTest.mouseClick(editor.bar.turn, LEFT)
    assert len(editor.points) == 8
