"""A picture as the bytes of a file."""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Callable
from enum import Enum
from html import unescape
from uuid import UUID

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, QSize, QSizeF, QUuid
from PySide6.QtGui import QFont, QFontInfo, QFontMetricsF, QImage, QPageSize, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator

from reluviz.core.film import FilmCancelled, GoOn, always
from reluviz.core.picture_recipe import PictureRecipe
from reluviz.export.offscreen_plot import OffscreenPlot
from reluviz.export.png_pieces import png_pieces
from reluviz.plot.axes import FAMILIES, plot_font

_INCHES_PER_METRE = 1.0 / 0.0254
_POINTS_PER_INCH = 72.0
_BROWSER_DPI = 96.0
_MADE_BY = "reluviz"
# Drawn as wide as DejaVu Sans, which it is descended from, where that is not there.
_FALLBACKS = "Verdana, sans-serif"
_TEXT = re.compile(r"<text ([^>]*)>(.*?)</text>", re.DOTALL)
_FONT_SIZE = re.compile(r'font-size="([\d.]+)"')
_SVG_SIZE = re.compile(r'<svg width="[^"]*" height="[^"]*"')
_PDF_TIMES = (
    re.compile(rb"/(?:Creation|Mod)Date \([^)]*\)"),
    re.compile(rb'xmp:(?:Create|Modify|Metadata)Date="[^"]*"'),
)
# What a document is called until it is known what it holds; found again in the file by its unlikely digits.
_NAMELESS = UUID("7e1b1255-0e0e-4c1a-9f00-5e1f00ba11ad")


class PictureFormat(Enum):
    """How a picture is stored."""

    PNG = "png"
    SVG = "svg"
    PDF = "pdf"


def picture_bytes(plot: OffscreenPlot, form: PictureFormat, go_on: GoOn = always) -> bytes:
    """The file that holds what `plot` shows. The same picture always makes the same bytes.

    `go_on` is asked while it is painted, and with 1 before what was painted is packed. Raises FilmCancelled.
    """
    if form is PictureFormat.PNG:
        return png_bytes(plot.image(go_on), plot.recipe.dpi, plot.subject.title, go_on)
    if not go_on(0.0):
        raise FilmCancelled
    return (_svg_bytes if form is PictureFormat.SVG else _pdf_bytes)(plot)


def png_bytes(image: QImage, dpi: float, title: str, go_on: GoOn = always) -> bytes:
    """The image as a PNG file that says how large it is on paper.

    Raises FilmCancelled where `go_on(1)`, which is asked again and again, says so.
    """
    dots = round(dpi * _INCHES_PER_METRE)
    image.setDotsPerMeterX(dots)
    image.setDotsPerMeterY(dots)
    pieces = []
    for piece in png_pieces(image, dots, {"Software": _MADE_BY, "Title": title}):
        if not go_on(1.0):
            raise FilmCancelled
        pieces.append(piece)
    return b"".join(pieces)


def _svg_bytes(plot: OffscreenPlot) -> bytes:
    recipe = plot.recipe

    def write(device: QIODevice) -> None:
        generator = QSvgGenerator(QSvgGenerator.SvgVersion.Svg11)
        generator.setOutputDevice(device)
        generator.setResolution(round(recipe.dpi))
        generator.setSize(QSize(recipe.width, recipe.height))
        generator.setViewBox(QRectF(0.0, 0.0, recipe.width, recipe.height))
        generator.setTitle(plot.subject.title or "reluviz")
        generator.setDescription(f"Made by {_MADE_BY}")
        painter = QPainter(generator)
        try:
            plot.paint(painter)
        finally:
            painter.end()

    svg = _SVG_SIZE.sub(f"<svg {_svg_size(recipe)}", _written(write).decode("utf-8"), count=1)
    return _with_fonts(svg).encode("utf-8")


def _svg_size(recipe: PictureRecipe) -> str:
    """In pixels where an inch has the browser's 96 of them, else in millimetres, never a trifle too large."""
    if recipe.dpi == _BROWSER_DPI:
        return f'width="{recipe.width}" height="{recipe.height}"'
    width, height = (math.floor(side / recipe.dpi * 25.4e3) / 1e3 for side in (recipe.width, recipe.height))
    return f'width="{width:.3f}mm" height="{height:.3f}mm"'


def _with_fonts(svg: str) -> str:
    """Text in the letters that it was laid out with, or else stretched to the same width in others.

    Qt names all families that were wished for, whether there are such or not; a reader might have an earlier one.
    """
    family = QFontInfo(plot_font()).family()
    svg = svg.replace(f'font-family="{",".join(FAMILIES)}"', f"font-family=\"'{family}', {_FALLBACKS}\"")

    def with_width(found: re.Match[str]) -> str:
        attributes, text = found[1], found[2]
        size = _FONT_SIZE.search(attributes)
        if size is None or not text:
            return found[0]
        font = QFont(plot_font())
        font.setPixelSize(max(1, round(float(size[1]))))
        width = QFontMetricsF(font).horizontalAdvance(unescape(text))
        return f'<text textLength="{width:.2f}" lengthAdjust="spacingAndGlyphs" {attributes}>{text}</text>'

    return _TEXT.sub(with_width, svg)


def _pdf_bytes(plot: OffscreenPlot) -> bytes:
    recipe = plot.recipe
    points = QSizeF(recipe.width, recipe.height) * (_POINTS_PER_INCH / recipe.dpi)

    def write(device: QIODevice) -> None:
        writer = QPdfWriter(device)
        writer.setCreator(_MADE_BY)
        writer.setTitle(plot.subject.title or "reluviz")
        writer.setDocumentId(QUuid(str(_NAMELESS)))
        writer.setPageSize(QPageSize(points, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch))
        writer.setPageMargins(QMarginsF(0.0, 0.0, 0.0, 0.0))
        painter = QPainter(writer)
        try:
            painter.scale(writer.width() / recipe.width, writer.height() / recipe.height)
            plot.paint(painter)
        finally:
            painter.end()

    return _without_time(_written(write))


def _without_time(pdf: bytes) -> bytes:
    """The file without the time at which it was made, named after what it holds. Every byte stays at its place."""
    for times in _PDF_TIMES:
        pdf = times.sub(_blanks, pdf)
    name = str(UUID(bytes=hashlib.sha256(pdf).digest()[:16])).encode()
    nameless = str(_NAMELESS).encode()
    return pdf.replace(nameless, name).replace(nameless.hex().encode(), name.hex().encode())


def _blanks(found: re.Match[bytes]) -> bytes:
    return b" " * len(found[0])


def _written(write: Callable[[QIODevice], None]) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    write(buffer)
    buffer.close()
    return bytes(buffer.data().data())
