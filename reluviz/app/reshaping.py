"""Single neurons more, fewer or alive again, also while training goes on."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import numpy as np
from PySide6.QtCore import QObject

from reluviz.app.main_window import MainWindow
from reluviz.core.census import LOST
from reluviz.core.network import STATUSES
from reluviz.core.neuron_editing import (
    NeuronEdit,
    all_revived,
    with_duplicates,
    with_neuron,
    with_splits,
    without_neurons,
)
from reluviz.core.notation import count_text
from reluviz.core.parameter import all_of_neuron
from reluviz.document.document import Document
from reluviz.document.selection import Selection


class Reshaping(QObject):
    """Joins the actions for single neurons, and the table's, to the document; each is one undo step."""

    def __init__(self, window: MainWindow, document: Document, selection: Selection) -> None:
        super().__init__(window)
        self._panel = window.neurons_panel
        self._status_line = window.status_line
        self._document = document
        self._selection = selection
        actions = window.actions_
        actions["add_neuron"].triggered.connect(self.add)
        actions["remove_neuron"].triggered.connect(self.remove)
        actions["duplicate_neuron"].triggered.connect(self.duplicate)
        actions["split_neuron"].triggered.connect(self.split)
        actions["revive_neurons"].triggered.connect(self.revive)
        self._panel.deed_requested.connect(self._do)
        self._panel.revive_requested.connect(self.revive)

    def add(self) -> None:
        """One neuron more, which changes nothing yet."""
        try:
            edit = with_neuron(self._document.network, *self._domain)
        except ValueError as error:
            self._status_line.warn(f"No neuron added: {error}")
            return
        self._apply(edit, f"add neuron {edit.network.neurons}", edit.network.neurons - 1)
        self._status_line.say("The new neuron has w = 0: drag its ● up or down, or train")

    def remove(self) -> None:
        self._do("remove", self._chosen("remove"))

    def duplicate(self) -> None:
        self._do("duplicate", self._chosen("duplicate"))

    def split(self) -> None:
        self._do("split", self._chosen("split"))

    def revive(self) -> None:
        """Bring all dead and constant neurons back, or say that there are none."""
        self._revive(range(self._document.network.neurons))

    def _do(self, deed: str, neurons: tuple[int, ...]) -> None:
        """Remove, duplicate, split or revive `neurons`, as far as they exist."""
        network = self._document.network
        neurons = tuple(neuron for neuron in neurons if neuron < network.neurons)
        if not neurons:
            return
        if deed == "revive":
            self._revive(neurons)
            return
        try:
            match deed:
                case "remove":
                    edit = without_neurons(network, neurons)
                    then_selected = min(neurons[0], edit.network.neurons - 1)
                case "duplicate":
                    edit, then_selected = with_duplicates(network, neurons), network.neurons
                case _:
                    edit, then_selected = with_splits(network, neurons, *self._domain), neurons[0]
        except ValueError as error:
            self._status_line.warn(f"{'Not removed' if deed == 'remove' else 'Not done'}: {error}")
            return
        self._apply(edit, f"{deed} {_named(neurons)}", then_selected)

    def _revive(self, neurons: Iterable[int]) -> None:
        network, (low, high) = self._document.network, self._domain
        locks = self._document.state.locks.locked
        is_lost = np.isin(network.status_codes(low, high), [STATUSES.index(status) for status in LOST])
        lost = [j for j in neurons if is_lost[j]]
        free = [j for j in lost if not locks or locks.isdisjoint(all_of_neuron(j))]
        if not free:
            why = "the dead neurons are locked" if lost else "no neuron is dead or constant"
            self._status_line.say(f"Nothing to revive: {why}")
            return
        names = _named(free)
        self._document.edit(f"revive {names}", network=all_revived(network, free, low, high))
        self._status_line.say(f"Revived {names}: w = 0, ready to learn")

    def _apply(self, edit: NeuronEdit, text: str, then_selected: int) -> None:
        state, start, picture = self._document.state, self._document.start, self._document.picture
        first, _ = start.begin(*self._domain)
        # Reset goes back to a start of the same size.
        start = start.given(edit.applied(first) if first.neurons == self._document.network.neurons else edit.network)
        self._document.edit(text, network=edit.network, start=start, locks=edit.locks(state.locks))
        self._document.set_picture(edit.picture(picture))
        self._selection.select(then_selected)

    def _chosen(self, deed: str) -> tuple[int, ...]:
        """The selected neurons; says what to do where there is none."""
        selected, rows = self._selection.selected, self._panel.selected_neurons()
        if selected is None:
            self._status_line.say(f"To {deed} a neuron, select it first: click its ray or its row")
            return ()
        return rows if selected in rows else (selected,)

    @property
    def _domain(self) -> tuple[float, float]:
        return self._document.state.target.low, self._document.state.target.high


def _named(neurons: Collection[int]) -> str:
    return f"neuron {next(iter(neurons)) + 1}" if len(neurons) == 1 else f"{count_text(len(neurons))} neurons"
