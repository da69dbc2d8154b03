"""All recorded runs of a document: the present one, and those that it branched off from."""

from __future__ import annotations

from dataclasses import dataclass, replace

from reluviz.core.dataset import Sampling
from reluviz.core.history import Break, LossCurve, joined
from reluviz.core.network import Network
from reluviz.core.recorder import BUDGET, Recorder, thinned
from reluviz.core.recording import Moment, Recording
from reluviz.core.start import Start
from reluviz.core.target import Target

MAX_BRANCHES = 32
"""Where more runs are begun the oldest goes."""

MAX_STARTS = 64
"""So many changes of the start are known of one run."""

UNKNOWN_CHANGE = "target, samples or loss"
"""What may make a course another one that is not known."""

Starts = tuple[tuple[int, Start], ...]


@dataclass(frozen=True)
class Course:
    """What a run is trained on. Losses of different courses tell nothing of one another."""

    target: Target
    sampling: Sampling
    loss: str

    def change_from(self, before: Course) -> str:
        """What makes it another course than `before`, in a word."""
        if self.target != before.target:
            return "target"
        return "samples" if self.sampling != before.sampling else "loss"


@dataclass(frozen=True, eq=False)
class Branch:
    """One whole run, from its start on: what it shares with the run that it left is in it too.

    `number` counts the runs from 1 on; `course` is None where it is not that of the document it was saved with.
    `starts` are pairs of a step and what Reset goes back to from there on, steps ascending strictly; `begins` is the
    step at which it left another run, 0 where it did not.
    """

    number: int
    recording: Recording
    course: Course | None = None
    starts: Starts = ()
    begins: int = 0

    def start_at(self, step: int) -> Start | None:
        """The start that the run had at this step; None where that is not known."""
        return next((start for at, start in reversed(self.starts) if at <= step), None)


