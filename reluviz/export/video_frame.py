"""Pictures as FFmpeg's frames."""

from __future__ import annotations

from fractions import Fraction

import av
import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QImage

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
    """Any image as VP9 takes it beside its opacity: like `planar_frame`, the opacity at full resolution and range."""
    plain = image.convertToFormat(QImage.Format.Format_RGBA8888)
    return _planar(av.VideoFrame.from_numpy_buffer(pixels(plain), format="rgba"), "yuva420p")


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
