"""A target given by measured points, of which several may have the same x."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from reluviz.core.arrays import FloatArray, frozen, kept
from reluviz.core.point_cloud import PointCloud
from reluviz.core.target import MAX_POINTS, check_domain, check_within


@dataclass(frozen=True, eq=False)
class DataTarget:
    """Data (x, y), each of shape (rows,), sorted by x on the way in, stably; read-only.

    The domain is by default the span of x. On a narrower one only the rows within it count, see `rows`. Between its
    rows the target is interpolated, for readouts alone: what the network learns are the rows. Raises ValueError where
    the data have fewer than two different x, more than MAX_POINTS rows, or values that cannot be computed with.
    """

    x: FloatArray
    y: FloatArray
    low: float = np.nan
    high: float = np.nan
    name: str = "data"
    x_name: str = "x"
    y_name: str = "y"

    def __post_init__(self) -> None:
        x, y = np.asarray(self.x, dtype=np.float64), np.asarray(self.y, dtype=np.float64)
        _check(x, y)
        if not (x[1:] >= x[:-1]).all():
            order = np.argsort(x, kind="stable")
            x, y = x[order], y[order]
        object.__setattr__(self, "x", kept(x))
        object.__setattr__(self, "y", kept(y))
        for end, value in (("low", float(x[0])), ("high", float(x[-1]))):
            if np.isnan(getattr(self, end)):
                object.__setattr__(self, end, value)
        check_domain(self.low, self.high)
        if len(self.rows[0]) == 0:
            raise ValueError(f"there are no data between {self.low:g} and {self.high:g}")

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, DataTarget):
            return NotImplemented
        return self is other or (self._words() == other._words() and _same(self.x, other.x) and _same(self.y, other.y))

    def __hash__(self) -> int:
        return hash((self._words(), len(self.x)))

    def _words(self) -> tuple[object, ...]:
        return self.low, self.high, self.name, self.x_name, self.y_name

    @property
    def label(self) -> str:
        return self.name

    @cached_property
    def rows(self) -> tuple[FloatArray, FloatArray]:
        """x and y of the rows on the domain, both ends included, x ascending: the samples of this target."""
        start, end = np.searchsorted(self.x, self.low), np.searchsorted(self.x, self.high, side="right")
        return self.x[start:end], self.y[start:end]

    @cached_property
    def _means(self) -> tuple[FloatArray, FloatArray]:
        """The different x, and the mean of y at each."""
        x, first, count = np.unique(self.x, return_index=True, return_counts=True)
        return x, np.add.reduceat(self.y, first) / count

    def __call__(self, x: FloatArray) -> FloatArray:
        return np.asarray(np.interp(x, *self._means), dtype=np.float64)

    @cached_property
    def cloud(self) -> PointCloud:
        """The rows on the domain, to be drawn."""
        return self._whole_cloud.part(self.low, self.high)

    @cached_property
    def _whole_cloud(self) -> PointCloud:
        return PointCloud(self.x, self.y)

    def prepare(self) -> None:
        """Find out now, in whatever thread this is, what else takes its time when it is first asked for."""
        self(np.zeros(1))
        self.polyline()
        self.cloud.outline()

    def polyline(self) -> FloatArray:
        """Every row on the domain standing alone, between gaps."""
        return self._polyline

    @cached_property
    def _polyline(self) -> FloatArray:
        x, y = self.rows
        points = np.column_stack((np.repeat(x, 2), np.full(2 * len(x), np.nan)))
        points[::2, 1] = y
        return frozen(points[:-1])

    def on_domain(self, low: float, high: float) -> DataTarget:
        other = DataTarget(self.x, self.y, low, high, self.name, self.x_name, self.y_name)
        # What is known of all rows holds on every domain.
        for name in ("_whole_cloud", "_means"):
            if name in self.__dict__:
                other.__dict__[name] = self.__dict__[name]
        return other


def _check(x: FloatArray, y: FloatArray) -> None:
    """Raises ValueError where these are no data."""
    if x.ndim != 1 or x.shape != y.shape:
        raise ValueError("x and y must be lists of the same length")
    if len(x) < 2:
        raise ValueError(f"{'one row' if len(x) else 'no rows'}: data need at least 2")
    if len(x) > MAX_POINTS:
        raise ValueError(f"data have at most {MAX_POINTS} rows, not {len(x)}")
    if not (np.isfinite(x).all() and np.isfinite(y).all()):
        raise ValueError("the data must be finite numbers")
    check_within("the data's", x, y)
    if (x == x[0]).all():
        raise ValueError(f"all {len(x)} rows have x = {x[0]:g}: data need at least two different x")


def _same(one: npt.NDArray[np.float64], other: npt.NDArray[np.float64]) -> bool:
    return one is other or np.array_equal(one, other)
