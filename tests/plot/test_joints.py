"""Lines stroked segment by segment look as those that a pen has gone along."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen
from pytestqt.qtbot import QtBot

from reluviz.core.arrays import FloatArray
from reluviz.plot.joints import joined
from reluviz.plot.polyline import segments_of
from reluviz.plot.projection import Projection
from reluviz.plot.strokes import draw_polyline

VIEW = Projection(0.0, 1.0, 0.0, 1.0, 0.0, 0.0, 300.0, 200.0)


def turning(degrees: float) -> FloatArray:
    """A line to the right that turns by so many degrees in the middle of the view."""
    angle = np.radians(degrees)
    return np.array([[40.0, 100.3], [150.2, 100.3], [150.2 + 90 * np.cos(angle), 100.3 + 90 * np.sin(angle)]])


def pictures(points: FloatArray, width: float) -> tuple[FloatArray, FloatArray]:
    """How dark each pixel is, 0 to 1: as drawn here, and as Qt strokes the whole line with round joins."""
    found = []
    for along in (False, True):
        image = QImage(300, 200, QImage.Format.Format_RGB32)
        image.fill(QColor("white"))
        painter = QPainter(image)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if along:
                path = QPainterPath(QPointF(*points[0]))
                for point in points[1:]:
                    path.lineTo(*point)
                ends, corners = Qt.PenCapStyle.FlatCap, Qt.PenJoinStyle.RoundJoin
                painter.strokePath(path, QPen(QColor("black"), width, Qt.PenStyle.SolidLine, ends, corners))
            else:
                draw_polyline(painter, points, VIEW, "#000000", width)
        finally:
            painter.end()
        view = np.frombuffer(image.constBits(), np.uint8).reshape(200, 300, 4)
        found.append(1.0 - view[..., 0] / 255.0)
    return found[0], found[1]


@pytest.mark.parametrize("width", [1.5, 3.0, 5.0, 17.0])
@pytest.mark.parametrize("degrees", [0.0, 3.0, 20.0, 44.0, 46.0, 90.0, 150.0, 178.0, -30.0, -120.0])
def test_a_corner_is_closed_and_does_not_stand_out(qtbot: QtBot, width: float, degrees: float) -> None:
    here, along = pictures(turning(degrees), width)
    corner = np.s_[70:130, 120:180]
    assert along.sum() > 100 * width
    # No notch and no spike: altogether less than a few pixels of difference, at the widest pen a twentieth of it.
    assert np.abs(here - along)[corner].sum() < 2.5 + 0.02 * width**2
    assert here.sum() == pytest.approx(along.sum(), rel=0.02)


@pytest.mark.parametrize("length", [0.4, 1.3, 3.1, 17.0])
def test_no_ground_shows_where_segments_meet(qtbot: QtBot, length: float) -> None:
    x = np.arange(20.0, 280.0, length)
    # It bends to and fro by less than can be seen, but by more than is thinned.
    points = np.column_stack((x, 100.5 + 0.2 * (np.arange(len(x)) % 2)))
    here, _ = pictures(points, 4.0)
    assert here[100, 30:260].min() > 0.99


def test_a_line_with_a_gap_has_no_corner_there(qtbot: QtBot) -> None:
    points = np.array([[20.0, 50.0], [120.0, 50.0], [np.nan, np.nan], [120.0, 60.0], [120.0, 150.0]])
    line = joined(segments_of(points)[[0, 3]], 10.0)
    assert line.segments.tolist() == [[20, 50, 120, 50], [120, 60, 120, 150]]
    assert len(line.dots) == 0


def test_mitres_meet_on_the_outer_edge() -> None:
    points, width = turning(30.0), 8.0
    first, second = joined(segments_of(points), width).segments
    (x, y), half = points[1], np.radians(15.0)
    # The tip of the mitre lies on the bisector of the corner, at width/2 / cos(half the turn).
    tip = np.array([x + np.sin(half) * width / 2 / np.cos(half), y - width / 2])
    assert first[2:] - np.array([0.0, width / 2]) == pytest.approx(tip)
    aside = np.array([np.sin(2 * half), -np.cos(2 * half)]) * width / 2
    assert second[:2] + aside == pytest.approx(tip)


def test_points_at_one_place_and_lines_of_one_point() -> None:
    points = np.array([[10.0, 10.0], [50.0, 10.0], [50.0, 10.0], [90.0, 20.0]])
    assert len(joined(segments_of(points), 3.0).segments) == 2
    assert joined(np.zeros((0, 4)), 3.0).segments.shape == (0, 4)


def test_a_thicket_has_no_dots() -> None:
    x = np.arange(400.0) / 2
    line = joined(segments_of(np.column_stack((x, 50.0 + 20.0 * (np.arange(400) % 2)))), 3.0)
    assert len(line.dots) == 0
    assert np.isfinite(line.segments).all()
