"""Long work that others wait for: it asks between its parts whether it is still wanted."""

from __future__ import annotations

from collections.abc import Callable

GoOn = Callable[[], bool]


class Interrupted(Exception):  # noqa: N818  # what was asked for is no error
    """The work was broken off on demand; what there was before is kept."""


def always() -> bool:
    """Nobody waits."""
    return True


def check(go_on: GoOn) -> None:
    """Raises Interrupted where the work is not to go on."""
    if not go_on():
        raise Interrupted
