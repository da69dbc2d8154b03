"""The dots on points: which of many are drawn, so that each can be grasped, and what they look like."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from reluviz.core.arrays import FloatArray, IntArray
from reluviz.plot.look import Look
from reluviz.plot.projection import Projection

# More dots than this would hide the line they are on.
MOST_DOTS = 200
_RADIUS = 6.5


def dots_of(pixels: FloatArray, projection: Projection, apart: float, always: tuple[int, ...] = ()) -> IntArray:
    """The indices, ascending, of those of `pixels`, shape (points, 2), in view that are `apart` pixels from each other.

    Where points crowd, a dot stands for those around it. `always` are among them even then, if they are in view.
    """
    near = (
        (pixels[:, 0] >= projection.left - apart)
        & (pixels[:, 0] <= projection.right + apart)
        & (pixels[:, 1] >= projection.top - apart)
        & (pixels[:, 1] <= projection.bottom + apart)
    )
    candidates = np.flatnonzero(near)
    cell = apart
    while len(candidates) > MOST_DOTS:
        candidates = _one_in_each_cell(candidates, pixels, cell)
        cell *= 1.5
    wanted = [index for index in always if 0 <= index < len(near) and near[index]]
    candidates = np.concatenate((np.asarray(wanted, dtype=np.int64), candidates))
    places = pixels[candidates]
    across, down = (places[:, None, axis] - places[None, :, axis] for axis in (0, 1))
    crowds = across * across + down * down < apart * apart
    alone = np.ones(len(candidates), dtype=np.bool_)
    for i in range(len(candidates)):
        if alone[i]:
            alone[i + 1 :] &= ~crowds[i, i + 1 :]
    return np.asarray(np.sort(candidates[alone]))


def _one_in_each_cell(indices: IntArray, pixels: FloatArray, side: float) -> IntArray:
    """The first of `indices` in every square of this many pixels."""
    cells = np.floor(pixels[indices] / side).astype(np.int64)
    _, first = np.unique(cells[:, 0] * (1 << 32) + cells[:, 1], return_index=True)
    return np.asarray(indices[np.sort(first)])


def paint_dots(painter: QPainter, pixels: FloatArray, look: Look) -> None:
    """Draw dots at pixels of shape (dots, 2), none of them selected or active: drawn once, and copied."""
    ratio = painter.device().devicePixelRatioF()
    stamp = _stamp(look, ratio)
    half = stamp.width() / ratio / 2.0
    for x, y in pixels.tolist():
        painter.drawPixmap(QPointF(x - half, y - half), stamp)


@lru_cache(maxsize=4)
def _stamp(look: Look, ratio: float) -> QPixmap:
    side = 2.0 * math.ceil((_RADIUS + 2.0) * look.scale)
    stamp = QPixmap(round(side * ratio), round(side * ratio))
    stamp.setDevicePixelRatio(ratio)
    stamp.fill(Qt.GlobalColor.transparent)
    painter = QPainter(stamp)
    try:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_dot(painter, (side / 2.0, side / 2.0), False, False, look)
    finally:
        painter.end()
    return stamp


def paint_dot(painter: QPainter, at: tuple[float, float], selected: bool, active: bool, look: Look) -> None:
    """Draw one dot at a pixel: a ring around the selected one, larger while it is `active` (hovered or held)."""
    palette, scale = look.palette, look.scale
    radius = _RADIUS * (1.3 if active else 1.0) * scale
    painter.setPen(QPen(QColor(palette.plot), 2.0 * scale))
    painter.setBrush(QColor(palette.accent if selected or active else palette.target))
    painter.drawEllipse(QPointF(*at), radius, radius)
    if selected:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(palette.accent), 2.0 * scale))
        painter.drawEllipse(QPointF(*at), radius + 3.5 * scale, radius + 3.5 * scale)
