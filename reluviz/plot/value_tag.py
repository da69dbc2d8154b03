"""A small label beside a point, always inside the view."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from reluviz.core.arrays import FloatArray
from reluviz.plot.axes import plot_font
from reluviz.plot.free_room import freest
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
    curves: Sequence[FloatArray] = (),
    avoided: QRectF | None = None,
) -> QRectF:
    """Write a tag beside the pixel `at`.

    Returns the box. It goes to the upper right, or to the other side where that would leave the view; where it would
    lie on one of the `curves`, rows of x and y, or on what is `avoided`, it goes where it does not, if it can.
    """
    scale, palette = look.scale, look.palette
    font = plot_font(scale, tag.size)
    metrics = QFontMetricsF(font)
    pad, away = 7.0 * scale, 14.0 * scale
    room = projection.width - 2.0 * pad - 2.0
    lines = [(tag.text, palette.text), *((line, palette.muted) for line in _broken(tag.note, metrics, room))]
    width = max(metrics.horizontalAdvance(text) for text, _ in lines) + 2.0 * pad
    height = len(lines) * metrics.height() + 1.2 * pad
    boxes = _boxes(at, QSizeF(width, height), projection, away)
    box = freest(boxes, curves, projection, avoided) if curves else boxes[0]
    left, top = box.left(), box.top()
    painter.setPen(QPen(QColor(tag.edge), 1.6 * scale))
    painter.setBrush(QColor(palette.surface))
    painter.drawRoundedRect(box, 4.0 * scale, 4.0 * scale)
    painter.setFont(font)
    for row, (text, colour) in enumerate(lines):
        painter.setPen(QColor(colour))
        painter.drawText(QPointF(left + pad, top + 0.6 * pad + metrics.ascent() + row * metrics.height()), text)
    return box


def _boxes(at: tuple[float, float], size: QSizeF, projection: Projection, away: float) -> list[QRectF]:
    """Where a tag of this size may lie in the view, the best place first."""
    (x, y), (width, height) = at, (size.width(), size.height())
    last_left, last_top = projection.right - width - 1.0, projection.bottom - height - 1.0
    lefts = [x + away, x - away - width, last_left, projection.left + 1.0]
    tops = [y - away - height, y + away, projection.top + 1.0, last_top]
    if x + away + width > projection.right:
        lefts[:2] = lefts[1::-1]
    if y - away - height < projection.top:
        tops[:2] = tops[1::-1]
    return [
        QRectF(
            QPointF(max(projection.left + 1.0, min(left, last_left)), max(projection.top + 1.0, min(top, last_top))),
            size,
        )
        for left in lefts
        for top in tops
    ]


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
