"""What happens when: the only place where document, training, plot and panels meet."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject

from reluviz.app.display_clock import DisplayClock, FrameRate
from reluviz.app.editing import Editing
from reluviz.app.main_window import MainWindow
from reluviz.app.playback import Playback
from reluviz.core.data_target import DataTarget
from reluviz.core.loss import LOSSES
from reluviz.core.network import Status
from reluviz.core.training_text import LOSS_TITLES
from reluviz.document.document import Document
from reluviz.document.opened import OpenedDocument
from reluviz.document.selection import Selection
from reluviz.document.state import State, opened_state

_ALL_DEAD = (
    "All neurons are dead: no sample reaches them, so only b₀ can learn. "
    "Drag a kink back into the domain, or start anew (Ctrl+Shift+R)."
)
HINT = "Space trains; drag ◆ ● ▲ ■; F1 shows all keys."


class Wiring(QObject):
    """Joins one window, document and training; has no state of its own but what is due to be shown."""

    def __init__(
        self, window: MainWindow, document: Document, playback: Playback, editing: Editing, clock: DisplayClock
    ) -> None:
        super().__init__(window)
        self.selection = Selection(self)
        self._window = window
        self._document = document
        self._playback = playback
        self._editing = editing
        self._frame_rate = FrameRate()
        self._numbers_due = True
        self._all_dead = False
        self._network_fields: tuple[object, ...] = ()
        self._look_at, self._looked_at = "", document.state
        self._join_clock(clock)
        self._join_document()
        self._join_plot()
        self._join_panels()
        self._join_transport()
        self._on_opened()
        self._on_frame_changed()

    def _join_clock(self, clock: DisplayClock) -> None:
        clock.tick.connect(self._playback.on_tick)
        clock.numbers_tick.connect(self._on_numbers_tick)
        clock.curves_tick.connect(self._on_curves_tick)

    def _join_document(self) -> None:
        self._document.opened.connect(self._on_opened)
        self._document.state_changed.connect(self._on_state_changed)
        self._document.frame_changed.connect(self._on_frame_changed)
        self.selection.changed.connect(self._on_selection_changed)

    def _join_plot(self) -> None:
        plot, editing = self._window.plot, self._editing
        plot.neuron_hovered.connect(self.selection.hover)
        plot.neuron_selected.connect(self.selection.select)
        plot.drag_started.connect(editing.start_drag)
        plot.dragged.connect(editing.drag)
        plot.turned.connect(editing.drag_together)
        plot.drag_finished.connect(editing.finish_drag)
        plot.drag_cancelled.connect(editing.cancel_drag)
        plot.corner_drag_started.connect(editing.start_corner_drag)
        plot.corner_dragged.connect(editing.drag_corner)
        plot.corner_drag_finished.connect(editing.finish_corner_drag)
        plot.corner_drag_cancelled.connect(editing.cancel_drag)
        editing.corner_held_by.connect(plot.set_corner_held_by)

    def _join_panels(self) -> None:
        window, editing = self._window, self._editing
        window.neurons_panel.neuron_hovered.connect(self.selection.hover)
        window.neurons_panel.neuron_selected.connect(self.selection.select)
        window.neurons_panel.parameter_edited.connect(editing.set_parameter)
        window.target_panel.target_edited.connect(editing.set_target)
        window.target_panel.axes.edited.connect(editing.set_axes)
        window.target_panel.samples_edited.connect(editing.set_samples)
        window.target_panel.sampling_fields.sampling_wished.connect(editing.change_sampling)
        window.network_panel.neurons_edited.connect(editing.set_neurons)
        window.network_panel.activation_edited.connect(editing.set_activation)
        window.network_panel.initializer_edited.connect(editing.set_initializer)
        window.network_panel.seed_edited.connect(editing.set_seed)
        window.network_panel.new_initialization_requested.connect(editing.new_initialization)
        window.training_panel.settings_edited.connect(editing.set_settings)
        for panel in (window.neurons_panel, window.target_panel, window.network_panel, window.training_panel):
            panel.refused.connect(window.status_line.warn)
        editing.refused.connect(self._on_refused)
        editing.noted.connect(window.status_line.say)

    def _join_transport(self) -> None:
        transport = self._window.transport
        transport.play_toggled.connect(self._playback.set_playing)
        transport.steps_requested.connect(self._playback.make_steps)
        transport.reset_requested.connect(self._editing.reset)
        transport.speed_changed.connect(self._playback.set_speed)
        self._playback.running_changed.connect(self._on_running_changed)
        self._playback.said.connect(self._window.status_line.say)
        self._playback.held.connect(self._window.status_line.hold)
        self._playback.unsaid.connect(self._window.status_line.unsay)
        self._playback.warned.connect(self._window.status_line.warn)

    def _on_running_changed(self) -> None:
        if self._playback.is_running:
            self._window.status_line.outdate()
        self._show_progress()

    def open(self, document: OpenedDocument) -> None:
        """Show another document; training rests at its present step."""
        self._playback.set_playing(False)
        self.selection.select(None)
        state = opened_state(document)
        self._look_at, self._looked_at = document.look_at, state
        self._document.open(state, document.title, document.picture, document.timeline, document.kept)
        self._window.transport.set_speed(document.speed)
        self._playback.set_speed(document.speed)
        self._window.plot.fit_soon()

    def _on_opened(self) -> None:
        state = self._document.state
        self._window.drop_typing()
        self._window.target_panel.forget_own()
        self._window.neurons_panel.set_filter(None)
        self._window.status_line.outdate()
        self._show_state(state, state)
        self._playback.follow(state, placed=True, timeline=self._document.timeline)

    def _on_state_changed(self, old: State, new: State, placed: bool) -> None:
        if placed or new.step == old.step:
            # Training that comes to rest changes nothing that is spoken of.
            self._window.status_line.outdate()
        self._show_state(old, new)
        if placed:
            moved = new.network is not old.network or new.step != old.step
            self._playback.follow(new, moved)
            locked = new.locks.below(new.network.neurons).locked - old.locks.locked
            if locked and not moved:
                # A lock holds the value that was seen when it was set, though training has gone on since.
                self._playback.release({parameter: new.network[parameter] for parameter in locked})

    def _show_state(self, old: State, new: State) -> None:
        window = self._window
        if old is new or new.target is not old.target:
            window.plot.set_domain(new.target.low, new.target.high)
            drawn = new.target.cloud if isinstance(new.target, DataTarget) else new.target.polyline()
            window.plot.set_target(drawn, new.target.label)
        window.plot.set_axis_names(new.axes)
        window.target_panel.show_target(new.target, new.sampling)
        window.target_panel.show_axes(new.axes)
        self._network_fields = ()
        self._show_network_fields()
        self._show_hint()
        window.training_panel.show_settings(new.settings, new.sampling.trained(new.target))
        loss = LOSSES[new.settings.loss]
        window.loss_plot.set_loss(LOSS_TITLES[loss.name])
        window.transport.set_loss(LOSS_TITLES[loss.name], loss.label)
        window.plot.set_locked(new.locks.locked)
        window.neurons_panel.set_locked(new.locks)
        self.selection.keep_below(new.network.neurons)
        self._numbers_due = True

    def _show_hint(self) -> None:
        """What to look at is said of the target and the start that the document was opened with."""
        state, opened = self._document.state, self._looked_at
        holds = state.target == opened.target and state.start.same_as(opened.start)
        self._window.status_line.set_hint(f"{self._look_at if holds else ''} {HINT}".strip())

    def _show_network_fields(self) -> None:
        """Of a recorded moment they say what its network was, and how its run began."""
        document = self._document
        start, network = document.start, document.network
        fields = start, network.neurons, network.activation
        if fields != self._network_fields:
            self._network_fields = fields
            self._window.network_panel.show_start(
                replace(start, network=None, neurons=network.neurons, activation=network.activation),
                is_given=start.network is not None,
            )

    def _on_frame_changed(self) -> None:
        # A recorded network may have fewer neurons than the present one.
        self.selection.keep_below(self._document.network.neurons)
        self._show_network_fields()
        self._window.plot.show_network(self._document.network)
        self._numbers_due = True

    def _on_numbers_tick(self) -> None:
        if self._numbers_due:
            self._numbers_due = False
            self._show_numbers()

    def _on_curves_tick(self) -> None:
        rate = self._frame_rate.update(self._window.plot.repaints)
        # At rest the plot is painted when something changes: that is no rate.
        self._window.transport.show_fps(rate if self._document.frame.running else 0.0)

    def _show_numbers(self) -> None:
        target = self._document.state.target
        network = self._document.network
        self._window.neurons_panel.show_network(network, target.low, target.high)
        self._show_progress()
        census = self._window.neurons_panel.census
        # A construction begins with rays that are off: it matters once nothing else can bring them back.
        is_stuck = self._playback.is_running or self._window.build_bar.isHidden()
        all_dead = is_stuck and census is not None and census.counts[Status.DEAD] == network.neurons
        if all_dead and not self._all_dead:
            self._window.status_line.warn(_ALL_DEAD)
        elif self._all_dead and not all_dead:
            self._window.status_line.unsay(_ALL_DEAD)
        self._all_dead = all_dead

    def _show_progress(self) -> None:
        frame, running = self._document.frame, self._playback.is_running
        preparing = self._playback.is_preparing
        state = "preparing…" if preparing else "recorded" if self._document.shows_past else ""
        self._window.transport.show_progress(
            frame.step,
            frame.epoch,
            frame.loss,
            frame.steps_per_second,
            running,
            validation_loss=frame.validation_loss,
            state=state,
            waiting=preparing and running,
        )
        self._window.loss_plot.set_waiting(preparing and running)
        self._window.actions_["play"].setText("&Pause" if running else "&Play")

    def _on_selection_changed(self) -> None:
        self._window.plot.set_highlight(self.selection.selected, self.selection.hovered)
        self._window.neurons_panel.set_highlight(self.selection.selected, self.selection.hovered)

    def _on_refused(self, message: str) -> None:
        """Say why an edit is not taken over, and show what holds instead."""
        self._window.status_line.warn(message)
        self._show_state(self._document.state, self._document.state)
