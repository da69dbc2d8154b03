"""The loss plot as a scrubber: where the hand asks to go, and how it shows where one is."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from reluviz.core.arrays import frozen
from reluviz.core.history import LossCurve
from reluviz.core.palette import DARK, LIGHT
from reluviz.plot import timeline_plot as module
from reluviz.plot.kept_item import kept_colour
from reluviz.plot.look import Look
from reluviz.plot.timeline_plot import TimelinePlot

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def timeline(qtbot):
    plot = TimelinePlot()
    qtbot.addWidget(plot)
    plot.resize(600, 200)
    with qtbot.waitExposed(plot):
        plot.show()
    plot.show_curve(curve(200))
    return plot


def curve(points: int, factor: float = 1.0) -> LossCurve:
    return LossCurve(np.arange(points) * 10.0, factor * np.geomspace(10.0, 1e-3, points))


def columns(plot, colour: str) -> list[int]:
    image = plot.grab().toImage()
    return [
        x for x in range(image.width()) if any(image.pixelColor(x, y).name() == colour for y in range(image.height()))
    ]


def test_a_press_and_every_movement_ask_for_the_step_under_the_hand(timeline):
    asked = []
    timeline.scrubbed.connect(asked.append)
    projection, _ = timeline._layout()
    for i, step in enumerate((500.0, 800.0, 1200.0)):
        at = QPoint(round(float(projection.x(step))), 100)
        if i == 0:
            QTest.mousePress(timeline, LEFT, pos=at)
        else:
            QTest.mouseMove(timeline, at)
    QTest.mouseRelease(timeline, LEFT, pos=at)
    QTest.mouseMove(timeline, QPoint(100, 100))
    assert asked == pytest.approx([500.0, 800.0, 1200.0], abs=4.0)


def test_the_edges_are_the_first_and_the_last_step(timeline):
    asked = []
    timeline.scrubbed.connect(asked.append)
    QTest.mousePress(timeline, LEFT, pos=QPoint(1, 100))
    QTest.mouseMove(timeline, QPoint(599, 100))
    projection, _ = timeline._layout()
    QTest.mouseMove(timeline, QPoint(round(projection.right) - 2, 100))
    assert asked == [0.0, 1990.0, 1990.0]


def test_without_a_curve_there_is_nothing_to_ask_for(timeline):
    asked = []
    timeline.scrubbed.connect(asked.append)
    assert timeline.cursor().shape() is Qt.CursorShape.PointingHandCursor
    timeline.show_curve(curve(1))
    QTest.mouseClick(timeline, LEFT, pos=QPoint(300, 100))
    QTest.mouseClick(timeline, Qt.MouseButton.RightButton, pos=QPoint(300, 100))
    assert asked == []
    assert timeline.cursor().shape() is Qt.CursorShape.ArrowCursor


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_the_playhead_stands_at_its_step_and_veils_what_comes_later(timeline, palette):
    timeline.set_palette(palette)
    before = columns(timeline, palette.accent)
    timeline.show_playhead(1000.0)
    projection, _ = timeline._layout()
    x = float(projection.x(1000.0))
    image = timeline.grab().toImage()
    assert image.pixelColor(round(x), round(projection.bottom) - 3).name() == palette.text
    accent = columns(timeline, palette.accent)
    assert max(accent) < x + 280, "but for the tag's edge"
    assert len(accent) < len(before)
    timeline.show_playhead(None)
    assert columns(timeline, palette.accent) == before


def test_the_tag_says_that_it_is_recorded_with_as_many_words_as_fit(timeline, monkeypatch):
    told = []
    monkeypatch.setattr(module, "paint_tag", lambda painter, projection, at, tag, *rest: told.append(tag))
    timeline.show_playhead(1000.0, 0.09771)
    timeline.grab()
    assert told[-1].text == "step 1\u2009000 of 1\u2009990 — recorded, J = 0.09771"
    assert told[-1].note == ""
    timeline.resize(330, 120)
    timeline.grab()
    assert told[-1].text == "step 1\u2009000 — recorded"
    timeline.resize(600, 200)
    timeline.show_ghost(curve(200, 2.0))
    timeline.mark_ghost(1000.0, 0.25)
    timeline.grab()
    assert told[-1].note == "kept: J = 0.2500"


def test_a_ghost_lies_below_with_its_loss(timeline):
    grey = kept_colour(Look())
    assert len(columns(timeline, grey)) < 3, "but for some edge of a letter"
    timeline.show_ghost(curve(300, 2.0))
    timeline.mark_ghost(0.0, 20.0)
    projection, _ = timeline._layout()
    assert projection.data(projection.right, 0.0)[0] == pytest.approx(2990.0), "it is seen to its end"
    seen = columns(timeline, grey)
    assert seen[-1] - seen[0] > 400
    timeline.show_ghost(None)
    assert len(columns(timeline, grey)) < 3, "but for some edge of a letter"
    single = LossCurve(frozen([1000.0]), frozen([0.1]))
    timeline.show_ghost(single)
    timeline.mark_ghost(1000.0, 0.1)
    assert len(columns(timeline, grey)) >= 5, "a moment is a dot"


def test_the_tag_and_the_dot_are_at_the_moments_own_loss(timeline, monkeypatch):
    """The curve has fewer points than there are moments: its nearest one is another moment."""
    told = []
    monkeypatch.setattr(
        module, "paint_tag", lambda painter, projection, at, tag, *rest: told.append((tag.text.split("J = ")[1], at[1]))
    )
    projection, _ = timeline._layout()
    for loss, text in ((0.25, "0.2500"), (0.125, "0.1250")):
        timeline.show_playhead(1003.0, loss)
        timeline.grab()
        assert told[-1] == (text, pytest.approx(float(projection.y(np.log10(loss)))))
    timeline.show_playhead(1003.0, 0.0)
    timeline.grab()
    assert told[-1][0] == "0", "which no logarithmic axis has"


def test_the_plots_name_makes_room_for_the_tag(timeline):
    timeline.grab()
    usual = timeline._name.box.width()
    timeline.show_playhead(1000.0, 0.1)
    timeline.grab()
    assert timeline._name.box.width() < 0.7 * usual
    timeline.show_playhead(None)
    timeline.grab()
    assert timeline._name.box.width() == usual
