from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from reluviz.plot.free_room import covered
from reluviz.plot.look import Look
from reluviz.plot.projection import Projection
from reluviz.plot.value_tag import Tag, paint_tag

NOTE = "moves everything right of x = 0"


@pytest.mark.parametrize(("width", "scale"), [(800.0, 1.0), (360.0, 2.0), (200.0, 1.0)])
def test_a_tag_stays_within_the_view_however_long_its_note(qtbot: QtBot, width: float, scale: float) -> None:
    image = QImage(800, 600, QImage.Format.Format_RGB32)
    view = Projection(0.0, 1.0, 0.0, 1.0, 0.0, 0.0, width, 600.0)
    painter = QPainter(image)
    try:
        tag, plain = (
            paint_tag(painter, view, (width - 3.0, 300.0), Tag("w = 1", note, "#000000"), Look(scale=scale))
            for note in (NOTE, "moves")
        )
    finally:
        painter.end()
    assert tag.left() >= 0.0
    assert tag.right() <= width
    # Broken only where there is no room for it in one line.
    assert (tag.height() > plain.height()) == (width < 800.0)


def test_a_tag_stays_off_the_curves_where_it_can(qtbot: QtBot) -> None:
    image = QImage(600, 120, QImage.Format.Format_RGB32)
    view = Projection(0.0, 1.0, 0.0, 1.0, 50.0, 10.0, 500.0, 100.0)
    falling = np.array([[0.0, 1.0], [0.05, 0.3], [0.6, 0.1], [1.0, 0.05]])
    tag = Tag("step 2 045 of 3 985 — recorded, J = 0.02441", "", "#000000", 14.0)
    painter = QPainter(image)
    try:
        for x in np.linspace(0.0, 1.0, 21):
            at = float(view.x(x)), float(view.y(np.interp(x, falling[:, 0], falling[:, 1])))
            box = paint_tag(painter, view, at, tag, Look(), (falling,))
            assert covered(box, (falling,), view) == 0
            assert box.left() >= 50.0
            assert box.right() <= 550.0
    finally:
        painter.end()
