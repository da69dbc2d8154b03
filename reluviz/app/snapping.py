"""Snapping: whether a hand on the plot is pulled to the grid and to the target's points."""

from __future__ import annotations

from PySide6.QtCore import QObject

from reluviz.app.main_window import MainWindow
from reluviz.app.preferences import Preferences
from reluviz.core.target import PointsTarget
from reluviz.document.document import Document
from reluviz.document.state import State


class SnapChoice(QObject):
    """Joins the action to the plot, remembers it, and tells the plot the target's points."""

    def __init__(self, window: MainWindow, document: Document) -> None:
        super().__init__(window)
        self._plot = window.plot
        self._document = document
        self._preferences = Preferences()
        action = window.actions_["snap"]
        action.setChecked(self._preferences.snap)
        self._bar = window.target_bar
        self._show(self._preferences.snap)
        self._bar.snap_edited.connect(action.setChecked)
        action.toggled.connect(self._on_toggled)
        action.triggered.connect(self._on_triggered)
        self._status_line = window.status_line
        document.opened.connect(self._on_opened)
        document.state_changed.connect(self._on_state_changed)
        self._on_opened()

    def _on_toggled(self, on: bool) -> None:
        self._show(on)
        self._preferences.snap = on

    def _show(self, on: bool) -> None:
        self._plot.snapping.is_on = on
        self._bar.show_snap(on)

    def _on_triggered(self, on: bool) -> None:
        self._status_line.say(
            "Snapping to the grid and to the target's points; Alt or Ctrl lets go" if on else "Not snapping"
        )

    def _on_opened(self) -> None:
        target = self._document.state.target
        self._plot.snapping.set_points(target.array if isinstance(target, PointsTarget) else ())

    def _on_state_changed(self, old: State, new: State, placed: bool) -> None:
        if new.target is not old.target:
            self._on_opened()
