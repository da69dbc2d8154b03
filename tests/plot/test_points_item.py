"""The dots on the target's points: which are drawn, what they look like, and how fast they are."""

from __future__ import annotations

import numpy as np
import pytest
from hand import THREE_SEGMENTS
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from yardstick import times_as_dear

from reluviz.core.palette import LIGHT
from reluviz.core.target import PointsTarget
from reluviz.plot.decomposition_plot import DecompositionPlot
from reluviz.plot.dots import MOST_DOTS, dots_of
from reluviz.plot.projection import Projection

VIEW = Projection(0.0, 1.0, 0.0, 1.0, 0.0, 0.0, 800.0, 400.0)
PIXELS = st.lists(st.tuples(st.floats(-50, 850), st.floats(-50, 450)), min_size=1, max_size=60)


@given(PIXELS, st.sampled_from([6.0, 9.0, 40.0]))
def test_dots_keep_apart_and_every_other_point_is_near_one(pixels, apart):
    points = np.array(pixels)
    shown = points[dots_of(points, VIEW, apart)]
    away = np.hypot(*(shown[:, None] - shown[None]).transpose(2, 0, 1))
    assert (away[~np.eye(len(shown), dtype=bool)] >= apart).all()
    inside = points[((points >= 0) & (points <= (800, 400))).all(axis=1)]
    for point in inside:
        assert np.hypot(*(shown - point).T).min() < apart or (shown == point).all(axis=1).any()


def test_of_very_many_points_a_bounded_number_is_drawn_with_those_that_have_to_be():
    rng = np.random.default_rng(1)
    points = np.column_stack((np.linspace(0, 800, 10_000), rng.uniform(0, 400, 10_000)))
    shown = dots_of(points, VIEW, 9.0, (777, 0, 9999))
    assert {0, 777, 9999} <= set(shown.tolist())
    assert 50 < len(shown) <= MOST_DOTS + 3
    assert (np.diff(shown) > 0).all()


@pytest.fixture
def editing(plot: DecompositionPlot) -> DecompositionPlot:
    plot.points.set_target(THREE_SEGMENTS)
    plot.edit_target(True)
    QTest.mouseMove(plot.viewport(), QPoint(3, 3))
    return plot


def many(points: int) -> PointsTarget:
    x = np.linspace(-1.0, 1.0, points)
    y = np.random.default_rng(2).normal(size=points)
    return PointsTarget(tuple(zip(x.tolist(), y.tolist(), strict=True)))


def show(plot: DecompositionPlot, target: PointsTarget) -> None:
    plot.set_target(target.polyline(), target.label)
    plot.points.set_target(target)
    plot.grab()


def is_there(plot: DecompositionPlot, at: QPoint, colour: str) -> bool:
    """Whether a pixel has a colour, but for what a neighbouring edge mixes in."""
    found, wanted = plot.grab().toImage().pixelColor(at).getRgb(), QColor(colour).getRgb()
    return max(abs(a - b) for a, b in zip(found, wanted, strict=True)) < 24


def test_dots_are_drawn_on_the_points_and_only_in_the_mode(editing):
    at = editing.pixel_at(0.0, -1.0) + QPoint(0, 4)
    editing.set_target([[-1.0, 3.0], [1.0, 3.0]], "")
    editing.keep_view()
    assert is_there(editing, at, LIGHT.target)
    editing.points.select(2)
    assert is_there(editing, at, LIGHT.accent)
    editing.edit_target(False)
    assert not is_there(editing, at, LIGHT.target)
    assert not is_there(editing, at, LIGHT.accent)


def test_the_cursor_says_that_a_point_goes_anywhere(editing):
    at = editing.viewport_pixel(editing.points.pixel_of(1))
    QTest.mouseMove(editing.viewport(), at)
    assert editing.viewport().cursor().shape() is Qt.CursorShape.SizeAllCursor
    QTest.mouseMove(editing.viewport(), at + QPoint(60, 0))
    assert editing.viewport().cursor().shape() is Qt.CursorShape.ArrowCursor


def test_a_point_among_thousands_shows_by_zooming_and_is_dragged(editing):
    target = many(10_000)
    show(editing, target)
    hidden = next(i for i in range(4000, 6000) if editing.points.pixel_of(i) is None)
    x, y = target.points[hidden]
    editing.box.setRange(xRange=(x - 1e-3, x + 1e-3), yRange=(y - 0.5, y + 0.5), padding=0.0)
    at = editing.viewport_pixel(editing.points.pixel_of(hidden))
    moved = []
    editing.snapping.is_on = False
    editing.points.moved.connect(lambda *where: moved.append(where))
    QTest.mouseMove(editing.viewport(), at)
    QTest.mousePress(editing.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    QTest.mouseMove(editing.viewport(), at + QPoint(4, -40))
    assert is_there(editing, at + QPoint(4, -40), LIGHT.accent)
    QTest.mouseRelease(
        editing.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at + QPoint(4, -40)
    )
    assert [where[0] for where in moved] == [hidden]


def test_ten_thousand_points_do_not_hold_up_the_window(editing):
    target = many(10_000)
    show(editing, target)
    points = editing.points
    middle = points.pixel_of(int(points.shown[60]))
    points._take_hold(*middle)

    def loop(_):
        return tuple((x, y) for x, y in target.points)

    # Measured: 0.1 and 1 of what a single loop over the points takes.
    assert times_as_dear(lambda i: points._move(middle[0] + i, middle[1]), loop) < 1.0
    assert times_as_dear(lambda i: (points._changed(), points.shown), loop) < 5.0
    points.cancel()


def test_another_target_takes_the_point_out_of_the_hand(editing):
    at = editing.viewport_pixel(editing.points.pixel_of(1))
    moved, lines = [], []
    editing.points.moved.connect(lambda *where: moved.append(where))
    editing.points.line_changed.connect(lines.append)
    view = editing.view_range
    QTest.mouseMove(editing.viewport(), at)
    QTest.mousePress(editing.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    QTest.mouseMove(editing.viewport(), at + QPoint(10, 30))
    assert editing.points.held == 1
    assert lines
    editing.points.set_target(PointsTarget(((0.0, 0.0), (1.0, 1.0))))
    assert editing.points.held is None
    QTest.mouseMove(editing.viewport(), at + QPoint(80, 80))
    QTest.mouseRelease(
        editing.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at + QPoint(80, 80)
    )
    assert moved == []
    assert editing.view_range == view


def test_reveal_moves_the_view_only_for_what_is_outside(editing):
    view = editing.view_range
    editing.reveal(0.99, 0.0)
    assert editing.view_range == view
    editing.reveal(3.0, 0.0)
    (low, high), heights = editing.view_range
    assert low < 3.0 < high
    assert high - low == pytest.approx(view[0][1] - view[0][0])
    assert heights == view[1]
