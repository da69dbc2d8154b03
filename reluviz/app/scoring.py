"""How far output and target are apart: the largest error, always as a number, and as a mark on the plot."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject

from reluviz.app.display_clock import DisplayClock
from reluviz.app.main_window import MainWindow
from reluviz.core.notation import value_text
from reluviz.core.score import ErrorFinder, FitError
from reluviz.document.document import Document
from reluviz.document.state import State

# Of the target's spread: an error, and by its square a loss, that is rounding.
_EXACT, _ROUNDING = 1e-9, 1e-18
# Of the domain's width: so near to 0 a place is 0, and rounding.
_ORIGIN = 1e-10


class Scoring(QObject):
    """Joins the number in the status line, the mark and its action to the document."""

    def __init__(self, window: MainWindow, document: Document, clock: DisplayClock) -> None:
        super().__init__(window)
        self._window = window
        self._document = document
        self._finder = ErrorFinder(document.state.target)
        self._is_due = True
        self._exact_below = 0.0
        window.actions_["mark_largest_error"].triggered.connect(self.set_marked)
        document.opened.connect(self._on_opened)
        document.state_changed.connect(self._on_state_changed)
        document.frame_changed.connect(self._on_frame_changed)
        document.picture_changed.connect(self._on_picture_changed)
        clock.numbers_tick.connect(self._on_numbers_tick)
        self._on_opened()
        self._on_picture_changed()

    def set_marked(self, marked: bool) -> None:
        """Mark the largest error on the plot, or do not."""
        self._document.set_picture(replace(self._document.picture, largest_error=marked))

    def _on_opened(self) -> None:
        self._take_target()

    def _on_state_changed(self, old: State, new: State, placed: bool) -> None:
        if new.target is not old.target:
            self._take_target()

    def _take_target(self) -> None:
        self._finder = ErrorFinder(self._document.state.target)
        self._window.plot.error_mark.set_target(self._finder)
        self._exact_below = _EXACT * self._finder.spread
        self._window.transport.set_exact_below(_ROUNDING * self._finder.spread**2)
        self._is_due = True

    def _on_frame_changed(self) -> None:
        self._is_due = True

    def _on_picture_changed(self) -> None:
        marked = self._document.picture.largest_error
        self._window.plot.error_mark.set_marked(marked)
        self._window.actions_["mark_largest_error"].setChecked(marked)

    def _on_numbers_tick(self) -> None:
        if self._is_due:
            self._is_due = False
            error = self._finder.find(self._document.network)
            is_exact = error.largest <= self._exact_below
            self._window.status_line.show_largest_error("exact fit" if is_exact else self._text(error))

    def _text(self, error: FitError) -> str:
        """The error and its place, in words."""
        target = self._document.state.target
        is_origin = abs(error.at_x) < _ORIGIN * (target.high - target.low)
        return f"largest error {value_text(error.largest)} at x = {value_text(0.0 if is_origin else error.at_x)}"
