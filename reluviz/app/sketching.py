"""The formula that is being typed, on the plot before it is the target; and the ways to the other kinds of targets."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QObject

from reluviz.app.main_window import MainWindow
from reluviz.core.target import Target

# One evaluation at so many places is drawn within the blink of a key; the target itself is followed exactly.
_PLACES = 2049


class Sketching(QObject):
    """Joins the target panel's formula field to the sketch on the plot of one window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        window.target_panel.previewed.connect(self.show_sketch)
        window.target_panel.points_requested.connect(window.actions_["edit_target"].trigger)

    def show_sketch(self, target: Target | None) -> None:
        """Draw `target` over the present one; None: no more."""
        polyline = None
        if target is not None:
            x = np.linspace(target.low, target.high, _PLACES)
            polyline = np.column_stack((x, target(x)))
        self._window.plot.sketch.set_polyline(polyline)
