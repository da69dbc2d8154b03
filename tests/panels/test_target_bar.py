"""The bar of the mode in which the target is edited."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from reluviz.panels.target_bar import TargetBar


@pytest.fixture
def bar(qtbot):
    # A window of its own would not become narrower than one row.
    window = QWidget()
    qtbot.addWidget(window)
    bar = TargetBar(window)
    bar.resize(900, 80)
    bar.show_points(4, None)
    window.resize(900, 200)
    with qtbot.waitExposed(window):
        window.show()
    yield bar
    window.close()


def test_it_says_what_can_be_done(bar):
    assert bar.sentence.text().startswith("4 points. Drag a point; double-click adds one")
    assert not bar.delete.isEnabled()
    bar.show_points(4, 1)
    assert bar.sentence.text().startswith("Point 2 of 4")
    assert bar.delete.isEnabled()
    bar.show_function("|x|", 7)
    assert bar.sentence.text().startswith("|x| has no points")
    assert bar.segments.value() == 7
    assert [part.isVisible() for part in (bar.segment_left, bar.segment_right, bar.delete, bar.snap, bar.turn)] == [
        False,
        False,
        False,
        False,
        True,
    ]


def test_few_rows_of_data_can_become_points(bar):
    bar.show_data("d4.csv", 4, 3)
    assert bar.sentence.text().startswith("d4.csv: 4 rows of data. Turn them into points")
    parts = (bar.segment_left, bar.delete, bar.snap, bar.turn, bar.segments, bar.turn_points)
    assert [part.isVisible() for part in parts] == [False] * 5 + [True]
    bar.show_data("big.csv", 5000, 3)
    assert "5\u2009000 rows are too many to take hold of" in bar.sentence.text()
    assert [part.isVisible() for part in parts] == [False] * 3 + [True, True, False]
    bar.show_points(4, None)
    assert not bar.turn_points.isVisible()


def test_every_button_asks_for_what_it_says(bar):
    asked = []
    bar.show_points(4, 1)
    for name in ("segment_left", "segment_right", "delete"):
        getattr(bar, f"{name}_requested").connect(lambda name=name: asked.append(name))
        QTest.mouseClick(getattr(bar, name), Qt.MouseButton.LeftButton)
    bar.snap_edited.connect(asked.append)
    bar.segments_requested.connect(asked.append)
    bar.points_requested.connect(lambda: asked.append("points"))
    bar.close_requested.connect(lambda: asked.append("close"))
    QTest.mouseClick(bar.snap, Qt.MouseButton.LeftButton)
    bar.show_function("|x|", 7)
    QTest.mouseClick(bar.turn, Qt.MouseButton.LeftButton)
    bar.show_data("d4.csv", 4, 3)
    QTest.mouseClick(bar.turn_points, Qt.MouseButton.LeftButton)
    QTest.mouseClick(bar.close_, Qt.MouseButton.LeftButton)
    QTest.keyClick(bar, Qt.Key.Key_Escape)
    assert asked == ["segment_left", "segment_right", "delete", True, 7, "points", "close", "close"]


@pytest.mark.parametrize("rows", [1, 2])
def test_no_control_is_cut_off(bar, rows, qtbot):
    bar.show_points(4, 1)
    bar.resize(900 if rows == 1 else bar.minimumSizeHint().width() + 20, 160)
    parts = (bar.segment_left, bar.segment_right, bar.delete, bar.snap, bar.close_)
    qtbot.waitUntil(lambda: all(part.width() >= part.sizeHint().width() for part in parts))
    for part in parts:
        assert part.geometry().right() < bar.width()
    places = [part.geometry() for part in parts]
    assert not any(a.intersects(b) for i, a in enumerate(places) for b in places[i + 1 :])
    assert len({part.y() for part in (bar.segment_left, bar.close_)}) == rows
