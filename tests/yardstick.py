"""How dear a thing is beside another, measured in turns: what a slow or busy machine does to one it does to both."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from types import FrameType


def times_as_dear(action: Callable[[int], object], yardstick: Callable[[int], object], rounds: int = 9) -> float:
    """The least CPU time of `action` in units of the least of `yardstick`.

    Both are called with the number of the round. Only this thread's own time counts, not what others do meanwhile.
    """
    least = [float("inf"), float("inf")]
    for number in range(rounds):
        for which, work in enumerate((action, yardstick)):
            begun = time.thread_time()
            work(number)
            least[which] = min(least[which], time.thread_time() - begun)
    return least[0] / least[1]


class TooManyCalls(Exception):  # noqa: N818  # what a test asks about is no error
    """A thing did more than it was allowed to."""


def at_most_calls(most: int, action: Callable[[], object]) -> None:
    """Do `action` and break it off with TooManyCalls once it has called more than so many Python functions."""
    called = 0

    def count(frame: FrameType, event: str, argument: object) -> None:
        nonlocal called
        called += event == "call"
        if called > most:
            raise TooManyCalls(f"more than {most} calls")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        action()
    finally:
        sys.setprofile(before)
