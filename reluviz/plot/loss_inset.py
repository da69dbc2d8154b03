"""A small plot of the loss over the steps, on top of a larger one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from reluviz.core.arrays import FloatArray
from reluviz.core.history import LossCurve, thinned_log
from reluviz.plot.axes import margins_for, most_labels, paint_axes, plot_font, tick_counts
from reluviz.plot.kept_item import kept_colour
from reluviz.plot.look import Look
from reluviz.plot.loss_axis import ceiling, log_limits
from reluviz.plot.loss_lines import draw_breaks, draw_escape, draw_losses
from reluviz.plot.projection import Projection
from reluviz.plot.ticks import log_ticks, step_ticks

_SMALLER = 0.8
_LINE_WIDTH = 2.5
_DOT_RADIUS = 5.0


class LossInset:
    """Where in `box`, in pixels, the losses of `whole` lie: its axes show all of them, however few are drawn.

    `kept` are the losses to compare with, or the one loss, which the axes show too; None for none.

    It has nothing to draw where `whole` has fewer than two losses above 0.
    """

    def __init__(self, box: QRectF, whole: LossCurve, loss: str, look: Look, kept: LossCurve | None = None) -> None:
        self.box = box
        self._loss = loss
        self._look = replace(look, scale=look.scale * _SMALLER)
        points, held_out = _points(whole)
        self._kept, _ = _points(LossCurve() if kept is None else kept)
        self.is_empty = len(points) < 2
        if self.is_empty:
            return
        logs = np.concatenate((points[:, 1], held_out[:, 1], self._kept[:, 1]))
        highest = ceiling(((points, whole.breaks), (held_out, whole.breaks), (self._kept, ())))
        low, high = log_limits(np.minimum(logs, highest), (0.0, 0.0))
        last = max(1.0, *(float(rows[-1, 0]) for rows in (points, self._kept) if len(rows)))
        scale = self._look.scale
        rough = margins_for((), scale, False).frame(box.width(), box.height())
        across, down = tick_counts(rough, scale)
        self._ticks = step_ticks(last, across), log_ticks(low, high, min(2 * down, most_labels(rough, scale)))
        frame = margins_for(self._ticks[1], scale, False).frame(box.width(), box.height())
        frame.translate(box.topLeft())
        self._projection = Projection(0.0, last, low, high, frame.left(), frame.top(), frame.width(), frame.height())

    def paint_ground(self, painter: QPainter, width: int) -> None:
        """Draw the box with its axes, their thin lines so many pixels wide."""
        palette = self._look.palette
        painter.fillRect(self.box, QColor(palette.plot))
        paint_axes(painter, self._projection, self._ticks, self._look, width)
        if len(self._kept):
            self._paint_kept(painter)
        painter.setFont(plot_font(self._look.scale))
        metrics = QFontMetricsF(painter.font())
        name = f"J = {self._loss}"
        room = 8.0 * self._look.scale
        painter.setPen(QColor(palette.text))
        x = self._projection.right - room - metrics.horizontalAdvance(name)
        painter.drawText(QPointF(x, self._projection.top + metrics.ascent() + 1.0), name)

    @property
    def _frame(self) -> QRectF:
        projection = self._projection
        return QRectF(projection.left, projection.top, projection.width, projection.height)

    def _paint_kept(self, painter: QPainter) -> None:
        """Draw what is kept to compare with: a line, and of a single loss a dot."""
        colour, scale = kept_colour(self._look), self._look.scale
        painter.save()
        painter.setClipRect(self._frame)
        if len(self._kept) > 1:
            draw_losses(painter, self._kept, (), self._projection, colour, _LINE_WIDTH * scale, self._look)
        else:
            painter.setPen(QPen(QColor(self._look.palette.plot), scale))
            painter.setBrush(QColor(colour))
            at = QPointF(*self._projection.pixel(*map(float, self._kept[0])))
            painter.drawEllipse(at, _DOT_RADIUS * scale, _DOT_RADIUS * scale)
        painter.restore()

    def paint_curve(self, painter: QPainter, curve: LossCurve) -> None:
        """Draw these losses, and a dot at the last of them."""
        palette, scale = self._look.palette, self._look.scale
        points, held_out = _points(curve)
        painter.save()
        painter.setClipRect(self._frame)
        texts = draw_breaks(painter, points, curve.breaks, self._projection, self._look)
        for rows, colour in ((held_out, palette.validation), (points, palette.accent)):
            draw_losses(painter, rows, curve.breaks, self._projection, colour, _LINE_WIDTH * scale, self._look)
        draw_escape(painter, points, curve.breaks, self._projection, self._look, texts)
        painter.restore()
        for rows, colour in ((held_out, palette.validation), (points, palette.accent)):
            if len(rows) and (at := QPointF(*self._projection.pixel(*map(float, rows[-1])))).y() >= self.box.top():
                painter.setPen(QPen(QColor(palette.plot), scale))
                painter.setBrush(QColor(colour))
                painter.drawEllipse(at, _DOT_RADIUS * scale, _DOT_RADIUS * scale)


def _points(curve: LossCurve) -> tuple[FloatArray, FloatArray]:
    """Steps and log10 of J over training and over validation samples, each of shape (points, 2)."""
    held_out = thinned_log(curve.steps, curve.validation) if len(curve.validation) else np.zeros((0, 2))
    return thinned_log(curve.steps, curve.losses), held_out
