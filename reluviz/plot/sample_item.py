"""The samples that training sees, and those that it does not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen
from PySide6.QtWidgets import QGraphicsObject

from reluviz.core.arrays import FloatArray
from reluviz.core.dataset import Dataset, Split
from reluviz.core.notation import count_text
from reluviz.plot.axes import LegendEntry
from reluviz.plot.drawn import Drawn
from reluviz.plot.layer import Layer
from reluviz.plot.projection import Projection
from reluviz.plot.strokes import blended, draw_points, draws_pixels

# More would be a cloud in which no sample is seen for itself.
MOST_DRAWN = 1000
_MANY = 200
_DOT, _RING_WIDTH = 5.0, 1.6
# Wide enough to lie around the dots of a target of data, which are smaller where there are more of them.
_WIDE_RING, _RING, _MANY_RINGED = 11.0, 8.0, 400
_SMALLER = 0.7
# Few lie on the target's line, many must not hide it.
_ABOVE, _BELOW = 2.2, 1.8
_NOTHING = np.zeros((0, 2))


class DrawnSamples(Drawn):
    """Training samples as dots, validation samples as rings; of very many, every so manieth."""

    def __init__(self, *place: Any) -> None:
        super().__init__(*place)
        self.is_below = False
        """Whether they are so many that the target lies above them."""
        self._training = self._validation = _NOTHING
        self._stride = 1
        self._ring_size = _WIDE_RING
        self.draw_if(False)

    def set_samples(self, split: Split | None) -> None:
        """Show these samples; None shows none."""
        held_out = None if split is None else split.validation
        most = 0 if split is None else max(len(split.training), 0 if held_out is None else len(held_out))
        self._stride = max(1, -(-most // MOST_DRAWN))
        self._training = _NOTHING if split is None else _thinned(split.training, self._stride)
        self._validation = _NOTHING if held_out is None else _thinned(held_out, self._stride)
        self.is_below = most > _MANY
        self._ring_size = _WIDE_RING if most <= _MANY_RINGED else _RING * _SMALLER
        self.draw_if(split is not None)
        self.redraw()

    def legend(self) -> Sequence[LegendEntry]:
        """What the marks are; where not all are drawn, how many are."""
        if not self.is_drawn:
            return ()
        thinned = f" (1 in {count_text(self._stride)})" if self._stride > 1 else ""
        entries = [LegendEntry(f"samples{thinned}", self._dot_colour, _DOT, f"samples{thinned}", mark="dot")]
        if len(self._validation):
            entries.append(
                LegendEntry(f"validation{thinned}", self.look.palette.validation, _RING, "validation", mark="ring")
            )
        return entries

    @property
    def _dot_colour(self) -> str:
        # Quieter than the target itself, over which they lie.
        return blended(self.look.palette.muted, self.look.palette.plot, 0.15).name()

    def draw(self, painter: QPainter, projection: Projection) -> None:
        scale = self.look.scale
        dot = _DOT * (_SMALLER if self.is_below else 1.0)
        draw_points(painter, _in_view(self._training, projection), self._dot_colour, dot * scale)
        rings = _in_view(self._validation, projection)
        if not draws_pixels(painter):
            _draw_rings(painter, rings, self.look.palette.validation, self._ring_size, scale)
            return
        if len(rings) == 0:
            return
        ratio = painter.device().devicePixelRatioF()
        stamp = _ring(self.look.palette.validation, self._ring_size, scale, ratio)
        half = stamp.width() / ratio / 2.0
        for x, y in rings.tolist():
            painter.drawImage(QPointF(x - half, y - half), stamp)


class SampleItem(DrawnSamples, Layer):
    """On the screen. It is drawn once, and copied from a pixmap until samples or view change."""

    def __init__(self, parent: QGraphicsObject) -> None:
        super().__init__(parent, _ABOVE)
        self.setCacheMode(self.CacheMode.DeviceCoordinateCache)

    def set_samples(self, split: Split | None) -> None:
        super().set_samples(split)
        self.setZValue(_BELOW if self.is_below else _ABOVE)


def _thinned(dataset: Dataset, stride: int) -> FloatArray:
    return np.column_stack((dataset.x[::stride], dataset.y[::stride]))


def _in_view(samples: FloatArray, projection: Projection) -> FloatArray:
    """The pixels of those that lie in the view, shape (n, 2)."""
    pixels = np.column_stack((projection.x(samples[:, 0]), projection.y(samples[:, 1])))
    x, y = pixels.T
    inside = (x >= projection.left - _WIDE_RING) & (x <= projection.right + _WIDE_RING)
    inside &= (y >= projection.top - _WIDE_RING) & (y <= projection.bottom + _WIDE_RING)
    return np.asarray(pixels[inside])


def _draw_rings(painter: QPainter, places: FloatArray, colour: str, size: float, scale: float) -> None:
    painter.setPen(QPen(QColor(colour), _RING_WIDTH * scale))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for x, y in places.tolist():
        painter.drawEllipse(QPointF(x, y), size * scale / 2.0, size * scale / 2.0)


def _ring(colour: str, size: float, scale: float, ratio: float) -> QImage:
    """One ring, to be copied: stroking outlines one by one is slow."""
    side = (size + 2.0 * _RING_WIDTH) * scale
    pixels = round(side * ratio)
    picture = QImage(pixels, pixels, QImage.Format.Format_ARGB32_Premultiplied)
    picture.setDevicePixelRatio(ratio)
    picture.fill(QColor(0, 0, 0, 0))
    painter = QPainter(picture)
    try:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = picture.width() / ratio / 2.0
        _draw_rings(painter, np.array([[middle, middle]]), colour, size, scale)
    finally:
        painter.end()
    return picture
