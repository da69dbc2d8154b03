"""Two fields in the place of one."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget


def side_by_side(left: QWidget, right: QWidget) -> QWidget:
    """A widget that holds both, equally wide; the keyboard comes to the left one."""
    both = QWidget()
    layout = QHBoxLayout(both)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(left, 1)
    layout.addWidget(right, 1)
    both.setFocusProxy(left)
    return both
