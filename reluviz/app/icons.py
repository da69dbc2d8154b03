"""The program's icons: SVG files drawn in `currentColor`, rendered in the colours of an appearance."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from reluviz import resource_files
from reluviz.core.palette import Palette

# Qt scales down to the sizes between them. All are drawn before the window is first painted, so there are few.
_SIZES = (24, 48, 96)
_DISABLED_SIZE = 48


def icons(palette: Palette) -> dict[str, QIcon]:
    """Every icon of resources/icons by its file's name without `.svg`. Needs a QGuiApplication."""
    return {path.stem: _drawn(path, palette) for path in sorted(_folder().glob("*.svg"))}


def icon(name: str, palette: Palette) -> QIcon:
    """The icon resources/icons/`name`.svg. Needs a QGuiApplication. Raises FileNotFoundError where there is none."""
    return _drawn(_folder() / f"{name}.svg", palette)


def _folder() -> Path:
    return resource_files.directory() / "icons"


def _drawn(path: Path, palette: Palette) -> QIcon:
    svg = path.read_text(encoding="utf-8").replace("currentColor", palette.text)
    renderer = QSvgRenderer(QByteArray(svg.encode()))
    drawn = QIcon()
    for size in _SIZES:
        drawn.addPixmap(_pixmap(renderer, size))
    greyed = _recoloured(_pixmap(renderer, _DISABLED_SIZE), QColor(palette.border))
    drawn.addPixmap(greyed, QIcon.Mode.Disabled)
    return drawn


def _pixmap(renderer: QSvgRenderer, size: int) -> QPixmap:
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    try:
        renderer.render(painter, QRectF(0, 0, size, size))
    finally:
        painter.end()
    return pixmap


def _recoloured(pixmap: QPixmap, colour: QColor) -> QPixmap:
    """The same shape in one colour."""
    recoloured = QPixmap(pixmap)
    painter = QPainter(recoloured)
    try:
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawRect(recoloured.rect())  # the first fillRect of a program takes PySide 15 ms
    finally:
        painter.end()
    return recoloured
