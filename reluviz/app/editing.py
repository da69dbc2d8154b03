"""What the user's edits do to the document: from handles, the table and the panels."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from PySide6.QtCore import QObject, Signal

from reluviz.app.playback import Playback
from reluviz.app.taking_over import taken_over
from reluviz.core.activation import Activation
from reluviz.core.axis_names import AxisNames
from reluviz.core.initializer import resized
from reluviz.core.notation import count_text, parameter_text, short_text, value_text
from reluviz.core.parameter import Kind, Parameter
from reluviz.core.second_kink import has_second_kink
from reluviz.core.seed import MAX_SEED
from reluviz.core.settings import TrainingSettings
from reluviz.core.start import Start
from reluviz.core.target import Target
from reluviz.core.training_text import Change, change_of, sampling_change
from reluviz.core.vertex_move import move_vertex
from reluviz.document.document import Document
from reluviz.document.edit import NEVER, new_merge_id


class Editing(QObject):
    """Slots for the user's doing. `refused(str)`: why an edit was not taken over; the state before it was kept."""

    refused = Signal(str)
    noted = Signal(str)
    """What an edit has changed beside what was asked for."""
    corner_held_by = Signal(str)
    """What keeps a dragged corner of the output from following the hand, "" where nothing does."""

    def __init__(self, document: Document, playback: Playback, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._playback = playback
        self._corner = 0
        self._corner_neuron: int | None = None
        self._edited_number, self._number_merge_id = "", NEVER

    def start_drag(self, parameter: Parameter) -> None:
        self._document.begin_gesture()

    def drag(self, parameter: Parameter, value: float) -> None:
        if parameter.neuron < self._document.network.neurons and not self._is_locked(parameter):
            self._document.preview({parameter: value})
            self._playback.hold(self._document.held)

    def drag_together(self, values: dict[Parameter, float]) -> None:
        """Several parameters that one hand moves, as a ray that turns about its kink; none of them if one is locked."""
        exist = all(parameter.neuron < self._document.network.neurons for parameter in values)
        if exist and not any(self._is_locked(parameter) for parameter in values):
            self._document.preview(values)
            self._playback.hold(self._document.held)

    def finish_drag(self, parameter: Parameter) -> None:
        if parameter.kind is not Kind.HIDDEN_WEIGHT:
            self.finish(f"drag {parameter_text(parameter)}")
        elif has_second_kink(self._document.network.activation):
            self.finish(f"drag the second kink of neuron {parameter.neuron + 1}")
        else:
            self.finish(f"turn {parameter_text(parameter)}")

    def cancel_drag(self) -> None:
        """Put back what the hand holds, if anything."""
        self._playback.release(self._document.cancel_gesture())

    def set_parameter(self, parameter: Parameter, value: float) -> None:
        """One value typed."""
        self.set_together({parameter: value}, f"set {parameter_text(parameter)} to {value_text(value)}")

    def set_together(self, values: dict[Parameter, float], text: str, merge_id: int = NEVER) -> bool:
        """Several values at once: a gesture of one move, called `text`. False, with a refusal, where one is locked."""
        locked = next((parameter for parameter in values if self._is_locked(parameter)), None)
        if locked is not None:
            self.refused.emit(f"{parameter_text(locked)} is locked")
            return False
        self._document.begin_gesture()
        self._document.preview(values)
        self.finish(text, merge_id)
        return True

    def _is_locked(self, parameter: Parameter) -> bool:
        return parameter in self._document.state.locks.locked

    def finish(self, text: str, merge_id: int = NEVER) -> None:
        """Let go of what the hand holds: an undo step called `text`."""
        held = self._document.held
        self._document.finish_gesture(text, merge_id)
        self._playback.release(held)

    def start_corner_drag(self, corner: int) -> None:
        self._document.begin_gesture()
        low, high = self._domain
        corners = self._document.network.vertices(low, high)
        kinks = np.flatnonzero(self._document.network.kinks == corners[corner, 0])
        self._corner = corner
        # While training runs, other kinks may pass: the corner in the hand is the one of its neuron.
        self._corner_neuron = int(kinks[0]) if 0 < corner < len(corners) - 1 and len(kinks) else None

    def drag_corner(self, x: float, y: float) -> None:
        network, (low, high) = self._document.network, self._domain
        corner = self._corner
        if self._corner_neuron is not None and self._corner_neuron < network.neurons:
            kink = network.kinks[self._corner_neuron]
            corner = int(np.argmin(np.abs(network.vertices(low, high)[:, 0] - kink)))
        try:
            move = move_vertex(network, self._document.state.locks, low, high, corner, (x, y))
        except IndexError:
            return
        self._document.preview(move.values)
        self._playback.hold(self._document.held)
        self.corner_held_by.emit(move.held_by)

    def finish_corner_drag(self) -> None:
        self.finish(f"drag corner {self._corner}")

    def move_corner(self, corner: int, place: tuple[float, float], text: str, merge_id: int) -> None:
        """Bring a corner to a place, or as near as it comes: a gesture of one move."""
        self.start_corner_drag(corner)
        self.drag_corner(*place)
        self.finish(text, merge_id)

    @property
    def _domain(self) -> tuple[float, float]:
        return self._document.state.target.low, self._document.state.target.high

    def set_target(self, target: Target, text: str = "", **changes: Any) -> None:
        """Another target, in an undo step called `text`, with other changes of the state.

        A batch larger than the samples that it has becomes the full batch; where kinks are left outside, that is noted.
        """
        taken = taken_over(self._document, target)
        if taken.notes:
            self.noted.emit(taken.text)
        text = text or _target_text(self._document.state.target, target)
        self._document.edit(text, **taken.changes, **changes)

    def import_target(self, target: Target, text: str, said: str, axes: AxisNames) -> None:
        """Data, as `set_target`; a network that nobody has touched yet begins anew on them.

        `said` opens what is noted.
        """
        taken = taken_over(self._document, target, begins_anew=True)
        self.noted.emit(replace(taken, notes=(said, *taken.notes)).text)
        self._document.edit(text, **taken.changes, axes=axes)

    def set_axes(self, names: AxisNames) -> None:
        """What the axes are called."""
        self._document.edit("names of the axes", axes=names)

    def set_samples(self, samples: int) -> None:
        self.change_sampling({"samples": samples})

    def change_sampling(self, values: dict[str, float]) -> None:
        """Other values of these fields of the sampling. A batch that is too large then becomes the full batch."""
        state = self._document.state
        try:
            sampling = replace(state.sampling, **values)  # type: ignore[arg-type]  # counts come from counts
        except ValueError as error:
            self.refused.emit(str(error))
            return
        settings, samples = state.settings, sampling.trained(state.target)
        if samples != state.sampling.trained(state.target):
            # A recipe's window limit is about its own number of samples; on another it would hide some of them.
            settings = replace(settings, window_limit=None)
        settings, note = settings.fitting(samples)
        if note:
            self.noted.emit(f"{note[:1].upper()}{note[1:]}")
        change = sampling_change(state.sampling, sampling)
        self._document.edit(change.text, merge_id=self._merge_id(change), sampling=sampling, settings=settings)

    def set_settings(self, settings: TrainingSettings) -> None:
        try:
            settings.check_for(self._document.state.sampling.trained(self._document.state.target))
        except ValueError as error:
            self.refused.emit(str(error))
            return
        change = change_of(self._document.state.settings, settings)
        self._document.edit(change.text, merge_id=self._merge_id(change), settings=settings)

    def _merge_id(self, change: Change) -> int:
        """The same for changes of one number in a row."""
        if change.number != self._edited_number:
            self._edited_number, self._number_merge_id = change.number, new_merge_id()
        return self._number_merge_id if change.number else NEVER

    def set_neurons(self, neurons: int) -> None:
        """More or fewer neurons; those that stay keep their parameters."""
        target = self._document.state.target
        start = self._document.start.with_neurons(neurons, target.low, target.high)
        first, _ = start.begin(target.low, target.high)
        network = resized(self._document.network, first)
        self._document.edit(f"{count_text(neurons)} neurons", start=start, network=network)

    def set_activation(self, activation: Activation) -> None:
        """The same parameters under another activation, also while training runs."""
        if activation == self._document.network.activation:
            return
        network = self._document.network.with_activation(activation)
        start = self._document.start.with_activation(activation)
        self._document.edit(f"activation {activation.label}", start=start, network=network)

    def set_initializer(self, initializer: str) -> None:
        start = replace(self._document.start.anew(), initializer=initializer)
        self._begin_anew(f"initializer {initializer}", start)

    def set_seed(self, seed: int) -> None:
        self._begin_anew(f"seed {seed}", self._document.start.anew(seed))

    def new_initialization(self) -> None:
        """Step 0 with the next seed."""
        self.set_seed((self._document.start.seed + 1) % (MAX_SEED + 1))

    def _begin_anew(self, text: str, start: Start, by_hand: bool = True) -> None:
        target = self._document.state.target
        network, _ = start.begin(target.low, target.high)
        self._document.edit(text, by_hand=by_hand, start=start, network=network, step=0)

    def reset(self) -> None:
        """Step 0 of the same initialization; training rests."""
        self._playback.set_playing(False)
        self._begin_anew("reset", self._document.start, by_hand=False)

    def undo(self) -> None:
        self._come_to_rest()
        self._document.undo_stack.undo()

    def redo(self) -> None:
        self._come_to_rest()
        self._document.undo_stack.redo()

    def go_to(self, index: int) -> None:
        """Undo or redo until `index` changes of the history are done; training rests."""
        stack = self._document.undo_stack
        present = stack.index()
        self._come_to_rest()
        # What training did since is a change of its own, in the place of what could be done again.
        if index <= present or stack.index() == present:
            self._document.go_to(index)

    def _come_to_rest(self) -> None:
        if self._playback.is_running:
            self._playback.set_playing(False)
        if self._document.held:
            self.cancel_drag()
        self._document.settle()


def _target_text(old: Target, new: Target) -> str:
    """What makes the one target the other: its domain, where nothing else changes."""
    if (old.low, old.high) != (new.low, new.high):
        try:
            if old.on_domain(new.low, new.high) == new:
                return f"domain {short_text(new.low)} to {short_text(new.high)}"
        except ValueError:
            # The old target cannot have the new domain: it is another one.
            pass
    return f"target {new.label}"
