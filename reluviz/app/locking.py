"""Locks: which parameters neither hand nor training moves."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QObject

from reluviz.app.main_window import MainWindow
from reluviz.core.notation import count_text, parameter_text
from reluviz.core.parameter import Kind, Locks, Parameter, all_of_kind, all_of_neuron
from reluviz.document.document import Document

_ALL_OF = {
    "lock_hidden_weights": ("all hidden weights", Kind.HIDDEN_WEIGHT),
    "lock_hidden_biases": ("all hidden biases", Kind.HIDDEN_BIAS),
    "lock_output_weights": ("all output weights", Kind.OUTPUT_WEIGHT),
}


class Locking(QObject):
    """Joins the padlocks, the key and the menu of one window to the document's locks."""

    def __init__(self, window: MainWindow, document: Document) -> None:
        super().__init__(window)
        self._window = window
        self._document = document
        window.neurons_panel.locks_edited.connect(self.set_locked)
        actions = window.actions_
        actions["lock"].triggered.connect(self.toggle)
        actions["unlock_all"].triggered.connect(self.unlock_all)
        for name in _ALL_OF:
            actions[name].triggered.connect(self._on_all_of)

    def set_locked(self, parameters: Collection[Parameter], locked: bool) -> None:
        """Lock or unlock `parameters`, as one undo step."""
        self._change(_name_of(parameters), parameters, locked)

    def toggle(self) -> None:
        """Lock what the hand is at: the handle under the mouse, else the current cell. Unlock it if it is locked."""
        parameters = self._at_hand()
        if parameters:
            locked = self._document.state.locks.locked.issuperset(parameters)
            self.set_locked(parameters, not locked)
        else:
            self._window.status_line.say("To lock a parameter, point at its handle or choose its cell first")

    def _at_hand(self) -> tuple[Parameter, ...]:
        window = self._window
        pointed = window.plot.hovered_parameter
        return window.neurons_panel.current_parameters() if pointed is None else (pointed,)

    def unlock_all(self) -> None:
        if self._document.state.locks.locked:
            self._document.edit("unlock all", locks=Locks())

    def _on_all_of(self) -> None:
        name = next(name for name in _ALL_OF if self._window.actions_[name] is self.sender())
        text, kind = _ALL_OF[name]
        self._change(text, all_of_kind(kind, self._document.network.neurons), True)

    def _change(self, name: str, parameters: Collection[Parameter], locked: bool) -> None:
        before = self._document.state.locks
        locks = before.changed(parameters, locked).below(self._document.network.neurons)
        if locks != before:
            self._document.edit(f"{'lock' if locked else 'unlock'} {name}", locks=locks)


def _name_of(parameters: Collection[Parameter]) -> str:
    if len(parameters) == 1:
        return parameter_text(next(iter(parameters)))
    neurons = {parameter.neuron for parameter in parameters}
    if len(neurons) == 1 and set(parameters) == set(all_of_neuron(*neurons)):
        return f"neuron {next(iter(neurons)) + 1}"
    return f"{count_text(len(parameters))} parameters"
