"""The context menu of a neuron in the table: its locks, whether it is drawn, and what can be done to it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from reluviz.core.census import LOST, Census
from reluviz.core.notation import count_text
from reluviz.core.parameter import Locks, Parameter
from reluviz.core.picture import Picture
from reluviz.panels.lock_menu import LockMenu
from reluviz.panels.neuron_model import NeuronModel


@dataclass(frozen=True)
class Deed:
    """What an entry does, and to which neurons."""

    name: str
    neurons: tuple[int, ...]


class NeuronMenu(LockMenu):
    """Offers the locks, then to hide, show and solo, then deeds. The signals are the user's doing."""

    picture_edited = Signal(object)  # Picture
    deed_requested = Signal(str, object)  # "remove", "duplicate", "split" or "revive", and a tuple of neurons

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setToolTipsVisible(True)

    def offer_for(self, model: NeuronModel, row: int, column: int, selected: tuple[int, ...]) -> None:
        """The entries for a cell: its own, and deeds for all of the `selected` neurons if its is one of them."""
        neuron = model.neuron(row)
        self.offer_all(model.parameter(neuron, column), neuron, model.locks, model.picture, model.neurons)
        self.offer_deeds(selected if neuron in selected else (neuron,), model.census)

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

    def offer_deeds(self, neurons: tuple[int, ...], census: Census) -> None:
        """The entries for what can be done to `neurons`, the selected ones or the one pointed at."""
        self.addSeparator()
        names = f"neuron {neurons[0] + 1}" if len(neurons) == 1 else f"{count_text(len(neurons))} neurons"
        lost = tuple(j for j in neurons if census.status(j) in LOST)
        for deed, tip, chosen in (
            ("duplicate", "A copy as the last neuron: its ray counts twice", neurons),
            ("split", "A second neuron beside it, each with half of w, bending a little apart", neurons),
            ("remove", "Take it out of the network (Delete)", neurons),
            ("revive", "Bring a dead or constant neuron's kink back into the domain, with w = 0", lost),
        ):
            action = self.addAction(f"{deed.capitalize()} {names}")
            action.setData(Deed(deed, chosen))
            action.setToolTip(tip)
            action.setEnabled(bool(chosen))

    def _choose(self, action: QAction) -> None:
        if isinstance(action.data(), Deed):
            self.deed_requested.emit(action.data().name, action.data().neurons)
        elif isinstance(action.data(), Picture):
            self.picture_edited.emit(action.data())
        else:
            super()._choose(action)
