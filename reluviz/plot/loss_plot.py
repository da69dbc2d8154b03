"""The loss over the steps, on a logarithmic axis."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from reluviz.core.arrays import FloatArray
from reluviz.core.history import LossCurve, thinned_log
from reluviz.core.notation import count_text, value_text
from reluviz.core.palette import Palette
from reluviz.plot.axes import margins_for, paint_axes, paint_ground, plot_font, tick_counts
from reluviz.plot.look import Look
from reluviz.plot.polyline import drawable
from reluviz.plot.projection import Projection
from reluviz.plot.strokes import draw_polyline
from reluviz.plot.ticks import Tick, log_ticks, step_ticks
from reluviz.plot.value_tag import Tag, paint_tag

_LINE_WIDTH = 2.0
_DOT_RADIUS = 4.5
# A level curve still shows an axis of this many decades around it.
_LEAST_DECADES = 0.5
# A loss that was 0 but for rounding must not press all that came later against the upper edge.
_MOST_DECADES = 12.0
_TOLERANCE = 0.3
_EMPTY = "Press Space to train: the loss J appears here"


class LossPlot(QWidget):
    """J over the training steps. Both axes follow the curve; hovering shows step and J of the nearest record."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = Look()
        self._curve: LossCurve | None = None
        self._points = np.zeros((0, 2))
        self._limits = (0.0, 1.0)
        self._hover: QPointF | None = None
        self._ground: QPixmap | None = None
        self._ground_key: tuple[Any, ...] = ()
        self.setMouseTracking(True)
        self.setMinimumSize(1, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Loss")
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def sizeHint(self) -> QSize:
        return QSize(500, 150)

    def show_curve(self, curve: LossCurve) -> None:
        """Show these losses; where J is 0 or not finite the line has no point."""
        if curve is self._curve:
            return
        self._curve = curve
        self._points = thinned_log(curve.steps, curve.losses)
        if len(self._points):
            self._limits = _limits(self._points[:, 1], self._limits)
        self.update()

    def set_palette(self, palette: Palette) -> None:
        self._look = Look(palette, self._look.scale)
        self._ground_key = ()
        self.update()

    def set_font_scale(self, scale: float) -> None:
        self._look = Look(self._look.palette, scale)
        self._ground_key = ()
        self.update()

    # Qt's events.

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover = event.position()
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._hover = None
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        projection, ticks = self._layout()
        painter = QPainter(self)
        try:
            painter.drawPixmap(0, 0, self._drawn_ground(projection, ticks))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
            if len(self._points) < 2:
                self._paint_empty(painter, projection)
            else:
                self._paint_curve(painter, projection)
        finally:
            painter.end()

    def _layout(self) -> tuple[Projection, tuple[list[Tick], list[Tick]]]:
        low, high = self._limits
        last = max(1.0, float(self._points[-1, 0])) if len(self._points) else 1.0
        rough = margins_for((), self._look.scale, False).frame(self.width(), self.height())
        across, down = tick_counts(rough, self._look.scale)
        # A decade is worth a label even where lines of text nearly touch: the axis is low.
        ticks = step_ticks(last, across), log_ticks(low, high, 2 * down)
        frame = margins_for(ticks[1], self._look.scale, False).frame(self.width(), self.height())
        projection = Projection(0.0, last, low, high, frame.left(), frame.top(), frame.width(), frame.height())
        return projection, ticks

    def _drawn_ground(self, projection: Projection, ticks: tuple[list[Tick], list[Tick]]) -> QPixmap:
        """Grid and labels, drawn anew only when they change."""
        ratio = self.devicePixelRatioF()
        key = (projection, tuple(ticks[0]), tuple(ticks[1]), ratio)
        if self._ground is not None and key == self._ground_key:
            return self._ground
        picture = QPixmap(max(1, round(self.width() * ratio)), max(1, round(self.height() * ratio)))
        picture.setDevicePixelRatio(ratio)
        painter = QPainter(picture)
        try:
            size = QSizeF(self.width(), self.height())
            paint_ground(painter, size, projection, None, self._look)
            shown = ticks if len(self._points) >= 2 else ([], [])
            paint_axes(painter, projection, shown, self._look)
            self._paint_name(painter, projection)
        finally:
            painter.end()
        self._ground, self._ground_key = picture, key
        return picture

    def _paint_name(self, painter: QPainter, projection: Projection) -> None:
        painter.setFont(plot_font(self._look.scale))
        painter.setPen(QColor(self._look.palette.text))
        box = QRectF(projection.left, projection.top, projection.width - 10.0, projection.height)
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, "loss J over steps")

    def _paint_empty(self, painter: QPainter, projection: Projection) -> None:
        painter.setFont(plot_font(self._look.scale))
        painter.setPen(QColor(self._look.palette.muted))
        box = QRectF(projection.left, projection.top, projection.width, projection.height)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, _EMPTY)

    def _paint_curve(self, painter: QPainter, projection: Projection) -> None:
        line = drawable(self._points, projection, _TOLERANCE)
        draw_polyline(painter, line, projection, self._look.palette.accent, _LINE_WIDTH * self._look.scale)
        self._paint_dot(painter, projection, self._points[-1])
        if self._hover is not None and self._hover.x() >= projection.left:
            step, _ = projection.data(self._hover.x(), 0.0)
            nearest = self._points[int(np.argmin(np.abs(self._points[:, 0] - step)))]
            self._paint_dot(painter, projection, nearest)
            self._paint_tag(painter, projection, nearest)

    def _paint_dot(self, painter: QPainter, projection: Projection, point: FloatArray) -> None:
        radius = _DOT_RADIUS * self._look.scale
        painter.setPen(QColor(self._look.palette.plot))
        painter.setBrush(QColor(self._look.palette.accent))
        painter.drawEllipse(QPointF(float(projection.x(point[0])), float(projection.y(point[1]))), radius, radius)

    def _paint_tag(self, painter: QPainter, projection: Projection, point: FloatArray) -> None:
        at = (float(projection.x(point[0])), float(projection.y(point[1])))
        text = f"step {count_text(point[0])}: J = {value_text(10.0 ** float(point[1]))}"
        paint_tag(painter, projection, at, Tag(text, "", self._look.palette.accent), self._look)


def _limits(logs: FloatArray, before: tuple[float, float]) -> tuple[float, float]:
    """The lowest and highest log10 of J to show, in tenths of a decade with some room.

    The limits of `before` stay while the curve fills most of them, so that the axis does not tremble.
    """
    low, high = float(logs.min()), float(logs.max())
    low = max(low, high - _MOST_DECADES)
    room = max(0.06 * (high - low), (_LEAST_DECADES - (high - low)) / 2, 0.02)
    fresh = math.floor((low - room) * 10) / 10, math.ceil((high + room) * 10) / 10
    fits = before[0] <= low and high <= before[1] and high - low >= _LEAST_DECADES
    filled = (fresh[1] - fresh[0]) > 0.85 * (before[1] - before[0])
    return before if fits and filled else fresh
