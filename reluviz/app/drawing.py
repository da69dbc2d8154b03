"""The target drawn by hand on the plot."""

from __future__ import annotations

from PySide6.QtCore import QObject

from reluviz.app.editing import Editing
from reluviz.app.main_window import MainWindow
from reluviz.core.arrays import FloatArray
from reluviz.core.target import Target
from reluviz.core.target_drawing import level_line, with_drawn
from reluviz.document.document import Document
from reluviz.document.state import State


class Drawing(QObject):
    """Joins the mode in which the mouse draws to the document. Every stroke is an undo step."""

    def __init__(self, window: MainWindow, document: Document, editing: Editing) -> None:
        super().__init__(window)
        self._window = window
        self._document = document
        self._editing = editing
        # The level line that Clear has left: nothing of it stays beside the first line that is drawn.
        self._blank: Target | None = None
        self._action = window.actions_["draw_target"]
        self._action.toggled.connect(self._on_toggled)
        window.draw_bar.close_requested.connect(self.leave)
        window.draw_bar.clear_requested.connect(self.clear)
        window.draw_bar.smooth_edited.connect(window.plot.drawing.set_smooth)
        window.plot.drawing.sketched.connect(window.plot.sketch.set_polyline)
        window.plot.drawing.drawn.connect(self.draw)
        window.plot.drawing.left.connect(self.leave)
        document.opened.connect(self.leave)
        document.state_changed.connect(self._on_state_changed)

    @property
    def is_on(self) -> bool:
        return self._action.isChecked()

    def leave(self) -> None:
        self._action.setChecked(False)

    def draw(self, line: FloatArray) -> None:
        """Put a line, shape (m, 2), x ascending, in the place of what the target was there."""
        present = self._document.state.target
        try:
            target = with_drawn(present, line, self._window.plot.drawing.pixel, present is self._blank)
        except ValueError as error:
            self._window.status_line.warn(f"Nothing drawn: {error}")
            return
        self._editing.set_target(target, "draw target")

    def clear(self) -> None:
        """Begin anew, with a level line that is in view until something is drawn."""
        _, (low, high) = self._window.plot.view_range
        y = 0.0 if low < 0.0 < high else 0.5 * (low + high)
        self._blank = level_line(self._document.state.target, y)
        self._editing.set_target(self._blank, "clear target")

    def _on_toggled(self, on: bool) -> None:
        window = self._window
        if on:
            window.bars.open(window.draw_bar)
        else:
            window.draw_bar.hide()
        window.plot.draw_target(on)
        if on:
            window.plot.setFocus()

    def _on_state_changed(self, old: State, new: State, placed: bool) -> None:
        if self.is_on and new.target is not old.target:
            # The view stays where the hand draws.
            self._window.plot.keep_view()
