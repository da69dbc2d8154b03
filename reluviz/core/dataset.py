"""The training samples, sorted, with the sums that let a full-batch step pass them by."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from reluviz.core.arrays import FloatArray, frozen
from reluviz.core.target import Target, check_within

MAX_SAMPLES = 10_000_000


def check_sample_count(samples: int) -> None:
    """Raises ValueError where a dataset cannot have that many samples."""
    if not 1 <= samples <= MAX_SAMPLES:
        raise ValueError(f"a dataset has 1 to {MAX_SAMPLES} samples, not {samples}")


@dataclass(frozen=True)
class Sampling:
    """How a target becomes samples: `samples` equally spaced x, both ends included.

    `single` rounds x to float32 first, as tutorials that store their data in single precision do.
    """

    samples: int = 1024
    single: bool = False

    def __post_init__(self) -> None:
        check_sample_count(self.samples)

    def of(self, target: Target) -> Dataset:
        """The dataset of `target` on its domain. Raises ValueError where a value is not finite."""
        x = np.linspace(target.low, target.high, self.samples)
        if self.single:
            x = x.astype(np.float32).astype(np.float64)
        return Dataset(x, target(x))


@dataclass(frozen=True, eq=False)
class Dataset:
    """Samples (x, y), each of shape (samples,), x ascending (sorted on the way in, stably), read-only.

    Raises ValueError where shapes differ, a value is not finite or too large to compute with, or there are no samples
    or more than MAX_SAMPLES.
    """

    x: FloatArray
    y: FloatArray
    edges: FloatArray = field(init=False, repr=False)
    """x between −∞ and ∞, shape (samples + 2,): with it every place among the samples has two neighbours."""

    def __post_init__(self) -> None:
        x, y = frozen(self.x), frozen(self.y)
        if x.ndim != 1 or x.shape != y.shape:
            raise ValueError("x and y must be lists of the same length")
        check_sample_count(len(x))
        for name, values in (("x", x), ("y", y)):
            if not np.isfinite(values).all():
                raise ValueError(f"{name} of sample {int(np.argmin(np.isfinite(values))) + 1} is not a finite number")
        check_within("the samples'", x, y)
        if not (np.diff(x) >= 0).all():
            order = np.argsort(x, kind="stable")
            x, y = frozen(x[order]), frozen(y[order])
        edges = frozen(np.concatenate(([-np.inf], x, [np.inf])))
        object.__setattr__(self, "edges", edges)
        object.__setattr__(self, "x", edges[1:-1])
        object.__setattr__(self, "y", y)

    def __len__(self) -> int:
        return len(self.x)

    @cached_property
    def centre(self) -> tuple[float, float, float]:
        """(m, s, c): in sums, x is taken as u = (x − m)/s within ±1, and y as y − c, so that they do not cancel."""
        low, high = self.x[0], self.x[-1]
        scale = float((high - low) / 2) or 1.0
        return float((low + high) / 2), scale, float(np.mean(self.y))

    @cached_property
    def prefix_sums(self) -> FloatArray:
        """Sums over the first i samples of u, u², y − c and u·(y − c), shape (samples + 1, 4). See `centre`.

        Rounded once each from extended precision where the platform has it, so that differences of neighbouring sums
        over ten million samples stay exact to about the last digit of the whole.
        """
        m, s, c = self.centre
        u, q = (self.x - m) / s, self.y - c
        sums = np.zeros((len(self) + 1, 4))
        for column, values in enumerate((u, u * u, q, u * q)):
            sums[1:, column] = np.cumsum(values, dtype=np.longdouble)
        sums.setflags(write=False)
        return sums
