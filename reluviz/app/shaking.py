"""Shake: a bundle of outputs under random changes of one neuron or one parameter. It changes nothing."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from reluviz.app.main_window import MainWindow
from reluviz.core.parameter import OUTPUT_BIAS, Kind, Parameter, all_of_neuron
from reluviz.core.perturbation import Shake
from reluviz.core.shake_sentence import shake_sentence
from reluviz.document.document import Document
from reluviz.document.selection import Selection

_SENTENCE_MILLISECONDS = 100


class Shaking(QObject):
    """Joins the action and the bar to the bundle in the plot. What is shaken follows the selection."""

    def __init__(self, window: MainWindow, document: Document, selection: Selection) -> None:
        super().__init__(window)
        self._window = window
        self._bar = window.shake_bar
        self._bundle = window.plot.bundle
        self._document = document
        self._selection = selection
        self._neuron = 0
        self._kind: Kind | None = None
        self._seed = 1
        # Numbers in the sentence change with every frame, and nobody reads sixty sentences a second.
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_SENTENCE_MILLISECONDS)
        self._later.timeout.connect(self._show_sentence)
        window.actions_["shake"].triggered.connect(self._on_action)
        self._bar.kind_chosen.connect(self._on_kind)
        self._bar.size_edited.connect(self._show)
        self._bar.again_requested.connect(self._again)
        self._bar.refused.connect(window.status_line.warn)
        self._bar.close_requested.connect(self.close)
        selection.changed.connect(self._on_selection_changed)
        document.opened.connect(self.close)
        document.state_changed.connect(self._on_state_changed)
        document.frame_changed.connect(self._on_frame_changed)

    def open(self) -> None:
        """Shake the selected neuron, the first one where none is selected."""
        if self._selection.selected is None:
            self._selection.select(0)
        self._neuron = self._selection.selected or 0
        self._window.bars.open(self._bar)
        self._window.actions_["shake"].setChecked(True)
        self._bar.slider.setFocus()
        self._show()

    def close(self) -> None:
        """No bundle any more."""
        had_focus = self._bar.isAncestorOf(self._window.focusWidget())
        self._later.stop()
        self._bundle.set_shake(None)
        self._window.actions_["shake"].setChecked(False)
        self._bar.hide()
        if had_focus:
            self._window.plot.setFocus()

    @property
    def is_open(self) -> bool:
        return not self._bar.isHidden()

    def _on_action(self, shown: bool) -> None:
        if shown:
            self.open()
        else:
            self.close()

    def _on_kind(self, kind: Kind | None) -> None:
        self._kind = kind
        self._show()

    def _again(self) -> None:
        self._seed += 1
        self._show()

    def _on_selection_changed(self) -> None:
        # A click beside all rays, or on b₀, selects none: the last one goes on being shaken.
        selected = self._selection.selected
        if self.is_open and selected is not None and selected != self._neuron:
            self._neuron = selected
            self._show()

    def _on_state_changed(self) -> None:
        if self.is_open:
            self._show()

    def _on_frame_changed(self) -> None:
        if self.is_open and not self._later.isActive():
            self._later.start()

    def _show(self) -> None:
        self._neuron = min(self._neuron, self._document.network.neurons - 1)
        self._bar.show_neuron(self._neuron, self._kind)
        free = [p for p in self._chosen() if p not in self._document.state.locks.locked]
        self._bundle.set_shake(Shake(frozenset(free), self._bar.size_of_changes(), self._seed))
        self._show_sentence()

    def _show_sentence(self) -> None:
        state, network = self._document.state, self._document.network
        if self._neuron < network.neurons:
            domain = state.target.low, state.target.high
            self._bar.show_sentence(shake_sentence(network, self._chosen(), state.locks, *domain))

    def _chosen(self) -> tuple[Parameter, ...]:
        if self._kind is None:
            return all_of_neuron(self._neuron)
        return (OUTPUT_BIAS if self._kind is Kind.OUTPUT_BIAS else Parameter(self._kind, self._neuron),)
