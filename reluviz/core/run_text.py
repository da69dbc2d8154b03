"""What is said of recorded runs in a list."""

from __future__ import annotations

from dataclasses import dataclass

from reluviz.core.notation import count_text, value_text
from reluviz.core.timeline import Branch, Course, Timeline


@dataclass(frozen=True)
class RunEntry:
    """A recorded run in a list: what is said of it, and whether it is the one on show, or the one in training."""

    number: int
    text: str
    is_shown: bool
    is_present: bool


def run_entries(timeline: Timeline, course: Course, shown: int) -> list[RunEntry]:
    """All runs, the oldest first, for a document of this course that shows the run of number `shown`."""
    return [
        RunEntry(
            branch.number, _text(branch, course, timeline), branch.number == shown, branch.number == timeline.present
        )
        for branch in timeline.branches
    ]


def _text(branch: Branch, course: Course, timeline: Timeline) -> str:
    text, recording = f"Run {branch.number}", branch.recording
    if len(recording):
        text += f": step {count_text(recording.steps[-1])}, J = {value_text(float(recording.losses[-1]))}"
    text += "" if branch.course == course else " (other target, samples or loss)"
    return text + (" (present)" if branch.number == timeline.present else "")
