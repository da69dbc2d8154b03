"""PNG files made piece by piece, read by Pillow, which shares no code with what writes them."""

import io

import numpy as np
import pytest
from PIL import Image
from PySide6.QtGui import QImage

from reluviz.core.film import FilmCancelled
from reluviz.export import png_pieces as png
from reluviz.export.picture_file import png_bytes

pytestmark = pytest.mark.usefixtures("qapp")


def noise(width, height):
    """An image that no row of resembles another, of all opacities."""
    pixels = np.random.default_rng(1).integers(0, 256, (height, width, 4), dtype=np.uint8)
    image = QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGBA8888)
    return image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)


@pytest.mark.parametrize("size", [(1, 1), (7, 3), (64, 1), (65, 200), (1, 300)])
def test_every_pixel_is_read_again(size, monkeypatch):
    monkeypatch.setattr(png, "_BAND_PIXELS", 640)
    image = noise(*size)
    read = Image.open(io.BytesIO(b"".join(png.png_pieces(image, 11811, {"Title": "Ω & ÄÖ"}))))
    assert (read.size, read.mode) == (size, "RGBA")
    assert read.info["dpi"] == pytest.approx((300, 300), abs=0.01)
    assert read.info["Title"] == "Ω & ÄÖ"
    wanted = image.convertToFormat(QImage.Format.Format_RGBA8888)
    assert np.asarray(read).tobytes() == np.frombuffer(wanted.constBits(), np.uint8).tobytes()


def test_packing_is_broken_off_between_two_pieces(monkeypatch):
    monkeypatch.setattr(png, "_BAND_PIXELS", 640)
    packed: list[int] = []
    pack = png._straight
    monkeypatch.setattr(png, "_straight", lambda *band: packed.append(band[1]) or pack(*band))

    def go_on(part):
        assert part == 1.0
        return len(packed) < 3

    with pytest.raises(FilmCancelled):
        png_bytes(noise(64, 200), 96.0, "", go_on)
    assert packed == [0, 10, 20]
