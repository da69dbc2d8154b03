"""Samples, sorted, with the sums that let a full-batch step pass them by; and how a target becomes samples."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from reluviz.core.arrays import FloatArray, frozen
from reluviz.core.data_target import DataTarget
from reluviz.core.permutation import permutation
from reluviz.core.seed import check_seed
from reluviz.core.target import MAX_ORDINATE, Target, check_within

MAX_SAMPLES = 10_000_000
_SUMMED_AT_ONCE = 100_000


def check_sample_count(samples: int) -> None:
    """Raises ValueError where a dataset cannot have that many samples."""
    if not 1 <= samples <= MAX_SAMPLES:
        raise ValueError(f"a dataset has 1 to {MAX_SAMPLES} samples, not {samples}")


def check_fraction(fraction: float) -> None:
    """Raises ValueError where that part of the samples cannot be held out for validation."""
    if not (np.isfinite(fraction) and 0.0 <= fraction < 1.0):
        raise ValueError(f"the validation part must be at least 0 and less than 1, not {fraction:g}")


def _held_out(fraction: float, samples: int) -> int:
    """How many of so many samples are not trained on."""
    return 0 if fraction == 0.0 else min(max(1, round(fraction * samples)), samples - 1)


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

    def split(self, fraction: float, seed: int) -> tuple[Dataset, Dataset | None]:
        """Training and validation samples: `fraction` of all, rounded, drawn without replacement, are the latter.

        At least one sample stays on either side; no validation for the fraction 0 or a single sample. Raises
        ValueError where the fraction or the seed is impossible.
        """
        check_fraction(fraction)
        check_seed(seed)
        if fraction == 0.0 or len(self) == 1:
            return self, None
        held_out = _held_out(fraction, len(self))
        trains = np.ones(len(self), dtype=np.bool_)
        trains[permutation(np.random.RandomState(seed), len(self))[:held_out]] = False
        return Dataset(self.x[trains], self.y[trains]), Dataset(self.x[~trains], self.y[~trains])

    @cached_property
    def centre(self) -> tuple[float, float, float]:
        """(m, s, c): in sums, x is taken as u = (x − m)/s within ±1, and y as y − c, so that they do not cancel."""
        low, high = self.x[0], self.x[-1]
        scale = float((high - low) / 2) or 1.0
        return float((low + high) / 2), scale, float(np.mean(self.y))

    @cached_property
    def sum_of_squares(self) -> float:
        """Σ(y − c)², c as in `centre`."""
        q = self.y - self.centre[2]
        return float(np.dot(q, q))

    @cached_property
    def prefix_sums(self) -> FloatArray:
        """Sums over the first i samples of u, u², y − c and u·(y − c), shape (samples + 1, 4). See `centre`.

        Rounded once each from extended precision where the platform has it, so that differences of neighbouring sums
        over ten million samples stay exact to about the last digit of the whole.
        """
        m, s, c = self.centre
        sums = np.zeros((len(self) + 1, 4))
        carried = np.zeros(4, dtype=np.longdouble)
        # In parts: one sum over millions would keep all other threads, and so the window, waiting for the GIL.
        for start in range(0, len(self), _SUMMED_AT_ONCE):
            part = slice(start, start + _SUMMED_AT_ONCE)
            u, q = (self.x[part] - m) / s, self.y[part] - c
            for column, values in enumerate((u, u * u, q, u * q)):
                running = carried[column] + np.cumsum(values, dtype=np.longdouble)
                sums[start + 1 : start + 1 + len(u), column] = running
                carried[column] = running[-1]
        sums.setflags(write=False)
        return sums


@dataclass(frozen=True, eq=False)
class Split:
    """What training sees, what it does not, and how many samples were left out, as the target has no value there."""

    training: Dataset
    validation: Dataset | None = None
    left_out: int = 0


@dataclass(frozen=True)
class Sampling:
    """How a target becomes samples: `samples` equally spaced x, both ends included; of data, their rows.

    `single` rounds x to float32 first, as tutorials that store their data in single precision do. `noise` is the
    standard deviation of what is added to y, drawn with `noise_seed`: the first sample's first. `validation` is the
    part of the samples that is held out of training, drawn with `validation_seed`. Raises ValueError, naming what is
    impossible.
    """

    samples: int = 1024
    single: bool = False
    noise: float = 0.0
    noise_seed: int = 0
    validation: float = 0.0
    validation_seed: int = 0

    def __post_init__(self) -> None:
        check_sample_count(self.samples)
        if not (np.isfinite(self.noise) and 0.0 <= self.noise <= MAX_ORDINATE):
            raise ValueError(f"noise must lie from 0 to {MAX_ORDINATE:g}, not {self.noise:g}")
        check_fraction(self.validation)
        check_seed(self.noise_seed)
        check_seed(self.validation_seed)

    def count(self, target: Target) -> int:
        """How many samples `target` has; those where it has no value included."""
        return len(target.rows[0]) if isinstance(target, DataTarget) else self.samples

    def trained(self, target: Target) -> int:
        """How many of them training sees."""
        samples = self.count(target)
        return samples - _held_out(self.validation, samples)

    def of(self, target: Target) -> Dataset:
        """The training samples of `target` on its domain. Raises ValueError as `split` does."""
        return self.split(target).training

    def split(self, target: Target) -> Split:
        """The samples of `target` on its domain; those where it has no finite value are left out.

        Raises ValueError where that leaves none, or a value is too large to compute with.
        """
        x, y = self._drawn(target)
        if self.noise > 0.0:
            y = y + self.noise * np.random.RandomState(self.noise_seed).randn(len(y))
        there = np.isfinite(y)
        if not there.any():
            raise ValueError("the target has no value at any of the samples")
        training, validation = Dataset(x[there], y[there]).split(self.validation, self.validation_seed)
        return Split(training, validation, int(len(there) - there.sum()))

    def _drawn(self, target: Target) -> tuple[FloatArray, FloatArray]:
        """x and y of the samples, without noise."""
        if isinstance(target, DataTarget):
            return target.rows
        x = np.linspace(target.low, target.high, self.samples)
        if self.single:
            x = x.astype(np.float32).astype(np.float64)
        with np.errstate(all="ignore"):
            return x, target(x)
