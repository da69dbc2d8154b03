"""The keys that tooltips name for starting, stepping and resetting; the shortcuts themselves are made elsewhere."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence

PLAY_KEY = "Space"
STEP_KEYS = {1: ".", 10: "Shift+.", 100: "Ctrl+."}
RESET_KEY = "Ctrl+R"
NEW_INITIALIZATION_KEY = "Ctrl+Shift+R"


def with_key(tip: str, key: str) -> str:
    """`tip` followed by `key` as this platform writes it."""
    return f"{tip} ({QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)})"
