"""What does this parameter do: shading and ghost under a real mouse in the running program."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from app_under_test import AppUnderTest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reluviz.core.network import Network
from reluviz.core.parameter import OUTPUT_BIAS, Kind, Parameter
from reluviz.panels.neuron_model import Column
from reluviz.plot.strokes import blended

W1, W3 = (Parameter(Kind.OUTPUT_WEIGHT, j) for j in (0, 2))
B2 = Parameter(Kind.HIDDEN_BIAS, 1)
LEFT, NO_BUTTON, NONE = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def app(qtbot: QtBot) -> Iterator[AppUnderTest]:
    app = AppUnderTest(qtbot, "three-segments")
    yield app
    app.close()


def hover(app: AppUnderTest, parameter: Parameter) -> None:
    viewport = app.window.plot.viewport()
    for at in (QPoint(3, 3), QPoint(2, 2), app.window.plot.handle_pixel(parameter)):
        assert at is not None
        QTest.mouseMove(viewport, at)


def shaded(app: AppUnderTest) -> tuple[float, float] | None:
    return app.window.plot.influence.interval()


def ghost(app: AppUnderTest) -> Network | None:
    return app.window.plot.ghost.network


def column_of_colours(app: AppUnderTest, x: float) -> set[str]:
    """The colours of the plot at this x, from top to bottom."""
    image, across = app.window.plot.viewport().grab().toImage(), app.window.plot.pixel_at(x, 0.0).x()
    return {image.pixelColor(across, y).name() for y in range(image.height())}


def undo_count(app: AppUnderTest) -> int:
    return app.app.document.undo_stack.count()


def test_the_hovered_handle_shades_what_it_moves_and_leaving_clears(app: AppUnderTest) -> None:
    hover(app, W1)
    assert shaded(app) == (-1.0, 1.0)
    hover(app, W3)
    assert shaded(app) == (0.0, 1.0)
    QTest.mouseMove(app.window.plot.viewport(), QPoint(2, 2))
    assert shaded(app) is None
    assert ghost(app) is None
    assert undo_count(app) == 0


def test_the_cells_of_the_table_shade_too(app: AppUnderTest) -> None:
    table = app.window.neurons_panel.table
    app.wait_until(lambda: table.model().rowCount() == 3)

    def is_shaded() -> bool:
        # The panels may still be finding their widths: the cell is looked for until the mouse is on it.
        QTest.mouseMove(table.viewport(), table.visualRect(table.model().index(1, Column.HIDDEN_WEIGHT)).center())
        return shaded(app) == (-0.5, 1.0)

    app.wait_until(is_shaded)
    QApplication.sendEvent(table.viewport(), QEvent(QEvent.Type.Leave))
    assert shaded(app) is None


def test_a_drag_keeps_the_old_output_until_it_is_let_go(app: AppUnderTest) -> None:
    before = app.frame.network
    at = app.start_drag(B2, QPoint(50, 0))
    kept = ghost(app)
    assert kept is not None
    assert kept.same_as(before)
    assert not app.frame.network.same_as(before)
    # What is shaded follows the kink.
    moved = shaded(app)
    assert moved is not None
    assert moved[0] == app.frame.network.kinks[1] > -0.4
    app.release(at)
    assert ghost(app) is None
    assert undo_count(app) == 1


def test_escape_and_undo_take_the_ghost_away(app: AppUnderTest) -> None:
    at = app.start_drag(B2, QPoint(50, 0))
    assert ghost(app) is not None
    QTest.keyClick(app.window.plot, Qt.Key.Key_Escape)
    assert ghost(app) is None
    app.release(at)
    app.drag(W3, QPoint(0, 30))
    at = app.start_drag(B2, QPoint(50, 0))
    assert ghost(app) is not None
    app.window.actions_["undo"].trigger()
    assert ghost(app) is None
    app.release(at)


def test_a_corner_leaves_a_ghost_too(app: AppUnderTest) -> None:
    viewport, before = app.window.plot.viewport(), app.frame.network
    start = app.window.plot.corner_pixel(1)
    assert start is not None
    QTest.mouseMove(viewport, start)
    QTest.mousePress(viewport, LEFT, NONE, start)
    for step in range(1, 5):
        QTest.mouseMove(viewport, start + QPoint(0, -8 * step))
    assert ghost(app) is before
    assert not app.frame.network.same_as(before)
    QTest.mouseRelease(viewport, LEFT, NONE, start + QPoint(0, -32))
    assert ghost(app) is None


def test_while_it_trains_the_ghost_is_the_output_at_the_press(app: AppUnderTest) -> None:
    app.drag(W3, QPoint(0, 40))
    app.full_speed()
    app.window.training_panel.stop.stops.click()
    app.press_key(Qt.Key.Key_Space)
    app.wait_for(lambda frame: frame.step > 100)
    at = app.start_drag(B2, QPoint(30, 0))
    kept, step = ghost(app), app.frame.step
    assert kept is not None
    app.wait_for(lambda frame: frame.step > step + 500)
    assert ghost(app) is kept
    assert not app.frame.network.same_as(kept)
    app.release(at)
    assert ghost(app) is None


def test_the_field_of_b0_keeps_a_ghost_while_it_is_stepped(app: AppUnderTest) -> None:
    field, before = app.window.neurons_panel.output_bias, app.frame.network
    app.window.activateWindow()
    app.wait_until(lambda: field.value() == -1.0)
    field.setFocus(Qt.FocusReason.TabFocusReason)
    app.wait_until(field.hasFocus)
    for _ in range(2):
        QTest.keyClick(field, Qt.Key.Key_Up)
    assert app.frame.network[OUTPUT_BIAS] == pytest.approx(-0.8)
    assert ghost(app) is before
    assert shaded(app) == (-1.0, 1.0)
    app.press_key(Qt.Key.Key_Space)
    app.wait_until(lambda: ghost(app) is None)
    app.window.plot.setFocus()
    app.wait_until(lambda: shaded(app) is None)


def test_turning_a_ray_with_shift_leaves_a_ghost_too(app: AppUnderTest) -> None:
    viewport, before, shift = app.window.plot.viewport(), app.frame.network, Qt.KeyboardModifier.ShiftModifier
    hover(app, W3)
    start = app.window.plot.handle_pixel(W3)
    assert start is not None
    QTest.keyPress(app.window.plot, Qt.Key.Key_Shift)
    QTest.mousePress(viewport, LEFT, shift, start)
    for step in range(1, 5):
        at = QPointF(start + QPoint(0, 12 * step))
        there = viewport.mapToGlobal(at)
        # QTest moves a mouse without keys.
        QApplication.sendEvent(viewport, QMouseEvent(QEvent.Type.MouseMove, at, there, NO_BUTTON, LEFT, shift))
    assert ghost(app) is before
    assert app.frame.network.hidden_weight[2] != before.hidden_weight[2]
    assert shaded(app) == (0.0, 1.0)
    QTest.mouseRelease(viewport, LEFT, shift, start + QPoint(0, 48))
    QTest.keyRelease(app.window.plot, Qt.Key.Key_Shift, shift)
    assert ghost(app) is None


def test_a_picked_handle_shades_and_its_nudges_keep_one_ghost(app: AppUnderTest) -> None:
    plot, before = app.window.plot, app.frame.network
    plot.setFocus()
    app.app.wiring.selection.select(1)
    QTest.keyClick(plot, Qt.Key.Key_B)
    assert shaded(app) == (-0.5, 1.0)
    assert ghost(app) is None
    for _ in range(3):
        QTest.keyClick(plot, Qt.Key.Key_Right)
    assert not app.frame.network.same_as(before)
    assert ghost(app) is before
    QTest.keyClick(plot, Qt.Key.Key_W)
    assert ghost(app) is None
    QTest.keyClick(plot, Qt.Key.Key_Up)
    assert ghost(app) is not None
    app.window.actions_["undo"].trigger()
    assert ghost(app) is None
    QTest.keyClick(plot, Qt.Key.Key_Escape)
    assert shaded(app) is None


def test_a_hidden_output_has_neither_halo_nor_ghost(app: AppUnderTest) -> None:
    plot, document = app.window.plot, app.app.document
    document.set_picture(replace(document.picture, output=False))
    at = app.start_drag(W3, QPoint(0, 40))
    assert ghost(app) is not None
    assert not plot.ghost.isVisible()
    halo = blended(plot.influence.look.colour_of(W3), plot.influence.look.palette.plot, 0.7).name()
    assert halo not in column_of_colours(app, 0.5)
    document.set_picture(replace(document.picture, output=True))
    assert plot.ghost.isVisible()
    assert halo in column_of_colours(app, 0.5)
    app.release(at)
    assert not plot.ghost.isVisible()
