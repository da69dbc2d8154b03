"""Grid, frame and labels of a plot, and how much room they need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPen

from reluviz.core.axis_names import AxisNames
from reluviz.plot.look import Look
from reluviz.plot.projection import Projection
from reluviz.plot.strokes import blended, draw_segments
from reluviz.plot.ticks import Tick

# The first that is installed; all have the subscripts and signs of the program's numbers.
FAMILIES = ("Inter", "Segoe UI", "Helvetica Neue", "Noto Sans", "DejaVu Sans")

# How much the ground outside the domain differs from that inside.
OUTSIDE_SHADE = 0.09

_TYPE_SIZE = 16.0
_GAP = 7.0
# The lines of a legend, and how much smaller its letters get where there is little room.
_DASH, _DASH_GAP = 26.0, 8.0
_SMALLER = (1.0, 0.9, 0.8, 0.7, 0.6)
_NAMELESS = AxisNames()


def plot_font(scale: float = 1.0, size: float = _TYPE_SIZE) -> QFont:
    """The type of everything written on a plot, `size` logical pixels high at scale 1.

    It is the same whatever the program's type and the desktop's settings are: an exported picture must not depend on
    them.
    """
    font = QFont()
    font.setFamilies(FAMILIES)
    font.setFeature(QFont.Tag("tnum"), 1)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setPixelSize(max(6, round(size * scale)))
    return font


@dataclass(frozen=True)
class LegendEntry:
    """A line of this colour and width, and what it is; `short` says it where there is less room.

    With `more` colours the line is made of one piece of each. `mark` is "dot" or "ring" for points instead of a line,
    `width` is then how large they are.
    """

    text: str
    colour: str
    width: float
    short: str = ""
    more: tuple[str, ...] = ()
    mark: str = ""


@dataclass(frozen=True)
class Margins:
    """The room around a plot's frame, in pixels."""

    left: float
    top: float
    right: float
    bottom: float

    def frame(self, width: float, height: float) -> QRectF:
        """The frame in a window of this size; at least one pixel, however small the window."""
        left, top = float(round(self.left)), float(round(self.top))
        # Whole pixels: Qt cuts at any other frame by a mask, span by span.
        return QRectF(
            left, top, max(1.0, round(width - self.right) - left), max(1.0, round(height - self.bottom) - top)
        )


def margins_for(y_ticks: Sequence[Tick], scale: float, above: bool, names: AxisNames = _NAMELESS) -> Margins:
    """Room for the labels; the left margin grows only where labels need more than the usual six characters.

    `above` leaves a line for the legend; names of axes take a line each.
    """
    metrics = QFontMetricsF(plot_font(scale))
    widest = max((metrics.horizontalAdvance(tick.text) for tick in y_ticks), default=0.0)
    left = max(widest, metrics.horizontalAdvance("−00.00")) + (_GAP + 6.0) * scale
    line = metrics.height()
    left += line if names.y else 0.0
    below = line + _GAP * scale + (line if names.x else 0.0)
    return Margins(left, line + _GAP * scale if above else line * 0.7, line * 1.5, below)


def tick_counts(frame: QRectF, scale: float) -> tuple[int, int]:
    """How many labels fit along x and along y."""
    line = QFontMetricsF(plot_font(scale)).height()
    return max(2, int(frame.width() / (line * 5.0))), max(2, int(frame.height() / (line * 2.6)))


def most_labels(frame: QRectF, scale: float) -> int:
    """How many labels fit along y where they nearly touch, at least two."""
    return max(2, int(frame.height() / QFontMetricsF(plot_font(scale)).height()) + 1)


def paint_ground(
    painter: QPainter, size: QSizeF, projection: Projection, domain: tuple[float, float] | None, look: Look
) -> None:
    """Fill window and plot; what lies outside the domain is shaded."""
    palette = look.palette
    painter.fillRect(QRectF(QPointF(0.0, 0.0), size), QColor(palette.surface))
    painter.fillRect(_frame(projection), QColor(palette.plot))
    if domain is not None:
        shade_outside(painter, projection, domain, blended(palette.plot, palette.muted, OUTSIDE_SHADE))


def shade_outside(painter: QPainter, projection: Projection, domain: tuple[float, float], shade: QColor) -> None:
    """Fill what of the frame lies outside the domain."""
    frame = _frame(projection)
    low, high = np.clip(projection.x(domain), projection.left, projection.right).tolist()
    painter.fillRect(QRectF(frame.left(), frame.top(), low - frame.left(), frame.height()), shade)
    painter.fillRect(QRectF(high, frame.top(), frame.right() - high, frame.height()), shade)


