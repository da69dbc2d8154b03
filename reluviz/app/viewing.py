"""What is drawn: rays or partial sums, which neurons, the output, the residual."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, QTimer

from reluviz.app.main_window import MainWindow
from reluviz.core.network import Network
from reluviz.core.ordering import order_of
from reluviz.core.picture import Order, Picture, Rays
from reluviz.core.sum_sentence import sum_sentence
from reluviz.document.document import Document
from reluviz.document.selection import Selection

_VIEWS = {"scaled_rays": Rays.SCALED, "raw_rays": Rays.RAW, "partial_sums": Rays.PARTIAL_SUMS}
# Between two sentences while the network changes: they are to be read.
_SENTENCE_MILLISECONDS = 150


class Viewing(QObject):
    """Joins the view's actions, the table's discs and the bar of the partial sums to the document's picture.

    None of it changes the network, and none of it is an undo step.
    """

    def __init__(self, window: MainWindow, document: Document, selection: Selection) -> None:
        super().__init__(window)
        self._window = window
        self._bar = window.sums_bar
        self._document = document
        self._selection = selection
        self._sentence_due = QTimer(self)
        self._sentence_due.setSingleShot(True)
        self._sentence_due.setInterval(_SENTENCE_MILLISECONDS)
        self._sentence_due.timeout.connect(self._show_sentence)
        self._join_actions()
        self._bar.back_requested.connect(self.back)
        self._bar.forward_requested.connect(self.forward)
        self._bar.order_edited.connect(self.set_order)
        self._bar.close_requested.connect(self.leave_partial_sums)
        window.neurons_panel.picture_edited.connect(document.set_picture)
        document.picture_changed.connect(self._show)
        document.frame_changed.connect(self._on_frame_changed)
        selection.changed.connect(self._show_actions)
        self._show()

    def _join_actions(self) -> None:
        actions = self._window.actions_
        for name in _VIEWS:
            actions[name].triggered.connect(self._on_view)
        actions["sum_back"].triggered.connect(self.back)
        actions["sum_forward"].triggered.connect(self.forward)
        actions["hide"].triggered.connect(self.hide_selected)
        actions["solo"].triggered.connect(self.solo_selected)
        actions["show_all"].triggered.connect(self.show_all)
        actions["output"].triggered.connect(self.set_output)
        actions["residual"].triggered.connect(self.set_residual)

    @property
    def _picture(self) -> Picture:
        return self._document.picture

    @property
    def _network(self) -> Network:
        return self._document.network

    def set_rays(self, rays: Rays) -> None:
        """Partial sums begin with the whole one."""
        added = self._picture.added if rays is self._picture.rays else None
        self._document.set_picture(replace(self._picture, rays=rays, added=added))

    def leave_partial_sums(self) -> None:
        """Back to the scaled rays, from the partial sums alone."""
        if self._picture.rays is Rays.PARTIAL_SUMS:
            self.set_rays(Rays.SCALED)

    def set_order(self, order: Order) -> None:
        self._document.set_picture(replace(self._picture, order=order))

    def back(self) -> None:
        self._step(-1)

    def forward(self) -> None:
        self._step(1)

    def _step(self, by: int) -> None:
        """Round and round: after the whole sum comes b0 alone, so that a presenter's one button leads through all."""
        if self._picture.rays is Rays.PARTIAL_SUMS:
            added = (self._added + by) % (self._network.neurons + 1)
            self._document.set_picture(replace(self._picture, added=added))

    @property
    def _added(self) -> int:
        neurons = self._network.neurons
        return neurons if self._picture.added is None else min(self._picture.added, neurons)

    def hide_selected(self) -> None:
        """Hide the selected neuron, or show it again."""
        selected = self._selection.selected
        if selected is None:
            self._ask_for_neuron("H hides")
        else:
            self._document.set_picture(self._picture.hide_toggled(selected, self._network.neurons))
        self._show_actions()

    def solo_selected(self) -> None:
        """Show the selected neuron alone, or the others again; without a selection whatever solo there is ends."""
        solo, selected = self._picture.solo, self._selection.selected
        neuron = solo if selected is None else selected
        if neuron is None:
            self._ask_for_neuron("S shows")
        else:
            self._document.set_picture(self._picture.solo_toggled(neuron))
        self._show_actions()

    def _ask_for_neuron(self, does: str) -> None:
        alone = " alone" if does.startswith("S") else ""
        self._window.status_line.say(f"Select a neuron first, by a click on its ray or its row; {does} it{alone} then")

    def show_all(self) -> None:
        self._document.set_picture(self._picture.all_shown())

    def set_output(self, shown: bool) -> None:
        self._document.set_picture(replace(self._picture, output=shown))

    def set_residual(self, shown: bool) -> None:
        self._document.set_picture(replace(self._picture, residual=shown))

    def _on_view(self) -> None:
        name = next(name for name in _VIEWS if self._window.actions_[name] is self.sender())
        self.set_rays(_VIEWS[name])

    def _show(self) -> None:
        picture = self._picture
        self._window.plot.set_picture(picture)
        self._window.neurons_panel.set_picture(picture)
        self._show_actions()
        if picture.rays is Rays.PARTIAL_SUMS:
            self._show_sentence()
            self._window.bars.open(self._bar)
        else:
            self._bar.hide()

    def _show_actions(self) -> None:
        actions, picture, selected = self._window.actions_, self._picture, self._selection.selected
        for name, rays in _VIEWS.items():
            actions[name].setChecked(picture.rays is rays)
        for name in ("sum_back", "sum_forward"):
            actions[name].setEnabled(picture.rays is Rays.PARTIAL_SUMS)
        actions["hide"].setChecked(selected is not None and not picture.shows(selected))
        actions["solo"].setChecked(picture.solo is not None and selected in (None, picture.solo))
        actions["show_all"].setEnabled(not picture.shows_all)
        actions["output"].setChecked(picture.output)
        actions["residual"].setChecked(picture.residual)

    def _on_frame_changed(self) -> None:
        if self._picture.rays is Rays.PARTIAL_SUMS and not self._sentence_due.isActive():
            self._sentence_due.start()

    def _show_sentence(self) -> None:
        network, target, order = self._network, self._document.state.target, self._picture.order
        neurons = order_of(network, order).tolist()
        sentence = sum_sentence(network, neurons, self._added, target.low, target.high)
        self._bar.show_sum(order, sentence, is_whole=self._added == network.neurons)
