"""Pictures as FFmpeg's frames."""

from __future__ import annotations

from fractions import Fraction

import av
import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QImage

# So far, and half as far again, colour reaches out: farther than it is blurred.
_BLOCK = 4
_OPACITY = np.frombuffer(bytes((0, 0, 0, 255)), np.uint32)[0]
TRANSPARENT = QImage.Format.Format_ARGB32_Premultiplied


def pixels(image: QImage) -> npt.NDArray[np.uint8]:
    """The bits of an image with four bytes a pixel, shape (height, width, 4), without copying them.

    They are the image's own: it has to outlive the array.
    """
    bits = np.frombuffer(image.constBits(), np.uint8)
    return bits.reshape(image.height(), image.bytesPerLine() // 4, 4)[:, : image.width()]


def planar_frame(image: QImage) -> av.VideoFrame:
    """An opaque image as H.264 and VP9 take it: BT.709, studio range, half the resolution in colour."""
    # The image's own bits serve: they are read before this function returns.
    return _planar(av.VideoFrame.from_numpy_buffer(pixels(image), format="bgra"), "yuv420p")


def planar_alpha_frame(image: QImage) -> av.VideoFrame:
    """A premultiplied image as VP9 takes it beside its opacity: like `planar_frame`, that at full resolution and range.

    What is transparent has the colour of what is near it: black would get into thin lines, where colour is blurred.
    """
    return _planar(av.VideoFrame.from_numpy_buffer(_bled(image), format="rgba"), "yuva420p")


def _bled(image: QImage) -> npt.NDArray[np.uint8]:
    """The pixels as red, green, blue and opacity, shape (height, width, 4), colours reaching out over what is clear."""
    straight = image.convertToFormat(QImage.Format.Format_RGBA8888)
    whole = pixels(straight).view(np.uint32)[..., 0]
    around = np.repeat(np.repeat(_around(pixels(image)), _BLOCK, axis=0), _BLOCK, axis=1)[
        : len(whole), : whole.shape[1]
    ]
    return np.where(whole & _OPACITY, whole, around)[..., None].view(np.uint8)


def _around(premultiplied: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint32]:
    """The mean colour around each block of pixels (blue, green, red, opacity), as transparent pixels, shape (rows,
    columns) of blocks."""
    height, width = premultiplied.shape[:2]
    padded = np.pad(premultiplied, ((0, -height % _BLOCK), (0, -width % _BLOCK), (0, 0)))
    rows = sum((padded[i::_BLOCK].astype(np.uint16) for i in range(1, _BLOCK)), padded[::_BLOCK].astype(np.uint16))
    blocks = sum((rows[:, i::_BLOCK].astype(np.uint32) for i in range(1, _BLOCK)), rows[:, ::_BLOCK].astype(np.uint32))
    wide = np.pad(blocks, ((1, 1), (1, 1), (0, 0)))
    wide = wide[:-2] + wide[1:-1] + wide[2:]
    wide = wide[:, :-2] + wide[:, 1:-1] + wide[:, 2:]
    colour = 255 * wide[..., 2::-1] // np.maximum(wide[..., 3:], 1)
    bytes_ = np.zeros((*blocks.shape[:2], 4), dtype=np.uint8)
    bytes_[..., :3] = np.minimum(colour, 255)
    return bytes_.view(np.uint32)[..., 0]


def _planar(frame: av.VideoFrame, pix_fmt: str) -> av.VideoFrame:
    return frame.reformat(format=pix_fmt, src_color_range="JPEG", dst_colorspace="ITU709", dst_color_range="MPEG")


def opaque_frame(image: QImage, pts: int, time_base: Fraction) -> av.VideoFrame:
    """A copy of an opaque image, at `pts`."""
    frame = av.VideoFrame.from_ndarray(pixels(image), format="bgra")
    frame.pts, frame.time_base = pts, time_base
    return frame


def transparent_frame(image: QImage, pts: int, time_base: Fraction) -> av.VideoFrame:
    """A copy of any image, with its transparency, at `pts`."""
    plain = image.convertToFormat(QImage.Format.Format_RGBA8888)
    frame = av.VideoFrame.from_ndarray(pixels(plain), format="rgba")
    frame.pts, frame.time_base = pts, time_base
    return frame
