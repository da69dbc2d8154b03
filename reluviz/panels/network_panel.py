"""The network panel: how many neurons, which activation, and where training starts."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QWidget

from reluviz.core.activation import ACTIVATIONS, Activation
from reluviz.core.initializer import INITIALIZERS
from reluviz.core.network import MAX_NEURONS
from reluviz.core.seed import MAX_SEED
from reluviz.core.start import Start
from reluviz.panels.controls import Button, Choice
from reluviz.panels.number_edit import CountEdit
from reluviz.panels.section import Section
from reluviz.panels.transport_keys import NEW_INITIALIZATION_KEY, with_key


class NetworkPanel(Section):
    """The network's shape and start. `show_…` is silent; the signals are the user's doing."""

    neurons_edited = Signal(int)
    activation_edited = Signal(object)  # Activation
    initializer_edited = Signal(str)
    seed_edited = Signal(object)  # int; object because Qt's int has 32 bits, one too few for seeds
    new_initialization_requested = Signal()
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Network", parent)
        self.neurons = CountEdit("neurons", 1, MAX_NEURONS)
        self.activation = Choice("Activation")
        self._has_own_activation = False
        for activation in ACTIVATIONS.values():
            self.activation.offer(activation.label, activation)
        self.initializer = Choice("Initializer")
        for name in INITIALIZERS:
            self.initializer.offer(name, name)
        self.seed = CountEdit("seed", 0, MAX_SEED)
        self.new_initialization = Button("New &initialization")
        self.add_field("Ne&urons", self.neurons, "How many hidden neurons; those that stay keep their parameters")
        self.add_field("&Activation", self.activation, "The activation function f of the hidden neurons")
        self.add_field("Initiali&zer", self.initializer, "How the start's parameters are drawn")
        self.add_field("&Seed", self.seed, "The random generator's seed: the same seed draws the same start")
        self.add_row(
            self.new_initialization, with_key("Draw new parameters, with the next seed", NEW_INITIALIZATION_KEY)
        )
        self.show_start(Start())
        self.neurons.edited.connect(self._edit_neurons)
        self.activation.chosen.connect(self.activation_edited)
        self.initializer.chosen.connect(self._choose_initializer)
        self.seed.edited.connect(self.seed_edited)
        self.new_initialization.clicked.connect(self._request)
        self.neurons.refused.connect(self.refused)
        self.seed.refused.connect(self.refused)

    def show_start(self, start: Start) -> None:
        """Shows what a run starts from."""
        self.neurons.set_value(start.neurons)
        self._show_activation(start.activation)
        self.initializer.show_value(start.initializer)
        self.seed.set_value(start.seed)

    def _show_activation(self, activation: Activation) -> None:
        if self._has_own_activation:
            self.activation.withdraw_last()
        # A leaky ReLU of another slope, say, that a document brings along.
        self._has_own_activation = activation not in ACTIVATIONS.values()
        if self._has_own_activation:
            self.activation.offer(activation.label, activation)
        self.activation.show_value(activation)

    def set_icons(self, icons: Mapping[str, QIcon]) -> None:
        """Takes the icon `dice`."""
        side = self.fontMetrics().height()
        self.new_initialization.setIconSize(QSize(side, side))
        self.new_initialization.setIcon(icons["dice"])

    def _edit_neurons(self, neurons: int) -> None:
        self.neurons_edited.emit(neurons)

    def _choose_initializer(self, name: str) -> None:
        self.initializer_edited.emit(name)

    def _request(self) -> None:
        self.new_initialization_requested.emit()
