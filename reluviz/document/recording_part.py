"""The recorded runs, as a part of the document: exact, checked, and in few bytes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Annotated

import msgspec
import numpy as np

from reluviz.core.activation import activation_named
from reluviz.core.network import MAX_NEURONS, Network
from reluviz.core.recorder import thinned
from reluviz.core.recording import Moment, Recording
from reluviz.core.settings import MAX_STEPS
from reluviz.core.start import Start
from reluviz.core.timeline import MAX_BRANCHES, Branch, Course, Starts, Timeline
from reluviz.document.network_part import DrawnPart, GivenPart, start_of, start_part
from reluviz.document.packed_part import packed, unpacked
from reluviz.document.part import DocumentError, Line, Part, located
from reluviz.document.training_part import Steps

# What a document has room for, of the present run and of all others together: bytes and moments.
_PRESENT = (8 * 2**20, 2048)
_OTHERS = (8 * 2**20, 2048)
_NUMBERS = 3
# So many neurons the starts may have together; one that is drawn counts as one.
_STARTS = 2**15
# Many times as many as are ever written.
_MOST_MOMENTS = 2**16


class StretchPart(Part):
    """Moments of networks of one size.

    `moments` are rows of step, loss, validation loss (NaN: none), then v, b and w of all neurons, and b0, as little
    endian float64 in base64; `checksum` is the CRC-32 of these bytes.
    """

    activation: Line
    neurons: Annotated[int, msgspec.Meta(ge=1, le=MAX_NEURONS)]
    count: Annotated[int, msgspec.Meta(ge=1, le=2**20)]
    checksum: Annotated[int, msgspec.Meta(ge=0, lt=2**32)]
    moments: str


class RunPart(Part, omit_defaults=True):
    """One run. `foreign` where it was trained on another target, other samples or another loss than the document's.

    `begins` is the step at which it left another run, 0 where it did not; `starts` are pairs of a step and the number
    of what Reset goes back to from there on, among the recording's, counted from 0.
    """

    number: Annotated[int, msgspec.Meta(ge=1, le=2**31)]
    stretches: Annotated[tuple[StretchPart, ...], msgspec.Meta(max_length=2**10)]
    foreign: bool = False
    begins: Steps = 0
    starts: Annotated[tuple[tuple[Steps, Annotated[int, msgspec.Meta(ge=0)]], ...], msgspec.Meta(max_length=64)] = ()


class RecordingPart(Part, omit_defaults=True, kw_only=True):
    """All runs; `present` is the number of the one that training goes on with. `starts` is what the runs' are among."""

    present: int
    starts: Annotated[tuple[DrawnPart | GivenPart, ...], msgspec.Meta(max_length=2**11)] = ()
    runs: Annotated[tuple[RunPart, ...], msgspec.Meta(min_length=1, max_length=MAX_BRANCHES)]


def timeline_of(part: RecordingPart, course: Course) -> Timeline:
    """Raises DocumentError where it is impossible. `course` is the document's."""
    check_count((stretch for run in part.runs for stretch in run.stretches), "$.recording")
    branches = []
    known = [start_of(start, f"$.recording.starts[{i}]") for i, start in enumerate(part.starts)]
    for i, run in enumerate(part.runs):
        path = f"$.recording.runs[{i}]"
        recording = recording_of(run.stretches, path)
        with located(path):
            starts = _starts_of(run, known)
        branches.append(Branch(run.number, recording, None if run.foreign else course, starts, run.begins))
    numbers = [branch.number for branch in branches]
    if any(b <= a for a, b in pairwise(numbers)):
        raise DocumentError("$.recording.runs: their numbers have to ascend")
    if part.present not in numbers:
        raise DocumentError(f"$.recording.present: there is no run {part.present}")
    return Timeline(tuple(branches), part.present)


def _starts_of(run: RunPart, known: list[Start]) -> Starts:
    if any(b <= a for (a, _), (b, _) in pairwise(run.starts)):
        raise ValueError("the steps of its starts have to ascend")
    if any(number >= len(known) for _, number in run.starts):
        raise ValueError("one of its starts is not there")
    return tuple((step, known[number]) for step, number in run.starts)


