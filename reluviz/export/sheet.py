"""What is drawn once and copied from then on."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QImage, QPainter

from reluviz.plot.strokes import draws_pixels

# A frame of a film has no more.
_MOST_PIXELS = 4096 * 2304


class Sheet:
    """Something that stays the same from picture to picture, within a rectangle of pixels.

    `pays_off` says whether there will be several pictures: of a single one no copy is kept.
    """

    def __init__(self, place: QRectF, draw: Callable[[QPainter], None], pays_off: bool) -> None:
        self._place: QRect = place.toAlignedRect()
        self._draw = draw
        self._pays_off = pays_off
        self._image: QImage | None = None

    def paint(self, painter: QPainter) -> None:
        """Copy it onto a picture, or draw it where shapes are written into a file."""
        if self._place.isEmpty():
            return
        if not draws_pixels(painter) or not self.is_kept:
            self._draw(painter)
            return
        painter.drawImage(self._place.topLeft(), self.image())

    @property
    def is_kept(self) -> bool:
        """Whether a copy of it is worth its memory."""
        return self._pays_off and self._place.width() * self._place.height() <= _MOST_PIXELS

    def image(self) -> QImage:
        """It alone, on transparent ground; not to be changed."""
        if self._image is None:
            image = QImage(self._place.size(), QImage.Format.Format_ARGB32_Premultiplied)
            image.fill(Qt.GlobalColor.transparent)
            painter = QPainter(image)
            try:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.translate(-self._place.topLeft())
                self._draw(painter)
            finally:
                painter.end()
            self._image = image
        return self._image
