"""The function to approximate: a named function, or points joined by straight segments, on a domain."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol, runtime_checkable

import numpy as np

from reluviz.core.arrays import FloatArray, frozen, owned
from reluviz.core.curve_sampling import curve_polyline
from reluviz.core.point_list import Point, PointList

MAX_ABSCISSA = 1e9
MAX_ORDINATE = 1e100
MAX_POINTS = 1_000_000


@dataclass(frozen=True)
class NamedFunction:
    """A function that the program knows by name. `typed` is the same as a user would type it."""

    name: str
    label: str
    typed: str
    formula: Callable[[FloatArray], FloatArray]


_FUNCTIONS = (
    NamedFunction("sine", "2·sin(x) + 5", "2*sin(x) + 5", lambda x: 2.0 * np.sin(x) + 5.0),
    NamedFunction("line", "2·x + 3", "2*x + 3", lambda x: 2.0 * x + 3.0),
    NamedFunction("abs", "|x|", "abs(x)", np.abs),
    NamedFunction("square", "x²", "x^2", np.square),
    NamedFunction("cubic", "x³ − x", "x^3 - x", lambda x: x**3 - x),
    NamedFunction("runge", "1/(1 + 25·x²)", "1/(1 + 25*x^2)", lambda x: 1.0 / (1.0 + 25.0 * x * x)),
    NamedFunction("step", "step at 0", "step(x)", lambda x: np.where(x < 0.0, 0.0, 1.0)),
    NamedFunction(
        "triangle_wave",
        "triangle wave",
        "2*abs(mod(x - 0.5, 2) - 1) - 1",
        lambda x: 2.0 * np.abs(np.mod(x - 0.5, 2.0) - 1.0) - 1.0,
    ),
    NamedFunction(
        "square_wave", "square wave", "where(mod(x, 2) < 1, 1, -1)", lambda x: np.where(np.mod(x, 2.0) < 1.0, 1.0, -1.0)
    ),
    NamedFunction("sinc", "sin(πx)/(πx)", "sinc(x)", np.sinc),
    NamedFunction("chirp", "chirp sin(2·x²)", "sin(2*x^2)", lambda x: np.sin(2.0 * x * x)),
)
FUNCTIONS = {function.name: function for function in _FUNCTIONS}


def check_within(whose: str, x: FloatArray, y: FloatArray) -> None:
    """Raises ValueError where coordinates are too large to compute with."""
    for name, values, limit in (("x", x, MAX_ABSCISSA), ("y", y, MAX_ORDINATE)):
        if (np.abs(values) > limit).any():
            raise ValueError(f"{whose} {name} must lie within ±{limit:.0e}")


def check_domain_end(x: float) -> None:
    """Raises ValueError where no domain can begin or end at x."""
    if not np.isfinite(x):
        raise ValueError("the domain's ends must be finite numbers")
    if abs(x) > MAX_ABSCISSA:
        raise ValueError(f"the domain must lie within ±{MAX_ABSCISSA:.0e}")


def check_domain(low: float, high: float) -> None:
    """Raises ValueError where [low, high] is not a domain to sample and draw."""
    check_domain_end(low)
    check_domain_end(high)
    if not high > low:
        raise ValueError(f"the domain's end {high:g} must lie right of its start {low:g}")
    if high - low < 1e-9 * max(abs(low), abs(high), 1e-3):
        raise ValueError("the domain is too narrow to draw")


@runtime_checkable
class Target(Protocol):
    """What every target can do. `low` and `high` are the ends of its domain, `label` its name on screen."""

    @property
    def low(self) -> float: ...

    @property
    def high(self) -> float: ...

    @property
    def label(self) -> str: ...

    def __call__(self, x: FloatArray) -> FloatArray:
        """y at x, of x's shape; NaN where the target has no value."""
        ...

    def polyline(self) -> FloatArray:
        """The points to draw it by, shape (m, 2), x ascending. A row (x, NaN) is a gap between two pieces of the line;
        a point between two gaps stands alone."""
        ...

    def on_domain(self, low: float, high: float) -> Target:
        """The same target on another domain. Raises ValueError where that is not a domain."""
        ...


@dataclass(frozen=True)
class FunctionTarget:
    """A named function on [low, high]. Raises ValueError for an unknown name or an impossible domain."""

    name: str
    low: float = -3.0
    high: float = 3.0

    def __post_init__(self) -> None:
        if self.name not in FUNCTIONS:
            raise ValueError(f"unknown function '{self.name[:32]}' (known: {', '.join(FUNCTIONS)})")
        check_domain(self.low, self.high)

    @property
    def label(self) -> str:
        return FUNCTIONS[self.name].label

    def __call__(self, x: FloatArray) -> FloatArray:
        return np.asarray(FUNCTIONS[self.name].formula(x), dtype=np.float64)

    def polyline(self) -> FloatArray:
        return self._polyline

    @cached_property
    def _polyline(self) -> FloatArray:
        return frozen(curve_polyline(self, self.low, self.high))

    def on_domain(self, low: float, high: float) -> FunctionTarget:
        return FunctionTarget(self.name, low, high)


def polyline_on(points: FloatArray, low: float, high: float) -> FloatArray:
    """The polyline through `points`, shape (points, 2), x ascending, on [low, high]; beyond the points it is level."""
    first, last = np.searchsorted(points[:, 0], low, side="right"), np.searchsorted(points[:, 0], high)
    ends = np.array([low, high])
    start, end = np.column_stack((ends, np.interp(ends, points[:, 0], points[:, 1])))
    return np.concatenate((start[None], points[first:last], end[None]))


@dataclass(frozen=True)
class PointsTarget:
    """Straight segments through points, x strictly ascending. Outside the points the end heights continue.

    The domain is by default the points' own span. Raises ValueError where the points are not so.
    """

    points: Sequence[Point]
    low: float = np.nan
    high: float = np.nan

    def __post_init__(self) -> None:
        if not 2 <= len(self.points) <= MAX_POINTS:
            raise ValueError(f"a target has 2 to {MAX_POINTS} points, not {len(self.points)}")
        if not isinstance(self.points, PointList):
            object.__setattr__(self, "points", PointList(self.points))
        points = self.array
        if not np.isfinite(points).all():
            raise ValueError("the points' coordinates must be finite numbers")
        check_within("the points'", points[:, 0], points[:, 1])
        if not (points[1:, 0] > points[:-1, 0]).all():
            raise ValueError("the points must ascend from left to right, no two at the same x")
        if np.isnan(self.low):
            object.__setattr__(self, "low", float(points[0, 0]))
        if np.isnan(self.high):
            object.__setattr__(self, "high", float(points[-1, 0]))
        check_domain(self.low, self.high)

    @property
    def label(self) -> str:
        segments = len(self.points) - 1
        return f"{segments} segment{'s' if segments > 1 else ''}"

    @property
    def _columns(self) -> FloatArray:
        assert isinstance(self.points, PointList)
        return self.points.columns

    @property
    def array(self) -> FloatArray:
        """The points, shape (points, 2), read-only."""
        return self._columns.T

    def __call__(self, x: FloatArray) -> FloatArray:
        return np.asarray(np.interp(x, *self._columns), dtype=np.float64)

    def polyline(self) -> FloatArray:
        return self._polyline

    @cached_property
    def _polyline(self) -> FloatArray:
        return owned(polyline_on(self.array, self.low, self.high))

    def on_domain(self, low: float, high: float) -> PointsTarget:
        return PointsTarget(self.points, low, high)
