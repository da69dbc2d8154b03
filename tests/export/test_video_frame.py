"""Pictures on their way into a film: colour where nothing is seen."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from reluviz.export.video_frame import TRANSPARENT, planar_alpha_frame

pytestmark = pytest.mark.usefixtures("qapp")

COLOUR = QColor("#cc79a7")


def thin_lines(width, height):
    """Lines of one pixel on nothing."""
    image = QImage(width, height, TRANSPARENT)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setPen(QPen(COLOUR, 1))
    for y in range(10, height, 20):
        painter.drawLine(0, y, width, y)
    painter.end()
    return image


def plane(frame, number):
    """One plane of a frame: lightness, blue, red, opacity."""
    found = frame.planes[number]
    return np.frombuffer(found, np.uint8).reshape(found.height, found.line_size)[:, : found.width].astype(int)


@pytest.mark.parametrize("size", [(64, 48), (66, 50), (2, 30)])
def test_thin_lines_keep_their_colour_and_nothing_becomes_visible(size):
    image = thin_lines(*size)
    frame = planar_alpha_frame(image)
    straight = image.convertToFormat(QImage.Format.Format_RGBA8888)
    opacity = np.frombuffer(straight.constBits(), np.uint8).reshape(size[1], size[0], 4)[..., 3]
    np.testing.assert_array_equal(plane(frame, 3), opacity)
    plain = QImage(*size, TRANSPARENT)
    plain.fill(COLOUR)
    wanted = [plane(planar_alpha_frame(plain), number)[0, 0] for number in range(3)]
    is_line = opacity == 255
    assert np.abs(plane(frame, 0)[is_line] - wanted[0]).max() <= 2
    # Over black ground they would be half as far from grey.
    for number in (1, 2):
        assert np.abs(plane(frame, number)[is_line[::2, ::2]] - wanted[number]).max() <= 3
