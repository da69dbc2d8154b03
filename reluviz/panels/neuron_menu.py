"""The context menu of a neuron in the table: locking its parameters, and whether it is drawn."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from reluviz.core.parameter import Locks, Parameter
from reluviz.core.picture import Picture
from reluviz.panels.lock_menu import LockMenu


class NeuronMenu(LockMenu):
    """Offers the locks, then to hide, show and solo. `picture_edited` is the user's doing."""

    picture_edited = Signal(object)  # Picture

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setToolTipsVisible(True)

    def offer_all(self, parameter: Parameter | None, neuron: int, locks: Locks, picture: Picture, neurons: int) -> None:
        """The entries for a cell with `parameter` (None where it holds none) in the row of `neuron`, of so many."""
        self.offer(parameter, neuron, locks)
        self.addSeparator()
        hide, solo = ("Hide", "Show")[not picture.shows(neuron)], picture.solo == neuron
        tip = "Only the drawing changes: the output stays that of the whole network"
        for text, wanted in (
            (f"{hide} neuron {neuron + 1}", picture.hide_toggled(neuron, neurons)),
            ("Show the others again" if solo else f"Show neuron {neuron + 1} alone", picture.solo_toggled(neuron)),
            ("Show all neurons", picture.all_shown()),
        ):
            action = self.addAction(text)
            action.setData(wanted)
            action.setToolTip(tip)
            action.setEnabled(wanted != picture)

    def _choose(self, action: QAction) -> None:
        if isinstance(action.data(), Picture):
            self.picture_edited.emit(action.data())
        else:
            super()._choose(action)
