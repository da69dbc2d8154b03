"""What layers are drawn on: a frame with axes and grid that pans, zooms and fits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QPoint, QSizeF, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from reluviz.core.arrays import FloatArray
from reluviz.core.axis_names import AxisNames
from reluviz.core.palette import Palette
from reluviz.core.snap import SnapGround
from reluviz.plot.axes import LegendEntry, Margins, margins_for, tick_counts
from reluviz.plot.fit import with_room
from reluviz.plot.grab_layer import GrabLayer
from reluviz.plot.ground_item import GroundItem
from reluviz.plot.layer import Layer
from reluviz.plot.look import Look
from reluviz.plot.projection import VIEW_LIMIT, Projection
from reluviz.plot.ticks import Tick, linear_step, linear_ticks
from reluviz.plot.view import end_drag, graphics_view, limit_to

# A hand snaps to what is this many pixels away.
SNAP_REACH = 8.0


class Canvas(QWidget):
    """A view on the plane. Subclasses make layers with `box` as their parent and hand them over with `stack`.

    A new domain brings everything into view with the next repaint; otherwise the view is the user's.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = Look()
        self._domain = (-1.0, 1.0)
        self._names = AxisNames()
        self._fit_pending = True
        self._tick_counts = (2, 2)
        self._fitted: object = None
        self._layers: tuple[Layer, ...] = ()
        self._view, self.box = graphics_view(self)
        self._ground = GroundItem(-200.0)
        self._view.addItem(self._ground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._view)
        self.box.sigRangeChanged.connect(self._lay_out)
        self._view.sigDeviceRangeChanged.connect(self._lay_out)
        self._view.scene().sigPrepareForPaint.connect(self._before_paint)

    def stack(self, layers: Iterable[Layer]) -> None:
        """Take the layers that are drawn."""
        self._layers = tuple(layers)
        self._update_look()
        self._lay_out()

    # For subclasses to say.

    def heights(self, whole: bool) -> tuple[float, float] | None:
        """The (lowest, highest) y to bring into view, None while there is nothing to see.

        `whole`: however far it reaches, as someone asked to see all of it.
        """
        raise NotImplementedError

    def legend(self) -> Sequence[LegendEntry]:
        """What the legend names."""
        raise NotImplementedError

    def set_domain(self, low: float, high: float) -> None:
        """The domain [low, high], low < high, both finite."""
        self._fit_pending |= self._domain != (low, high)
        self._domain = (low, high)
        limit_to(self.box, low, high)
        self._ground.set_domain(low, high)

    def set_palette(self, palette: Palette) -> None:
        self._look = Look(palette, self._look.scale)
        self._update_look()

    def set_font_scale(self, scale: float) -> None:
        """How much larger than usual type, lines and handles are."""
        self._look = Look(self._look.palette, scale)
        self._update_look()
        self._lay_out()

    def set_axis_names(self, names: AxisNames) -> None:
        """What stands at the axes; they take room only where they have names."""
        if names != self._names:
            self._names = names
            self._ground.set_names(names)
            self._lay_out()

    def fit_soon(self) -> None:
        """Bring everything into view with the next repaint."""
        self._fit_pending = True

    def keep_view(self) -> None:
        """Take back that everything is brought into view with the next repaint."""
        self._fit_pending = False

    def reveal(self, x: float, y: float) -> None:
        """Move the view, where (x, y) is outside, no further than needed for it to be well inside."""
        moved = []
        for value, (low, high) in zip((x, y), self.view_range, strict=True):
            rim = 0.05 * (high - low)
            by = 0.0 if low <= value <= high else min(0.0, value - low - rim) + max(0.0, value - high + rim)
            moved.append((low + by, high + by))
        if tuple(moved) != self.view_range:
            self.box.setRange(xRange=moved[0], yRange=moved[1], padding=0.0)

    def fit(self) -> None:
        """Bring everything into view, however far it reaches."""
        self._fit(True)

    def _fit(self, whole: bool) -> None:
        heights = self.heights(whole)
        if heights is None:
            return
        self._fit_pending = False
        x_range, y_range = with_room(self._domain, heights)
        self.box.setRange(xRange=x_range, yRange=y_range, padding=0.0)
        self._fitted = self.view_range

    @property
    def is_fitted(self) -> bool:
        """Whether the view is still where fitting put it; else it is the user's."""
        return self._fit_pending or self._fitted == self.view_range

    @property
    def domain(self) -> tuple[float, float]:
        return self._domain

    @property
    def view_range(self) -> tuple[tuple[float, float], tuple[float, float]]:
        """((lowest, highest) x, (lowest, highest) y) in view."""
        (x_low, x_high), (y_low, y_high) = self.box.viewRange()
        return (x_low, x_high), (y_low, y_high)

    def snap_ground(self, points: FloatArray) -> SnapGround:
        """What a hand can snap to: `points`, shape (m, 2), within a few pixels, and the visible grid."""
        projection, (x_range, y_range) = self._projection(), self.view_range
        reach = SNAP_REACH * self._look.scale
        return SnapGround(
            points,
            reach * (projection.x_high - projection.x_low) / projection.width,
            reach * (projection.y_high - projection.y_low) / projection.height,
            linear_step(*x_range, self._tick_counts[0]),
            linear_step(*y_range, self._tick_counts[1]),
        )

    def viewport(self) -> QWidget:
        """The widget that is painted on and receives the mouse."""
        viewport: QWidget = self._view.viewport()
        return viewport

    def pixel_at(self, x: float, y: float) -> QPoint:
        """The viewport's pixel that shows (x, y)."""
        return self.viewport_pixel(self._projection().pixel(x, y)) or QPoint(-1, -1)

    def viewport_pixel(self, at: tuple[float, float] | None) -> QPoint | None:
        """The viewport's pixel at a layer's pixel, None for none and for what is out of all reach."""
        if at is None or max(abs(at[0]), abs(at[1])) > VIEW_LIMIT:
            return None
        origin = self.box.pos()
        return QPoint(round(origin.x() + at[0]), round(origin.y() + at[1]))

    def update_legend(self) -> None:
        self._ground.set_legend(self.legend())

    def let_go(self) -> None:
        """Break off what the mouse is doing: its release will go elsewhere."""
        for layer in self._layers:
            if isinstance(layer, GrabLayer):
                layer.cancel()
        end_drag(self._view)

    # Qt's events.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_F, Qt.Key.Key_Home} and not event.modifiers():
            self.fit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def _before_paint(self) -> None:
        if self._fit_pending:
            self._fit(False)

    def _lay_out(self, *_: Any) -> None:
        """Place the frame in the window and find the ticks; called whenever the view or the window changes."""
        size = QSizeF(max(1, self._view.width()), max(1, self._view.height()))
        (x_low, x_high), (y_low, y_high) = self.view_range
        rough = self._margins(()).frame(size.width(), size.height())
        across, down = tick_counts(rough, self._look.scale)
        self._tick_counts = across, down
        y_ticks = linear_ticks(y_low, y_high, down)
        frame = self._margins(y_ticks).frame(size.width(), size.height())
        if self.box.geometry() != frame:
            self.box.setGeometry(frame)
        # Otherwise the next turn of the wheel before a repaint would zoom about the wrong place.
        self.box.updateMatrix()
        projection = self._projection()
        for layer in self._layers:
            layer.set_projection(projection)
        ticks = linear_ticks(x_low, x_high, across), y_ticks
        self._ground.set_view(size, replace(projection, left=frame.left(), top=frame.top()), ticks)

    def _margins(self, y_ticks: Sequence[Tick]) -> Margins:
        return margins_for(y_ticks, self._look.scale, True, self._names)

    def _projection(self) -> Projection:
        """From data to the view box's own pixels."""
        (x_low, x_high), (y_low, y_high) = self.view_range
        frame = self.box.geometry()
        return Projection(x_low, x_high, y_low, y_high, 0.0, 0.0, max(1.0, frame.width()), max(1.0, frame.height()))

    def _update_look(self) -> None:
        for layer in (self._ground, *self._layers):
            layer.set_look(self._look)
        self.update_legend()
