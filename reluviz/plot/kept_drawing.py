"""What takes long to draw and often stays the same, kept as a pixmap."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPixmap

from reluviz.plot.projection import Projection
from reluviz.plot.strokes import draws_pixels


class KeptDrawing:
    """Draws the same a second time into a pixmap, and from then on copies it from there.

    What changes with every frame is so never drawn twice. `makings` counts how often anything was drawn.
    """

    def __init__(self) -> None:
        self.makings = 0
        self._subject: Hashable = None
        self._pixmap: QPixmap | None = None

    def paint(
        self,
        painter: QPainter,
        projection: Projection,
        subject: Hashable,
        draw: Callable[[QPainter, Projection], None],
    ) -> None:
        """Have `draw` draw in the painter's coordinates, inside the view, or copy what it drew for an equal subject."""
        ratio = painter.device().devicePixelRatioF()
        to_device = painter.deviceTransform()
        if not draws_pixels(painter) or to_device.m11() != ratio:
            draw(painter, projection)
            return
        origin = to_device.map(QPointF(projection.left, projection.top))
        # Whole pixels lie on whole pixels: nothing is blurred or moved by the copy.
        rest = QPointF(origin.x() - math.floor(origin.x()), origin.y() - math.floor(origin.y())) / ratio
        place = QPointF(projection.left, projection.top) - rest
        shown = (subject, projection, rest.x(), rest.y(), ratio)
        if shown != self._subject:
            self._subject, self._pixmap = shown, None
            self.makings += 1
            draw(painter, projection)
            return
        if self._pixmap is None:
            self.makings += 1
            self._pixmap = self._drawn(projection, place, ratio, draw)
        painter.drawPixmap(place, self._pixmap)

    @staticmethod
    def _drawn(
        projection: Projection, place: QPointF, ratio: float, draw: Callable[[QPainter, Projection], None]
    ) -> QPixmap:
        pixmap = QPixmap(math.ceil((projection.width + 1.0) * ratio), math.ceil((projection.height + 1.0) * ratio))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.translate(-place)
            draw(painter, projection)
        finally:
            painter.end()
        return pixmap