@dataclass(frozen=True, eq=False)
class Timeline:
    """The recorded runs, the oldest first. `present` is the number of the one that is trained, 0 for none."""

    branches: tuple[Branch, ...] = ()
    present: int = 0

    def branch(self, number: int) -> Branch | None:
        return next((branch for branch in self.branches if branch.number == number), None)

    @property
    def recording(self) -> Recording:
        """The present run's, empty where there is none."""
        branch = self.branch(self.present)
        return Recording() if branch is None else branch.recording

    def losses_to(self, curve: LossCurve, course: Course) -> LossCurve:
        """`curve`, which goes on with the present run, on `course` at its end, with what was recorded before it: of
        that run, and of those on other courses that it has gone on from, with a break between.
        """
        if not len(curve.steps):
            return curve
        # Where it has breaks, it is that of the first of them, and not to be marked again.
        is_marked = bool(curve.breaks)
        now: Course | None = course
        branch = self.branch(self.present)
        while branch is not None and len(branch.recording):
            steps, first = branch.recording.steps, curve.steps[0]
            is_same = not is_marked and branch.course == now
            if steps[0] < first and (is_same or steps[-1] >= first):
                if not is_same and not is_marked:
                    change = Break(int(first), _change(now, branch.course))
                    curve = replace(curve, breaks=(change, *curve.breaks))
                curve = joined(branch.recording.curve(), curve)
                is_marked, now = False, branch.course
            branch = self._gone_on_from(branch)
        return curve

    def _gone_on_from(self, branch: Branch) -> Branch | None:
        """The run, begun before, that had come to where `branch` begins; None where that is not known."""
        begun = branch.recording[0]
        others = [other for other in self.branches if len(other.recording) and other.recording.steps[0] < begun.step]
        there = [other for other in others if other.recording.find(begun.network, begun.step) is not None]
        # A hand may have changed the network where training had come to rest.
        there = there or [other for other in others if other.recording.steps[-1] == begun.step]
        return max(there, key=lambda other: other.number, default=None)

    def losses_up_to(self, network: Network, step: int) -> LossCurve:
        """What was recorded up to the moment of `network` at `step`; nothing where no run has been there."""
        for branch in sorted(self.branches, key=lambda branch: branch.number != self.present):
            found = branch.recording.find(network, step)
            if found is not None:
                return branch.recording[: found + 1].curve()
        return LossCurve()

    def within(self, budget: int) -> Timeline:
        """The same runs, thinned out to about so many bytes where they take more; half of it is the present run's."""
        others = max(1, len(self.branches) - 1)
        return replace(
            self,
            branches=tuple(
                _smaller(branch, budget // 2 if branch.number == self.present else budget // (2 * others))
                for branch in self.branches
            ),
        )

    def up_to(self, moment: Moment, course: Course) -> Timeline:
        """The same with `moment` at the end of the present run, if that is on `course` and has not come so far."""
        branch = self.branch(self.present)
        if branch is None or branch.course != course or not len(branch.recording):
            return self
        if moment.step <= branch.recording.steps[-1]:
            return self
        longer = replace(branch, recording=branch.recording.extended(moment))
        return replace(self, branches=tuple(longer if b is branch else b for b in self.branches))


def _change(now: Course | None, before: Course | None) -> str:
    """What changed between two courses, None being one that is not known."""
    return UNKNOWN_CHANGE if now is None or before is None else now.change_from(before)


class TimelineRecorder:
    """Writes a timeline within a budget of bytes, for one thread; what it hands out may go to any other."""

    def __init__(self, budget: int = BUDGET) -> None:
        self._budget = budget
        self.open(Timeline())

    def open(self, timeline: Timeline) -> None:
        """Go on from `timeline` in the place of what is recorded here."""
        self._branches = {branch.number: branch for branch in timeline.branches}
        self._last_number = max(self._branches, default=0)
        self._present = timeline.present
        self._recorder: Recorder | None = None
        self._shared = 0

    @property
    def recorder(self) -> Recorder:
        """What takes the moments of the present run. Raises ValueError before the first `begin`."""
        if self._recorder is None:
            raise ValueError("no run has begun")
        return self._recorder

    def timeline(self) -> Timeline:
        """What is recorded so far, as a frozen value. Costs next to nothing."""
        self._keep()
        return Timeline(tuple(self._branches[number] for number in sorted(self._branches)), self._present)

    def _keep(self) -> None:
        if self._recorder is not None:
            present = self._branches[self._present]
            self._branches[self._present] = replace(present, recording=self._recorder.recording())

    def begin(self, network: Network, step: int, course: Course, start: Start | None = None) -> None:
        """Make the run that has come to `network` at `step`, and that Reset leads back to `start`, the present one.

        A run that ends there goes on. Else a new one begins: with the moments before, where it leaves a run of the same
        course; a run that never came beyond its first moment is not kept for that.
        """
        self._keep()
        related = [branch for branch in self._branches.values() if branch.course == course]
        # The present run first, then the newest.
        related.sort(key=lambda branch: (branch.number == self._present, branch.number), reverse=True)
        for branch in related:
            if branch.recording.find(network, step) == len(branch.recording) - 1 >= 0:
                longer = replace(branch, starts=_with_start(branch.starts, step, start))
                if self._recorder is None or branch.number != self._present:
                    self._go_on(longer)
                else:
                    self._branches[branch.number] = longer
                return
        before, starts = _before(related, self._present, network, step)
        if self._recorder is not None and len(self._recorder) <= max(1, self._shared):
            del self._branches[self._present]
        self._last_number += 1
        begins = step if len(before) else 0
        self._go_on(Branch(self._last_number, before, course, _with_start(starts, step, start), begins))
        self._shared = len(before) + 1

    def _go_on(self, branch: Branch) -> None:
        """Write at the end of `branch`. At least half of the budget is for it."""
        self._branches[branch.number] = branch
        self._present = branch.number
        self._recorder = None
        self._shared = 0
        others = sorted(set(self._branches) - {branch.number})
        for number in others[: max(0, len(others) + 1 - MAX_BRANCHES)]:
            del self._branches[number]
        taken = self._taken()
        if taken > self._budget // 2:
            for number in set(self._branches) - {branch.number}:
                other = self._branches[number]
                share = int(self._budget / 2 / taken * other.recording.bytes)
                self._branches[number] = _smaller(other, share)
        assert branch.course is not None
        target = branch.course.target
        self._recorder = Recorder(target.low, target.high, self._budget - self._taken(), branch.recording)

    def _taken(self) -> int:
        """The bytes of all runs but the present one."""
        return sum(branch.recording.bytes for branch in self._branches.values() if branch.number != self._present)

    def discard(self, number: int) -> None:
        """Forget a run; the present one stays."""
        if number != self._present and self._branches.pop(number, None) is not None and self._recorder is not None:
            self._recorder.set_budget(self._budget - self._taken())


def _before(related: list[Branch], present: int, network: Network, step: int) -> tuple[Recording, Starts]:
    """What a new run shares with one of `related`: all up to that moment, else the present run before it."""
    for branch in related:
        found = branch.recording.find(network, step)
        if found is not None:
            return branch.recording[: found + 1], tuple(pair for pair in branch.starts if pair[0] <= step)
    if not related or related[0].number != present:
        return Recording(), ()
    return related[0].recording.before(step), tuple(pair for pair in related[0].starts if pair[0] < step)


def _with_start(starts: Starts, step: int, start: Start | None) -> Starts:
    """From `step` on it is `start`, where it was another one before; nothing changes where that is not known."""
    if start is None or (starts and starts[-1][1].same_as(start)):
        return starts
    return (*(pair for pair in starts if pair[0] < step), (step, start))[-MAX_STARTS:]


def _smaller(branch: Branch, budget: int) -> Branch:
    """The same run in so many bytes."""
    low, high = (branch.course.target.low, branch.course.target.high) if branch.course else (-1.0, 1.0)
    return replace(branch, recording=thinned(branch.recording, low, high, budget))
