"""The list of changes below the neurons."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QUndoStack

from reluviz.app.editing import Editing
from reluviz.app.main_window import MainWindow
from reluviz.panels.history_panel import HistoryPanel


class History(QObject):
    """Joins the menu's action, the panel, and the undo stack."""

    def __init__(self, window: MainWindow, editing: Editing, stack: QUndoStack) -> None:
        super().__init__(window)
        self._actions = window.actions_
        self.panel = HistoryPanel(stack)
        self.panel.hide()
        window.add_below_neurons(self.panel)
        self.panel.jump_requested.connect(editing.go_to)
        self._actions["history"].toggled.connect(self._show)

    def _show(self, shown: bool) -> None:
        self.panel.setVisible(shown)
        if shown:
            # Among hidden panels it could not be seen.
            self._actions["panels"].setChecked(True)
