"""The ray that a hand moves, apart from the others."""

from __future__ import annotations

from PySide6.QtCore import QObject

from reluviz.plot.handle_item import HandleItem
from reluviz.plot.highlight_item import HighlightItem
from reluviz.plot.ray_item import RayItem


class RayInHand(QObject):
    """Leaves the held neuron to the highlight, which covers its ray: below, all others stay as they are."""

    def __init__(self, handles: HandleItem, highlight: HighlightItem, rays: RayItem) -> None:
        super().__init__(handles)
        self._handles = handles
        self._highlight = highlight
        self._rays = rays
        for signal in (handles.drag_started, handles.drag_finished, handles.drag_cancelled):
            signal.connect(self.look)

    def look(self) -> None:
        """Something of this has changed: which neuron is held, or which ones stand out."""
        neuron = self._handles.layout.held_neuron
        self._rays.set_in_hand(neuron if neuron in self._highlight.neurons else None)
