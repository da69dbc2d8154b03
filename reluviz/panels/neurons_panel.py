"""The right panel: the table of neurons and, below it, the output bias and the selected neuron's gauge."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from reluviz.core.census import Census
from reluviz.core.network import Network, Status
from reluviz.core.notation import count_text
from reluviz.core.palette import Palette
from reluviz.core.parameter import OUTPUT_BIAS, Locks, Parameter
from reluviz.core.picture import Picture
from reluviz.panels.controls import SmallButton
from reluviz.panels.gauge_control import GaugeControl
from reluviz.panels.neuron_table import NeuronTable
from reluviz.panels.number_edit import NumberEdit
from reluviz.panels.parameter_pointer import ParameterPointer
from reluviz.panels.section import MARGIN, SPACING
from reluviz.panels.short_label import ShortLabel
from reluviz.panels.status_counts import StatusCounts

_BIAS_TIP = "Output bias: raises or lowers the whole output"
_LOCKED_TIP = f"{_BIAS_TIP}\nlocked: neither hand nor training moves it"


class NeuronsPanel(QWidget):
    """All parameters of the network. `set_…` and `show_…` are silent; the signals are the user's doing."""

    parameter_edited = Signal(object, float)  # Parameter, its new value
    parameter_nudged = Signal(object, float)  # Parameter, its new value
    locks_edited = Signal(object, bool)  # a tuple of Parameters, whether they are to be locked
    picture_edited = Signal(object)  # Picture: which neurons are to be drawn
    deed_requested = Signal(str, object)  # "remove", "duplicate", "split" or "revive", and a tuple of neurons
    revive_requested = Signal()
    refused = Signal(str)
    neuron_hovered = Signal(object)  # int from 0, or None
    neuron_selected = Signal(object)  # int from 0, or None
    parameter_hovered = Signal(object)  # the Parameter the mouse or the keyboard came to, or None
    editing_started = Signal(object)  # the Parameter whose field takes in values now
    editing_finished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = NeuronTable()
        self.output_bias = NumberEdit("b₀")
        self.output_bias.setToolTip(_BIAS_TIP)
        self.output_bias.setAccessibleName("Output bias b₀")
        self.padlock = SmallButton()
        self.padlock.setCheckable(True)
        self.padlock.setFlat(True)
        self.padlock.setAccessibleName("Lock b₀")
        self._icons = (QIcon(), QIcon())
        self.gauge = GaugeControl()
        self._title = ShortLabel("Neurons", "Neurons")
        self._title.setObjectName("heading")
        self.counts = StatusCounts()
        self.revive = SmallButton("Revive")
        self.revive.setToolTip("Bring the kinks of dead and constant neurons back into the domain, with w = 0")
        label = ShortLabel("&Output bias b₀", "b₀")
        label.setBuddy(self.output_bias)
        label.setToolTip(_BIAS_TIP)
        below = QHBoxLayout()
        below.setSpacing(SPACING)
        below.addWidget(label)
        below.addWidget(self.output_bias)
        below.addWidget(self.padlock)
        below.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, SPACING, MARGIN, SPACING)
        layout.setSpacing(SPACING)
        layout.addLayout(self._title_line())
        layout.addWidget(self.counts)
        layout.addWidget(self.table, 1)
        layout.addLayout(below)
        layout.addWidget(self.gauge)
        self.table.parameter_edited.connect(self.parameter_edited)
        self.table.parameter_nudged.connect(self.parameter_nudged)
        self.table.locks_edited.connect(self.locks_edited)
        self.table.picture_edited.connect(self.picture_edited)
        self.table.deed_requested.connect(self.deed_requested)
        self.table.refused.connect(self.refused)
        self.table.neuron_hovered.connect(self.neuron_hovered)
        self.table.neuron_selected.connect(self.neuron_selected)
        self.output_bias.edited.connect(self._edit_output_bias)
        self.output_bias.refused.connect(self.refused)
        self.padlock.clicked.connect(self._edit_lock)
        pointer = ParameterPointer(self.table, self.output_bias, self)
        pointer.pointed.connect(self.parameter_hovered)
        pointer.editing_started.connect(self.editing_started)
        pointer.editing_finished.connect(self.editing_finished)
        self._dress_padlock()

    def _title_line(self) -> QHBoxLayout:
        self.revive.hide()
        # Room for the button's height, so that nothing moves when it comes.
        self._title.setMinimumHeight(self.revive.sizeHint().height())
        line = QHBoxLayout()
        line.setSpacing(SPACING)
        line.addWidget(self._title)
        line.addStretch(1)
        line.addWidget(self.revive)
        self.counts.filter_chosen.connect(self.set_filter)
        self.revive.clicked.connect(self._request_revival)
        return line

    def show_network(self, network: Network, low: float, high: float) -> None:
        """Shows `network` on the domain [low, high]."""
        self.table.show_network(network, low, high)
        self._show_census(network.neurons)
        self.output_bias.set_value(network.output_bias)

    @property
    def census(self) -> Census | None:
        """What the neurons on show do, None before there are any."""
        return self.table.census

    def _show_census(self, neurons: int) -> None:
        census = self.census
        if census is None:
            return
        title = f"{count_text(neurons)} neurons" if neurons > 1 else "1 neuron"
        self._title.say(title, count_text(neurons))
        self.counts.show_counts(census)
        if self.revive.isHidden() == (census.lost > 0):
            self.revive.setVisible(census.lost > 0)

    def set_filter(self, status: Status | None) -> None:
        """Shows the neurons of one status alone, and the selected one whatever it is; None: all."""
        self.table.set_filter(status)
        self.counts.set_filter(status)

    def selected_neurons(self) -> tuple[int, ...]:
        """The neurons whose rows are selected, ascending."""
        return self.table.selected_neurons()

    def _request_revival(self) -> None:
        self.revive_requested.emit()

    def set_locked(self, locks: Locks) -> None:
        """Shows which parameters are locked; these cannot be edited."""
        self.table.set_locked(locks)
        locked = OUTPUT_BIAS in locks.locked
        self.output_bias.setReadOnly(locked)
        self.output_bias.setToolTip(_LOCKED_TIP if locked else _BIAS_TIP)
        self.padlock.setChecked(locked)
        self._dress_padlock()

    def set_picture(self, picture: Picture) -> None:
        """Shows which neurons are drawn."""
        self.table.set_picture(picture)

    def current_parameters(self) -> tuple[Parameter, ...]:
        """The parameters that a key acts on: of the current cell, or of the selected neurons."""
        return self.table.current_parameters()

    def set_highlight(self, selected: int | None, hovered: int | None) -> None:
        """Selects and highlights neurons (from 0)."""
        self.table.set_highlight(selected, hovered)

    def set_palette(self, palette: Palette) -> None:
        """Takes the neurons' and the badges' colours from `palette`."""
        self.table.set_palette(palette)

    def set_icons(self, icons: Mapping[str, QIcon]) -> None:
        """Takes the icons `padlock` and `padlock_open`."""
        self.table.set_padlock(icons["padlock"])
        self._icons = icons["padlock_open"], icons["padlock"]
        side = self.fontMetrics().ascent() + 2
        self.padlock.setIconSize(QSize(side, side))
        self._dress_padlock()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._title.setMinimumHeight(self.revive.sizeHint().height())

    def _dress_padlock(self) -> None:
        locked = self.padlock.isChecked()
        self.padlock.setIcon(self._icons[locked])
        self.padlock.setToolTip("Unlock b₀" if locked else "Lock b₀: neither hand nor training moves it then")

    def _edit_lock(self, locked: bool) -> None:
        # What is shown follows the document, not the click.
        self.padlock.setChecked(not locked)
        self.locks_edited.emit((OUTPUT_BIAS,), locked)

    def _edit_output_bias(self, value: float) -> None:
        self.parameter_edited.emit(OUTPUT_BIAS, value)
