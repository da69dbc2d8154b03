"""The view that everything is drawn in: how it pans, zooms and repaints, and how far it goes."""

from __future__ import annotations

from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QWidget

from reluviz.plot.projection import VIEW_LIMIT

# The view reaches this many widths of the domain to either side, and shows at least this part of it.
_FARTHEST = 100.0
_CLOSEST = 1e-6


def graphics_view(parent: QWidget) -> tuple[Any, Any]:
    """A pyqtgraph GraphicsView and the one ViewBox in it, without menu and background."""
    # Receivers coalesce, and a drag has to end where the hand ends.
    pg.setConfigOption("mouseRateLimit", -1)
    view = pg.GraphicsView(parent, useOpenGL=False, background=None)
    view.setCacheMode(view.CacheModeFlag.CacheNone)
    view.setViewportUpdateMode(view.ViewportUpdateMode.BoundingRectViewportUpdate)
    view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    view.setMinimumSize(1, 1)
    view.scene().setMoveDistance(1)
    view.scene().setClickRadius(0)
    box = pg.ViewBox(enableMenu=False, defaultPadding=0.0)
    box.setMouseMode(pg.ViewBox.PanMode)
    view.addItem(box)
    return view, box


def limit_to(box: Any, low: float, high: float) -> None:
    """Keep the view box within reach of the domain [low, high], and its numbers drawable."""
    width = high - low
    left, right = max(low - _FARTHEST * width, -2 * VIEW_LIMIT), min(high + _FARTHEST * width, 2 * VIEW_LIMIT)
    box.setLimits(
        xMin=left,
        xMax=right,
        yMin=-2 * VIEW_LIMIT,
        yMax=2 * VIEW_LIMIT,
        minXRange=_CLOSEST * width,
        maxXRange=right - left,
        minYRange=1e-6,
        maxYRange=4 * VIEW_LIMIT,
    )


def end_drag(view: Any) -> None:
    """End what the scene takes for a drag or a click, whose release went elsewhere."""
    scene = view.scene()
    scene.dragItem = None
    scene.lastDrag = None
    scene.dragButtons = []
    scene.clickEvents = []
    forget_mouse(view)


def forget_mouse(view: Any) -> None:
    """Let the items in `view` find out anew what the mouse is over, as when other items take its place."""
    scene = view.scene()
    scene.sendHoverEvents(QEvent(QEvent.Type.Leave), exitOnly=True)
    # Otherwise the next press without a movement goes to whom the mouse hovered.
    scene.lastHoverEvent = None
