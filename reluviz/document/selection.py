"""Which neuron is selected and which is under the pointer, the same in every view."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class Selection(QObject):
    """Neurons by index from 0, None for none. `changed()` says that either is another one now."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.selected: int | None = None
        self.hovered: int | None = None

    def select(self, neuron: int | None) -> None:
        if neuron != self.selected:
            self.selected = neuron
            self.changed.emit()

    def hover(self, neuron: int | None) -> None:
        if neuron != self.hovered:
            self.hovered = neuron
            self.changed.emit()

    def keep_below(self, neurons: int) -> None:
        """Let go of neurons that a network of `neurons` does not have."""
        selected = self.selected if self.selected is None or self.selected < neurons else None
        hovered = self.hovered if self.hovered is None or self.hovered < neurons else None
        if (selected, hovered) != (self.selected, self.hovered):
            self.selected, self.hovered = selected, hovered
            self.changed.emit()
