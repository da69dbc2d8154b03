"""Looking for the last finite state of a run that has diverged."""

from __future__ import annotations

from collections.abc import Callable


def last_finite(is_finite_after: Callable[[int], bool], diverged: int) -> int:
    """After how many steps, from 0 on, the last finite state is, where that after `diverged` steps is none.

    `is_finite_after` is asked of some numbers of steps between; what has diverged is taken to stay so. The state just
    before is looked at first: nearly always it is that.
    """
    finite, probe = 0, diverged - 1
    while diverged - finite > 1:
        if is_finite_after(probe):
            finite = probe
        else:
            diverged = probe
        probe = (finite + diverged) // 2
    return finite
