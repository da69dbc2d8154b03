"""Samples, sorted, with the sums that let a full-batch step pass them by; and how a target becomes samples."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from reluviz.core.arrays import BoolArray, FloatArray, frozen, kept, owned
from reluviz.core.data_target import DataTarget
from reluviz.core.field_types import check_real, check_whole
from reluviz.core.patience import GoOn, always, check
from reluviz.core.permutation import first_of_permutation
from reluviz.core.seed import check_seed
from reluviz.core.target import MAX_ORDINATE, Target, check_within

MAX_SAMPLES = 10_000_000
# What is made and looked at in such parts stays in the processor's cache, and is broken off within a moment.
_AT_ONCE = 100_000


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
        x, y = np.asarray(self.x, dtype=np.float64), kept(self.y)
        if x.ndim != 1 or x.shape != y.shape:
            raise ValueError("x and y must be lists of the same length")
        check_sample_count(len(x))
        is_sorted = True
        for part in _parts(len(x)):
            for name, values in (("x", x[part]), ("y", y[part])):
                if not np.isfinite(values).all():
                    place = part.start + int(np.argmin(np.isfinite(values)))
                    raise ValueError(f"{name} of sample {place + 1} is not a finite number")
            check_within("the samples'", x[part], y[part])
            is_sorted = is_sorted and bool((np.diff(x[part.start : part.stop + 1]) >= 0).all())
        edges = np.empty(len(x) + 2)
        edges[0], edges[-1] = -np.inf, np.inf
        if is_sorted:
            edges[1:-1] = x
        else:
            order = np.argsort(x, kind="stable")
            edges[1:-1], y = x[order], frozen(y[order])
        edges.setflags(write=False)
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
        trains[first_of_permutation(np.random.RandomState(seed), len(self), held_out)] = False
        return self._part(trains), self._part(~trains)

    def _part(self, chosen: BoolArray) -> Dataset:
        return Dataset(self.x[chosen], owned(self.y[chosen]))

    @cached_property
    def centre(self) -> tuple[float, float, float]:
        """(m, s, c): in sums, x is taken as u = (x − m)/s within ±1, and y as y − c, so that they do not cancel."""
        low, high = self.x[0], self.x[-1]
        scale = float((high - low) / 2) or 1.0
        return float((low + high) / 2), scale, float(np.mean(self.y))

    @cached_property
    def sum_of_squares(self) -> float:
        """Σ(y − c)², c as in `centre`."""
        parts = (self.y[part] - self.centre[2] for part in _parts(len(self)))
        return sum(float(np.dot(q, q)) for q in parts)

    @cached_property
    def prefix_sums(self) -> FloatArray:
        """Sums over the first i samples of u, u², y − c and u·(y − c), shape (samples + 1, 4). See `centre`.

        Made by a kernel, which leaves the GIL to the window.
        """
        from reluviz.core import kernels  # noqa: PLC0415  # as in `stepper`

        m, s, c = self.centre
        sums = np.empty((len(self) + 1, 4))
        kernels.fill_prefix_sums(self.x, self.y, m, s, c, sums)
        return owned(sums)


def _parts(samples: int) -> list[slice]:
    """All samples, in parts to be worked on at once."""
    return [slice(start, min(start + _AT_ONCE, samples)) for start in range(0, samples, _AT_ONCE)]


@dataclass(frozen=True, eq=False)
class Split:
    """What training sees, what it does not, and how many samples were left out, as the target has no value there."""

    training: Dataset
    validation: Dataset | None = None
    left_out: int = 0

    @property
    def samples(self) -> int:
        """All of them together."""
        return len(self.training) + (0 if self.validation is None else len(self.validation)) + self.left_out


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
        check_whole(samples=self.samples, noise_seed=self.noise_seed, validation_seed=self.validation_seed)
        check_real(noise=self.noise, validation=self.validation)
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

    def split(self, target: Target, go_on: GoOn = always) -> Split:
        """The samples of `target` on its domain; those where it has no finite value are left out.

        Raises ValueError where that leaves none, or a value is too large to compute with; Interrupted where `go_on`,
        which is asked many times a second, says so.
        """
        x, y = self._drawn(target, go_on)
        there = np.isfinite(y)
        left_out = len(y) - int(np.count_nonzero(there))
        if left_out == len(y):
            raise ValueError("the target has no value at any of the samples")
        whole = Dataset(x[there], owned(y[there])) if left_out else Dataset(x, y)
        del x, y, there
        if len(whole) > _AT_ONCE:
            check(go_on)
        training, validation = whole.split(self.validation, self.validation_seed)
        return Split(training, validation, left_out)

    def _drawn(self, target: Target, go_on: GoOn) -> tuple[FloatArray, FloatArray]:
        """x and y of the samples."""
        samples = self.count(target)
        rows = target.rows if isinstance(target, DataTarget) else None
        x, y = np.empty((0 if rows else samples,)), np.empty(samples)
        random = np.random.RandomState(self.noise_seed)
        for part in _parts(samples):
            if part.start:
                check(go_on)
            if rows is None:
                x[part] = self._places(target, part)
                with np.errstate(all="ignore"):
                    y[part] = target(x[part])
            else:
                y[part] = rows[1][part]
            if self.noise > 0.0:
                y[part] += self.noise * random.randn(part.stop - part.start)
        return x if rows is None else rows[0], owned(y)

    def _places(self, target: Target, part: slice) -> FloatArray:
        """x of a part of the samples, as `np.linspace` has them."""
        if self.samples == 1:
            x = np.array([target.low])
        else:
            x = np.arange(part.start, part.stop) * ((target.high - target.low) / (self.samples - 1)) + target.low
            if part.stop == self.samples:
                x[-1] = target.high
        return x.astype(np.float32).astype(np.float64) if self.single else x
