"""What lies below everything: background, grid, axes and legend."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QPainter, QPixmap

from reluviz.core.axis_names import AxisNames
from reluviz.plot.axes import LegendEntry, paint_axes, paint_ground, paint_legend, paint_names
from reluviz.plot.layer import Layer
from reluviz.plot.look import Look
from reluviz.plot.projection import Projection
from reluviz.plot.ticks import Tick


class GroundItem(Layer):
    """Fills the whole window. It is drawn once into a pixmap and copied from there until something of it changes."""

    def __init__(self, z: float) -> None:
        super().__init__(None, z)
        self._size = QSizeF(1.0, 1.0)
        self._domain: tuple[float, float] | None = None
        self._ticks: tuple[Sequence[Tick], Sequence[Tick]] = ((), ())
        self._legend: Sequence[LegendEntry] = ()
        self._names = AxisNames()
        self._picture: QPixmap | None = None

    def set_view(self, size: QSizeF, projection: Projection, ticks: tuple[Sequence[Tick], Sequence[Tick]]) -> None:
        """The window's size, where the frame lies in it, and both axes' ticks."""
        self.prepareGeometryChange()
        self._size, self._ticks = size, ticks
        self.set_projection(projection)
        self._changed()

    def set_domain(self, low: float, high: float) -> None:
        self._domain = (low, high)
        self._changed()

    def set_legend(self, legend: Sequence[LegendEntry]) -> None:
        self._legend = legend
        self._changed()

    def set_names(self, names: AxisNames) -> None:
        """What the axes are called."""
        self._names = names
        self._changed()

    def set_look(self, look: Look) -> None:
        super().set_look(look)
        self._changed()

    def boundingRect(self) -> QRectF:
        return QRectF(0.0, 0.0, self._size.width(), self._size.height())

    def paint(self, painter: QPainter, option: Any, widget: Any = None) -> None:
        if self._projection is None:
            return
        ratio = painter.device().devicePixelRatioF()
        if self._picture is None or self._picture.devicePixelRatioF() != ratio:
            self._picture = self._drawn(ratio, self._projection)
        painter.drawPixmap(0, 0, self._picture)

    def _drawn(self, ratio: float, projection: Projection) -> QPixmap:
        width, height = (max(1, round(side * ratio)) for side in (self._size.width(), self._size.height()))
        picture = QPixmap(width, height)
        picture.setDevicePixelRatio(ratio)
        painter = QPainter(picture)
        try:
            paint_ground(painter, self._size, projection, self._domain, self.look)
            paint_axes(painter, projection, self._ticks, self.look)
            paint_names(painter, projection, self._names, self._size, self.look)
            paint_legend(painter, projection, self._legend, self.look)
        finally:
            painter.end()
        return picture

    def _changed(self) -> None:
        self._picture = None
        self.update()
