"""The samples of the target: noise and a validation split as the user sets them, and their marks on the plot."""

from __future__ import annotations

from PySide6.QtCore import QObject

from reluviz.app.main_window import MainWindow
from reluviz.core.dataset import Split
from reluviz.core.sample_marks import is_worth_marking
from reluviz.document.document import Document


class SampleMarks(QObject):
    """Shows on the plot the samples that training has, where there is more to see than the target itself."""

    def __init__(self, window: MainWindow, document: Document) -> None:
        super().__init__(window)
        self._plot = window.plot
        self._document = document
        self._shown: Split | None = None
        self._on_line = 0
        document.frame_changed.connect(self._on_frame_changed)

    def _on_frame_changed(self) -> None:
        split, state = self._document.frame.split, self._document.state
        if split is not None and split.samples != state.sampling.count(state.target):
            # Those that were asked for are still being got: what is on show stays until then.
            return
        marked = split if split is None or is_worth_marking(split, state.sampling, state.target) else None
        on_line = 0 if split is None or marked is not None else split.samples
        if marked is not self._shown or on_line != self._on_line:
            self._shown, self._on_line = marked, on_line
            self._plot.set_samples(marked, on_line)
