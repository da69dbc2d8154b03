"""The keys of undo and redo, which fields and the window share."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent, QKeySequence

_KEYS = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)


def is_undo(event: QEvent) -> bool:
    """Whether Qt asks if a field wants these keys for itself, before the window gets them."""
    is_question = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
    return is_question and any(event.matches(keys) for keys in _KEYS)  # type: ignore[attr-defined]
