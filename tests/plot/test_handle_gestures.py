"""The handles under a real mouse: each moves its parameter, and nothing else moves one."""

from __future__ import annotations

import numpy as np
import pytest
from hand import THREE_RELUS, Hand
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from reluviz.core.network import Network
from reluviz.core.palette import LIGHT
from reluviz.core.parameter import OUTPUT_BIAS, Kind, Parameter

B1 = Parameter(Kind.HIDDEN_BIAS, 0)
B2 = Parameter(Kind.HIDDEN_BIAS, 1)
W1 = Parameter(Kind.OUTPUT_WEIGHT, 0)
W3 = Parameter(Kind.OUTPUT_WEIGHT, 2)


def handle(hand, parameter):
    at = hand.plot.handle_pixel(parameter)
    assert at is not None
    return at


def test_the_diamond_moves_the_hidden_bias(hand):
    start = handle(hand, B2)
    hand.drag(start, start + QPoint(40, 30), QPoint(hand.plot.pixel_at(0.5, 0.0).x(), start.y() + 60))
    assert hand.words() == ["started", "dragged", "finished"]
    assert hand.values(B2)[-1] == pytest.approx(-0.5, abs=0.004)
    # Up and down makes no difference.
    assert handle(hand, B2).y() == start.y()


def test_the_circle_moves_the_output_weight(hand):
    start = handle(hand, W3)
    hand.drag(start, start + QPoint(-50, 10), QPoint(start.x() - 90, hand.plot.pixel_at(0.0, 2.0).y()))
    assert hand.values(W3)[-1] == pytest.approx(2.0, abs=0.02)
    assert handle(hand, W3).x() == start.x()


def test_a_ray_that_leaves_the_view_is_held_where_it_leaves(hand):
    start = handle(hand, W1)
    x = -1.0 + 2.0 * (start.x() - hand.plot.pixel_at(-1.0, 0.0).x()) / (
        hand.plot.pixel_at(1.0, 0.0).x() - hand.plot.pixel_at(-1.0, 0.0).x()
    )
    hand.drag(start, start + QPoint(0, 20), hand.plot.pixel_at(x, 2.0))
    assert hand.network.contributions([x])[0, 0] == pytest.approx(2.0, abs=0.03)


def test_the_triangle_moves_the_output_bias(hand):
    start = handle(hand, OUTPUT_BIAS)
    hand.drag(start, start + QPoint(30, -20), QPoint(start.x() + 60, hand.plot.pixel_at(0.0, 1.0).y()))
    assert hand.values(OUTPUT_BIAS)[-1] == pytest.approx(1.0, abs=0.02)


def test_the_triangle_stands_beside_what_would_cover_it(hand):
    # The first kink at the left edge of the domain, on the output, as in a blank network.
    hand.show(Network([1.0, 1.0, 1.0], [1.0, 0.5, 0.0], [0.0, 0.0, 0.0], 0.0))
    hand.move(QPoint(2, 2))
    viewport = hand.plot.viewport()
    viewport.repaint()
    triangle, diamond = handle(hand, OUTPUT_BIAS), handle(hand, B1)
    assert triangle.y() == diamond.y()
    picture = viewport.grab().toImage()
    output, neuron = QColor(LIGHT.output), QColor(LIGHT.neuron(0))
    # The whole triangle is seen, its tip too, and the whole diamond.
    for across in (-4, 0, 3):
        assert picture.pixelColor(triangle + QPoint(across, 0)) == output
    for across in (-5, 0, 5):
        assert picture.pixelColor(diamond + QPoint(across, 0)) == neuron
    # Each is taken hold of by its middle.
    hand.drag(diamond, diamond + QPoint(60, 0))
    hand.drag(handle(hand, OUTPUT_BIAS), handle(hand, OUTPUT_BIAS) + QPoint(0, -80))
    started = [entry[1] for entry in hand.said if entry[0] == "started"]
    assert started == [B1, OUTPUT_BIAS]
    # Where nothing is in its way it points at the domain's edge.
    hand.move(QPoint(2, 2))
    edge = hand.plot.pixel_at(-1.0, 0.0).x()
    assert edge - 10 <= handle(hand, OUTPUT_BIAS).x() <= edge - 7


