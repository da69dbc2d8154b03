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
        document.frame_changed.connect(self._on_frame_changed)

    def _on_frame_changed(self) -> None:
        split = self._document.frame.split
        state = self._document.state
        if split is not None and not is_worth_marking(split, state.sampling, state.target):
            split = None
        if split is not self._shown:
            self._shown = split
            self._plot.set_samples(split)
