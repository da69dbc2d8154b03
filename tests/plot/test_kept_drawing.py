"""What stays the same is drawn twice at most; copied, it looks as drawn."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPicture
from pytestqt.qtbot import QtBot

from reluviz.core.arrays import FloatArray
from reluviz.plot.kept_drawing import KeptDrawing
from reluviz.plot.projection import Projection

VIEW = Projection(0.0, 1.0, 0.0, 1.0, 5.0, 3.0, 200.0, 120.0)


def scribble(painter: QPainter, _: Projection) -> None:
    painter.setPen(QPen(QColor("#0072b2"), 2.0))
    painter.drawLine(QPointF(10.3, 8.1), QPointF(180.7, 101.9))
    painter.drawEllipse(QPointF(100.0, 60.0), 31.3, 17.9)


def frame(kept: KeptDrawing, subject: object, ratio: float, at: tuple[float, float] = (11.0, 7.0)) -> FloatArray:
    """One repaint, at a place in the window as the view has it."""
    image = QImage(round(240 * ratio), round(160 * ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(QColor("white"))
    painter = QPainter(image)
    try:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(*at)
        kept.paint(painter, VIEW, subject, scribble)
    finally:
        painter.end()
    view = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)
    return view[:, : image.width(), :3].astype(np.float64)


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0])
@pytest.mark.parametrize("at", [(11.0, 7.0), (11.0, 7.5)])
def test_the_copy_is_the_same_picture(qtbot: QtBot, ratio: float, at: tuple[float, float]) -> None:
    kept = KeptDrawing()
    first, *copies = (frame(kept, "this", ratio, at) for _ in range(4))
    assert (first < 255).any()
    for copy in copies:
        assert np.abs(copy - first).max() <= 2.0
    assert kept.makings == 2


def test_what_changes_is_drawn_once_a_frame(qtbot: QtBot) -> None:
    kept = KeptDrawing()
    for number in range(5):
        frame(kept, number, 1.0)
    assert kept.makings == 5


def test_another_screen_or_place_draws_anew(qtbot: QtBot) -> None:
    kept = KeptDrawing()
    for ratio in (1.0, 1.0, 2.0, 2.0):
        frame(kept, "this", ratio)
    assert kept.makings == 4


def test_into_a_file_of_shapes_go_shapes(qtbot: QtBot) -> None:
    kept, picture = KeptDrawing(), QPicture()
    for _ in range(3):
        painter = QPainter(picture)
        kept.paint(painter, VIEW, "this", scribble)
        painter.end()
    assert picture.boundingRect().width() > 150
    assert kept.makings == 0
