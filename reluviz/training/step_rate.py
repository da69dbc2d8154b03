"""How fast training is, of late."""

from __future__ import annotations

import time

_SECONDS = 0.25


class StepRate:
    """`value` is in steps per second, measured anew a few times a second; 0 before that."""

    def __init__(self) -> None:
        self.restart(0)

    def restart(self, step: int) -> None:
        """Training is about to go on from `step`."""
        self.value = 0.0
        self._from = (time.perf_counter(), step)

    def measure(self, step: int) -> None:
        """Training has come to `step`; going back to an earlier one counts as standing still."""
        since, before = self._from
        elapsed = time.perf_counter() - since
        if elapsed >= _SECONDS:
            self.value = max(0.0, (step - before) / elapsed)
            self._from = (since + elapsed, step)
