"""The network panel: how many neurons, which activation, and where training starts."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QWidget

from reluviz.core.activation import ACTIVATIONS, Activation, is_leaky, leaky_relu
from reluviz.core.initializer import INITIALIZERS, check_neurons
from reluviz.core.network import MAX_NEURONS
from reluviz.core.palette import Palette
from reluviz.core.response import responses_text
from reluviz.core.seed import MAX_SEED, check_seed
from reluviz.core.start import Start
from reluviz.panels.activation_picture import ActivationPicture
from reluviz.panels.controls import Button, Choice
from reluviz.panels.fold import Fold
from reluviz.panels.number_edit import CountEdit, NumberEdit
from reluviz.panels.number_text import parsed_number
from reluviz.panels.section import Section
from reluviz.panels.transport_keys import NEW_INITIALIZATION_KEY, with_key

# How each draws the start, n neurons, in the words of its distribution.
INITIALIZER_TEXTS = {
    "gaussian": ("Gaussian", "v and w standard normal, b = 0: all kinks start at x = 0, as in the tutorials"),
    "pytorch": ("PyTorch", "PyTorch's default: v and b uniform in ±1, w and b₀ uniform in ±1/√n"),
    "glorot": ("Glorot", "Glorot and Bengio: v and w uniform in ±√(6/(1 + n)), b = 0; made for tanh and sigmoid"),
    "he": ("He", "He et al.: v normal with variance 2, w with 2/n, b = 0; made for ReLU"),
    "even": ("even kinks", "Kinks evenly spaced over the domain, v = 1, w normal with deviation 1/n"),
}
_OF_A_MOMENT = "While a recorded moment is on show, this is what it had"
_GIVEN_TIP = (
    "Reset goes back to the network that this run was given (built, pasted, resized), not to draws of {label}. "
    "Choose {label} to draw a start"
)
_SLOPE_TIP = "The slope left of the kink, from −1 to 1; 0.01 is PyTorch's default"


class SlopeEdit(NumberEdit):
    """The slope of a leaky ReLU below 0; what the activation refuses is refused in its words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("slope", -1.0, 1.0, parent=parent, is_setting=True)

    def _parsed(self, text: str) -> float:
        return leaky_relu(parsed_number(text)).line_slope


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
        self.neurons = CountEdit("neurons", 1, MAX_NEURONS, check=check_neurons)
        self.activation = Choice("Activation")
        for activation in ACTIVATIONS.values():
            self.activation.offer(activation.label, activation, responses_text(activation))
        self.slope = SlopeEdit()
        self.slope.set_value(leaky_relu().line_slope)
        self.picture = ActivationPicture()
        self.initializer = Choice("Initializer")
        for name in INITIALIZERS:
            label, tip = INITIALIZER_TEXTS[name]
            self.initializer.offer(label, name, tip)
        self.seed = CountEdit("seed", 0, MAX_SEED, check=check_seed)
        self.new_initialization = Button("New &initialization")
        self.add_field(
            "Ne&urons", self.neurons, f"How many hidden neurons; those that stay keep their parameters. {_OF_A_MOMENT}"
        )
        self.add_field(
            "&Activation",
            self.activation,
            f"The activation function f of the hidden neurons; the parameters stay. {_OF_A_MOMENT}",
        )
        self._slope_label = self.add_field("Slope", self.slope, _SLOPE_TIP)
        self.curve = Fold("activation_curve", "Curve", "The activation function f, and where it responds")
        self.curve.fields.add_row(self.picture)
        self.add_row(self.curve)
        self.add_field("Initiali&zer", self.initializer, "How the start's parameters are drawn")
        self.add_field("&Seed", self.seed, "The random generator's seed: the same seed draws the same start")
        self.add_row(
            self.new_initialization, with_key("Draw new parameters, with the next seed", NEW_INITIALIZATION_KEY)
        )
        self.show_start(Start())
        self.neurons.edited.connect(self._edit_neurons)
        self.activation.chosen.connect(self._choose_activation)
        self.slope.edited.connect(self._edit_slope)
        self.initializer.chosen.connect(self._choose_initializer)
        self.seed.edited.connect(self.seed_edited)
        self.new_initialization.clicked.connect(self._request)
        for field in (self.neurons, self.slope, self.seed):
            field.refused.connect(self.refused)

    def show_start(self, start: Start, is_given: bool = False) -> None:
        """Shows what a run starts from: the initializer's draws, or a network that `is_given`."""
        self.neurons.set_value(start.neurons)
        self._show_activation(start.activation)
        label, tip = INITIALIZER_TEXTS[start.initializer]
        self.initializer.setPlaceholderText("given network" if is_given else "")
        if is_given:
            # No entry: so all of them can be chosen.
            self.initializer.setCurrentIndex(-1)
        else:
            self.initializer.show_value(start.initializer)
        self.initializer.setToolTip(_GIVEN_TIP.format(label=label) if is_given else tip)
        self.seed.set_value(start.seed)

    def _show_activation(self, activation: Activation) -> None:
        leaky = is_leaky(activation)
        self.activation.show_value(leaky_relu() if leaky else activation)
        if leaky:
            self.slope.set_value(activation.line_slope)
        self.slope.setVisible(leaky)
        self._slope_label.setVisible(leaky)
        self.picture.show_activation(activation)

    def set_icons(self, icons: Mapping[str, QIcon]) -> None:
        """Takes the icon `dice`."""
        side = self.fontMetrics().height()
        self.new_initialization.setIconSize(QSize(side, side))
        self.new_initialization.setIcon(icons["dice"])

    def set_palette(self, palette: Palette) -> None:
        """Takes the picture's colours from `palette`."""
        self.picture.set_palette(palette)

    def _edit_neurons(self, neurons: int) -> None:
        self.neurons_edited.emit(neurons)

    def _choose_activation(self, activation: Activation) -> None:
        # The slope that was set before comes back with it.
        self.activation_edited.emit(leaky_relu(self.slope.value()) if is_leaky(activation) else activation)

    def _edit_slope(self, slope: float) -> None:
        self.activation_edited.emit(leaky_relu(slope))

    def _choose_initializer(self, name: str) -> None:
        self.initializer_edited.emit(name)

    def _request(self) -> None:
        self.new_initialization_requested.emit()
