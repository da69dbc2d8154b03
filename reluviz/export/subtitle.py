"""A sentence below the plot, as a film has it: always in the same place, of up to two lines."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from reluviz.core.palette import Palette
from reluviz.plot.axes import plot_font

_TYPE_SIZE = 20.0
_LINES = 2
_MARGIN = 16.0
# Longer lines are hard to read, and no line runs to the picture's very edges.
_MOST_LETTERS, _WIDEST = 90, 0.92


class Subtitle:
    """The band of a picture of `width` × `height` pixels that is kept for sentences."""

    def __init__(self, width: int, height: int, scale: float, palette: Palette) -> None:
        self._font = plot_font(scale, _TYPE_SIZE)
        self._metrics = QFontMetricsF(self._font)
        self._palette = palette
        self.height = min(height // 3, round(_LINES * self._metrics.lineSpacing() + _MARGIN * scale))
        self._band = QRectF(0.0, height - self.height, width, self.height)

    def paint(self, painter: QPainter, sentence: str, has_ground: bool) -> None:
        """Draw a sentence into the band; what does not fit ends in an ellipsis."""
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
        ground = QColor(self._palette.plot) if has_ground else QColor(Qt.GlobalColor.transparent)
        painter.fillRect(self._band, ground)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        painter.setFont(self._font)
        painter.setPen(QColor(self._palette.text))
        widest = min(_WIDEST * self._band.width(), _MOST_LETTERS * self._metrics.averageCharWidth())
        baseline = self._band.top() + self._metrics.ascent()
        for line in self._lines(sentence, widest):
            x = self._band.center().x() - self._metrics.horizontalAdvance(line) / 2.0
            painter.drawText(round(x), round(baseline), line)
            baseline += self._metrics.lineSpacing()

    def _lines(self, sentence: str, widest: float) -> list[str]:
        lines = [""]
        for word in sentence.split(" "):
            longer = f"{lines[-1]} {word}".strip()
            if self._metrics.horizontalAdvance(longer) <= widest or not lines[-1]:
                lines[-1] = longer
            else:
                lines.append(word)
        if len(lines) > _LINES:
            lines[_LINES - 1 :] = [" ".join(lines[_LINES - 1 :])]
        widest = _WIDEST * self._band.width()
        return [self._metrics.elidedText(line, Qt.TextElideMode.ElideRight, widest) for line in lines]
