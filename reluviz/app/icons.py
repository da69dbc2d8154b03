"""The program's icons: SVG files drawn in `currentColor`, rendered in the colours of an appearance."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from reluviz import resource_files
from reluviz.core.palette import Palette

_SIZES = (16, 20, 24, 32, 48, 64, 128)


def icons(palette: Palette) -> dict[str, QIcon]:
    """Every icon of resources/icons by its file's name without `.svg`. Needs a QGuiApplication."""
    return {path.stem: icon(path.stem, palette) for path in sorted(_folder().glob("*.svg"))}


def icon(name: str, palette: Palette) -> QIcon:
    """The icon resources/icons/`name`.svg. Needs a QGuiApplication. Raises FileNotFoundError where there is none."""
    return _drawn((_folder() / f"{name}.svg").read_text(encoding="utf-8"), palette)


def _folder() -> Path:
    return resource_files.directory() / "icons"


def _drawn(svg: str, palette: Palette) -> QIcon:
    drawn = QIcon()
    for mode, colour in ((QIcon.Mode.Normal, palette.text), (QIcon.Mode.Disabled, palette.border)):
        renderer = QSvgRenderer(QByteArray(svg.replace("currentColor", colour).encode()))
        for size in _SIZES:
            drawn.addPixmap(_pixmap(renderer, size), mode)
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
