"""Dialogs of many fields: as high as these want, and no higher than the screen, where they scroll."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QFrame, QScrollArea, QStyle, QWidget

# Around a dialog stands its window's frame, and nothing should look wedged in.
_SPARE = QSize(24, 56)


class FieldsArea(QScrollArea):
    """A column of fields that wants to be whole, and scrolls up and down where it cannot."""

    def __init__(self, fields: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fields = fields
        self.setWidget(fields)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def sizeHint(self) -> QSize:
        fields = self._fields.sizeHint().expandedTo(self._fields.minimumSizeHint())
        return fields + QSize(self._bar_width(), 0)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._fields.minimumSizeHint().width() + self._bar_width(), 0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Letters of another size make the fields want another one.
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def _bar_width(self) -> int:
        # Kept free always: the fields do not jump when the bar comes.
        return self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent, None, self)


class RoomyDialog(QDialog):
    """A dialog that is at least as large as it wants to be, as far as the screen allows, whenever it opens."""

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            # The letters may be larger than last time.
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
            wanted = self.sizeHint().expandedTo(self.size())
            self.resize(wanted.boundedTo(self.screen().availableSize() - _SPARE))
