"""From data to device coordinates and back."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from reluviz.core.arrays import FloatArray

# No view shows more than ±VIEW_LIMIT or so. What is beyond ±_FAR is drawn as if at ±_FAR: no pixel differs, and nothing
# overflows.
VIEW_LIMIT = 1e9
_FAR = 1e15


@dataclass(frozen=True)
class Projection:
    """The data rectangle [x_low, x_high] × [y_low, y_high] on a rectangle of pixels, y upwards in data, down in pixels.

    Both must have an extent above 0. Pixels are logical ones: a high-resolution screen scales them in its painter.
    """

    x_low: float
    x_high: float
    y_low: float
    y_high: float
    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def bottom(self) -> float:
        return self.top + self.height

    def x(self, x: npt.ArrayLike) -> FloatArray:
        """Pixels from the left, of the shape of `x`."""
        across = np.clip(np.asarray(x, dtype=np.float64), -_FAR, _FAR)
        return np.asarray(self.left + (across - self.x_low) * (self.width / (self.x_high - self.x_low)))

    def y(self, y: npt.ArrayLike) -> FloatArray:
        """Pixels from the top, of the shape of `y`; infinite heights lie far outside, NaN stays NaN."""
        up = np.clip(np.asarray(y, dtype=np.float64), -_FAR, _FAR)
        return np.asarray(self.top + (self.y_high - up) * (self.height / (self.y_high - self.y_low)))

    def points(self, data: FloatArray) -> FloatArray:
        """Points of shape (…, 2) in pixels."""
        return np.stack((self.x(data[..., 0]), self.y(data[..., 1])), axis=-1)

    def pixel(self, x: float, y: float) -> tuple[float, float]:
        """One point in pixels."""
        return float(self.x(x)), float(self.y(y))

    def data(self, across: float, down: float) -> tuple[float, float]:
        """The data at a pixel."""
        x = self.x_low + (across - self.left) * (self.x_high - self.x_low) / self.width
        y = self.y_high - (down - self.top) * (self.y_high - self.y_low) / self.height
        return x, y

    def data_points(self, pixels: FloatArray) -> FloatArray:
        """The data at pixels of shape (…, 2)."""
        x = self.x_low + (pixels[..., 0] - self.left) * ((self.x_high - self.x_low) / self.width)
        y = self.y_high - (pixels[..., 1] - self.top) * ((self.y_high - self.y_low) / self.height)
        return np.stack((x, y), axis=-1)
