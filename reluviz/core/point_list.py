"""Points in a row, of which there may be very many: no object is made for one before it is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import overload

import numpy as np
import numpy.typing as npt

from reluviz.core.arrays import FloatArray, owned

Point = tuple[float, float]


class PointList(Sequence[Point]):
    """`columns` are all x, then all y, shape (2, points), read-only. Equal to any sequence of the same points."""

    def __init__(self, points: npt.ArrayLike | Sequence[Point]) -> None:
        """Takes points of shape (points, 2). Raises ValueError for anything else."""
        columns = np.transpose(np.asarray(points, dtype=np.float64))
        if columns.ndim != 2 or len(columns) != 2:
            raise ValueError("points are pairs of numbers")
        # In rows of memory, whatever order the points come in.
        self.columns: FloatArray = owned(np.array(columns, order="C"))

    def __len__(self) -> int:
        return int(self.columns.shape[1])

    @overload
    def __getitem__(self, index: int) -> Point: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[Point, ...]: ...

    def __getitem__(self, index: int | slice) -> Point | tuple[Point, ...]:
        if isinstance(index, slice):
            return tuple(zip(*self.columns[:, index].tolist(), strict=True))
        x, y = self.columns[:, index].tolist()
        return x, y

    def __iter__(self) -> Iterator[Point]:
        return zip(*self.columns.tolist(), strict=True)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, PointList):
            return self is other or np.array_equal(self.columns, other.columns)
        if isinstance(other, Sequence):
            return len(self) == len(other) and all(mine == theirs for mine, theirs in zip(self, other, strict=True))
        return NotImplemented

    def __hash__(self) -> int:
        return hash((len(self), *self[:1], *self[-1:]))

    def __repr__(self) -> str:
        return f"PointList({tuple(self[:4])}{' …' if len(self) > 4 else ''})"
