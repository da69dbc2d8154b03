"""How the cells of the neuron table are painted and edited."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QFontMetricsF, QIcon, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from reluviz.core.network import Status
from reluviz.core.notation import parameter_text
from reluviz.core.palette import LIGHT, Palette
from reluviz.core.parameter import Parameter
from reluviz.panels.neuron_model import NUMBERS, PARAMETERS, Column, NeuronModel
from reluviz.panels.neuron_swatch import PADDING, NeuronSwatch
from reluviz.panels.number_edit import NumberEdit
from reluviz.panels.number_text import narrowing_texts

NUMBER_MARGINS = 1, 4  # left and right; numbers are aligned to the right, so the room before them shows anyway
_NUMBER_PLACE = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
# What a solo hides steps back.
_FAINT = 0.45
_Index = QModelIndex | QPersistentModelIndex


class CellEdit(NumberEdit):
    """The spin box over a cell."""

    parameter_edited = Signal(object, float)

    def __init__(self, parameter: Parameter, parent: QWidget) -> None:
        super().__init__(parameter_text(parameter), parent=parent)
        self.parameter = parameter
        self.setAutoFillBackground(True)
        self.edited.connect(self._forward)

    def _forward(self, value: float) -> None:
        self.parameter_edited.emit(self.parameter, value)


class NeuronDelegate(QStyledItemDelegate):
    """Paints a cell without asking for its eight roles, and opens a spin box over a parameter."""

    parameter_edited = Signal(object, float)
    locks_edited = Signal(object, bool)
    picture_edited = Signal(object)  # Picture: which neurons are to be drawn
    refused = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.hovered: int | None = None
        self._swatch = NeuronSwatch()
        self._padlock = QIcon()
        self.set_palette(LIGHT)
        self.set_letters(QFont())

    def set_palette(self, palette: Palette) -> None:
        """Takes the colours from `palette`."""
        self._palette = palette
        self._text = QColor(palette.text)
        self._muted = QColor(palette.muted)
        self._accent = QColor(palette.accent)
        # Opaque, because the style has painted its own, glaring selection below.
        self._selected = _blended(palette.surface, palette.accent, 0.3 if palette.is_dark else 0.2)
        self._hovered = _blended(palette.surface, palette.accent, 0.13 if palette.is_dark else 0.08)
        self._swatch.set_palette(palette)
        self._badges = {
            Status.ACTIVE: (QColor(palette.text), _tint(palette.text, 18)),
            Status.DEAD: (QColor(palette.warning), _tint(palette.warning, 44)),
            Status.SATURATED: (QColor(palette.warning), _tint(palette.warning, 44)),
            Status.OFF_DOMAIN: (QColor(palette.accent), _tint(palette.accent, 40)),
            Status.CONSTANT: (QColor(palette.muted), _tint(palette.muted, 40)),
            Status.DUPLICATE: (QColor(palette.muted), _tint(palette.muted, 40)),
        }

    def set_padlock(self, padlock: QIcon) -> None:
        """The icon of locked cells."""
        self._padlock = padlock

    def set_letters(self, letters: QFont) -> None:
        """The font of the cells; the painter comes with it set."""
        metrics = QFontMetrics(letters)
        self._advances = _Advances(letters)
        self._padlock_side = metrics.ascent() - 1
        self._swatch.set_letters(metrics)
        self._badge_height = metrics.height() + 1

    # Painting. A table in view has some two hundred cells, refreshed ten times a second beside the plot's frames.

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        model = index.model()
        if not isinstance(model, NeuronModel):
            return
        rect, state, column = option.rect, option.state, index.column()
        neuron = model.neuron(index.row())
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, self._selected)
        elif neuron == self.hovered:
            painter.fillRect(rect, self._hovered)
        painter.setOpacity(1.0 if model.picture.solo in (None, neuron) else _FAINT)
        if column == Column.INDEX:
            self._paint_index(painter, rect, neuron, model)
        elif column == Column.STATUS:
            self._paint_badge(painter, rect, model.status(neuron), model.badges(neuron))
        else:
            self._paint_number(painter, rect, model, (neuron, column))
        painter.setOpacity(1.0)
        if column in NUMBERS and state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(self._accent)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(0, 0, -1, -1))

    def _paint_index(self, painter: QPainter, rect: QRect, neuron: int, model: NeuronModel) -> None:
        self._swatch.paint(painter, rect, neuron, model.neurons, model.picture)
        painter.setPen(self._text)
        painter.drawText(
            rect.adjusted(self._swatch.side + 2 * PADDING, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, str(neuron + 1)
        )

    def _paint_number(self, painter: QPainter, rect: QRect, model: NeuronModel, cell: tuple[int, int]) -> None:
        inner = rect.adjusted(NUMBER_MARGINS[0], 0, -NUMBER_MARGINS[1], 0)
        if model.is_locked(*cell):
            padlock = self._padlock_rect(rect)
            self._padlock.paint(painter, padlock)
            inner.setLeft(padlock.right() + 1)
        # Rather no number than one whose first digits are cut off.
        texts = chain(narrowing_texts(model.value(*cell)), "…")
        painter.setPen(self._text if cell[1] in PARAMETERS else self._muted)
        painter.drawText(inner, _NUMBER_PLACE, self._advances.fitting(texts, inner.width()))

    def _padlock_rect(self, cell: QRect) -> QRect:
        side = self._padlock_side
        return QRect(cell.left() + 1, cell.center().y() - side // 2, side, side)

    def _paint_badge(self, painter: QPainter, rect: QRect, status: Status, words: tuple[str, ...]) -> None:
        colour, ground = self._badges[status]
        text = self._advances.fitting(words, rect.width() - 3 * PADDING)
        height = self._badge_height
        width = self._advances.width(text) + 2 * PADDING
        badge = QRectF(rect.left() + PADDING, rect.top() + (rect.height() - height) / 2, width, height)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(badge, height / 2, height / 2)
        painter.setPen(colour)
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, text)

    def editorEvent(
        self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: _Index
    ) -> bool:
        """A click on the padlock of a locked cell unlocks it; for clicks on the disc see `NeuronSwatch`."""
        if not isinstance(model, NeuronModel):
            return super().editorEvent(event, model, option, index)
        neuron = model.neuron(index.row())
        if isinstance(event, QMouseEvent) and index.column() == Column.INDEX:
            asked = self._swatch.asked(event, option.rect, neuron, model.neurons, model.picture)
            if asked is not None:
                self.picture_edited.emit(asked)
                return True
        if (
            isinstance(event, QMouseEvent)
            and event.type() == QEvent.Type.MouseButtonRelease
            and event.button() == Qt.MouseButton.LeftButton
            and model.is_locked(neuron, index.column())
            and self._padlock_rect(option.rect).contains(event.position().toPoint())
        ):
            self.locks_edited.emit((model.parameter(neuron, index.column()),), False)
            return True
        return super().editorEvent(event, model, option, index)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: _Index) -> QWidget:
        model = index.model()
        assert isinstance(model, NeuronModel)
        parameter = model.parameter(model.neuron(index.row()), index.column())
        assert parameter is not None
        editor = CellEdit(parameter, parent)
        editor.parameter_edited.connect(self.parameter_edited)
        editor.refused.connect(self.refused)
        return editor

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        # Qt closes the editor at Escape, and a number box that loses the focus takes what has been typed.
        if (
            isinstance(editor, CellEdit)
            and event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            editor.revert()
        return super().eventFilter(editor, event)

    def setEditorData(self, editor: QWidget, index: _Index) -> None:
        model = index.model()
        # An open editor belongs to the hand: refreshes pass it by.
        if isinstance(editor, CellEdit) and isinstance(model, NeuronModel) and not editor.isVisible():
            editor.set_value(model.value(model.neuron(index.row()), index.column()))
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


class _Advances(dict[str, float]):
    """How far each character moves the pen, measured once: Qt's own measuring costs as much as the painting."""

    def __init__(self, letters: QFont) -> None:
        super().__init__()
        self._metrics = QFontMetricsF(letters)

    def __missing__(self, character: str) -> float:
        advance = self[character] = self._metrics.horizontalAdvance(character)
        return advance

    def width(self, text: str) -> float:
        return sum(map(self.__getitem__, text))

    def fitting(self, texts: Iterable[str], width: float) -> str:
        """The first of `texts` that is at most `width` pixels wide, else the last."""
        text = ""
        for text in texts:
            if self.width(text) <= width:
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
