"""What does this parameter do: what it moves is shaded, and while it moves the output before it stays as a ghost."""

from __future__ import annotations

from PySide6.QtCore import QObject

from reluviz.app.main_window import MainWindow
from reluviz.core.parameter import Parameter
from reluviz.document.document import Document
from reluviz.document.state import State


class Explaining(QObject):
    """Joins what the hand is at, in the plot or in the neurons panel, to the plot's shading and its ghost."""

    def __init__(self, window: MainWindow, document: Document) -> None:
        super().__init__(window)
        self._plot = window.plot
        self._document = document
        self._in_plot: Parameter | None = None
        self._in_panel: Parameter | None = None
        self._is_typed = False
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
            panel.editing_finished,
            document.opened,
        ):
            ended.connect(self._drop_ghost)
        panel.editing_started.connect(self._on_editing_started)
        document.state_changed.connect(self._on_state_changed)
        document.frame_changed.connect(self._on_frame_changed)

    def _on_plot_hovered(self, parameter: Parameter | None) -> None:
        self._in_plot = parameter
        self._shade()

    def _on_panel_hovered(self, parameter: Parameter | None) -> None:
        self._in_panel = parameter
        self._shade()

    def _shade(self) -> None:
        self._plot.influence.set_parameter(self._in_plot or self._in_panel)

    def _on_drag_started(self) -> None:
        self._is_typed = False
        self._plot.ghost.set_network(self._document.network)

    def _on_editing_started(self) -> None:
        if not self._document.frame.running:
            self._is_typed = True
            self._plot.ghost.set_network(self._document.network)

    def _drop_ghost(self) -> None:
        self._plot.ghost.set_network(None)

    def _on_state_changed(self, old: State, new: State, placed: bool) -> None:
        # Undo, a build or a new start: what comes is not the doing of the hand that the ghost is for.
        if placed and new.network is not old.network:
            self._drop_ghost()

    def _on_frame_changed(self) -> None:
        # A field keeps the keyboard while training goes on, a hand the handle.
        if self._is_typed and self._document.frame.running:
            self._drop_ghost()