def recording_of(parts: Sequence[StretchPart], path: str) -> Recording:
    """The moments of one run. Raises DocumentError, naming `path`, where they are damaged, or too many."""
    check_count(parts, path)
    moments = [moment for k, part in enumerate(parts) for moment in _moments_of(part, f"{path}.stretches[{k}]")]
    with located(path):
        return Recording.of(moments)


def check_count(parts: Iterable[StretchPart], path: str) -> None:
    """Raises DocumentError where there are more moments than a window can hold: each takes a thousand bytes."""
    count = sum(part.count for part in parts)
    if count > _MOST_MOMENTS:
        raise DocumentError(f"{path}: {count} moments are too many, at most {_MOST_MOMENTS} can be read")


def _moments_of(part: StretchPart, path: str) -> list[Moment]:
    width = _NUMBERS + 3 * part.neurons + 1
    are = f"{part.count} moments of {part.neurons} neurons are"
    numbers = unpacked(part.moments, part.checksum, width * part.count, are, f"{path}.moments")
    rows = numbers.reshape(part.count, width)
    steps = rows[:, 0]
    if not ((steps >= 0) & (steps <= MAX_STEPS) & (steps == np.floor(steps))).all():
        raise DocumentError(f"{path}.moments: a step is no whole number from 0 to {MAX_STEPS}")
    with located(f"{path}.moments"):
        activation = activation_named(part.activation)
        return [
            Moment(
                Network.from_vector(row[_NUMBERS:], activation),
                int(row[0]),
                float(row[1]),
                None if np.isnan(row[2]) else float(row[2]),
            )
            for row in rows
        ]


def recording_part(timeline: Timeline, course: Course) -> RecordingPart | None:
    """What to write of the runs, thinned out where they are more than a document has room for; None for none."""
    runs = [branch for branch in timeline.branches if len(branch.recording)]
    if timeline.present not in (branch.number for branch in runs):
        return None
    others = max(1, len(runs) - 1)
    parts = []
    known = KnownStarts()
    for branch in runs:
        is_present = branch.number == timeline.present
        size, most = _PRESENT if is_present else (_OTHERS[0] // others, max(2, _OTHERS[1] // others))
        target = course.target
        kept = thinned(branch.recording, target.low, target.high, size, most)
        starts = known.numbered(branch.starts)
        parts.append(RunPart(branch.number, tuple(stretches(kept)), branch.course != course, branch.begins, starts))
    return RecordingPart(
        present=timeline.present, starts=tuple(start_part(start) for start in known.starts), runs=tuple(parts)
    )


class KnownStarts:
    """The starts of all runs, each of them once, as far as a document has room for them."""

    def __init__(self) -> None:
        self.starts: list[Start] = []
        self._room = _STARTS

    def numbered(self, starts: Starts) -> tuple[tuple[int, int], ...]:
        """Pairs of a step and the start's number."""
        numbers = ((step, self._number(start)) for step, start in starts)
        return tuple((step, number) for step, number in numbers if number is not None)

    def _number(self, start: Start) -> int | None:
        same = next((i for i, known in enumerate(self.starts) if known.same_as(start)), None)
        if same is not None:
            return same
        size = 1 if start.network is None else start.neurons
        if size > self._room:
            # What is not known is made to fit when it is needed.
            return None
        self._room -= size
        self.starts.append(start)
        return len(self.starts) - 1


def stretches(recording: Recording) -> list[StretchPart]:
    """What to write for the moments of a recording."""
    parts = []
    kinds = [(len(recording.vector(i)), recording.activation(i).name) for i in range(len(recording))]
    ends = [i for i in range(1, len(kinds)) if kinds[i] != kinds[i - 1]]
    for first, last in zip([0, *ends], [*ends, len(kinds)], strict=True):
        length, activation = kinds[first]
        rows = np.empty((last - first, _NUMBERS + length))
        rows[:, 0] = recording.steps[first:last]
        rows[:, 1] = recording.losses[first:last]
        rows[:, 2] = recording.validation[first:last]
        for i in range(first, last):
            rows[i - first, _NUMBERS:] = recording.vector(i)
        parts.append(StretchPart(activation, (length - 1) // 3, last - first, *packed(rows)))
    return parts
