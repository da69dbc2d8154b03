"""The sheet on which very many lines are stroked: the same picture as stroking them one by one."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QPicture
from pytestqt.qtbot import QtBot

from reluviz.core.arrays import FloatArray
from reluviz.plot.projection import Projection
from reluviz.plot.segment_sheet import SegmentSheet
from reluviz.plot.strokes import draw_segments, pen

VIEW = Projection(-1.0, 1.0, -1.0, 1.0, 20.0, 10.0, 300.0, 200.0)


def segments(number: int) -> FloatArray:
    random = np.random.default_rng(3)
    return random.uniform((20.0, 10.0, 20.0, 10.0), (320.0, 210.0, 320.0, 210.0), (number, 4))


def blank(ratio: float) -> QImage:
    image = QImage(round(340 * ratio), round(220 * ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(QColor("white"))
    return image


def pixels(image: QImage) -> FloatArray:
    view = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)
    return view[:, : image.width(), :3].astype(np.float64)


def drawn(sheet: SegmentSheet | None, number: int, ratio: float = 1.0) -> FloatArray:
    """A picture of some segments, in the middle of a larger one; without a sheet, stroked directly."""
    image = blank(ratio)
    painter = QPainter(image)
    try:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        stroke = pen("#0072b2", 2.0)
        if sheet is None:
            painter.setClipRect(QRectF(20.0, 10.0, 300.0, 200.0))
            painter.setPen(stroke)
            draw_segments(painter, segments(number))
        else:
            sheet.paint(painter, VIEW, [(stroke, segments(number))])
    finally:
        painter.end()
    return pixels(image)


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0])
def test_it_looks_like_antialiased_lines(qtbot: QtBot, ratio: float) -> None:
    direct, sheet = drawn(None, 12, ratio), drawn(SegmentSheet(), 12, ratio)
    covered = np.abs(direct - 255.0).mean()
    assert covered > 5.0
    assert np.abs(sheet - 255.0).mean() == pytest.approx(covered, rel=0.05)
    assert np.abs(direct - sheet).mean() < 0.35 * covered


def test_lines_keep_their_place(qtbot: QtBot) -> None:
    rows = np.arange(20) * 10.0 + 15.0
    lines = np.column_stack((np.full(20, 30.0), rows, np.full(20, 310.0), rows))
    image = blank(1.0)
    painter = QPainter(image)
    try:
        SegmentSheet().paint(painter, VIEW, [(pen("#000000", 2.0), lines)])
    finally:
        painter.end()
    darkness = 255.0 - pixels(image)[:, 150, 0]
    middle = (darkness * (np.arange(220) + 0.5)).sum() / darkness.sum()
    assert middle == pytest.approx(rows.mean(), abs=0.3)
    assert darkness.sum() / 255.0 == pytest.approx(2.0 * len(rows), rel=0.05)


def test_nothing_stays_from_the_picture_before(qtbot: QtBot) -> None:
    sheet = SegmentSheet()
    drawn(sheet, 400)
    assert np.array_equal(drawn(sheet, 3), drawn(SegmentSheet(), 3))


def test_it_serves_pixels_in_views_of_reasonable_size(qtbot: QtBot) -> None:
    image, picture = blank(1.0), QPicture()
    for device, view, expected in (
        (image, VIEW, True),
        (picture, VIEW, False),
        (image, Projection(0.0, 1.0, 0.0, 1.0, 0.0, 0.0, 7680.0, 4320.0), False),
    ):
        painter = QPainter(device)
        try:
            assert SegmentSheet.serves(painter, view) is expected
        finally:
            painter.end()
