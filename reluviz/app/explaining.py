"""What does this parameter do: what it moves is shaded, and while it moves the output before it stays as a ghost."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QObject

from reluviz.app.main_window import MainWindow
from reluviz.app.nudging import Nudging
from reluviz.core.parameter import Parameter
from reluviz.document.document import Document
from reluviz.document.state import State


class _Hand(Enum):
    """What the hand is at while the ghost is kept for it."""

    DRAGS = "a handle or a corner, until it is let go"
    TYPES = "a field, until it loses the keyboard"
    NUDGES = "what the keyboard has picked, until it picks something else"


class Explaining(QObject):
    """Joins what the hand is at, in the plot or in the neurons panel, to the plot's shading and its ghost."""

    def __init__(self, window: MainWindow, document: Document, nudging: Nudging) -> None:
        super().__init__(window)
        self._plot = window.plot
        self._document = document
        self._in_plot: Parameter | None = None
        self._in_panel: Parameter | None = None
        self._hand: _Hand | None = None
        self._nudged: object = None
        self._is_nudging = False
        plot, panel = window.plot, window.neurons_panel
        plot.parameter_hovered.connect(self._on_plot_hovered)
        panel.parameter_hovered.connect(self._on_panel_hovered)
        for started in (plot.drag_started, plot.corner_drag_started):
            started.connect(self._on_drag_started)
        for ended in (
            plot.drag_finished,
            plot.drag_cancelled,
            plot.corner_drag_finished,
            plot.corner_drag_cancelled,
            document.opened,
        ):
            ended.connect(self._drop_ghost)
        panel.editing_started.connect(self._on_editing_started)
        panel.editing_finished.connect(self._on_editing_finished)
        nudging.about_to_nudge.connect(self._on_nudge_coming)
        nudging.nudged.connect(self._on_nudged)
        plot.picker.changed.connect(self._on_picked)
        document.picture_changed.connect(self._on_picture_changed)
        document.state_changed.connect(self._on_state_changed)
        document.frame_changed.connect(self._on_frame_changed)

    def _on_plot_hovered(self, parameter: Parameter | None) -> None:
        self._in_plot = parameter
        self._shade()

    def _on_panel_hovered(self, parameter: Parameter | None) -> None:
        self._in_panel = parameter
        self._on_picked()
        self._shade()

    def _shade(self) -> None:
        self._plot.influence.set_parameter(self._in_plot or self._in_panel)

    def _keep_ghost(self, hand: _Hand) -> None:
        self._hand = hand
        self._plot.ghost.set_network(self._document.network)

    def _drop_ghost(self) -> None:
        self._hand = None
        self._plot.ghost.set_network(None)

    def _on_drag_started(self) -> None:
        self._keep_ghost(_Hand.DRAGS)

    def _on_editing_started(self) -> None:
        if not self._document.frame.running:
            self._keep_ghost(_Hand.TYPES)

    def _on_editing_finished(self) -> None:
        if self._hand is _Hand.TYPES:
            self._drop_ghost()

    def _on_nudge_coming(self, what: object) -> None:
        if not self._document.frame.running and (self._hand is not _Hand.NUDGES or what != self._nudged):
            self._nudged = what
            self._keep_ghost(_Hand.NUDGES)
        self._is_nudging = True

    def _on_nudged(self) -> None:
        self._is_nudging = False

    def _on_picked(self) -> None:
        if self._hand is _Hand.NUDGES:
            self._drop_ghost()

    def _on_state_changed(self, old: State, new: State, placed: bool) -> None:
        # Undo, a build or a new start: what comes is not the doing of the hand that the ghost is for.
        if placed and new.network is not old.network and not self._is_nudging:
            self._drop_ghost()

    def _on_picture_changed(self) -> None:
        for layer in (self._plot.influence, self._plot.ghost):
            layer.set_picture(self._document.picture)

    def _on_frame_changed(self) -> None:
        # Fields and picks stay with the keyboard while training goes on; a drag has an end.
        if self._hand in (_Hand.TYPES, _Hand.NUDGES) and self._document.frame.running:
            self._drop_ghost()
