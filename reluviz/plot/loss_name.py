"""The name of a loss plot: what J is and, left of it, which curve is which where there are two."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from reluviz.core.arrays import FloatArray
from reluviz.plot.axes import plot_font
from reluviz.plot.free_room import freest
from reluviz.plot.look import Look
from reluviz.plot.projection import Projection
from reluviz.plot.strokes import pen

_EDGE = 10.0
_DASH, _GAP, _LINE_WIDTH = 26.0, 8.0, 2.0

Key = tuple[str, str]
"""A curve's name and colour."""


class LossName:
    """Stands in the corner where no curve is, and stays there for as long as it can."""

    def __init__(self) -> None:
        self._corner = 0
        self.box = QRectF()
        """Where it stands, in pixels."""

    def place(
        self,
        names: Sequence[str],
        keys: Sequence[Key],
        curves: Sequence[FloatArray],
        projection: Projection,
        look: Look,
    ) -> tuple[object, ...]:
        """Find room for one of the `names`, the longest first, with as many of the `keys` beside it as fit.

        Returns what says whether it is to be drawn anew.
        """
        metrics, scale = QFontMetricsF(plot_font(look.scale)), look.scale
        room = projection.width - 2.0 * _EDGE
        self._name = next((name for name in names if metrics.horizontalAdvance(name) <= room), "")
        width = metrics.horizontalAdvance(self._name)
        self._keys: list[tuple[Key, float]] = []
        for key in keys if self._name else ():
            wider = metrics.horizontalAdvance(key[0]) + (_DASH + 4.0 * _GAP) * scale
            if width + wider > room:
                break
            width += wider
            self._keys.append((key, wider))
        height = metrics.height()
        right, low = projection.right - _EDGE - width, projection.bottom - height - 1.0
        corners = [
            QRectF(left, top, width, height)
            for top in (projection.top + 1.0, low)
            for left in (right, projection.left + _EDGE)
        ]
        # A curve that moves on must not throw the name to and fro.
        order = [corners[self._corner], *corners]
        self.box = freest(order, curves, projection)
        self._corner = corners.index(self.box)
        return self._corner, self._name, tuple(self._keys)

    def paint(self, painter: QPainter, look: Look) -> None:
        """Write it where it was placed."""
        scale, palette, box = look.scale, look.palette, self.box
        painter.setFont(plot_font(scale))
        metrics = QFontMetricsF(painter.font())
        baseline = box.top() + metrics.ascent()
        x = box.right() - metrics.horizontalAdvance(self._name)
        painter.setPen(QColor(palette.text))
        painter.drawText(QPointF(x, baseline), self._name)
        dash, gap, middle = _DASH * scale, _GAP * scale, baseline - metrics.xHeight() / 2
        for (text, colour), wider in self._keys:
            x -= wider
            painter.setPen(pen(colour, _LINE_WIDTH * scale))
            painter.drawLine(QPointF(x + gap, middle), QPointF(x + gap + dash, middle))
            painter.setPen(QColor(palette.text))
            painter.drawText(QPointF(x + dash + 2.0 * gap, baseline), text)
