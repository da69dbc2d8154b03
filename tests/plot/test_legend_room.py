"""A legend gives way where there is little room: shorter words first, then smaller letters, then fewer entries."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from reluviz.plot.axes import LegendEntry, legend_width, paint_legend
from reluviz.plot.look import Look
from reluviz.plot.projection import Projection

ENTRIES = (
    LegendEntry("target 2·sin(x) + 5", "#000000", 5.0, "target"),
    LegendEntry("network output", "#f07800", 5.0, "output"),
    LegendEntry("scaled rays wⱼ·f(vⱼ·x + bⱼ)", "#0072b2", 5.0, "scaled rays"),
)
LEFT = 40


def full() -> float:
    """How wide the legend is with all its words."""
    return legend_width([entry.text for entry in ENTRIES], 1.0)


def short() -> float:
    """How wide it is with short ones."""
    return legend_width([entry.short for entry in ENTRIES], 1.0)


def drawn(room: float) -> tuple[list[QColor], tuple[int, int], int]:
    """The lines' colours that are seen in a frame so wide, from where to where anything is, and how high it is."""
    image = QImage(1200, 60, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    try:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_legend(painter, Projection(0.0, 1.0, 0.0, 1.0, LEFT, 45.0, room, 100.0), ENTRIES, Look())
    finally:
        painter.end()
    view = np.frombuffer(image.constBits(), np.uint8).reshape(60, 1200, 4)[..., 2::-1]
    rows, columns = np.nonzero((view < 200).any(axis=2))
    shown = [QColor(e.colour) for e in ENTRIES if (view == QColor(e.colour).getRgb()[:3]).all(axis=2).sum() > 12]
    return shown, (int(columns.min()), int(columns.max())), int(np.ptp(rows)) + 1


@pytest.mark.parametrize("part", [1.7, 1.4, 1.2, 1.02, 0.98, 0.7, 0.63])
def test_all_entries_stay_inside_the_frame(qtbot: QtBot, part: float) -> None:
    room = part * short()
    colours, (first, last), _ = drawn(room)
    assert len(colours) == 3
    assert first >= LEFT - 1
    # It ends at the frame's right edge.
    assert LEFT + room - 6 <= last <= LEFT + room + 1


def test_words_are_shortened_before_letters_shrink(qtbot: QtBot) -> None:
    most, fewer, small = (drawn(room) for room in (full() + 5, short() + 5, 0.7 * short()))
    assert most[1][1] - most[1][0] == pytest.approx(full(), abs=6)
    assert fewer[1][1] - fewer[1][0] == pytest.approx(short(), abs=6)
    assert small[1][1] - small[1][0] <= 0.7 * short()
    assert small[2] < fewer[2]


def test_the_last_entry_is_shortened_first(qtbot: QtBot) -> None:
    _, (first, last), _ = drawn(full() - 5)
    mixed = [ENTRIES[0].text, ENTRIES[1].text, ENTRIES[2].short]
    assert last - first == pytest.approx(legend_width(mixed, 1.0), abs=6)


@pytest.mark.parametrize("part", [0.5, 0.3])
def test_where_nothing_helps_the_last_entries_are_left_out(qtbot: QtBot, part: float) -> None:
    colours, (first, last), _ = drawn(part * short())
    assert 1 <= len(colours) < 3
    assert colours[0] == QColor(ENTRIES[0].colour)
    assert LEFT - 1 <= first < last <= LEFT + part * short() + 1
