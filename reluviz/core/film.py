"""A film: a lazy sequence of moments, each made when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol, overload

import numpy as np

from reluviz.core.arrays import FloatArray
from reluviz.core.film_recipe import FilmRecipe, Pace
from reluviz.core.history import LossCurve
from reluviz.core.network import Network

GoOn = Callable[[float], bool]
"""Told how much of the work is done, from 0 to 1; whether to go on with it."""


def always(part: float) -> bool:
    """Go on, whatever happens."""
    return True


_PLACES = 257
_LEAST_CANDIDATES, _MOST_CANDIDATES = 512, 4096


class FilmCancelled(Exception):  # noqa: N818
    """Whoever asked for a film does not want it any more."""


@dataclass(frozen=True, eq=False)
class Shot:
    """One instant of a film.

    `step`, `loss`, `curve` are those of a run, None and empty in a film of something else; `curve` ends at this moment.
    `added` is how many contributions the partial sum has, None where none is shown. `caption` says what there is to
    say, "" where step and loss say it.
    """

    network: Network
    caption: str = ""
    step: int | None = None
    loss: float | None = None
    validation_loss: float | None = None
    curve: LossCurve = field(default_factory=LossCurve)
    added: int | None = None


class Source(Protocol):
    """Something that passes by, from position 0 to position `last`; `is_whole`: at whole numbers alone.

    `stops` are the positions at which there is something of its own to see, ascending, where that is not so at all of
    them, else it is empty. `curve` is the whole run's, empty where there is none; `note` says in a line what a viewer
    should know, or is "".
    """

    last: float
    is_whole: bool
    stops: FloatArray
    curve: LossCurve
    note: str

    def at(self, position: float) -> Shot:
        """The moment at a position."""

    def heights(self, position: float, x: FloatArray) -> FloatArray:
        """What is to be looked at, at places `x`, of their shape: how fast it changes sets the pace."""

    def prepare(self, positions: FloatArray, go_on: GoOn) -> None:
        """Get these moments ready, as far as there is room for them. Raises FilmCancelled."""


class Film(Sequence[Shot]):
    """The moments of a source at some positions, shape (frames,)."""

    def __init__(self, source: Source, positions: FloatArray) -> None:
        self.source = source
        self.positions = positions

    def __len__(self) -> int:
        return len(self.positions)

    @overload
    def __getitem__(self, index: int) -> Shot: ...

    @overload
    def __getitem__(self, index: slice) -> list[Shot]: ...

    def __getitem__(self, index: int | slice) -> Shot | list[Shot]:
        if isinstance(index, slice):
            return [self.source.at(position) for position in self.positions[index].tolist()]
        return self.source.at(float(self.positions[index]))

    def spread(self, most: int) -> list[int]:
        """The numbers of up to `most` frames from the first to the last, evenly spread."""
        frames = np.unique(np.linspace(0, len(self) - 1, min(most, len(self))).round().astype(int))
        return [int(frame) for frame in frames]


def film_of(source: Source, recipe: FilmRecipe, domain: tuple[float, float], go_on: GoOn) -> Film:
    """The film that a recipe makes of a source, ready to be shown. Raises FilmCancelled."""
    held = recipe.held_frames
    moving = frame_positions(source, recipe.frames - 2 * held, recipe.paced, domain, _part(go_on, 0.0, 0.5))
    positions = np.concatenate((np.full(held, moving[0]), moving, np.full(held, moving[-1])))
    source.prepare(positions, _part(go_on, 0.5 if recipe.paced is Pace.CHANGE else 0.0, 1.0))
    return Film(source, positions)


def _part(go_on: GoOn, begin: float, end: float) -> GoOn:
    def scaled(part: float) -> bool:
        return go_on(begin + (end - begin) * part)

    return scaled


def frame_positions(source: Source, frames: int, pace: Pace, domain: tuple[float, float], go_on: GoOn) -> FloatArray:
    """Where `frames` frames stand, ascending from 0 to the source's last, shape (frames,); one frame shows the last.

    Between whole numbers none is shown twice where there are enough of them; else each is as often.
    """
    last = source.last
    if frames == 1:
        return np.array([last])
    if source.is_whole and last + 1 <= frames:
        return np.asarray(np.arange(frames) * (int(last) + 1) // frames, dtype=np.float64)
    if pace is Pace.LOGARITHMIC:
        # Real positions have no first step: a thousandth of the whole stands for it.
        unit = 1.0 if source.is_whole else last / 1000.0
        wanted = unit * (np.geomspace(1.0, last / unit + 1.0, frames) - 1.0)
    elif pace is Pace.CHANGE:
        wanted = _equally_different(source, frames, domain, go_on)
    else:
        wanted = np.linspace(0.0, last, frames)
    wanted[0], wanted[-1] = 0.0, last
    if pace is Pace.CHANGE and len(source.stops) >= frames:
        # Evenly and logarithmically it stands still where nothing was recorded: so do the steps in its caption.
        numbers = _distinct(np.interp(wanted, source.stops, np.arange(len(source.stops))))
        return np.asarray(source.stops[numbers.astype(int)])
    return _distinct(wanted) if source.is_whole else wanted


def _distinct(wanted: FloatArray) -> FloatArray:
    """The nearest whole numbers that ascend strictly from the first to the last, which are whole and far enough."""
    frames = np.arange(len(wanted))
    # At least as many as frames before, and room for those behind.
    ahead = np.maximum.accumulate(np.round(wanted) - frames)
    return np.asarray(np.minimum(ahead, wanted[-1] - (len(wanted) - 1)) + frames)


def _equally_different(source: Source, frames: int, domain: tuple[float, float], go_on: GoOn) -> FloatArray:
    """Positions between which the largest change of what is seen is about the same."""
    x = np.linspace(*domain, _PLACES)
    candidates = _candidates(source, frames)
    changes = np.zeros(len(candidates))
    before: FloatArray | None = None
    for i, position in enumerate(candidates.tolist()):
        if not go_on(i / len(candidates)):
            raise FilmCancelled
        with np.errstate(all="ignore"):
            now = np.nan_to_num(source.heights(position, x), nan=0.0, posinf=1e300, neginf=-1e300)
            if before is not None:
                changes[i] = min(float(np.max(np.abs(now - before))), 1e300)
        before = now
    seen = np.cumsum(changes / (changes.max() or 1.0))
    if not seen[-1] > 0.0:
        return np.linspace(0.0, source.last, frames)
    # Where nothing moves time still passes, a little.
    seen = seen / seen[-1] + 0.02 * candidates / source.last
    return np.interp(np.linspace(0.0, seen[-1], frames), seen, candidates)


def _candidates(source: Source, frames: int) -> FloatArray:
    """Ascending positions from 0 to the last: half of them close together at the beginning, where runs are fast."""
    count = int(np.clip(4 * frames, _LEAST_CANDIDATES, _MOST_CANDIDATES))
    if len(source.stops) > 1:
        stride = -(-len(source.stops) // (2 * count))
        return np.union1d(source.stops[::stride], source.stops[-1:])
    even = np.linspace(0.0, source.last, count)
    if not source.is_whole:
        return even
    early = np.geomspace(1.0, source.last + 1.0, count) - 1.0
    return np.unique(np.round(np.concatenate((even, early))))
