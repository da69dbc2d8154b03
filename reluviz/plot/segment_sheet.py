"""Stroking thousands of lines, on a picture of twice the size."""

from __future__ import annotations

import math
from collections.abc import Iterable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPen

from reluviz.core.arrays import FloatArray
from reluviz.plot.projection import Projection
from reluviz.plot.strokes import draw_segments, draws_pixels

_SAMPLES = 2
# 96 MB; beyond that size a picture costs more than it saves.
_MOST_PIXELS = 24_000_000


class SegmentSheet:
    """Draws lines plainly on a picture of twice the size, which is then shrunk into place: four samples a pixel.

    Qt's antialiasing takes some 25 ns for every pixel a line passes, its plain lines a tenth of that. The picture is
    kept, since getting that much memory anew for every frame would cost as much as the lines.
    """

    def __init__(self) -> None:
        self._picture = QImage()

    @staticmethod
    def serves(painter: QPainter, projection: Projection) -> bool:
        """Whether the painter draws pixels at all (and not shapes into a file), all of them, and not too many."""
        pixels = projection.width * projection.height * _SAMPLES**2
        is_whole = painter.device().height() >= projection.height
        return draws_pixels(painter) and is_whole and pixels <= _MOST_PIXELS

    def paint(self, painter: QPainter, projection: Projection, strokes: Iterable[tuple[QPen, FloatArray]]) -> None:
        """Stroke segments of shape (n, 4) in pixels of the view, each with its pen."""
        width, height = math.ceil(projection.width * _SAMPLES), math.ceil(projection.height * _SAMPLES)
        if (self._picture.width(), self._picture.height()) != (width, height):
            self._picture = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
        self._picture.fill(Qt.GlobalColor.transparent)
        corner = (projection.left, projection.top) * 2
        mine = QPainter(self._picture)
        try:
            for pen, segments in strokes:
                larger = QPen(pen)
                larger.setWidthF(pen.widthF() * _SAMPLES)
                mine.setPen(larger)
                draw_segments(mine, (segments - corner) * _SAMPLES)
        finally:
            mine.end()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        place = QRectF(projection.left, projection.top, width / _SAMPLES, height / _SAMPLES)
        painter.drawImage(place, self._picture)
