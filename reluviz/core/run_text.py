"""What is said of recorded runs: in their list, and beside the losses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reluviz.core.notation import count_text, value_text
from reluviz.core.start import Start
from reluviz.core.timeline import UNKNOWN_CHANGE, Branch, Course, Timeline


@dataclass(frozen=True)
class RunEntry:
    """A recorded run in a list: what is said of it, and whether it is the one on show, or the one in training."""

    number: int
    text: str
    is_shown: bool
    is_present: bool


def run_entries(timeline: Timeline, course: Course, shown: int) -> list[RunEntry]:
    """All runs, the oldest first, for a document of this course that shows the run of number `shown`."""
    starts = [start for branch in timeline.branches if (start := _start_of(branch)) is not None]
    tells = _Tells(len({start.initializer for start in starts}) > 1, len({start.seed for start in starts}) > 1)
    return [
        RunEntry(
            branch.number,
            _text(branch, course, tells, branch.number == timeline.present),
            branch.number == shown,
            branch.number == timeline.present,
        )
        for branch in timeline.branches
    ]


@dataclass(frozen=True)
class _Tells:
    """What tells the runs from one another, and so has to be said."""

    initializer: bool
    seed: bool


def _start_of(branch: Branch) -> Start | None:
    """That of its end."""
    return branch.start_at(int(branch.recording.steps[-1])) if len(branch.recording) else None


def _text(branch: Branch, course: Course, tells: _Tells, is_present: bool) -> str:
    parts, recording = [f"Run {branch.number}"], branch.recording
    if len(recording):
        parts.append(", ".join(_network_texts(branch, tells)))
        if branch.begins:
            parts.append(f"from step {count_text(branch.begins)}")
        parts.append(f"J = {value_text(float(recording.losses[-1]))} at step {count_text(recording.steps[-1])}")
    if branch.course != course:
        parts.append(other_course_text(branch, course))
    return " · ".join([*parts, "present"] if is_present else parts)


def _network_texts(branch: Branch, tells: _Tells) -> Iterator[str]:
    recording, start = branch.recording, _start_of(branch)
    neurons = (len(recording.vector(-1)) - 1) // 3
    yield recording.activation(-1).label
    yield f"{count_text(neurons)} neuron{'s' * (neurons != 1)}"
    if start is not None and tells.initializer:
        yield start.initializer
    if start is not None and tells.seed:
        yield f"seed {count_text(start.seed)}"


def other_course_text(branch: Branch, course: Course) -> str:
    """What makes it another course than that of the document, as "other target"."""
    return f"other {UNKNOWN_CHANGE if branch.course is None else branch.course.change_from(course)}"


def moment_texts(branch: Branch, step: int, course: Course, *, is_present: bool) -> tuple[str, ...]:
    """What is said of the moment at `step` of a run while it is on show, the longest first; there may be no room."""
    last = count_text(branch.recording.steps[-1])
    run = "" if is_present else f"run {branch.number}, "
    what = f"{run}step {count_text(step)} of {last} — recorded"
    texts = (what, f"step {count_text(step)} — recorded", "")
    if branch.course == course:
        return texts
    # Its J is not that of what is drawn.
    return (f"{what} ({other_course_text(branch, course)})", *texts)


def earlier_text(timeline: Timeline, branch: Branch, what: str) -> str:
    """What is said to who looks for a moment before `branch` begins, where `what` changed, as "target"; "" if that is
    not known.
    """
    begins = branch.recording.steps[0]
    was = {"samples": "the samples were others", "": "it was another run"}.get(what, f"the {what} was another")
    others = (other.recording for other in timeline.branches if other is not branch and len(other.recording))
    is_kept = any(recording.steps[0] < begins for recording in others)
    how = ": choose that run under Runs" if is_kept else ", and that is no longer recorded"
    return f"Before step {count_text(begins)} {was}{how}"


def recorded_texts(moments: int, *, has_losses: bool) -> tuple[str, ...]:
    """What is said in the present of a run of so many recorded moments, the longest first."""
    if moments < 2:
        return "Training is recorded: drag on its loss to look back", "Training is recorded", ""
    count = f"{count_text(moments)} moments recorded"
    # After a reset or an undo there is no loss to drag on.
    how = "drag on the loss to look back" if has_losses else "R plays them again"
    return f"{count}: {how}", count, ""
