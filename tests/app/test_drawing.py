"""The target drawn with the mouse."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from app_under_test import AppUnderTest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from reluviz.core.parameter import Kind, Parameter
from reluviz.core.target import FunctionTarget, PointsTarget, Target

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier


class Drawer:
    """The mode, and a hand in it. Places are in data."""

    def __init__(self, app: AppUnderTest) -> None:
        self.app = app
        self.plot = app.window.plot
        self.bar = app.window.draw_bar
        self.app.press_key(Qt.Key.Key_D)

    @property
    def target(self) -> Target:
        return self.app.app.document.state.target

    @property
    def steps(self) -> list[str]:
        stack = self.app.app.document.undo_stack
        return [stack.text(i) for i in range(stack.index())]

    def at(self, place: tuple[float, float]) -> QPoint:
        return self.plot.pixel_at(*place)

    def start(self, *places: tuple[float, float]) -> None:
        viewport = self.plot.viewport()
        QTest.mouseMove(viewport, self.at(places[0]) + QPoint(2, 2))
        QTest.mouseMove(viewport, self.at(places[0]))
        QTest.mousePress(viewport, LEFT, NONE, self.at(places[0]))
        for place in places[1:]:
            QTest.mouseMove(viewport, self.at(place))

    def draw(self, *places: tuple[float, float]) -> None:
        self.start(*places)
        QTest.mouseRelease(self.plot.viewport(), LEFT, NONE, self.at(places[-1]))

    def y(self, x: float) -> float:
        return float(self.target(np.array([x]))[0])


@pytest.fixture
def drawer(qtbot: QtBot) -> Iterator[Drawer]:
    app = AppUnderTest(qtbot)
    app.window.activateWindow()
    yield Drawer(app)
    app.close()


def test_a_stroke_over_the_domain_is_the_target(drawer: Drawer) -> None:
    view = drawer.plot.view_range
    drawer.draw((-3.2, 2.0), (0.0, 6.0), (3.2, -2.0))
    target = drawer.target
    assert isinstance(target, PointsTarget)
    assert (target.low, target.high) == (-3.0, 3.0)
    assert target.points[0][0] == -3.0
    assert target.points[-1][0] == 3.0
    assert 3 <= len(target.points) <= 6
    assert drawer.y(0.0) == pytest.approx(6.0, abs=0.1)
    assert drawer.y(-1.6) == pytest.approx(4.0, abs=0.1)
    assert drawer.steps == ["draw target"]
    drawer.plot.grab()
    assert drawer.plot.view_range == view
    drawer.app.press_key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert drawer.target == FunctionTarget("sine")


def test_drawing_over_a_part_replaces_only_that(drawer: Drawer) -> None:
    drawer.draw((-1.0, 1.0), (1.0, 1.0))
    assert [drawer.y(x) for x in (-0.9, 0.0, 0.9)] == pytest.approx([1.0, 1.0, 1.0], abs=0.05)
    x = np.array([-2.9, -2.0, -1.1, 1.1, 2.0, 2.9])
    assert drawer.target(x) == pytest.approx(2 * np.sin(x) + 5, abs=0.1)
    drawer.draw((2.0, 3.0), (2.5, 3.0))
    assert drawer.y(2.2) == pytest.approx(3.0, abs=0.05)
    assert drawer.y(0.0) == pytest.approx(1.0, abs=0.05)
    assert drawer.steps == ["draw target", "draw target"]


def test_the_stroke_is_seen_while_it_is_drawn_and_escape_drops_it(drawer: Drawer) -> None:
    drawer.start((-1.0, 1.0), (0.0, 2.0), (1.0, 1.0))
    sketch = drawer.plot.sketch
    assert sketch.isVisible()
    assert sketch.polyline[0] == pytest.approx([-1.0, 1.0], abs=0.05)
    QTest.keyClick(drawer.plot, Qt.Key.Key_Escape)
    assert not sketch.isVisible()
    QTest.mouseRelease(drawer.plot.viewport(), LEFT, NONE, drawer.at((1.0, 1.0)))
    assert drawer.steps == []
    assert drawer.bar.isVisible()
    QTest.keyClick(drawer.plot, Qt.Key.Key_Escape)
    assert not drawer.bar.isVisible()
    assert not drawer.app.window.actions_["draw_target"].isChecked()


def test_a_wild_stroke_makes_at_most_so_many_points(drawer: Drawer) -> None:
    random = np.random.default_rng(1)
    drawer.draw(*((float(x), float(random.uniform(-4, 8))) for x in np.linspace(-3.2, 3.2, 200)))
    assert isinstance(drawer.target, PointsTarget)
    assert len(drawer.target.points) <= 60


def test_smooth(drawer: Drawer) -> None:
    places = [(float(x), 2.0 + 0.2 * (-1) ** i) for i, x in enumerate(np.linspace(-3.2, 3.2, 150))]
    drawer.draw(*places)
    rough = np.ptp(drawer.target(np.linspace(-1, 1, 200)))
    QTest.mouseClick(drawer.bar.smooth, LEFT)
    drawer.draw(*places)
    assert np.ptp(drawer.target(np.linspace(-1, 1, 200))) < 0.7 * rough


def test_clear_begins_with_a_level_line(drawer: Drawer) -> None:
    QTest.mouseClick(drawer.bar.clear, LEFT)
    assert drawer.target == PointsTarget(((-3.0, 0.0), (3.0, 0.0)))
    assert drawer.steps == ["clear target"]


def test_the_first_line_after_clear_is_the_whole_target(drawer: Drawer) -> None:
    QTest.mouseClick(drawer.bar.clear, LEFT)
    drawer.draw((-1.0, 2.0), (0.0, 3.0), (1.0, 1.0))
    assert [drawer.y(x) for x in (-3.0, -1.5)] == pytest.approx([2.0, 2.0], abs=0.1)
    assert [drawer.y(x) for x in (1.5, 3.0)] == pytest.approx([1.0, 1.0], abs=0.1)
    drawer.draw((-0.5, 0.0), (0.5, 0.0))
    assert drawer.y(-1.0) == pytest.approx(2.0, abs=0.1)
    drawer.app.press_key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    drawer.app.press_key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert drawer.target == PointsTarget(((-3.0, 0.0), (3.0, 0.0)))


def test_a_line_from_just_inside_to_just_inside_reaches_the_edges(drawer: Drawer) -> None:
    inside = 12 * drawer.plot.drawing.pixel[0]
    drawer.draw((-3.0 + inside, 1.0), (0.0, 4.0), (3.0 - inside, 1.0))
    assert isinstance(drawer.target, PointsTarget)
    assert (drawer.target.points[0][0], drawer.target.points[-1][0]) == (-3.0, 3.0)
    slopes = np.diff(drawer.target.array[:, 1]) / np.diff(drawer.target.array[:, 0])
    assert np.abs(slopes).max() < 2.0
    assert len(drawer.target.points) <= 5


def test_no_value_has_more_decimals_than_can_be_seen(drawer: Drawer) -> None:
    drawer.draw((-1.0, 1.0), (0.3, 2.7), (1.1, -1.0))
    assert isinstance(drawer.target, PointsTarget)
    _, height = drawer.plot.drawing.pixel
    decimals = -int(np.floor(np.log10(height)))
    assert all(y == round(y, decimals) for _, y in drawer.target.points)


def test_a_click_or_a_line_beside_the_domain_draws_nothing(drawer: Drawer) -> None:
    QTest.mouseClick(drawer.plot.viewport(), LEFT, NONE, drawer.at((0.0, 1.0)))
    drawer.draw((3.1, 0.0), (3.3, 1.0))
    assert drawer.target == FunctionTarget("sine")
    assert drawer.steps == []


def test_handles_are_out_of_reach_and_come_back(drawer: Drawer) -> None:
    handle = drawer.plot.handle_pixel(Parameter(Kind.OUTPUT_WEIGHT, 0))
    assert handle is not None
    weight = drawer.app.frame.network.output_weight[0]
    viewport = drawer.plot.viewport()
    QTest.mouseMove(viewport, handle)
    QTest.mousePress(viewport, LEFT, NONE, handle)
    QTest.mouseMove(viewport, handle - QPoint(60, 40))
    assert viewport.cursor().shape() is Qt.CursorShape.CrossCursor
    QTest.mouseRelease(viewport, LEFT, NONE, handle - QPoint(60, 40))
    assert drawer.app.frame.network.output_weight[0] == weight
    assert isinstance(drawer.target, PointsTarget)
    drawer.app.press_key(Qt.Key.Key_D)
    drawer.app.drag(Parameter(Kind.OUTPUT_WEIGHT, 0), QPoint(0, -40))
    assert drawer.app.frame.network.output_weight[0] != weight


def test_drawing_and_editing_points_take_turns(drawer: Drawer) -> None:
    actions, plot = drawer.app.window.actions_, drawer.plot
    drawer.draw((-3.2, 2.0), (0.0, 6.0), (3.2, -2.0))
    for key, drawing in ((Qt.Key.Key_T, False), (Qt.Key.Key_D, True), (Qt.Key.Key_T, False)):
        drawer.app.press_key(key)
        assert (plot.drawing.isVisible(), plot.points.isVisible()) == (drawing, not drawing)
        assert (actions["draw_target"].isChecked(), actions["edit_target"].isChecked()) == (drawing, not drawing)
        assert drawer.bar.isVisible() is drawing
        assert plot.hovered_parameter is None
    drawer.app.press_key(Qt.Key.Key_T)
    assert not plot.drawing.isVisible()
    assert not plot.points.isVisible()


def test_another_document_ends_it(drawer: Drawer) -> None:
    drawer.app.window.actions_.example_chosen.emit("three-segments")
    assert not drawer.bar.isVisible()
    assert not drawer.plot.drawing.isVisible()


def test_it_trains_on_with_what_is_drawn(drawer: Drawer) -> None:
    drawer.app.app.playback.set_playing(True)
    drawer.app.wait_for(lambda frame: frame.step > 10)
    drawer.draw((-3.2, 2.0), (0.0, 6.0), (3.2, -2.0))
    step = drawer.app.frame.step
    drawer.app.wait_for(lambda frame: frame.step > step + 10)
    assert isinstance(drawer.target, PointsTarget)
    drawer.app.app.playback.set_playing(False)