def test_a_handle_taken_off_its_middle_does_not_jump(hand):
    start = handle(hand, B2)
    hand.move(start + QPoint(5, 3))
    hand.press()
    hand.move(start + QPoint(7, 3))
    assert hand.values(B2)[-1] == pytest.approx(0.5 - 2 * 2.0 / 1062.0, abs=0.002)
    hand.release()


def test_a_press_without_a_movement_before_takes_hold_too(plot):
    hand = Hand(plot)
    hand.show(THREE_RELUS)
    hand.at = handle(hand, B2)
    hand.press()
    hand.move(hand.at + QPoint(30, 0))
    hand.release()
    assert hand.words() == ["started", "dragged", "finished"]


def test_a_drag_moves_no_view_and_a_pan_no_handle(hand):
    view = hand.plot.view_range
    start = handle(hand, B2)
    hand.drag(start, start + QPoint(60, 0), start + QPoint(120, 40))
    assert hand.plot.view_range == view
    hand.said.clear()
    ground = hand.plot.pixel_at(0.8, -4.0)
    hand.drag(ground, ground + QPoint(20, 20), ground + QPoint(-160, -160))
    assert hand.words() == []
    assert hand.plot.view_range[0][0] > view[0][0]
    assert hand.plot.view_range[1][0] < view[1][0]


def test_a_pan_that_passes_over_a_handle_leaves_it_alone(hand):
    ground = hand.plot.pixel_at(0.8, -4.0)
    hand.drag(ground, ground + QPoint(-30, 10), handle(hand, B2), ground)
    assert hand.words() == []


def test_escape_breaks_a_drag_off(hand):
    start = handle(hand, B2)
    hand.move(start)
    hand.press()
    hand.move(start + QPoint(50, 0))
    QTest.keyClick(hand.plot, Qt.Key.Key_Escape)
    hand.move(start + QPoint(90, 0))
    hand.release()
    assert hand.words() == ["started", "dragged", "cancelled"]
    hand.drag(handle(hand, W3), handle(hand, W3) + QPoint(0, 40))
    assert hand.words()[-1] == "finished"


def test_a_press_on_the_plot_gives_it_the_keyboard(hand, qtbot):
    hand.plot.clearFocus()
    hand.click(hand.plot.pixel_at(0.8, -4.0))
    qtbot.waitUntil(hand.plot.hasFocus)


def test_values_follow_the_network_of_the_moment(hand):
    hand.follows = False
    start = handle(hand, B2)
    hand.move(start)
    hand.press()
    hand.move(start + QPoint(10, 0))
    # Training turns the held neuron steeper meanwhile.
    hand.show(hand.network.with_values({Parameter(Kind.HIDDEN_WEIGHT, 1): 2.0}))
    hand.move(QPoint(hand.plot.pixel_at(0.25, 0.0).x(), start.y()))
    hand.release()
    assert hand.values(B2)[-1] == pytest.approx(-0.5, abs=0.01)


def test_a_handle_that_training_carried_off_comes_to_the_mouse(hand):
    start = handle(hand, B2)
    hand.move(start)
    hand.show(hand.network.with_values({B2: -0.7}))
    hand.press()
    hand.move(start + QPoint(3, 0))
    hand.release()
    assert hand.values(B2)[-1] == pytest.approx(0.5, abs=0.01)


def test_a_neuron_that_vanishes_ends_its_drag(hand):
    start = handle(hand, W3)
    hand.move(start)
    hand.press()
    hand.move(start + QPoint(0, 20))
    hand.show(Network([1.0], [0.0], [1.0]))
    hand.move(start + QPoint(0, 40))
    hand.release()
    assert hand.words() == ["started", "dragged", "cancelled"]


