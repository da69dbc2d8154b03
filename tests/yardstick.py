"""How dear a thing is beside another, measured in turns: what a slow or busy machine does to one it does to both."""

from __future__ import annotations

import time
from collections.abc import Callable


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
