"""The undo command: absolute old and new state, so that undo and redo are exact however often they are repeated."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

from PySide6.QtGui import QUndoCommand

from reluviz.document.state import State

NEVER = -1
_MERGE_IDS = count(1)


def new_merge_id() -> int:
    """An id that no edit has yet."""
    return next(_MERGE_IDS)


class Edit(QUndoCommand):
    """One named change of the state. The states share what they do not change, so keeping both costs little.

    Edits that follow one another with the same `merge_id` become one, called like the last, unless it is NEVER.
    `by_hand` is False for what the program can do again by itself: training, and going back to its start.
    """

    def __init__(
        self,
        restore: Callable[[State, bool], None],
        text: str,
        old: State,
        new: State,
        placed: bool,
        merge_id: int = NEVER,
        by_hand: bool = True,
    ) -> None:
        super().__init__(text)
        self.by_hand = by_hand
        self._merge_id = merge_id
        self._restore = restore
        self._old = old
        self._new = new
        self._placed = placed

    def redo(self) -> None:
        self._restore(self._new, self._placed)
        # Only the first time can the network already be where the edit puts it.
        self._placed = True

    def id(self) -> int:
        return self._merge_id

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, Edit):
            return False
        self._new = other._new
        self.setText(other.text())
        return True

    def undo(self) -> None:
        self._placed = True
        self._restore(self._old, True)
