"""The plot of target, output and rays, with its handles."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPoint, QSizeF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from reluviz.core.network import Network
from reluviz.core.palette import Palette
from reluviz.core.parameter import OUTPUT_BIAS, Parameter
from reluviz.plot.axes import LegendEntry, margins_for, tick_counts
from reluviz.plot.corner_item import CornerItem
from reluviz.plot.curve_item import OUTPUT_WIDTH, TARGET_WIDTH, OutputItem, TargetItem
from reluviz.plot.fit import fitted_heights
from reluviz.plot.ground_item import GroundItem
from reluviz.plot.handle_item import HandleItem
from reluviz.plot.look import Look
from reluviz.plot.projection import VIEW_LIMIT, Projection
from reluviz.plot.ray_item import HighlightItem, RayItem
from reluviz.plot.surface_item import SurfaceItem
from reluviz.plot.ticks import linear_ticks
from reluviz.plot.view import graphics_view, limit_to


class DecompositionPlot(QWidget):
    """Target, output, and every neuron's scaled ray, with handles to take hold of.

    What is shown is set by `set_…` and `show_network`, which emit nothing. A new domain or target brings it all into
    view with the next repaint; otherwise the view is the user's.
    """

    neuron_hovered = Signal(object)
    """The neuron (int) whose ray or handle the mouse came to, or None."""
    neuron_selected = Signal(object)
    """The neuron (int) whose ray or handle was clicked, None for a click on empty ground or on the output bias."""
    drag_started = Signal(object)
    """A handle's Parameter, on the first movement after the press."""
    dragged = Signal(object, float)
    """A Parameter and the value the hand gives it, with every movement of the mouse."""
    drag_finished = Signal(object)
    """A Parameter whose handle was let go."""
    drag_cancelled = Signal(object)
    """A Parameter whose drag was broken off by Escape: the value before it is to be restored."""
    corner_drag_started = Signal(int)
    """The number, from the left edge, 0, on, of the output's corner that was taken hold of."""
    corner_dragged = Signal(float, float)
    """Where the hand wants that corner, (x, y) in data, with every movement of the mouse."""
    corner_drag_finished = Signal()
    corner_drag_cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = Look()
        self._domain = (-1.0, 1.0)
        self._network: Network | None = None
        self._target_label = ""
        self._legend_shown = True
        self._fit_pending = True
        self._hovered: int | None = None

        self._make_view()
        self._ground = GroundItem(-200.0)
        self._view.addItem(self._ground)
        self._surface = SurfaceItem(self._box, 0.0)
        self._rays = RayItem(self._box, 1.0)
        self._target = TargetItem(self._box, 2.0)
        self._output = OutputItem(self._box, 3.0)
        self._highlight = HighlightItem(self._box, 4.0)
        self._corners = CornerItem(self._box, 4.5)
        self._handles = HandleItem(self._box, 5.0)
        self._moving = (self._rays, self._output, self._highlight, self._corners, self._handles)
        self._layers = (self._surface, self._target, *self._moving)

        self._menu = QMenu(self)
        self._menu.addAction(self.tr("Fit view")).triggered.connect(self.fit)

        self._connect()
        self.set_domain(-1.0, 1.0)
        self._update_look()

    def _make_view(self) -> None:
        self._view, self._box = graphics_view(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._view)

    def _connect(self) -> None:
        self._surface.set_ray_finder(self._rays.neuron_at)
        self._surface.hover_changed.connect(self._hover_changed)
        self._surface.clicked.connect(self.neuron_selected)
        self._surface.double_clicked.connect(self.fit)
        self._surface.menu_requested.connect(self._open_menu)
        self._handles.hover_changed.connect(self._hover_changed)
        self._handles.clicked.connect(self._handle_clicked)
        self._handles.double_clicked.connect(self.fit)
        self._handles.drag_started.connect(self.drag_started)
        self._handles.dragged.connect(self.dragged)
        self._handles.drag_finished.connect(self.drag_finished)
        self._handles.drag_cancelled.connect(self.drag_cancelled)
        self._corners.drag_started.connect(self.corner_drag_started)
        self._corners.dragged.connect(self.corner_dragged)
        self._corners.drag_finished.connect(self.corner_drag_finished)
        self._corners.drag_cancelled.connect(self.corner_drag_cancelled)
        self._box.sigRangeChanged.connect(self._lay_out)
        self._view.sigDeviceRangeChanged.connect(self._lay_out)
        self._view.scene().sigPrepareForPaint.connect(self._before_paint)

    # What is shown.

    def set_domain(self, low: float, high: float) -> None:
        """The domain [low, high], low < high, both finite."""
        changed = self._domain != (low, high)
        self._domain = (low, high)
        limit_to(self._box, low, high)
        self._ground.set_domain(low, high)
        for layer in self._moving:
            layer.set_domain(low, high)
        self._fit_pending |= changed

    def set_target(self, polyline: npt.ArrayLike, label: str) -> None:
        """The target's polyline, shape (m, 2), x ascending, and its name in the legend."""
        points = np.asarray(polyline, dtype=np.float64).reshape(-1, 2)
        if not np.array_equal(points, self._target.polyline):
            self._target.set_polyline(points)
            self._fit_pending = True
        self._target_label = label
        self._update_legend()

    def show_network(self, network: Network) -> None:
        """Show `network` with the next repaint. Costs next to nothing: nothing is computed before it is painted."""
        if network is self._network:
            return
        self._network = network
        for layer in self._moving:
            layer.show_network(network)

    def set_palette(self, palette: Palette) -> None:
        self._look = Look(palette, self._look.scale)
        self._update_look()

    def set_font_scale(self, scale: float) -> None:
        """How much larger than usual type, lines and handles are."""
        self._look = Look(self._look.palette, scale)
        self._update_look()
        self._lay_out()

    def set_highlight(self, selected: int | None, hovered: int | None) -> None:
        """Which neurons stand out: drawn thick and on top, with their handles, the others dimmed."""
        neurons = tuple(j for j in dict.fromkeys((selected, hovered)) if j is not None)
        self._rays.set_dimmed(bool(neurons))
        self._highlight.set_neurons(neurons)
        self._handles.set_highlight(selected, hovered)

    def set_locked(self, locked: AbstractSet[Parameter]) -> None:
        """Parameters whose handles cannot be dragged; they are drawn hollow."""
        self._handles.set_locked(frozenset(locked))

    def set_corner_held_by(self, held_by: str) -> None:
        """What keeps the corner in the hand from following it; "" where nothing does."""
        self._corners.set_held_by(held_by)

    def set_legend_shown(self, shown: bool) -> None:
        self._legend_shown = shown
        self._update_legend()
        self._lay_out()

    def fit(self) -> None:
        """Bring domain, target, output and rays into view."""
        self._fit_pending = False
        low, high = self._domain
        bottom, top = fitted_heights(self._target.polyline, self._network, low, high)
        side, above = 0.06 * (high - low), 0.07 * (top - bottom)
        self._box.setRange(xRange=(low - side, high + side), yRange=(bottom - above, top + above), padding=0.0)

    @property
    def repaints(self) -> int:
        """How many frames have been painted."""
        return self._surface.repaints

    @property
    def view_range(self) -> tuple[tuple[float, float], tuple[float, float]]:
        """((lowest, highest) x, (lowest, highest) y) in view."""
        (x_low, x_high), (y_low, y_high) = self._box.viewRange()
        return (x_low, x_high), (y_low, y_high)

    def viewport(self) -> QWidget:
        """The widget that is painted on and receives the mouse."""
        viewport: QWidget = self._view.viewport()
        return viewport

    def pixel_at(self, x: float, y: float) -> QPoint:
        """The viewport's pixel that shows (x, y)."""
        projection = self._projection()
        origin = self._box.pos()
        return QPoint(round(origin.x() + float(projection.x(x))), round(origin.y() + float(projection.y(y))))

    @property
    def hovered_parameter(self) -> Parameter | None:
        """The parameter whose handle is under the mouse, or was picked there by Tab."""
        return self._handles.hovered

    def handle_pixel(self, parameter: Parameter) -> QPoint | None:
        """The viewport's pixel in the middle of a parameter's handle, None where it shows none."""
        at = self._handles.pixel_of(parameter)
        if at is None or max(abs(at[0]), abs(at[1])) > VIEW_LIMIT:
            return None
        return QPoint(round(self._box.pos().x() + at[0]), round(self._box.pos().y() + at[1]))

    def corner_pixel(self, corner: int) -> QPoint | None:
        """The viewport's pixel of a corner of the output that can be taken hold of, None where there is none."""
        at = self._corners.pixel_of(corner)
        if at is None or max(map(abs, at)) > VIEW_LIMIT:
            return None
        return QPoint(round(self._box.pos().x() + at[0]), round(self._box.pos().y() + at[1]))

    # Qt's events.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_F, Qt.Key.Key_Home} and not event.modifiers():
            self.fit()
        elif not (event.key() == Qt.Key.Key_Escape and (self._handles.cancel() or self._corners.cancel())):
            super().keyPressEvent(event)

    def focusNextPrevChild(self, next: bool) -> bool:
        return self._handles.pick_next() or super().focusNextPrevChild(next)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def _before_paint(self) -> None:
        if self._fit_pending and self._network is not None:
            self.fit()

    def _lay_out(self, *_: Any) -> None:
        """Place the frame in the window and find the ticks; called whenever the view or the window changes."""
        size = QSizeF(max(1, self._view.width()), max(1, self._view.height()))
        (x_low, x_high), (y_low, y_high) = self.view_range
        rough = margins_for((), self._look.scale, self._legend_shown).frame(size.width(), size.height())
        across, down = tick_counts(rough, self._look.scale)
        y_ticks = linear_ticks(y_low, y_high, down)
        frame = margins_for(y_ticks, self._look.scale, self._legend_shown).frame(size.width(), size.height())
        if self._box.geometry() != frame:
            self._box.setGeometry(frame)
        # Otherwise the next turn of the wheel before a repaint would zoom about the wrong place.
        self._box.updateMatrix()
        projection = self._projection()
        for layer in self._layers:
            layer.set_projection(projection)
        ticks = linear_ticks(x_low, x_high, across), y_ticks
        self._ground.set_view(size, replace(projection, left=frame.left(), top=frame.top()), ticks)

    def _projection(self) -> Projection:
        """From data to the view box's own pixels."""
        (x_low, x_high), (y_low, y_high) = self.view_range
        frame = self._box.geometry()
        return Projection(x_low, x_high, y_low, y_high, 0.0, 0.0, max(1.0, frame.width()), max(1.0, frame.height()))

    def _update_look(self) -> None:
        for layer in (self._ground, *self._layers):
            layer.set_look(self._look)
        self._update_legend()

    def _update_legend(self) -> None:
        entries = []
        if self._legend_shown:
            target = f"target {self._target_label}".strip()
            entries = [
                LegendEntry(target, self._look.palette.target, TARGET_WIDTH),
                LegendEntry(self.tr("network output"), self._look.palette.output, OUTPUT_WIDTH),
            ]
        self._ground.set_legend(entries)

    def _hover_changed(self, _: object) -> None:
        parameter = self._handles.hovered
        on_handle = None if parameter is None or parameter == OUTPUT_BIAS else parameter.neuron
        hovered = self._surface.hovered if parameter is None else on_handle
        if hovered != self._hovered:
            self._hovered = hovered
            self.neuron_hovered.emit(hovered)

    def _handle_clicked(self, parameter: Parameter) -> None:
        self.neuron_selected.emit(None if parameter == OUTPUT_BIAS else parameter.neuron)

    def _open_menu(self, at: QPoint) -> None:
        self._menu.popup(at)