def test_a_locked_handle_does_not_move_and_does_not_pan(hand):
    hand.plot.set_locked({B2})
    view = hand.plot.view_range
    start = handle(hand, B2)
    hand.move(start)
    assert hand.plot.viewport().cursor().shape() is Qt.CursorShape.ForbiddenCursor
    hand.drag(start, start + QPoint(50, 20), start + QPoint(90, 20))
    assert hand.words() == []
    assert hand.plot.view_range == view


def test_cursors_say_which_way_a_handle_goes(hand):
    for parameter, shape in (
        (B2, Qt.CursorShape.SizeHorCursor),
        (W3, Qt.CursorShape.SizeVerCursor),
        (OUTPUT_BIAS, Qt.CursorShape.SizeVerCursor),
    ):
        hand.move(handle(hand, parameter))
        assert hand.plot.viewport().cursor().shape() is shape
    hand.move(hand.plot.pixel_at(0.8, -4.0))
    assert hand.plot.viewport().cursor().shape() is Qt.CursorShape.ArrowCursor


def test_cursors_from_a_handle_to_a_corner_and_back(hand):
    corner = hand.plot.pixel_at(-0.5, 1.0)
    for at, shape in (
        (handle(hand, B2), Qt.CursorShape.SizeHorCursor),
        (corner, Qt.CursorShape.SizeAllCursor),
        (handle(hand, B2), Qt.CursorShape.SizeHorCursor),
        (hand.plot.pixel_at(0.8, -4.0), Qt.CursorShape.ArrowCursor),
    ):
        hand.move(at)
        assert hand.plot.viewport().cursor().shape() is shape


def test_clicks_select_by_handle_by_ray_and_nothing(hand):
    hand.click(handle(hand, B2))
    hand.click(hand.plot.pixel_at(0.4, 2.0))
    hand.click(hand.plot.pixel_at(0.8, -4.0))
    assert [neuron for kind, neuron, *_ in hand.said if kind == "selected"] == [1, 2, None]
    assert hand.words() == []


def test_hovering_names_the_neuron_once(hand):
    on_ray = hand.plot.pixel_at(-0.1, -3.2)
    for at in (hand.plot.pixel_at(0.8, -4.0), on_ray, on_ray + QPoint(2, 0), handle(hand, W3), QPoint(2, 2)):
        hand.move(at)
    assert [entry for entry in hand.said if entry[0] == "hovered"] == [
        ("hovered", 1),
        ("hovered", 2),
        ("hovered", None),
    ]


def test_tab_goes_through_handles_on_one_spot_and_the_selected_one_comes_first(hand):
    hand.show(Network(np.ones(3), np.zeros(3), np.array([1.0, 2.0, 3.0])))
    hand.plot.set_highlight(1, None)
    hand.move(hand.plot.pixel_at(0.0, 0.0))
    found = []
    for _ in range(4):
        found.append(hand.said[-1])
        QTest.keyClick(hand.plot, Qt.Key.Key_Tab)
    assert found == [("hovered", 1), ("hovered", 2), ("hovered", 0), ("hovered", 1)]
    hand.press()
    hand.move(hand.at + QPoint(30, 0))
    hand.release()
    assert ("started", Parameter(Kind.HIDDEN_BIAS, 2)) in hand.said


def test_a_kink_off_the_domain_can_be_fetched_back(hand):
    hand.show(Network([1.0], [7.0], [0.1]))
    b1 = Parameter(Kind.HIDDEN_BIAS, 0)
    start = handle(hand, b1)
    hand.drag(start, start + QPoint(20, 0), hand.plot.pixel_at(0.0, 0.0))
    assert hand.values(b1)[-1] == pytest.approx(0.0, abs=0.02)


def test_many_neurons_show_the_handles_of_the_named_ones_only(hand):
    random = np.random.default_rng(5)
    hand.show(Network(np.ones(13), random.uniform(-0.9, 0.9, 13), random.normal(0, 1, 13)))
    assert hand.plot.handle_pixel(B2) is None
    assert hand.plot.handle_pixel(OUTPUT_BIAS) is not None
    hand.plot.set_highlight(None, 1)
    assert hand.plot.handle_pixel(B2) is not None


