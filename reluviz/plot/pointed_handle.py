"""Which of the handles that lie on top of each other under the mouse is meant."""

from __future__ import annotations

from collections.abc import Sequence

from reluviz.core.parameter import Parameter


class PointedHandle:
    """The first of those under the mouse, until another one is asked for; that one as long as it stays there."""

    def __init__(self) -> None:
        self.under_mouse: Sequence[Parameter] = ()
        self.mouse_seen = False
        self._preferred: Parameter | None = None

    def look(self, under_mouse: Sequence[Parameter]) -> Parameter | None:
        """The one that is meant among those the mouse is over now."""
        self.mouse_seen = True
        self.under_mouse = under_mouse
        if self._preferred not in under_mouse:
            self._preferred = None
        return self._preferred or next(iter(under_mouse), None)

    def leave(self) -> None:
        """The mouse is elsewhere."""
        self.under_mouse, self.mouse_seen = (), False

    def step_on(self, present: Parameter | None, forwards: bool) -> Parameter | None:
        """Mean the one below or above `present` from now on, and return it; None if there is no other."""
        under = self.under_mouse
        if len(under) < 2 or present is None:
            return None
        place = under.index(present) if present in under else -1
        self._preferred = under[(place + (1 if forwards else -1)) % len(under)]
        return self._preferred
