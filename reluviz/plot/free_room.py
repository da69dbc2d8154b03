"""Where a text may stand such that no curve runs through it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QRectF

from reluviz.core.arrays import FloatArray
from reluviz.plot.projection import Projection

# So near to a text a curve touches it.
_NEAR = 2.0
# A curve is looked at every so many pixels, and at its own points.
_PACE = 2.0


def covered(box: QRectF, curves: Sequence[FloatArray], projection: Projection) -> int:
    """At how many places curves run through `box`, in pixels. They have rows of x and y, as data, x ascending."""
    top, bottom = box.top() - _NEAR, box.bottom() + _NEAR
    left, right = box.left() - _NEAR, box.right() + _NEAR
    across = np.arange(left, right + _PACE, _PACE)
    found = 0
    for curve in curves:
        if len(curve):
            x, y = projection.x(curve[:, 0]), projection.y(curve[:, 1])
            for at, height in ((across, np.interp(across, x, y, np.nan, np.nan)), (x, y)):
                found += int(((at >= left) & (at <= right) & (height > top) & (height < bottom)).sum())
    return found


def freest(
    boxes: Sequence[QRectF], curves: Sequence[FloatArray], projection: Projection, avoided: QRectF | None = None
) -> QRectF:
    """The box that curves run through least, and that does not lie on what is `avoided` if another is as free; the
    first of those. At least one has to be given.
    """

    best, least = boxes[0], (-1, False)
    for box in boxes:
        cost = covered(box, curves, projection), avoided is not None and box.intersects(avoided)
        if cost == (0, False):
            return box
        if least[0] < 0 or cost < least:
            best, least = box, cost
    return best
