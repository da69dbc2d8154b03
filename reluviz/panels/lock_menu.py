"""The context menu of a neuron in the table: locking its parameters."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from reluviz.core.notation import parameter_text
from reluviz.core.parameter import Locks, Parameter, all_of_neuron


class LockMenu(QMenu):
    """Offers to lock what is unlocked and to unlock what is locked. `locks_edited` is the user's doing."""

    locks_edited = Signal(object, bool)  # a tuple of Parameters, whether they are to be locked

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.triggered.connect(self._choose)

    def offer(self, parameter: Parameter | None, neuron: int, locks: Locks) -> None:
        """The entries for a cell with `parameter` (None where it holds none) in the row of `neuron`, from 0."""
        self.clear()
        if parameter is not None:
            self._add(parameter_text(parameter), (parameter,), parameter not in locks.locked)
        whole = all_of_neuron(neuron)
        if not locks.locked.issuperset(whole):
            self._add(f"neuron {neuron + 1}", whole, True)
        if not locks.locked.isdisjoint(whole):
            self._add(f"neuron {neuron + 1}", whole, False)

    def _add(self, name: str, parameters: Collection[Parameter], lock: bool) -> None:
        self.addAction(f"{'Lock' if lock else 'Unlock'} {name}").setData((tuple(parameters), lock))

    def _choose(self, action: QAction) -> None:
        self.locks_edited.emit(*action.data())
