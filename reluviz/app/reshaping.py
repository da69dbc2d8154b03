"""Single neurons more, fewer or alive again, also while training goes on."""

from __future__ import annotations

from PySide6.QtCore import QObject

from reluviz.app.main_window import MainWindow
from reluviz.core.network import Status
from reluviz.core.neuron_editing import NeuronEdit, revived, with_duplicate, with_neuron, with_split, without_neuron
from reluviz.core.notation import count_text
from reluviz.core.parameter import all_of_neuron
from reluviz.document.document import Document
from reluviz.document.selection import Selection

_NEEDS_REVIVAL = (Status.DEAD, Status.CONSTANT)


class Reshaping(QObject):
    """Joins the actions for single neurons to the document; each is one undo step."""

    def __init__(self, window: MainWindow, document: Document, selection: Selection) -> None:
        super().__init__(window)
        self._status_line = window.status_line
        self._document = document
        self._selection = selection
        actions = window.actions_
        actions["add_neuron"].triggered.connect(self.add)
        actions["remove_neuron"].triggered.connect(self.remove)
        actions["duplicate_neuron"].triggered.connect(self.duplicate)
        actions["split_neuron"].triggered.connect(self.split)
        actions["revive_neurons"].triggered.connect(self.revive)

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
        neuron = self._chosen("remove")
        if neuron is None:
            return
        try:
            edit = without_neuron(self._document.network, neuron)
        except ValueError as error:
            self._status_line.warn(f"Not removed: {error}")
            return
        self._apply(edit, f"remove neuron {neuron + 1}", min(neuron, edit.network.neurons - 1))

    def duplicate(self) -> None:
        neuron = self._chosen("duplicate")
        if neuron is not None:
            self._grow("duplicate", neuron, neuron + 1)

    def split(self) -> None:
        neuron = self._chosen("split")
        if neuron is not None:
            self._grow("split", neuron, neuron)

    def revive(self) -> None:
        """Bring all dead and constant neurons back, or say that there are none."""
        network, (low, high) = self._document.network, self._domain
        status = network.status(low, high)
        locks = self._document.state.locks.locked
        lost = [j for j, word in enumerate(status) if word in _NEEDS_REVIVAL]
        free = [j for j in lost if locks.isdisjoint(all_of_neuron(j))]
        if not free:
            why = "the dead neurons are locked" if lost else "no neuron is dead or constant"
            self._status_line.say(f"Nothing to revive: {why}")
            return
        for neuron in free:
            network = revived(network, neuron, low, high)
        names = f"neuron {free[0] + 1}" if len(free) == 1 else f"{count_text(len(free))} neurons"
        self._document.edit(f"revive {names}", network=network)
        self._status_line.say(f"Revived {names}: w = 0, ready to learn")

    def _grow(self, text: str, neuron: int, then_selected: int) -> None:
        network = self._document.network
        try:
            edit = (
                with_duplicate(network, neuron) if text == "duplicate" else with_split(network, neuron, *self._domain)
            )
        except ValueError as error:
            self._status_line.warn(f"Not done: {error}")
            return
        self._apply(edit, f"{text} neuron {neuron + 1}", then_selected)

    def _apply(self, edit: NeuronEdit, text: str, then_selected: int) -> None:
        state, picture = self._document.state, self._document.picture
        first, _ = state.start.begin(*self._domain)
        # Reset goes back to a start of the same size.
        start = state.start.given(
            edit.applied(first) if first.neurons == self._document.network.neurons else edit.network
        )
        self._document.edit(text, network=edit.network, start=start, locks=edit.locks(state.locks))
        self._document.set_picture(edit.picture(picture))
        self._selection.select(then_selected)

    def _chosen(self, deed: str) -> int | None:
        """The selected neuron; says what to do where there is none."""
        if self._selection.selected is None:
            self._status_line.say(f"To {deed} a neuron, select it first: click its ray or its row")
        return self._selection.selected

    @property
    def _domain(self) -> tuple[float, float]:
        return self._document.state.target.low, self._document.state.target.high
