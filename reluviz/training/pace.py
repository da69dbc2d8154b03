"""How many steps are due now: from one a second to as fast as it goes."""

from __future__ import annotations

# After a stall (a slow frame, a suspended laptop) training does not rush to make up for more than this, in seconds.
_MAX_DEBT = 0.25


class Pace:
    """Turns a speed in steps per second into steps due at a time; speed None means no limit."""

    def __init__(self, speed: float | None = None) -> None:
        self._speed = speed
        self._from: float | None = None
        self._made = 0

    @property
    def speed(self) -> float | None:
        return self._speed

    def set_speed(self, speed: float | None) -> None:
        """Raises ValueError for a speed that is not above 0."""
        if speed is not None and not speed > 0:
            raise ValueError("a speed is a number of steps per second above 0, or none for as fast as it goes")
        self._speed = speed
        self._from = None

    def restart(self) -> None:
        """Count from the next call on; the first step is due at once."""
        self._from = None

    def due(self, now: float) -> int | None:
        """Steps due at `now` (seconds on a monotonic clock); None: as many as one likes."""
        if self._speed is None:
            return None
        if self._from is None:
            self._from, self._made = now, -1
        elapsed = (now - self._from) * self._speed
        if elapsed - self._made > max(2.0, _MAX_DEBT * self._speed):
            self._from, self._made, elapsed = now, -1, 0.0
        return int(elapsed) - self._made

    def made(self, steps: int) -> None:
        self._made += steps

    def wait(self, now: float) -> float:
        """Seconds from `now` until the next step is due, at least 0."""
        if self._speed is None or self._from is None:
            return 0.0
        return max(0.0, self._from + (self._made + 1) / self._speed - now)
