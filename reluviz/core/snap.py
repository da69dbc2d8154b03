"""Snapping a dragged position to a target's points and to a grid."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from reluviz.core.arrays import FloatArray

# Beyond so many grid steps from 0 neighbouring lines are no longer told apart.
_MOST_STEPS = 2.0**50


@dataclass(frozen=True)
class Snapped:
    """A position after snapping, in data units; `x_to` and `y_to` are "point", "grid" or "" (the axis is free)."""

    x: float
    y: float
    x_to: str = ""
    y_to: str = ""


@dataclass(frozen=True, eq=False)
class SnapGround:
    """What a hand can snap to: points of shape (points, 2), and a grid's steps (None: no grid), in data units.

    `reach_x` and `reach_y` say how far, in data units, a position is pulled.
    """

    points: FloatArray
    reach_x: float
    reach_y: float
    grid_x: float | None = None
    grid_y: float | None = None


def snapped_freely(position: tuple[float, float], ground: SnapGround) -> tuple[Snapped, int | None]:
    """`position` on the nearest point that is within reach along both axes, and that point's index.

    Where no point is, each axis for itself goes to the grid, and the index is None.
    """
    x, y = float(position[0]), float(position[1])
    away = np.hypot((ground.points[:, 0] - x) / ground.reach_x, (ground.points[:, 1] - y) / ground.reach_y)
    if len(away) and away.min() <= 1.0:
        index = int(np.argmin(away))
        return Snapped(float(ground.points[index, 0]), float(ground.points[index, 1]), "point", "point"), index
    grid = snapped((x, y), reach_x=ground.reach_x, reach_y=ground.reach_y, grid_x=ground.grid_x, grid_y=ground.grid_y)
    return grid, None


def grid_step(low: float, high: float, most: int) -> float:
    """The smallest of 1, 2, 5 × a power of ten that cuts [low, high] into at most `most` parts.

    Raises ValueError where low < high does not hold, the width is no number to divide, or `most` is less than 1.
    """
    if most < 1:
        raise ValueError("a grid has at least one part")
    rough = (high - low) / most
    if not (math.isfinite(rough) and rough > 1e-300):
        raise ValueError("a grid needs a range with a width")
    power = math.floor(math.log10(rough))
    for exponent in (power, power + 1):
        for digit in (1, 2, 5):
            # Read as text, each step is the nearest number to its decimal.
            step = float(f"{digit}e{exponent}")
            if step >= rough * (1.0 - 1e-12):
                return step
    return float(f"2e{power + 1}")


def snapped(
    position: tuple[float, float],
    *,
    reach_x: float,
    reach_y: float,
    grid_x: float | None = None,
    grid_y: float | None = None,
    points: npt.ArrayLike | None = None,
) -> Snapped:
    """`position` with each axis for itself put on the nearest coordinate of a point, else on the nearest grid line.

    `grid_x` and `grid_y` are the grids' steps in data units (lines at their multiples; None: no grid), `points` has
    shape (points, 2), `reach_x` and `reach_y` say how far, in data units, an axis may be moved. A grid line within
    reach of a point's coordinate gives way to it, so snapping a snapped position changes nothing.
    """
    near = np.zeros((0, 2)) if points is None else np.asarray(points, dtype=np.float64).reshape(-1, 2)
    x, x_to = _snapped(float(position[0]), near[:, 0], grid_x, reach_x)
    y, y_to = _snapped(float(position[1]), near[:, 1], grid_y, reach_y)
    return Snapped(x, y, x_to, y_to)


def _snapped(value: float, points: FloatArray, step: float | None, reach: float) -> tuple[float, str]:
    if not math.isfinite(value):
        return value, ""
    point = _nearest(value, points)
    if point is not None and abs(point - value) <= reach:
        return point, "point"
    line = _grid_line(value, step)
    if line is None or abs(line - value) > reach:
        return value, ""
    beside = _nearest(line, points)
    if beside is not None and abs(beside - line) <= reach:
        return value, ""
    return line, "grid"


def _nearest(value: float, points: FloatArray) -> float | None:
    return float(points[np.argmin(np.abs(points - value))]) if len(points) else None


def _grid_line(value: float, step: float | None) -> float | None:
    if step is None or not (math.isfinite(step) and step > 0.0) or abs(value / step) > _MOST_STEPS:
        return None
    count = round(value / step)
    # 3 × 0.1 is not 0.3, but 3 / 10 is.
    parts = round(1.0 / step) if 1e-15 < step < 1.0 else 0
    if parts and math.isclose(parts * step, 1.0, rel_tol=1e-12):
        return count / parts
    return count * step
