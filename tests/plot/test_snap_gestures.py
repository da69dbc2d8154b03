"""Handles and corners under a hand that snaps."""

from __future__ import annotations

import numpy as np
import pytest
from hand import THREE_RELUS, THREE_SEGMENTS
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from reluviz.core.parameter import OUTPUT_BIAS, Kind, Parameter
from reluviz.plot.snapping import MOST_POINTS, snap_note

B2 = Parameter(Kind.HIDDEN_BIAS, 1)
W3 = Parameter(Kind.OUTPUT_WEIGHT, 2)
V3 = Parameter(Kind.HIDDEN_WEIGHT, 2)
ALT = Qt.KeyboardModifier.AltModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def snapping(hand):
    """A hand that snaps, and all of the three segments out of tune."""
    hand.plot.snapping.is_on = True
    hand.plot.snapping.set_points(THREE_SEGMENTS.points)
    hand.show(THREE_RELUS.with_values({B2: 0.3, W3: 3.0, OUTPUT_BIAS: -0.4}))
    return hand


def x_in_pixels(hand, x):
    return hand.plot.pixel_at(x, 0.0).x()


def test_a_kink_goes_to_a_points_x(snapping):
    at = snapping.plot.handle_pixel(B2)
    snapping.drag(at, QPoint(x_in_pixels(snapping, -0.5) + 40, at.y()), QPoint(x_in_pixels(snapping, -0.5) + 6, at.y()))
    assert snapping.values(B2)[-1] == 0.5


@pytest.mark.parametrize("key", [ALT, CONTROL])
def test_alt_or_ctrl_lets_go(snapping, key):
    snapping.keys = key
    at = snapping.plot.handle_pixel(B2)
    snapping.drag(at, QPoint(x_in_pixels(snapping, -0.5) + 40, at.y()), QPoint(x_in_pixels(snapping, -0.5) + 6, at.y()))
    assert snapping.values(B2)[-1] != 0.5
    assert snapping.values(B2)[-1] == pytest.approx(0.5, abs=0.02)


def test_alt_pressed_in_the_middle_of_a_drag_counts_at_once(snapping):
    at = snapping.plot.handle_pixel(B2)
    snapping.move(at)
    snapping.press()
    snapping.move(QPoint(x_in_pixels(snapping, -0.5) + 6, at.y()))
    assert snapping.values(B2)[-1] == 0.5
    QTest.keyPress(snapping.plot, Qt.Key.Key_Alt)
    assert snapping.values(B2)[-1] != 0.5
    QTest.keyRelease(snapping.plot, Qt.Key.Key_Alt)
    assert snapping.values(B2)[-1] == 0.5
    snapping.release()


def test_beyond_its_reach_nothing_pulls(snapping):
    at = snapping.plot.handle_pixel(B2)
    # Neither a point nor a line of the grid, which has steps of 0.2, is here.
    snapping.drag(at, at + QPoint(20, 0), QPoint(x_in_pixels(snapping, -0.3), at.y()))
    assert snapping.values(B2)[-1] == pytest.approx(0.3, abs=0.002)
    snapping.drag(at, at + QPoint(20, 0), QPoint(x_in_pixels(snapping, 0.4) + 5, at.y()))
    assert snapping.values(B2)[-1] == -0.4


def test_b0_brings_the_output_onto_a_point(snapping):
    at = snapping.plot.handle_pixel(OUTPUT_BIAS)
    to = snapping.plot.pixel_at(-1.0, -1.0) + QPoint(0, -5)
    snapping.drag(at, at + QPoint(0, 5), QPoint(at.x(), to.y()))
    assert snapping.network.output([-1.0])[0] == pytest.approx(-1.0, abs=1e-9)


def test_a_rays_end_brings_the_output_onto_a_point(snapping):
    snapping.show(THREE_RELUS.with_values({W3: 3.0}))
    at = snapping.plot.handle_pixel(W3)
    to = snapping.plot.pixel_at(1.0, 5.0) + QPoint(0, 5)
    snapping.drag(at, at + QPoint(0, -5), QPoint(at.x(), to.y()))
    assert snapping.values(W3)[-1] == pytest.approx(5.0, abs=1e-9)


def test_a_turned_ray_brings_the_output_onto_a_point(snapping):
    snapping.show(THREE_RELUS.with_values({W3: 3.0}))
    snapping.keys = Qt.KeyboardModifier.ShiftModifier
    at = snapping.plot.handle_pixel(W3)
    to = snapping.plot.pixel_at(1.0, 5.0) + QPoint(0, 5)
    snapping.drag(at, at + QPoint(0, -5), QPoint(at.x(), to.y()))
    assert snapping.network[V3] == pytest.approx(5.0 / 3.0)
    assert snapping.network.output([1.0])[0] == pytest.approx(0.0, abs=1e-9)


def test_without_points_the_handles_own_height_goes_to_the_grid(snapping):
    snapping.plot.snapping.set_points(())
    at = snapping.plot.handle_pixel(W3)
    to = snapping.plot.pixel_at(1.0, 4.0) + QPoint(0, 6)
    snapping.drag(at, at + QPoint(0, -5), QPoint(at.x(), to.y()))
    assert snapping.values(W3)[-1] == 4.0


def test_too_many_points_are_left_alone(snapping):
    crowd = np.column_stack((np.linspace(-1.0, 1.0, MOST_POINTS + 1), np.zeros(MOST_POINTS + 1)))
    snapping.plot.snapping.set_points(crowd)
    assert len(snapping.plot.snapping.ground(Qt.KeyboardModifier.NoModifier).points) == 0


def corner_drag(hand, corner, to):
    wanted = []
    hand.plot.corner_dragged.connect(lambda x, y: wanted.append((x, y)))
    start = hand.plot.corner_pixel(corner)
    hand.drag(start, start + QPoint(9, 9), to)
    return wanted[-1]


def test_a_corner_goes_to_a_point(snapping):
    to = snapping.plot.pixel_at(0.0, -1.0) + QPoint(5, -5)
    assert corner_drag(snapping, 2, to) == (0.0, -1.0)


def test_a_corner_goes_to_the_grid_each_axis_for_itself(snapping):
    to = snapping.plot.pixel_at(0.2, -2.0) + QPoint(5, 5)
    assert corner_drag(snapping, 2, to) == (0.2, -2.0)
    snapping.plot.set_domain(-1.0, 1.0)
    x, y = corner_drag(snapping, 2, snapping.plot.pixel_at(0.3, -2.0) + QPoint(0, 5))
    assert (x, y) == (pytest.approx(0.3, abs=0.003), -2.0)
    assert x != 0.3


def test_an_end_of_the_output_goes_to_its_point(snapping):
    to = snapping.plot.pixel_at(1.0, 0.0) + QPoint(30, -6)
    assert corner_drag(snapping, 3, to) == (1.0, 0.0)


def test_the_reach_is_in_pixels_at_every_zoom(snapping):
    ground = snapping.plot.snap_ground(np.zeros((0, 2)))
    across = snapping.plot.pixel_at(ground.reach_x, 0.0) - snapping.plot.pixel_at(0.0, 0.0)
    up = snapping.plot.pixel_at(0.0, 0.0) - snapping.plot.pixel_at(0.0, ground.reach_y)
    assert (across.x(), up.y()) == (8, 8)
    assert (ground.grid_x, ground.grid_y) == (0.2, 1.0)


def test_tags_say_to_what():
    assert snap_note("point", 1) == "on the target's point 2"
    assert snap_note("grid", None) == "on the grid"
    assert snap_note("", None) == ""
