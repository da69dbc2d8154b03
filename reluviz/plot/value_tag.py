"""A small label beside a point, always inside the view."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from reluviz.plot.axes import plot_font
from reluviz.plot.look import Look
from reluviz.plot.projection import Projection


@dataclass(frozen=True)
class Tag:
    """What a tag says: its text, quieter lines below (or none), the colour of its edge, the size of its letters."""

    text: str
    note: str
    edge: str
    size: float = 18.0


def paint_tag(
    painter: QPainter,
    projection: Projection,
    at: tuple[float, float],
    tag: Tag,
    look: Look,
) -> QRectF:
    """Write a tag beside the pixel `at`.

    Returns the box. It goes to the upper right, or to the other side where that would leave the view.
    """
    scale, palette = look.scale, look.palette
    font = plot_font(scale, tag.size)
    metrics = QFontMetricsF(font)
    pad, away = 7.0 * scale, 14.0 * scale
    room = projection.width - 2.0 * pad - 2.0
    lines = [(tag.text, palette.text), *((line, palette.muted) for line in _broken(tag.note, metrics, room))]
    width = max(metrics.horizontalAdvance(text) for text, _ in lines) + 2.0 * pad
    height = len(lines) * metrics.height() + 1.2 * pad
    x, y = at
    left = x + away if x + away + width <= projection.right else x - away - width
    top = y - away - height if y - away - height >= projection.top else y + away
    left = max(projection.left + 1.0, min(left, projection.right - width - 1.0))
    top = max(projection.top + 1.0, min(top, projection.bottom - height - 1.0))
    box = QRectF(left, top, width, height)
    painter.setPen(QPen(QColor(tag.edge), 1.6 * scale))
    painter.setBrush(QColor(palette.surface))
    painter.drawRoundedRect(box, 4.0 * scale, 4.0 * scale)
    painter.setFont(font)
    for row, (text, colour) in enumerate(lines):
        painter.setPen(QColor(colour))
        painter.drawText(QPointF(left + pad, top + 0.6 * pad + metrics.ascent() + row * metrics.height()), text)
    return box


def _broken(note: str, metrics: QFontMetricsF, room: float) -> list[str]:
    """The lines of a note, broken between words where they are wider than `room`."""
    lines: list[str] = []
    for given in note.splitlines():
        words = given.split(" ")
        line = words[0]
        for word in words[1:]:
            if metrics.horizontalAdvance(f"{line} {word}") > room:
                lines.append(line)
                line = word
            else:
                line = f"{line} {word}"
        lines.append(line)
    return lines
