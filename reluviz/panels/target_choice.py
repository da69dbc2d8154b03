"""The choice of the target: a gallery of named functions, and the kinds that users make themselves."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPaintEvent, QPalette, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyleOptionComboBox, QStylePainter, QWidget

from reluviz.core.arrays import FloatArray
from reluviz.core.data_target import DataTarget
from reluviz.core.formula_target import FormulaTarget
from reluviz.core.target import FUNCTIONS, FunctionTarget, PointsTarget, Target
from reluviz.panels.controls import Choice

KINDS: dict[type, str] = {FormulaTarget: "Formula…", PointsTarget: "Points…", DataTarget: "Data…"}
"""The kinds of targets that users make, and how they are offered before there is one."""

_ICON_SHAPE = 1.75
_ICON_SAMPLES = 65
_MARGIN = 2.0
_DOTTED = np.array([[0.0, 0.0], [0.3, 0.9], [0.65, 0.25], [1.0, 1.0]])
_CLOUD = np.array([[0.0, 0.1], [0.2, 0.35], [0.35, 0.2], [0.5, 0.6], [0.7, 0.5], [0.85, 0.9], [1.0, 0.75]])


class TargetChoice(Choice):
    """`chosen` carries a function's name, or a class of KINDS; the entry of a kind has the name of the last such
    target on show, which `own` remembers until `forget`."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.own: dict[type, Target] = {}
        for function in FUNCTIONS.values():
            self.offer(function.label, function.name)
        self.offer_separator()
        for kind, label in KINDS.items():
            self.offer(label, kind)
        self.view().setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self._draw_icons()

    def show_target(self, target: Target) -> None:
        """Shows `target`, silently, whatever its class."""
        if isinstance(target, FunctionTarget):
            self.show_value(target.name)
            return
        kind = type(target)
        self.own[kind] = target
        index = self.index_of(kind)
        label = " ".join(target.label.split()) or KINDS[kind].rstrip("…")
        self.setItemText(index, label)
        self.setItemData(index, label, Qt.ItemDataRole.ToolTipRole)
        self.setCurrentIndex(index)

    def forget(self) -> None:
        """Takes the targets of the user's own off the choices, as another document opens."""
        self.own.clear()
        for kind, label in KINDS.items():
            index = self.index_of(kind)
            self.setItemText(index, label)
            self.setItemData(index, None, Qt.ItemDataRole.ToolTipRole)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange) and hasattr(self, "own"):
            self._draw_icons()

    def paintEvent(self, event: QPaintEvent) -> None:
        # Qt cuts a long text off at its end, where a file's name and a formula are told apart.
        painter = QStylePainter(self)
        try:
            option = QStyleOptionComboBox()
            self.initStyleOption(option)
            field = self.style().subControlRect(
                QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, self
            )
            room = field.width() - option.iconSize.width() - 6
            if self.fontMetrics().horizontalAdvance(option.currentText) > room:
                # The name says more than the picture does.
                option.currentIcon = QIcon()
                room = field.width() - 4
            option.currentText = self.fontMetrics().elidedText(option.currentText, Qt.TextElideMode.ElideMiddle, room)
            painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
            painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        finally:
            painter.end()

    def _draw_icons(self) -> None:
        height = round(self.fontMetrics().height() * 0.9)
        size = QSize(round(height * _ICON_SHAPE), height)
        self.setIconSize(size)
        colour = self.palette().color(QPalette.ColorRole.Text)
        for function in FUNCTIONS.values():
            x = np.linspace(-3.0, 3.0, _ICON_SAMPLES)
            icon = _icon(size, colour, line=np.column_stack((x, function.formula(x))))
            self.setItemIcon(self.index_of(function.name), icon)
        self.setItemIcon(self.index_of(FormulaTarget), _letter_icon(size, colour))
        self.setItemIcon(self.index_of(PointsTarget), _icon(size, colour, line=_DOTTED, dots=_DOTTED))
        self.setItemIcon(self.index_of(DataTarget), _icon(size, colour, dots=_CLOUD))


def _letter_icon(size: QSize, colour: QColor) -> QIcon:
    picture, painter = _sheet(size)
    font = painter.font()
    font.setItalic(True)
    font.setPixelSize(max(6, size.height()))
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(0, 0, size.width(), size.height(), Qt.AlignmentFlag.AlignCenter, "f(x)")
    painter.end()
    return QIcon(picture)


def _icon(size: QSize, colour: QColor, line: FloatArray | None = None, dots: FloatArray | None = None) -> QIcon:
    """A line through points of shape (m, 2), and dots on such points, as large as there is room."""
    picture, painter = _sheet(size)
    for points, pen in (
        (line, QPen(colour, 1.4)),
        (dots, QPen(colour, 3.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)),
    ):
        if points is not None:
            low, extent = points.min(axis=0), np.maximum(np.ptp(points, axis=0), 1e-9)
            part = (points - low) / extent
            room = np.array([size.width(), size.height()]) - 2.0 * _MARGIN
            places = [QPointF(_MARGIN + a * room[0], _MARGIN + (1.0 - b) * room[1]) for a, b in part.tolist()]
            painter.setPen(pen)
            if pen.capStyle() is Qt.PenCapStyle.RoundCap:
                painter.drawPoints(places)
            else:
                painter.drawPolyline(places)
    painter.end()
    return QIcon(picture)


def _sheet(size: QSize) -> tuple[QPixmap, QPainter]:
    # Twice as fine as a usual screen: it is scaled down there.
    picture = QPixmap(size * 2)
    picture.setDevicePixelRatio(2.0)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return picture, painter