def test_set_and_show_say_nothing(hand):
    hand.plot.set_highlight(1, 2)
    hand.plot.set_locked({B2})
    hand.plot.set_domain(-2.0, 2.0)
    hand.plot.set_target(np.array([[-2.0, 0.0], [2.0, 1.0]]), "line")
    hand.plot.show_network(Network([1.0], [0.0], [1.0]))
    hand.plot.set_font_scale(1.5)
    hand.plot.fit()
    hand.plot.viewport().repaint()
    assert hand.said == []


def wheel(plot, at, delta):
    scene_at = plot.viewport().mapToGlobal(at)
    event = QWheelEvent(
        QPointF(at),
        QPointF(scene_at),
        QPoint(0, 0),
        QPoint(0, delta),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(plot.viewport(), event)


def test_the_wheel_zooms_at_the_mouse_and_a_double_click_fits(hand):
    view = hand.plot.view_range
    at = hand.plot.pixel_at(0.5, -3.0)
    for _ in range(5):
        wheel(hand.plot, at, 120)
    assert hand.plot.view_range[0][1] - hand.plot.view_range[0][0] < 0.8 * (view[0][1] - view[0][0])
    # Each turn of the wheel rounds to a pixel.
    assert (hand.plot.pixel_at(0.5, -3.0) - at).manhattanLength() <= 5
    QTest.mouseDClick(hand.plot.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    QTest.mouseRelease(hand.plot.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    assert np.allclose(hand.plot.view_range, view)


def test_a_drag_with_the_right_button_zooms_and_a_click_opens_our_menu(hand, qtbot):
    view, right, viewport = hand.plot.view_range, Qt.MouseButton.RightButton, hand.plot.viewport()
    hand.move(QPoint(600, 300))
    QTest.mousePress(viewport, right, Qt.KeyboardModifier.NoModifier, hand.at)
    for step in range(1, 6):
        hand.move(QPoint(600 + 12 * step, 300 - 12 * step))
    QTest.mouseRelease(viewport, right, Qt.KeyboardModifier.NoModifier, hand.at)
    (x_low, x_high), (y_low, y_high) = hand.plot.view_range
    assert x_high - x_low < 0.95 * (view[0][1] - view[0][0])
    assert y_high - y_low < 0.95 * (view[1][1] - view[1][0])
    assert not hand.plot._menu.isVisible()
    assert hand.words() == []
    QTest.mouseClick(viewport, right, Qt.KeyboardModifier.NoModifier, hand.at)
    qtbot.waitUntil(hand.plot._menu.isVisible)
    hand.plot._menu.hide()


def test_a_double_click_on_a_handle_fits_too(hand):
    view = hand.plot.view_range
    wheel(hand.plot, hand.plot.handle_pixel(OUTPUT_BIAS) + QPoint(40, 0), 120)
    assert not np.allclose(hand.plot.view_range, view)
    at = hand.plot.handle_pixel(OUTPUT_BIAS)
    QTest.mouseMove(hand.plot.viewport(), at)
    QTest.mouseDClick(hand.plot.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    QTest.mouseRelease(hand.plot.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    assert np.allclose(hand.plot.view_range, view)


@pytest.mark.parametrize("key", [Qt.Key.Key_F, Qt.Key.Key_Home])
def test_a_key_fits(hand, key):
    view = hand.plot.view_range
    wheel(hand.plot, QPoint(600, 300), -600)
    assert not np.allclose(hand.plot.view_range, view)
    QTest.keyClick(hand.plot, key)
    assert np.allclose(hand.plot.view_range, view)


def test_a_thousand_zooms_in_and_out_leave_a_view_to_return_from(hand, qt_messages):
    view = hand.plot.view_range
    for delta in (120, -120):
        for number in range(1000):
            wheel(hand.plot, QPoint(200 + number % 900, 300), delta)
            if number % 50 == 0:
                hand.plot.viewport().repaint()
    hand.plot.viewport().repaint()
    assert np.isfinite(hand.plot.view_range).all()
    hand.plot.fit()
    assert np.allclose(hand.plot.view_range, view)
    assert qt_messages == []
