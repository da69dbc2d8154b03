"""A small picture of an activation: f(z), with the ranges of z shaded in which it is sensitive."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from reluviz.core.activation import RELU, Activation
from reluviz.core.palette import LIGHT, Palette
from reluviz.core.response import Response, response_word, responses, responses_text

_LINES_HIGH = 4.2
_CAPTION_SCALE = 0.78
# What of the z axis is shown: so many times the sensitive range, and never less than this.
_LEAST_REACH = 2.5
_BESIDE = 2.2
_POINTS = 241


class ActivationPicture(QWidget):
    """Paints f(z) over its sensitive range and a good part of what lies beside it, the words below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._activation = RELU
        self._palette = LIGHT
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._describe()

    @property
    def activation(self) -> Activation:
        return self._activation

    def show_activation(self, activation: Activation) -> None:
        if activation != self._activation:
            self._activation = activation
            self._describe()
            self.update()

    def set_palette(self, palette: Palette) -> None:
        self._palette = palette
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(100, round(_LINES_HIGH * self.fontMetrics().height()))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @property
    def z_range(self) -> tuple[float, float]:
        """What of the z axis is drawn: alike on both sides of 0."""
        ends = [abs(end) for end in self._activation.sensitive]
        reach = max(_LEAST_REACH, _BESIDE * max(ends))
        return -reach, reach

    def _describe(self) -> None:
        tip = f"f(z) of a hidden neuron, z = v·x + b: {responses_text(self._activation)}"
        self.setToolTip(tip)
        self.setAccessibleName(f"Picture of the activation {self._activation.label}")
        self.setAccessibleDescription(tip)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.setPen(QPen(QColor(self._palette.border), 1.0))
            painter.setBrush(QColor(self._palette.surface))
            painter.drawRoundedRect(frame, 4.0, 4.0)
            words = QFont(self.font())
            words.setPointSizeF(_CAPTION_SCALE * words.pointSizeF())
            below = QFontMetricsF(words).height() + 3.0
            self._paint_ranges(painter, frame, below, words)
            self._paint_curve(painter, frame.adjusted(0.0, 5.0, 0.0, -below - 4.0))
        finally:
            painter.end()

    def _x(self, frame: QRectF, z: float) -> float:
        low, high = self.z_range
        return frame.left() + (min(max(z, low), high) - low) / (high - low) * frame.width()

    def _paint_ranges(self, painter: QPainter, frame: QRectF, below: float, words: QFont) -> None:
        """The sensitive range shaded, and below it what each range is called."""
        painter.setFont(words)
        shade = QColor(self._palette.accent)
        shade.setAlphaF(0.2 if self._palette.is_dark else 0.12)
        for part in responses(self._activation):
            left, right = self._x(frame, part.low), self._x(frame, part.high)
            sensitive = part.response is Response.SENSITIVE
            if sensitive:
                painter.fillRect(QRectF(left, frame.top(), right - left, frame.height()), shade)
            painter.setPen(QColor(self._palette.text if sensitive else self._palette.muted))
            place = QRectF(left, frame.bottom() - below, right - left, below)
            word = response_word(self._activation, part.response)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, word)

    def _paint_curve(self, painter: QPainter, room: QRectF) -> None:
        low, high = self.z_range
        bends = [at for at in self._activation.hinge_at if low < at < high]
        z = np.unique(np.concatenate((np.linspace(low, high, _POINTS), bends)))
        f = self._activation(z)
        bottom, top = float(min(f.min(), 0.0)), float(max(f.max(), 0.0))
        span = max(top - bottom, 1e-9)
        across = room.left() + (z - low) / (high - low) * room.width()
        down = room.bottom() - (f - bottom) / span * room.height()
        zero = room.bottom() + bottom / span * room.height()
        painter.setPen(QPen(QColor(self._palette.border), 1.0))
        painter.drawLine(QLineF(room.left(), zero, room.right(), zero))
        middle = self._x(room, 0.0)
        painter.drawLine(QLineF(middle, room.top() - 4.0, middle, room.bottom() + 3.0))
        path = QPainterPath(QPointF(across[0], down[0]))
        for x, y in zip(across[1:].tolist(), down[1:].tolist(), strict=True):
            path.lineTo(x, y)
        stroke = QPen(QColor(self._palette.accent), 2.0)
        stroke.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.strokePath(path, stroke)
