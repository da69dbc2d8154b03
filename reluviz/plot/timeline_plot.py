"""The loss plot as the way to any recorded moment: drag on it, and a playhead says where one is."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QMouseEvent, QPainter
from PySide6.QtWidgets import QWidget

from reluviz.core.arrays import FloatArray
from reluviz.core.history import LossCurve, thinned_log
from reluviz.core.notation import count_text, value_text
from reluviz.plot.axes import plot_font
from reluviz.plot.kept_item import kept_colour
from reluviz.plot.loss_plot import LossPlot, nearest_point, shown_at
from reluviz.plot.projection import Projection
from reluviz.plot.strokes import pen
from reluviz.plot.value_tag import Tag, paint_tag

# What comes after the moment on show is veiled so much.
_VEIL = 0.6
_HEAD_WIDTH = 2.0
_TAG_SIZE = 14.0
# The last pixels lead to the present: nobody hits the very edge.
_EDGE = 4.0


class TimelinePlot(LossPlot):
    """Dragging on the curve asks for the moments under the pointer. `show_…` is silent."""

    scrubbed = Signal(float)
    """The step that the hand is at, with every movement; the last step at the right edge and beyond."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._playhead: float | None = None
        self._loss_there = math.nan
        self._is_scrubbing = False

    @property
    def playhead(self) -> float | None:
        """The step of the recorded moment on show, None in the present."""
        return self._playhead

    def show_playhead(self, step: float | None, loss: float = math.nan) -> None:
        """Stand at the recorded moment of this step and J, None for the present."""
        if (step, loss) != (self._playhead, self._loss_there):
            self._playhead, self._loss_there = step, loss
            self.update()

    def show_curve(self, curve: LossCurve) -> None:
        super().show_curve(curve)
        self._show_cursor()

    def _show_cursor(self) -> None:
        shape = Qt.CursorShape.SizeHorCursor if self._is_scrubbing else Qt.CursorShape.PointingHandCursor
        self.setCursor(shape if self.has_curve else Qt.CursorShape.ArrowCursor)

    # Qt's events.

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.has_curve:
            self._is_scrubbing = True
            self._hover = None
            self._show_cursor()
            self._scrub(event.position().x())
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._is_scrubbing:
            self._scrub(event.position().x())
        else:
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._is_scrubbing:
            self._is_scrubbing = False
            self._show_cursor()
        else:
            super().mouseReleaseEvent(event)

    def _scrub(self, x: float) -> None:
        projection, _ = self._layout()
        step, _ = projection.data(max(projection.left, x), 0.0)
        last = self.last_step
        self.scrubbed.emit(last if x >= float(projection.x(last)) - _EDGE else step)

    def _paint_curve(self, painter: QPainter, projection: Projection) -> None:
        super()._paint_curve(painter, projection)
        if self._playhead is not None:
            self._paint_playhead(painter, projection, self._playhead)

    def _paint_playhead(self, painter: QPainter, projection: Projection, step: float) -> None:
        palette, scale = self._look.palette, self._look.scale
        x = float(np.clip(projection.x(step), projection.left, projection.right))
        veil = QColor(palette.plot)
        veil.setAlphaF(_VEIL)
        painter.fillRect(QRectF(QPointF(x, projection.top), QPointF(projection.right, projection.bottom)), veil)
        painter.setPen(pen(palette.text, _HEAD_WIDTH * scale))
        painter.drawLine(QPointF(x, projection.top), QPointF(x, projection.bottom))
        # The curve has fewer points than there are moments: J is the moment's own, not that of a point nearby.
        own = thinned_log(np.array([step]), np.array([self._loss_there]))
        point = own[0] if len(own) else np.array([step, nearest_point(self._points, step)[1]])
        self._paint_dot(painter, projection, point, palette.accent)
        if self._hover is None:
            at = x, shown_at(point, projection)[1]
            text = self._said_of(step, self._loss_there, projection.width)
            tag = Tag(text, self._ghost_text(), palette.accent, _TAG_SIZE)
            paint_tag(painter, projection, at, tag, self._look, self._curves, self._name.box)

    def _paint_mark(self, painter: QPainter, projection: Projection, point: FloatArray) -> None:
        if self._playhead is None or self._hover is not None:
            super()._paint_mark(painter, projection, point)
        else:
            # The tag at the playhead says it.
            self._paint_dot(painter, projection, point, kept_colour(self._look))

    def _names(self) -> tuple[str, ...]:
        # The tag at the playhead needs the room.
        return super()._names()[0 if self._playhead is None else 1 :]

    def _said_of(self, step: float, loss: float, room: float) -> str:
        """What the tag says: as much as there is room for."""
        metrics = QFontMetricsF(plot_font(self._look.scale, _TAG_SIZE))
        now, last = count_text(step), count_text(self.last_step)
        texts = (f"step {now} of {last} — recorded, J = {value_text(loss)}", f"step {now} — recorded", now)
        return next((text for text in texts if metrics.horizontalAdvance(text) + 2 * _TAG_SIZE <= room), "")
