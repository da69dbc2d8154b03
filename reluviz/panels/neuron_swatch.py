"""The disc in a neuron's colour, at the beginning of its row: it shows whether the neuron is drawn."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QMouseEvent, QPainter, QPen

from reluviz.core.palette import DASHES, Palette
from reluviz.core.picture import Picture

PADDING = 4


class NeuronSwatch:
    """Filled for a neuron that is drawn, hollow for one that is hidden, hollow and faint for one that a solo hides."""

    def __init__(self) -> None:
        self._side = 0
        self._before_click = Picture()
        self._is_double_click = False

    def set_palette(self, palette: Palette) -> None:
        self._palette = palette
        self._ground = QColor(palette.surface)
        self._colours = [QColor(colour) for colour in palette.neurons]

    def set_letters(self, metrics: QFontMetrics) -> None:
        """What stands beside it."""
        self._side = swatch_side(metrics)

    @property
    def side(self) -> int:
        return self._side

    def rect(self, cell: QRect) -> QRectF:
        """Where the disc is in its cell."""
        side = self._side
        return QRectF(cell.left() + PADDING, cell.top() + (cell.height() - side) / 2, side, side)

    def paint(self, painter: QPainter, cell: QRect, row: int, rows: int, picture: Picture) -> None:
        place = self.rect(cell)
        colour = self._colours[row % len(self._colours)]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not picture.shows(row):
            width = max(1.5, self._side / 8)
            painter.setPen(QPen(colour, width))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(place.adjusted(width / 2, width / 2, -width / 2, -width / 2))
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawEllipse(place)
        cuts = self._palette.dash(row) if rows <= len(self._colours) * DASHES else 0
        if cuts:
            # Where the rays are dashed, the disc is cut: once for the first dash, twice for the second, …
            painter.setPen(QPen(self._ground, 1.5))
            for cut in range(1, cuts + 1):
                middle = place.left() + self._side * cut / (cuts + 1)
                painter.drawLine(QPointF(middle, place.top()), QPointF(middle, place.bottom()))

    def asked(self, event: QMouseEvent, cell: QRect, row: int, rows: int, picture: Picture) -> Picture | None:
        """What the mouse asks to be drawn instead of `picture`; None where that is nothing.

        A click hides or shows the neuron, with Alt and as a double-click it shows it alone.
        """
        if event.button() != Qt.MouseButton.LeftButton or not self._is_near(event, cell):
            return None
        match event.type():
            case QEvent.Type.MouseButtonPress:
                self._is_double_click = False
            case QEvent.Type.MouseButtonDblClick:
                # Its first click has hidden the neuron or shown it: that was not meant.
                self._is_double_click = True
                return self._before_click.solo_toggled(row)
            case QEvent.Type.MouseButtonRelease if not self._is_double_click:
                self._before_click = picture
                if event.modifiers() & Qt.KeyboardModifier.AltModifier:
                    return picture.solo_toggled(row)
                return picture.hide_toggled(row, rows)
        return None

    def _is_near(self, event: QMouseEvent, cell: QRect) -> bool:
        return self.rect(cell).adjusted(-PADDING, -PADDING, PADDING / 2, PADDING).contains(event.position())


def swatch_side(metrics: QFontMetrics) -> int:
    """How many pixels wide the disc is beside letters of `metrics`."""
    return round(0.9 * metrics.ascent())
