"""A group of fields that folds up into one line, which then says what is set inside."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QFontMetrics, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QStyle, QStyleOptionFocusRect, QVBoxLayout, QWidget

from reluviz.panels.controls import Button
from reluviz.panels.field_grid import SPACING, USUAL_LABEL, FieldGrid

_PADDING = 2


class FoldButton(Button):
    """The line: an arrow, the title, and to the right, quieter, what is set inside."""

    def __init__(self, title: str, tip: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self._tip = tip
        self._summary = ""
        self.setCheckable(True)
        self.setFlat(True)
        self.setAccessibleName(title)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setToolTip(tip)

    @property
    def summary(self) -> str:
        return self._summary

    def set_summary(self, summary: str) -> None:
        """What is set inside, in a few words; cut where there is no room, whole in the tooltip."""
        if summary != self._summary:
            self._summary = summary
            self.setToolTip(f"{self._tip}: {summary}" if summary else self._tip)
            self.setAccessibleDescription(summary)
            self.update()

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self.text()) + 2 * metrics.height(), metrics.height() + 2 * _PADDING)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            self._paint(painter)
        finally:
            painter.end()

    def _paint(self, painter: QPainter) -> None:
        metrics, side = self.fontMetrics(), self.fontMetrics().height()
        left = side * 3 // 4
        hovered = self.underMouse() and self.isEnabled()
        colour = self.palette().color(QPalette.ColorRole.Accent if hovered else QPalette.ColorRole.WindowText)
        self._paint_arrow(painter, colour, side / 3.6)
        painter.setPen(colour)
        box = self.rect().adjusted(left, 0, 0, 0)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextShowMnemonic, self.text())
        if not self.isChecked():
            self._paint_summary(painter, metrics, left + _shown_width(metrics, self.text()) + side // 2)
        if self.hasFocus():
            focus = QStyleOptionFocusRect()
            focus.initFrom(self)
            self.style().drawPrimitive(QStyle.PrimitiveElement.PE_FrameFocusRect, focus, painter, self)

    def _paint_arrow(self, painter: QPainter, colour: QColor, half: float) -> None:
        """A triangle as large as the letters, which the style's own is not."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.translate(1.0 + half, self.height() / 2.0)
        painter.rotate(90.0 if self.isChecked() else 0.0)
        tip, back = half * 0.6, -half * 0.5
        painter.drawPolygon([QPointF(back, -half), QPointF(tip, 0.0), QPointF(back, half)])
        painter.restore()

    def _paint_summary(self, painter: QPainter, metrics: QFontMetrics, left: int) -> None:
        room = self.width() - left - 2
        painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
        text = metrics.elidedText(self._summary, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRect(left, 0, room, self.height()), Qt.AlignmentFlag.AlignRight | _MIDDLE, text)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()


_MIDDLE = Qt.AlignmentFlag.AlignVCenter


def _shown_width(metrics: QFontMetrics, text: str) -> int:
    return metrics.size(Qt.TextFlag.TextShowMnemonic, text).width()


class Fold(QWidget):
    """A foldable group, always as wide as its fields need.

    `name` is what its state is remembered by; `folded` is emitted when the user folds it up (True) or out.
    """

    folded = Signal(bool)

    def __init__(
        self, name: str, title: str, tip: str, parent: QWidget | None = None, *, widest_label: str = USUAL_LABEL
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.button = FoldButton(title, tip)
        self.fields = FieldGrid(widest_label)
        self.fields.setContentsMargins(0, 0, 0, SPACING // 2)
        self.fields.align_fields(self.fontMetrics())
        self._body = QWidget()
        self._body.setLayout(self.fields)
        self._body.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACING)
        layout.addWidget(self.button)
        layout.addWidget(self._body)
        self.button.toggled.connect(self._body.setVisible)
        self.button.clicked.connect(self._on_clicked)

    @property
    def is_folded(self) -> bool:
        return not self.button.isChecked()

    def set_folded(self, folded: bool) -> None:
        """Folds it up or out, silently."""
        self.button.setChecked(not folded)

    def minimumSizeHint(self) -> QSize:
        # Folding out must not need more room across than there is.
        return super().minimumSizeHint().expandedTo(QSize(self._body.minimumSizeHint().width(), 0))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.fields.align_fields(self.fontMetrics())

    def _on_clicked(self, open_: bool) -> None:
        self.folded.emit(not open_)
