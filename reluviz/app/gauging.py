"""The gauge: v and w of the selected neuron are exchanged, and the plot shows that nothing moves."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from reluviz.app.editing import Editing
from reluviz.app.main_window import MainWindow
from reluviz.core.exchange import exchange_text, present_text
from reluviz.core.gauge import gauge_refusal, regauged
from reluviz.core.network import Network
from reluviz.core.notation import parameter_text
from reluviz.core.parameter import Kind, Parameter
from reluviz.document.document import Document
from reluviz.document.selection import Selection

# Training changes the numbers many times a second; they are read a few times.
_PAUSE_MILLISECONDS = 120


class Gauging(QObject):
    """Joins the gauge control to the document: while the slider is held it is a gesture, one undo step."""

    def __init__(self, window: MainWindow, document: Document, editing: Editing, selection: Selection) -> None:
        super().__init__(window)
        self._control = window.neurons_panel.gauge
        self._status_line = window.status_line
        self._document = document
        self._editing = editing
        self._selection = selection
        self._neuron: int | None = None
        self._before: Network | None = None
        self._done: tuple[str, tuple[float, ...]] | None = None
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_PAUSE_MILLISECONDS)
        self._later.timeout.connect(self._show)
        control = self._control
        control.started.connect(self._start)
        control.factor_moved.connect(self._move)
        control.finished.connect(self._finish)
        control.cancelled.connect(self._cancel)
        control.normalize_requested.connect(self.normalize)
        selection.changed.connect(self._on_selection_changed)
        document.opened.connect(self._drop)
        document.state_changed.connect(self._drop)
        document.frame_changed.connect(self._show_later)
        self._show()

    def normalize(self) -> None:
        """Make the selected neuron's v 1 or −1, as one undo step."""
        self._start()
        if self._before is None or self._neuron is None:
            return
        v = self._before[Parameter(Kind.HIDDEN_WEIGHT, self._neuron)]
        if v == 0.0:
            self._cancel()
            name = parameter_text(Parameter(Kind.HIDDEN_WEIGHT, self._neuron))
            self._status_line.warn(f"{name} is 0: no factor makes it 1")
            return
        self._move(1.0 / abs(v))
        self._finish()

    def _start(self) -> None:
        neuron = self._selection.selected
        if neuron is None or gauge_refusal(self._document.network, neuron, self._document.state.locks):
            return
        self._editing.start_drag(Parameter(Kind.HIDDEN_WEIGHT, neuron))
        self._neuron, self._before = neuron, self._document.network

    def _move(self, factor: float) -> None:
        before, neuron = self._before, self._neuron
        if before is None or neuron is None:
            return
        try:
            values = regauged(before, neuron, factor, self._document.state.locks)
        except ValueError as error:
            self._status_line.warn(f"Not exchanged: {error}")
            return
        self._editing.drag_together(values)
        target = self._document.state.target
        text = exchange_text(before, before.with_values(values), neuron, target.low, target.high)
        self._done = text, self._values_of(neuron)
        self._control.show_text(text)

    def _finish(self) -> None:
        neuron, was_held = self._neuron, self._before is not None
        self._before = None
        if neuron is not None and was_held:
            v, w = Parameter(Kind.HIDDEN_WEIGHT, neuron), Parameter(Kind.OUTPUT_WEIGHT, neuron)
            self._editing.finish(f"exchange {parameter_text(v)} and {parameter_text(w)}")

    def _cancel(self) -> None:
        self._before = None
        self._editing.cancel_drag()
        self._show()

    def _drop(self) -> None:
        """Something else has changed the document: what was held is held no more."""
        if self._before is not None:
            self._before = None
            self._control.slider.let_go()
        self._show_later()

    def _on_selection_changed(self) -> None:
        if self._selection.selected != self._neuron:
            self._show()

    def _show_later(self) -> None:
        if not self._later.isActive():
            self._later.start()

    def _show(self) -> None:
        """The selected neuron as it is, or the exchange it has just been through."""
        neuron, network = self._selection.selected, self._document.network
        if self._before is not None:
            return
        self._neuron = neuron
        if neuron is None or neuron >= network.neurons:
            self._control.show_empty()
            return
        refusal = gauge_refusal(network, neuron, self._document.state.locks)
        if refusal:
            self._control.show_refusal(refusal)
        elif self._done is not None and self._done[1] == self._values_of(neuron):
            self._control.show_text(self._done[0])
        else:
            self._done = None
            self._control.show_text(present_text(network, neuron))

    def _values_of(self, neuron: int) -> tuple[float, ...]:
        network = self._document.network
        kinds = (Kind.HIDDEN_WEIGHT, Kind.HIDDEN_BIAS, Kind.OUTPUT_WEIGHT)
        return (neuron, *(network[Parameter(kind, neuron)] for kind in kinds))
