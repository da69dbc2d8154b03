"""How the cells of the neuron table are painted and edited."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QIcon, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from reluviz.core.network import Status
from reluviz.core.notation import parameter_text
from reluviz.core.palette import DASHES, LIGHT, Palette
from reluviz.core.parameter import Parameter
from reluviz.panels.neuron_model import NUMBERS, Column, NeuronModel
from reluviz.panels.neuron_status import BADGES
from reluviz.panels.number_edit import NumberEdit
from reluviz.panels.number_text import narrowing_texts

PADDING = 4
_Index = QModelIndex | QPersistentModelIndex


class CellEdit(NumberEdit):
    """The spin box over a cell."""

    parameter_edited = Signal(object, float)

    def __init__(self, parameter: Parameter, parent: QWidget) -> None:
        super().__init__(parameter_text(parameter), parent=parent)
        self._parameter = parameter
        self.setAutoFillBackground(True)
        self.edited.connect(self._forward)

    def _forward(self, value: float) -> None:
        self.parameter_edited.emit(self._parameter, value)


class NeuronDelegate(QStyledItemDelegate):
    """Paints a cell without asking for its eight roles, and opens a spin box over a parameter."""

    parameter_edited = Signal(object, float)
    refused = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.hovered: int | None = None
        self._padlock = QIcon()
        self.set_palette(LIGHT)

    def set_palette(self, palette: Palette) -> None:
        """Takes the colours from `palette`."""
        self._palette = palette
        self._text = QColor(palette.text)
        self._muted = QColor(palette.muted)
        self._accent = QColor(palette.accent)
        # Opaque, because the style has painted its own, glaring selection below.
        self._ground = QColor(palette.surface)
        self._selected = _blended(palette.surface, palette.accent, 0.3 if palette.is_dark else 0.2)
        self._hovered = _blended(palette.surface, palette.accent, 0.13 if palette.is_dark else 0.08)
        self._swatches = [QColor(colour) for colour in palette.neurons]
        self._badges = {
            Status.ACTIVE: (QColor(palette.text), _tint(palette.text, 18)),
            Status.DEAD: (QColor(palette.warning), _tint(palette.warning, 44)),
            Status.OFF_DOMAIN: (QColor(palette.accent), _tint(palette.accent, 40)),
            Status.CONSTANT: (QColor(palette.muted), _tint(palette.muted, 40)),
        }

    def set_padlock(self, padlock: QIcon) -> None:
        """The icon of locked cells."""
        self._padlock = padlock

    # Painting.

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        model = index.model()
        if not isinstance(model, NeuronModel):
            return
        rect, metrics = option.rect, option.fontMetrics
        row, column = index.row(), Column(index.column())
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, self._selected)
        elif row == self.hovered:
            painter.fillRect(rect, self._hovered)
        painter.save()
        painter.setFont(option.font)
        if column is Column.INDEX:
            self._paint_index(painter, rect, row, model.rowCount())
        elif column is Column.STATUS:
            self._paint_badge(painter, rect, metrics, model.status(row))
        else:
            self._paint_number(painter, rect, model, index)
        painter.restore()
        if option.state & QStyle.StateFlag.State_HasFocus and column in NUMBERS:
            painter.setPen(self._accent)
            painter.drawRect(rect.adjusted(0, 0, -1, -1))

    def _paint_index(self, painter: QPainter, rect: QRect, row: int, rows: int) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._swatches[row % len(self._swatches)])
        side = swatch_side(painter.fontMetrics())
        centre = QPointF(rect.left() + PADDING + side / 2, rect.center().y() + 0.5)
        painter.drawEllipse(centre, side / 2, side / 2)
        colours = len(self._swatches)
        if rows <= colours * DASHES:
            # Where the rays are dashed, the disc is cut: once for the first dash, twice for the second, …
            painter.setPen(QPen(self._ground, 1.5))
            cuts = self._palette.dash(row)
            for cut in range(cuts):
                x = centre.x() + side * ((cut + 1) / (cuts + 1) - 0.5)
                painter.drawLine(QPointF(x, centre.y() - side / 2), QPointF(x, centre.y() + side / 2))
        painter.setPen(self._text)
        painter.drawText(rect.adjusted(PADDING + side + PADDING, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, str(row + 1))

    def _paint_number(self, painter: QPainter, rect: QRect, model: NeuronModel, index: _Index) -> None:
        row, column = index.row(), index.column()
        editable = model.parameter(row, column) is not None
        inner = rect.adjusted(PADDING, 0, -PADDING, 0)
        if model.is_locked(row, column):
            side = painter.fontMetrics().ascent() - 1
            self._padlock.paint(painter, QRect(rect.left() + 1, rect.center().y() - side // 2, side, side))
            inner.setLeft(rect.left() + 1 + side)
        # Rather no number than one whose first digits are cut off.
        texts = chain(narrowing_texts(model.value(row, column)), "…")
        text = fitting(texts, painter.fontMetrics(), inner.width())
        painter.setPen(self._text if editable else self._muted)
        painter.drawText(inner, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)

    def _paint_badge(self, painter: QPainter, rect: QRect, metrics: QFontMetrics, status: Status) -> None:
        colour, ground = self._badges[status]
        text = fitting(BADGES[status], metrics, rect.width() - 3 * PADDING)
        height = metrics.height() + 1
        width = metrics.horizontalAdvance(text) + 2 * PADDING
        badge = QRectF(rect.left() + PADDING, rect.center().y() + 0.5 - height / 2, width, height)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(badge, height / 2, height / 2)
        painter.setPen(colour)
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, text)

    # Editing.

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: _Index) -> QWidget:
        model = index.model()
        assert isinstance(model, NeuronModel)
        parameter = model.parameter(index.row(), index.column())
        assert parameter is not None
        editor = CellEdit(parameter, parent)
        editor.parameter_edited.connect(self.parameter_edited)
        editor.refused.connect(self.refused)
        return editor

    def setEditorData(self, editor: QWidget, index: _Index) -> None:
        model = index.model()
        # An open editor belongs to the hand: refreshes pass it by.
        if isinstance(editor, CellEdit) and isinstance(model, NeuronModel) and not editor.isVisible():
            editor.set_value(model.value(index.row(), index.column()))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: _Index) -> None:
        if isinstance(editor, CellEdit):
            editor.commit()

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: _Index) -> None:
        # Wider than the cell where need be, over the cell's right edge, so that all digits can be seen and typed.
        hint = editor.sizeHint()
        width = max(option.rect.width(), hint.width())
        left = max(0, option.rect.right() + 1 - width)
        top = option.rect.center().y() - hint.height() // 2
        editor.setGeometry(left, max(0, top), width, hint.height())


def swatch_side(metrics: QFontMetrics) -> int:
    """How many pixels wide the coloured disc is beside letters of `metrics`."""
    return round(0.9 * metrics.ascent())


def fitting(texts: Iterable[str], metrics: QFontMetrics, width: int) -> str:
    """The first of `texts` that is at most `width` pixels wide, else the last."""
    text = ""
    for text in texts:
        if metrics.horizontalAdvance(text) <= width:
            break
    return text


def _blended(ground: str, colour: str, share: float) -> QColor:
    below, above = QColor(ground).getRgbF(), QColor(colour).getRgbF()
    red, green, blue = (a + (b - a) * share for a, b in zip(below[:3], above[:3], strict=True))  # type: ignore[index]
    return QColor.fromRgbF(red, green, blue)


def _tint(colour: str, alpha: int) -> QColor:
    tint = QColor(colour)
    tint.setAlpha(alpha)
    return tint