def paint_axes(
    painter: QPainter,
    projection: Projection,
    ticks: tuple[Sequence[Tick], Sequence[Tick]],
    look: Look,
    line_width: int = 1,
) -> None:
    """Draw grid, zero lines, frame, and the labels of both axes (`ticks`: those of x, those of y).

    `line_width` is that of the thin lines, in pixels.
    """
    x_ticks, y_ticks = ticks
    palette, scale = look.palette, look.scale
    # In the middle of a pixel, or between two where a line is an even number of pixels wide.
    middle = 0.5 * (line_width % 2)
    across = np.round(projection.x([tick.at for tick in x_ticks])) + middle
    down = np.round(projection.y([tick.at for tick in y_ticks])) + middle
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(QPen(QColor(palette.grid), line_width))
    ends = np.ones((2, len(across))) * [[projection.top], [projection.bottom]]
    draw_segments(painter, np.column_stack((across, ends[0], across, ends[1])))
    ends = np.ones((2, len(down))) * [[projection.left], [projection.right]]
    draw_segments(painter, np.column_stack((ends[0], down, ends[1], down)))
    painter.setPen(QPen(QColor(palette.border), line_width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(_frame(projection))

    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setFont(plot_font(scale))
    painter.setPen(QColor(palette.muted))
    metrics = QFontMetricsF(painter.font())
    line, gap = metrics.height(), _GAP * scale
    reach = 0.0
    for x, tick in zip(across, x_ticks, strict=True):
        width = metrics.horizontalAdvance(tick.text)
        if x - width / 2 >= reach:
            painter.drawText(QPointF(x - width / 2, projection.bottom + gap * 0.5 + metrics.ascent()), tick.text)
            reach = x + width / 2 + line * 0.5
    for y, tick in zip(down, y_ticks, strict=True):
        width = metrics.horizontalAdvance(tick.text)
        painter.drawText(QPointF(projection.left - gap - width, y + metrics.capHeight() / 2), tick.text)


def paint_names(painter: QPainter, projection: Projection, names: AxisNames, size: QSizeF, look: Look) -> None:
    """Write the names of the axes at the window's lower and left edge, in the middle of the frame, cut to its size."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setFont(plot_font(look.scale))
    painter.setPen(QColor(look.palette.text))
    metrics = QFontMetricsF(painter.font())
    middle = QPointF(projection.left + projection.width / 2, projection.top + projection.height / 2)
    if names.x:
        text = metrics.elidedText(names.x, Qt.TextElideMode.ElideMiddle, projection.width)
        left = middle.x() - metrics.horizontalAdvance(text) / 2
        painter.drawText(QPointF(left, size.height() - metrics.descent() - 1.0), text)
    if names.y:
        text = metrics.elidedText(names.y, Qt.TextElideMode.ElideMiddle, projection.height)
        painter.save()
        painter.translate(metrics.ascent() + 2.0 * look.scale, middle.y() + metrics.horizontalAdvance(text) / 2)
        painter.rotate(-90.0)
        painter.drawText(QPointF(0.0, 0.0), text)
        painter.restore()


def legend_width(texts: Sequence[str], scale: float) -> float:
    """How wide a legend of these texts is, in pixels."""
    metrics, dash, gap = QFontMetricsF(plot_font(scale)), _DASH * scale, _DASH_GAP * scale
    return sum(dash + gap + metrics.horizontalAdvance(text) for text in texts) + 3.0 * gap * max(0, len(texts) - 1)


def paint_legend(painter: QPainter, projection: Projection, entries: Sequence[LegendEntry], look: Look) -> None:
    """Write the legend in the line above the frame, from the right.

    Where not all entries have room they are shortened, then written in smaller letters, and left out at last.
    """
    palette = look.palette
    full = [entry.text for entry in entries]
    short = [entry.short or entry.text for entry in entries]
    choices = [full[: len(full) - i] + short[len(full) - i :] for i in range(len(full) + 1)]
    room = projection.width
    texts = next((texts for texts in choices if legend_width(texts, look.scale) <= room), short)
    scale = next((s for s in (look.scale * part for part in _SMALLER) if legend_width(texts, s) <= room), 0.0)
    scale = scale or look.scale * _SMALLER[-1]
    while texts and legend_width(texts, scale) > room:
        texts.pop()
    painter.setFont(plot_font(scale))
    metrics = QFontMetricsF(painter.font())
    baseline = projection.top - _GAP * look.scale - metrics.descent() + 2.0
    dash, gap = _DASH * scale, _DASH_GAP * scale
    x = projection.right - legend_width(texts, scale)
    middle = baseline - metrics.xHeight() / 2
    for entry, text in zip(entries, texts, strict=False):
        colours = () if entry.mark else (entry.colour, *entry.more)
        if entry.mark:
            _paint_mark(painter, QPointF(x + dash / 2, middle), entry, scale)
        for i, colour in enumerate(colours):
            painter.setPen(QPen(QColor(colour), entry.width * scale, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
            ends = (x + dash * part / len(colours) for part in (i, i + 1))
            painter.drawLine(*(QPointF(end, middle) for end in ends))
        painter.setPen(QColor(palette.text))
        painter.drawText(QPointF(x + dash + gap, baseline), text)
        x += dash + gap + metrics.horizontalAdvance(text) + 3.0 * gap


def _paint_mark(painter: QPainter, at: QPointF, entry: LegendEntry, scale: float) -> None:
    colour, radius = QColor(entry.colour), entry.width * scale / 2.0
    painter.setPen(QPen(colour, 1.6 * scale))
    painter.setBrush(colour if entry.mark == "dot" else QBrush())
    painter.drawEllipse(at, radius, radius)


def _frame(projection: Projection) -> QRectF:
    return QRectF(projection.left, projection.top, projection.width, projection.height)
