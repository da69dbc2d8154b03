"""A small picture of what would be exported."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontDatabase, QImage, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

_WIDTH, _HEIGHT = 480, 320
_LEAST_WIDTH, _LEAST_HEIGHT = 300, 200
_SQUARE = 8
_ON_LIGHT = QColor("#ffffff"), QColor("#dcdcdc")
_ON_DARK = QColor("#2c2c2c"), QColor("#404040")


class PicturePreview(QWidget):
    """Shows a picture, what is transparent of it over grey squares, or the first lines of a table."""

    resized = Signal()
    """There is another amount of room: what is on show was made for the one before."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()
        self._text = ""
        self._squares = _ON_LIGHT
        self.setMinimumSize(_LEAST_WIDTH, _LEAST_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Preview")

    @property
    def image(self) -> QImage:
        """The picture on show; null where there is none."""
        return self._image

    @property
    def text(self) -> str:
        """The lines on show."""
        return self._text

    def fitting(self, width: int, height: int) -> QSize:
        """The largest size, in the screen's pixels, that has these proportions and fits in here; not above them."""
        room = self.size() * self.devicePixelRatioF()
        size = QSize(width, height)
        if size.width() > room.width() or size.height() > room.height():
            size.scale(room, Qt.AspectRatioMode.KeepAspectRatio)
        return size.expandedTo(QSize(1, 1))

    def show_picture(self, image: QImage, on_dark: bool = False) -> None:
        """Show a picture; the squares are dark where it is meant to lie `on_dark` ground."""
        self._image, self._text = image, ""
        self._squares = _ON_DARK if on_dark else _ON_LIGHT
        self.update()

    def show_text(self, text: str) -> None:
        self._image, self._text = QImage(), text
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(_WIDTH, _HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            if self._image.isNull():
                self._paint_text(painter)
            else:
                self._paint_picture(painter)
        finally:
            painter.end()

    def _paint_picture(self, painter: QPainter) -> None:
        size = self._image.size() / self.devicePixelRatioF()
        if size.width() > self.width() or size.height() > self.height():
            # Until it comes in the new size: nothing of a picture is ever cut off.
            size.scale(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        place = QRect((self.width() - size.width()) // 2, (self.height() - size.height()) // 2, *size.toTuple())
        painter.fillRect(place, self._squares[0])
        for row in range(0, place.height(), _SQUARE):
            for column in range(row // _SQUARE % 2 * _SQUARE, place.width(), 2 * _SQUARE):
                square = QRect(place.left() + column, place.top() + row, _SQUARE, _SQUARE)
                painter.fillRect(square & place, self._squares[1])
        painter.drawImage(place, self._image)
        painter.setPen(self.palette().color(QPalette.ColorRole.Mid))
        painter.drawRect(place.adjusted(0, 0, -1, -1))

    def _paint_text(self, painter: QPainter) -> None:
        painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.Base))
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPointSizeF(self.font().pointSizeF() * 0.9)
        painter.setFont(font)
        painter.setPen(self.palette().color(QPalette.ColorRole.Text))
        painter.drawText(self.rect().adjusted(8, 8, -8, -8), Qt.AlignmentFlag.AlignLeft, self._text)
