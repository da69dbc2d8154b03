"""A PNG file piece by piece, so that writing a large one can be broken off: Qt packs all of a picture in one call.

The format is W3C's "Portable Network Graphics (PNG) Specification".
"""

from __future__ import annotations

import math
import struct
import zlib
from collections.abc import Iterator, Mapping

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QImage

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_DEPTH, _RGBA = 8, 6
_PER_METRE = 1
# Every row says what is different from the one above it: on plots that is next to nothing.
_UP = 2
_LEVEL = 6
# So little is packed within some hundredths of a second.
_BAND_PIXELS = 250_000


def png_pieces(image: QImage, dots_per_metre: int, texts: Mapping[str, str]) -> Iterator[bytes]:
    """The pieces of the file, to be joined. `texts` say something about the picture, by PNG's keywords."""
    width, height = image.width(), image.height()
    header = struct.pack(">IIBBBBB", width, height, _DEPTH, _RGBA, 0, 0, 0)
    yield _SIGNATURE + _chunk(b"IHDR", header)
    yield _chunk(b"pHYs", struct.pack(">IIB", dots_per_metre, dots_per_metre, _PER_METRE))
    yield b"".join(_chunk(b"iTXt", _text(keyword, text)) for keyword, text in texts.items())
    packer = zlib.compressobj(_LEVEL)
    rows = max(1, math.ceil(_BAND_PIXELS / width))
    above = np.zeros((1, 4 * width), dtype=np.uint8)
    for top in range(0, height, rows):
        band = _straight(image, top, min(rows, height - top))
        filtered = np.full((len(band), 1 + 4 * width), _UP, dtype=np.uint8)
        np.subtract(band, np.concatenate((above, band[:-1])), out=filtered[:, 1:])
        above = band[-1:]
        yield _data(packer.compress(filtered.tobytes()))
    yield _data(packer.flush()) + _chunk(b"IEND", b"")


def _straight(image: QImage, top: int, rows: int) -> npt.NDArray[np.uint8]:
    """Rows of an image, shape (rows, 4 · width): red, green, blue and opacity, the colours not multiplied by it."""
    band = image.copy(0, top, image.width(), rows).convertToFormat(QImage.Format.Format_RGBA8888)
    return np.frombuffer(band.constBits(), np.uint8).reshape(rows, 4 * image.width()).copy()


def _text(keyword: str, text: str) -> bytes:
    # Not compressed, of no language in particular.
    return keyword.encode("latin-1") + b"\0\0\0\0\0" + text.encode("utf-8")


def _data(packed: bytes) -> bytes:
    return _chunk(b"IDAT", packed) if packed else b""


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(content, zlib.crc32(kind)))
