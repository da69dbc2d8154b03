"""Whether a hand on the plot snaps, and to what."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import Qt

from reluviz.core.arrays import FloatArray
from reluviz.core.snap import SnapGround, grid_step

# Alt lets go; so does Ctrl, as some desktops move windows with Alt.
LETS_GO = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ControlModifier
# Among more points than this a hand would always be at one, whether it wants to or not.
MOST_POINTS = 200
# Into so many parts, or one less to stay round, is the way between two visible lines cut.
_PARTS = 5


class Snapping:
    """The snapping of one plot, on unless set otherwise. `find` gives the ground for points, at the present zoom."""

    def __init__(self, find: Callable[[FloatArray], SnapGround]) -> None:
        self.is_on = True
        self._points: FloatArray = np.zeros((0, 2))
        self._find = find

    def set_points(self, points: npt.ArrayLike) -> None:
        """The target's points, shape (m, 2), numbered as they come; more than MOST_POINTS are left alone."""
        self._points = np.asarray(points, dtype=np.float64).reshape(-1, 2)

    def ground(self, modifiers: Qt.KeyboardModifier) -> SnapGround | None:
        """What a hand that holds these keys snaps to, None where it is free."""
        if not self.is_on or modifiers & LETS_GO:
            return None
        return self._find(self._points if len(self._points) <= MOST_POINTS else self._points[:0])

    def fine_ground(self, modifiers: Qt.KeyboardModifier, points: FloatArray) -> SnapGround | None:
        """`ground` for the target's own points: with `points` in their place, and lines between those of the grid."""
        ground = self.ground(modifiers)
        if ground is None:
            return None
        return replace(ground, points=points, grid_x=_finer(ground.grid_x), grid_y=_finer(ground.grid_y))


def _finer(step: float | None) -> float | None:
    return None if step is None else grid_step(0.0, step, _PARTS)


def snap_note(to: str, point: int | None) -> str:
    """What a tag says of something that snapped `to` a "point" of this index, or to the "grid"; else ""."""
    if to == "point" and point is not None:
        return f"on the target's point {point + 1}"
    return "on the grid" if to == "grid" else ""
