"""The plot of target, output and rays, with its handles."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

import numpy.typing as npt
from PySide6.QtCore import QEvent, QPoint, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QMenu, QWidget

from reluviz.core.dataset import Split
from reluviz.core.network import Network
from reluviz.core.parameter import Parameter
from reluviz.core.picture import Picture, Rays
from reluviz.core.point_cloud import PointCloud
from reluviz.plot.axes import LegendEntry
from reluviz.plot.bundle_item import BundleItem
from reluviz.plot.canvas import Canvas
from reluviz.plot.corner_item import CornerItem
from reluviz.plot.curve_item import OutputItem, TargetItem
from reluviz.plot.drawing_item import DrawingItem
from reluviz.plot.error_mark_item import ErrorMarkItem
from reluviz.plot.fit import fitted_heights
from reluviz.plot.ghost_item import GhostItem
from reluviz.plot.handle_item import HandleItem
from reluviz.plot.highlight_item import HighlightItem
from reluviz.plot.influence_item import InfluenceItem
from reluviz.plot.kept_item import KeptItem
from reluviz.plot.legend import legend_entries
from reluviz.plot.mouse_turns import MouseTurns
from reluviz.plot.partial_sum_item import PartialSumItem
from reluviz.plot.picker import Picker, Range
from reluviz.plot.plot_keys import PlotKeys
from reluviz.plot.point_keys import PointKeys
from reluviz.plot.pointing import Pointing
from reluviz.plot.points_item import PointsItem
from reluviz.plot.points_menu import PointsMenu
from reluviz.plot.ray_in_hand import RayInHand
from reluviz.plot.ray_item import RayItem
from reluviz.plot.residual_item import ResidualItem
from reluviz.plot.response_item import ResponseItem
from reluviz.plot.resting_mouse import RestingMouse
from reluviz.plot.sample_item import SampleItem
from reluviz.plot.sketch_item import SketchItem
from reluviz.plot.snapping import Snapping
from reluviz.plot.surface_item import SurfaceItem


class DecompositionPlot(Canvas):
    """Target, output, and every neuron's scaled ray, with handles to take hold of.

    What is shown is set by `set_…` and `show_network`, which emit nothing. A new domain or target brings it all into
    view with the next repaint; otherwise the view is the user's.
    """

    neuron_hovered = Signal(object)
    """The neuron (int) whose ray or handle the mouse came to, or None."""
    parameter_hovered = Signal(object)
    """The Parameter whose handle the mouse came to, or that the keyboard picked; None for none."""
    neuron_selected = Signal(object)
    """The neuron (int) whose ray or handle was clicked, None for a click on empty ground or on the output bias."""
    drag_started = Signal(object)
    """A handle's Parameter, on the first movement after the press."""
    dragged = Signal(object, float)
    """A Parameter and the value the hand gives it, with every movement of the mouse."""
    turned = Signal(object)
    """A hidden weight and its bias, Parameter to value, with every movement that turns a ray or moves a second kink."""
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
        self._network: Network | None = None
        self._highlighted: tuple[int | None, int | None] = (None, None)
        self._picture = Picture()
        self._surface = SurfaceItem(self.box, 0.0)
        self._resting = RestingMouse(self.box, -1.0)
        self.influence = InfluenceItem(self.box, 0.2)
        self.bundle = BundleItem(self.box, 0.4)
        self._residual = ResidualItem(self.box, 0.5)
        self.response = ResponseItem(self.box, 0.6)
        self._rays = RayItem(self.box, 1.0)
        self.kept = KeptItem(self.box, 2.4)
        self.ghost = GhostItem(self.box, 2.5)
        self._target = TargetItem(self.box, 2.0)
        self.samples = SampleItem(self.box)
        self._sums = PartialSumItem(self.box, 2.5)
        self._output = OutputItem(self.box, 3.0)
        self._highlight = HighlightItem(self.box, 4.0)
        self.snapping = Snapping(self.snap_ground)
        self.error_mark = ErrorMarkItem(self.box, 4.2)
        self._corners = CornerItem(self.box, 4.5, self.snapping)
        self._handles = HandleItem(self.box, 5.0, self.snapping)
        self._in_hand = RayInHand(self._handles, self._highlight, self._rays)
        self.picker = Picker(self, self._handles, self._corners, self._range_in_view)
        self.points = PointsItem(self.box, 6.0, self.snapping)
        self.point_keys = PointKeys(self.points, self)
        self.points_menu = PointsMenu(self)
        self.sketch = SketchItem(self.box, 5.5)
        self.drawing = DrawingItem(self.box, 6.5)
        self._keys = PlotKeys(self._handles, self._corners, self.picker, self.points, self.point_keys, self.drawing)
        lines = (self._residual, self._rays, self._sums, self._output, self._highlight)
        self._pictured = (*lines, self._corners, self._resting)
        self._moving = (self.influence, self.bundle, self.response, *self._pictured, self._handles)
        handles = (self.response, self._highlight, self._corners, self._handles)
        self._mouse = MouseTurns(self._view, handles, self.points, self.drawing)
        self._pointing = Pointing(self._surface, self._handles, self._corners, self.picker, self._resting, self._mouse)
        target = (self._target, self.samples, self.sketch, self.points, self.drawing)
        self.stack((self._surface, *target, self.kept, self.ghost, self.error_mark, *self._moving))
        self._menu = QMenu(self)
        self._menu.addAction(self.tr("Fit view")).triggered.connect(self.fit)
        self._connect()
        self.set_domain(-1.0, 1.0)

    def _connect(self) -> None:
        self._surface.set_ray_finder(self._neuron_at)
        self._surface.double_clicked.connect(self.fit)
        self._surface.menu_requested.connect(self._menu.popup)
        for name in ("neuron_hovered", "parameter_hovered", "neuron_selected"):
            getattr(self._pointing, name).connect(getattr(self, name))
        self.points.target_changed.connect(self._resting.look_soon)
        self._handles.double_clicked.connect(self.fit)
        self._handles.turned.connect(self.turned)
        for name in ("drag_started", "dragged", "drag_finished", "drag_cancelled"):
            getattr(self._handles, name).connect(getattr(self, name))
            getattr(self._corners, name).connect(getattr(self, f"corner_{name}"))
        self.points.line_changed.connect(self._target.set_polyline)
        self._target.thinned.connect(self.update_legend)
        self.points.menu_requested.connect(self.points_menu.open_at)
        self.points_menu.fit_requested.connect(self.fit)

    def set_domain(self, low: float, high: float) -> None:
        """The domain [low, high], low < high, both finite."""
        super().set_domain(low, high)
        for layer in (self.kept, self.ghost, self.drawing, *self._moving):
            layer.set_domain(low, high)

    def set_target(self, target: npt.ArrayLike | PointCloud, label: str) -> None:
        """The target's polyline, shape (m, 2), x ascending, or its data, and its name in the legend."""
        if self._target.show_target(target, label):
            self._residual.set_target(self._target.polyline)
            self.fit_soon()
        self.update_legend()

    def show_network(self, network: Network) -> None:
        """Show `network` with the next repaint. Costs next to nothing: nothing is computed before it is painted."""
        if network is self._network:
            return
        self._network = network
        for layer in (*self._moving, self.error_mark):
            layer.show_network(network)

    def set_picture(self, picture: Picture) -> None:
        """What is drawn. Other rays, or sums in another order, come into view unless the view is the user's."""
        before, self._picture = self._picture, picture
        if (picture.rays, picture.order) != (before.rays, before.order) and self.is_fitted:
            self.fit_soon()
        for layer in (*self._pictured, self._handles):
            layer.set_picture(picture)
        self.set_highlight(*self._highlighted)
        self.picker.drop_hidden()
        self.update_legend()

    def set_highlight(self, selected: int | None, hovered: int | None) -> None:
        """Which neurons stand out: drawn thick and on top, with their handles, the others dimmed."""
        self._highlighted = selected, hovered
        neurons = tuple(j for j in dict.fromkeys((selected, hovered)) if j is not None and self._picture.shows(j))
        self._rays.set_dimmed(bool(neurons) or self._mouse.is_targets)
        self._highlight.set_neurons(neurons)
        self._in_hand.look()
        self.response.set_neuron(neurons[-1] if neurons else None)
        self._sums.set_neurons(neurons)
        self._handles.set_highlight(selected, hovered)

    def set_locked(self, locked: AbstractSet[Parameter]) -> None:
        """Parameters whose handles cannot be dragged; they are drawn hollow."""
        self._handles.set_locked(frozenset(locked))

    def set_corner_held_by(self, held_by: str) -> None:
        """What keeps the corner in the hand from following it; "" where nothing does."""
        self._corners.set_held_by(held_by)

    def edit_target(self, editing: bool) -> None:
        """Whether the target's points take the mouse, in the place of the neurons' handles; the rays step back then."""
        self._give_mouse_to(self.points, editing)

    def draw_target(self, drawing: bool) -> None:
        """Whether the mouse draws the target, in the place of the neurons' handles; the rays step back then."""
        self._give_mouse_to(self.drawing, drawing)

    def _give_mouse_to(self, layer: PointsItem | DrawingItem, given: bool) -> None:
        self._mouse.give(layer, given)
        self.picker.drop()
        self._rays.set_dimmed(self._mouse.is_targets or self._highlight.is_shown)

    def heights(self, whole: bool) -> Range | None:
        if self._network is None:
            return None
        return fitted_heights(self._target.polyline, self._network, *self.domain, self._picture, whole)

    def legend(self) -> Sequence[LegendEntry]:
        entries = legend_entries(self._picture, self._target.legend(), self._look.palette)
        return [*entries[:1], *self.samples.legend(), *entries[1:], *self.kept.legend()]

    def set_samples(self, split: Split | None, on_line: int = 0) -> None:
        """The samples to mark, None for none, and how many the target's line stands for."""
        self.samples.set_samples(split)
        self._target.set_sample_count(on_line)
        self.update_legend()

    @property
    def repaints(self) -> int:
        """How many frames have been painted."""
        return self._surface.repaints

    @property
    def hovered_parameter(self) -> Parameter | None:
        """The parameter that is picked by keyboard, else the one whose handle is under the mouse."""
        return self._pointing.parameter

    def handle_pixel(self, parameter: Parameter) -> QPoint | None:
        """The viewport's pixel in the middle of a parameter's handle, None where it shows none."""
        return self.viewport_pixel(self._handles.pixel_of(parameter))

    def corner_pixel(self, corner: int) -> QPoint | None:
        """The viewport's pixel of a corner of the output that can be taken hold of, None where there is none."""
        return self.viewport_pixel(self._corners.pixel_of(corner))

    # Qt's events.

    def event(self, event: QEvent) -> bool:
        # The first events come before there is anything to take keys.
        if event.type() == QEvent.Type.ShortcutOverride and self._keys.claim(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._keys.press(event):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        self._keys.release(event)
        super().keyReleaseEvent(event)

    def focusNextPrevChild(self, next: bool) -> bool:
        return self._keys.step(next) or super().focusNextPrevChild(next)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._keys.leave(event)

    def _neuron_at(self, x: float, y: float, reach: float) -> int | None:
        lines = self._sums if self._picture.rays is Rays.PARTIAL_SUMS else self._rays
        return lines.neuron_at(x, y, reach)

    def _range_in_view(self) -> tuple[Range, Range]:
        return self.view_range
