"""The mouse pointer over a ray that is to be turned about its kink."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QCursor, QPainter, QPen, QPixmap, QPolygonF

_SIDE = 27


@lru_cache(maxsize=1)
def turn_cursor() -> QCursor:
    """An arc with an arrow at both ends, black with a white rim as the system's own pointers are."""
    picture = QPixmap(_SIDE, _SIDE)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    try:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for colour, width in (("#ffffff", 5.0), ("#000000", 2.0)):
            painter.setPen(QPen(QColor(colour), width))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawArc(QRectF(-7.0, 3.5, 20.0, 20.0), -60 * 16, 120 * 16)
            painter.setBrush(QColor(colour))
            painter.setPen(QPen(QColor(colour), width - 2.0 if width > 2.0 else 0.5))
            for sign in (-1.0, 1.0):
                tip = QPointF(5.0, 13.5 + sign * 10.5)
                corners = [tip, tip + QPointF(6.0, 1.5), tip + QPointF(4.0, -sign * 6.5)]
                painter.drawPolygon(QPolygonF(corners))
    finally:
        painter.end()
    return QCursor(picture, _SIDE // 2, _SIDE // 2)
