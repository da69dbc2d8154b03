"""The loss over the steps, on a logarithmic axis."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from reluviz.core.arrays import FloatArray
from reluviz.core.history import Break, LossCurve, thinned_log
from reluviz.core.notation import count_text, value_text
from reluviz.core.palette import Palette
from reluviz.plot.axes import margins_for, most_labels, paint_axes, paint_ground, plot_font, tick_counts
from reluviz.plot.kept_item import kept_colour
from reluviz.plot.look import Look
from reluviz.plot.loss_axis import ceiling, log_limits
from reluviz.plot.loss_lines import draw_breaks, draw_escape, draw_losses, free_box, note_of
from reluviz.plot.loss_name import LossName
from reluviz.plot.polyline import drawable
from reluviz.plot.projection import Projection
from reluviz.plot.strokes import draw_polyline, pen
from reluviz.plot.ticks import Tick, log_ticks, step_ticks
from reluviz.plot.value_tag import Tag, paint_tag

_LINE_WIDTH = 2.0
_DOT_RADIUS = 4.5
_TOLERANCE = 0.3
_EMPTY = "Press Space to train: the loss J appears here", "Press Space to train", "Space trains"
_WAITING = "Preparing… training begins by itself", "Preparing…"


class LossPlot(QWidget):
    """J over the training steps, and that of the validation samples where there are some. Where target, samples or
    loss changed there is a mark, and what came before is pale.

    Both axes follow the curves; hovering shows step and J of the nearest record.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = Look()
        self._curve: LossCurve | None = None
        self._loss = "½ MSE"
        self._points = np.zeros((0, 2))
        self._breaks: tuple[Break, ...] = ()
        self._validation = np.zeros((0, 2))
        self._ghost = np.zeros((0, 2))
        self._ghost_mark = np.zeros((0, 2))
        self._ghost_name = ""
        self._limits = (0.0, 1.0)
        self._name = LossName()
        self._texts: tuple[QRectF, ...] = ()
        self._hover: QPointF | None = None
        self._invitations: tuple[str, ...] = _EMPTY
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
        self._breaks = curve.breaks
        held_out = len(curve.validation) > 0
        self._validation = thinned_log(curve.steps, curve.validation) if held_out else np.zeros((0, 2))
        self._find_limits()

    def show_ghost(self, curve: LossCurve | None) -> None:
        """Show the losses of another run, or one of its moments alone, below; None for no more."""
        self._ghost = np.zeros((0, 2)) if curve is None else thinned_log(curve.steps, curve.losses)
        self._ghost_mark = np.zeros((0, 2))
        self._find_limits()

    def mark_ghost(self, step: float, loss: float, what: str = "kept: J") -> None:
        """Say what J, or `what` else, is at this step of the ghost."""
        self._ghost_mark = thinned_log(np.array([step]), np.array([loss]))
        self._ghost_name = what
        self.update()

    def _find_limits(self) -> None:
        curves = ((self._points, self._breaks), (self._validation, self._breaks), (self._ghost, ()))
        logs = np.concatenate([points[:, 1] for points, _ in curves])
        if len(logs):
            self._limits = log_limits(np.minimum(logs, ceiling(curves)), self._limits)
        self.update()

    @property
    def has_curve(self) -> bool:
        """Whether there is more to see than one point."""
        return len(self._points) >= 2

    @property
    def last_step(self) -> float:
        """That of the present curve, 0 where there is none."""
        return float(self._points[-1, 0]) if len(self._points) else 0.0

    @property
    def loss(self) -> str:
        return self._loss

    def set_loss(self, title: str) -> None:
        """What J is, as "MSE"."""
        if title != self._loss:
            self._loss = title
            self.update()

    def set_waiting(self, waiting: bool) -> None:
        """Whether training is wanted already, and has still to begin: what stands in place of a curve says so."""
        texts: tuple[str, ...] = _WAITING if waiting else _EMPTY
        if texts != self._invitations:
            self._invitations = texts
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
            if not self.has_curve:
                self._paint_empty(painter, projection)
            else:
                self._paint_curve(painter, projection)
        finally:
            painter.end()

    def _layout(self) -> tuple[Projection, tuple[list[Tick], list[Tick]]]:
        low, high = self._limits
        last = max(1.0, self.last_step, float(self._ghost[-1, 0]) if len(self._ghost) else 0.0)
        rough = margins_for((), self._look.scale, False).frame(self.width(), self.height())
        across, down = tick_counts(rough, self._look.scale)
        # A decade is worth a label even where lines of text nearly touch: the axis is low.
        ticks = step_ticks(last, across), log_ticks(low, high, min(2 * down, most_labels(rough, self._look.scale)))
        frame = margins_for(ticks[1], self._look.scale, False).frame(self.width(), self.height())
        projection = Projection(0.0, last, low, high, frame.left(), frame.top(), frame.width(), frame.height())
        return projection, ticks

    def _drawn_ground(self, projection: Projection, ticks: tuple[list[Tick], list[Tick]]) -> QPixmap:
        """Grid and labels, drawn anew only when they change."""
        ratio = self.devicePixelRatioF()
        name = self._place_name(projection) if self.has_curve else ()
        key = (projection, tuple(ticks[0]), tuple(ticks[1]), ratio, name)
        if self._ground is not None and key == self._ground_key:
            return self._ground
        picture = QPixmap(max(1, round(self.width() * ratio)), max(1, round(self.height() * ratio)))
        picture.setDevicePixelRatio(ratio)
        painter = QPainter(picture)
        try:
            size = QSizeF(self.width(), self.height())
            paint_ground(painter, size, projection, None, self._look)
            shown = ticks if self.has_curve else ([], [])
            paint_axes(painter, projection, shown, self._look)
            if self.has_curve:
                self._name.paint(painter, self._look)
        finally:
            painter.end()
        self._ground, self._ground_key = picture, key
        return picture

    def _place_name(self, projection: Projection) -> tuple[object, ...]:
        is_split = len(self._validation) > 0
        keys = (("validation", self._validation_colour), ("training", self._look.palette.accent)) if is_split else ()
        return self._name.place(self._names(), keys, self._curves, projection, self._look)

    @property
    def _curves(self) -> tuple[FloatArray, ...]:
        """What no text is to cover, rows of step and log10 J."""
        return self._points, self._validation, self._ghost

    def _names(self) -> tuple[str, ...]:
        """What is drawn, in more and in less words."""
        return f"loss J = {self._loss} over steps", f"J = {self._loss}", "J"

    @property
    def _validation_colour(self) -> str:
        return self._look.palette.validation

    def _paint_empty(self, painter: QPainter, projection: Projection) -> None:
        painter.setFont(plot_font(self._look.scale))
        painter.setPen(QColor(self._look.palette.muted))
        box = QRectF(projection.left, projection.top, projection.width, projection.height)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._empty_text(painter.font(), projection.width))

    def _empty_text(self, font: QFont, width: float) -> str:
        metrics = QFontMetricsF(font)
        return next((text for text in self._invitations if metrics.horizontalAdvance(text) <= width), "")

    def _paint_curve(self, painter: QPainter, projection: Projection) -> None:
        if len(self._ghost):
            colour = kept_colour(self._look)
            line = drawable(self._ghost, projection, _TOLERANCE)
            draw_polyline(painter, line, projection, colour, _LINE_WIDTH * self._look.scale)
        texts = draw_breaks(painter, self._points, self._breaks, projection, self._look, (self._name.box,))
        curves = ((self._validation, self._validation_colour), (self._points, self._look.palette.accent))
        width = _LINE_WIDTH * self._look.scale
        for points, colour in curves:
            if len(points):
                draw_losses(painter, points, self._breaks, projection, colour, width, self._look)
                if points[-1, 1] <= self._limits[1]:
                    self._paint_dot(painter, projection, points[-1], colour)
        self._texts = draw_escape(painter, self._points, self._breaks, projection, self._look, texts)
        for mark in self._ghost_mark:
            self._paint_mark(painter, projection, mark)
        if self._hover is not None and projection.left <= self._hover.x() <= projection.right:
            step, _ = projection.data(self._hover.x(), 0.0)
            self._paint_cross(painter, projection, nearest_point(self._points, step))

    def _paint_mark(self, painter: QPainter, projection: Projection, point: FloatArray) -> None:
        """The ghost's dot, with its J where there is room, else above it, or below where the view ends."""
        self._paint_dot(painter, projection, point, kept_colour(self._look))
        painter.setFont(plot_font(self._look.scale))
        metrics = QFontMetricsF(painter.font())
        text, away = self._ghost_text(), 2.0 * _DOT_RADIUS * self._look.scale
        size = QSizeF(metrics.horizontalAdvance(text), metrics.height())
        # The dot itself keeps its height free, as a curve of one point.
        lines = self._points, self._validation, point[None]
        box = free_box(size, lines, float(point[0]), projection, self._look, over=True, taken=self._texts)
        if box is None:
            x, y = float(projection.x(point[0])), float(projection.y(point[1]))
            left = max(projection.left, min(x + away, projection.right - size.width() - away))
            above = y - away - size.height()
            box = QRectF(QPointF(left, above if above > projection.top else y + away), size)
        painter.setPen(QColor(kept_colour(self._look)))
        painter.drawText(QPointF(box.left(), box.top() + metrics.ascent()), text)

    def _ghost_text(self) -> str:
        return "\n".join(f"{self._ghost_name} = {value_text(10.0 ** float(log))}" for log in self._ghost_mark[:, 1])

    def _paint_cross(self, painter: QPainter, projection: Projection, point: FloatArray) -> None:
        """A cross hair through a record of the training loss, with its numbers."""
        x, y = shown_at(point, projection)
        painter.setPen(pen(self._look.palette.muted, 1.0))
        painter.drawLine(QPointF(x, projection.top), QPointF(x, projection.bottom))
        painter.drawLine(QPointF(projection.left, y), QPointF(projection.right, y))
        text = f"step {count_text(point[0])}: J = {value_text(10.0 ** float(point[1]))}"
        notes = [note_of(float(point[0]), self._breaks)]
        if len(self._validation):
            held_out = nearest_point(self._validation, float(point[0]))
            if held_out[0] == point[0]:
                self._paint_dot(painter, projection, held_out, self._validation_colour)
                notes.insert(0, f"validation J = {value_text(10.0 ** float(held_out[1]))}")
        self._paint_dot(painter, projection, point, self._look.palette.accent)
        note = "\n".join(filter(None, notes))
        tag = Tag(text, note, self._look.palette.accent)
        paint_tag(painter, projection, (x, y), tag, self._look, self._curves, self._name.box)

    def _paint_dot(self, painter: QPainter, projection: Projection, point: FloatArray, colour: str) -> None:
        radius = _DOT_RADIUS * self._look.scale
        painter.setPen(QColor(self._look.palette.plot))
        painter.setBrush(QColor(colour))
        painter.drawEllipse(QPointF(*shown_at(point, projection)), radius, radius)


def shown_at(point: FloatArray, projection: Projection) -> tuple[float, float]:
    """Where a record is drawn: on the edge of the view where J lies beyond it."""
    return float(projection.x(point[0])), min(max(float(projection.y(point[1])), projection.top), projection.bottom)


def nearest_point(points: FloatArray, step: float) -> FloatArray:
    """The row of `points`, at least one, whose step is the nearest."""
    return np.asarray(points[int(np.argmin(np.abs(points[:, 0] - step)))])
