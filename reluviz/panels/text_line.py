"""A line of text that is typed like a number: Enter or leaving takes it, Escape drops it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from reluviz.panels.undo_keys import is_undo

# Where the focus goes for a while only: what is being typed stays.
_STAYS_OPEN = (
    Qt.FocusReason.ActiveWindowFocusReason,
    Qt.FocusReason.PopupFocusReason,
    Qt.FocusReason.MenuBarFocusReason,
)


class TextLine(QLineEdit):
    """Says when the user is done; what becomes of the text is up to whoever listens."""

    committed = Signal()
    """Enter was pressed."""
    left = Signal()
    """The focus went elsewhere."""
    abandoned = Signal()
    """Escape was pressed while something was typed."""

    def event(self, event: QEvent) -> bool:
        if is_undo(event) and not self.isModified():
            # As in the number fields: what was entered is the window's to undo.
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.committed.emit()
        elif key == Qt.Key.Key_Escape and self.isModified():
            self.abandoned.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in _STAYS_OPEN:
            self.deselect()
            self.left.emit()
