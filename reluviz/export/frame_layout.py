"""Where on a picture everything stands."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont, QFontMetricsF

from reluviz.core.axis_names import AxisNames
from reluviz.core.picture_recipe import Part, PictureRecipe
from reluviz.plot.axes import Margins, legend_width, margins_for, plot_font, tick_counts
from reluviz.plot.fit import ViewRange
from reluviz.plot.projection import Projection
from reluviz.plot.ticks import Tick, linear_ticks

_TITLE_SIZE = 22.0
# The rim around everything, in pixels at scale 1.
EDGE = 10.0


@dataclass(frozen=True)
class Header:
    """What stands above the frame: whether a title does, the longest caption, "" for none, and the legend's texts."""

    has_title: bool
    caption: str
    legend: tuple[str, ...]

    def width(self, scale: float) -> float:
        """How wide caption and legend are in one line, 0 where they are not both there."""
        if not self.caption or not self.legend:
            return 0.0
        return QFontMetricsF(plot_font(scale)).horizontalAdvance(self.caption) + legend_width(self.legend, scale)


@dataclass(frozen=True)
class FrameLayout:
    """The frame on the picture and the ticks along it; the letters of the title; how far above the legend's line the
    caption's is, 0 where they share one."""

    projection: Projection
    ticks: tuple[list[Tick], list[Tick]]
    title_font: QFont
    caption_above: float

    @property
    def frame(self) -> QRectF:
        p = self.projection
        return QRectF(p.left, p.top, p.width, p.height)


def frame_layout(recipe: PictureRecipe, view: ViewRange, header: Header, names: AxisNames) -> FrameLayout:
    """The layout of a picture that shows the ranges of `view`."""
    scale = recipe.scale
    font = plot_font(scale, _TITLE_SIZE)
    height = QFontMetricsF(font).height() + 0.4 * EDGE * scale if header.has_title else 0.0
    room = _frame(margins_for((), scale, True, names), recipe, height).width()
    caption_above = QFontMetricsF(plot_font(scale)).height() if header.width(scale) > room else 0.0
    height += caption_above
    has_line = recipe.shows(Part.LEGEND) or recipe.shows(Part.CAPTION)
    across, down = tick_counts(_frame(margins_for((), scale, has_line, names), recipe, height), scale)
    (x_low, x_high), (y_low, y_high) = view
    ticks = linear_ticks(x_low, x_high, across), linear_ticks(y_low, y_high, down)
    frame = _frame(margins_for(ticks[1], scale, has_line, names), recipe, height)
    projection = Projection(
        x_low, x_high, y_low, y_high, frame.left(), frame.top(), max(1.0, frame.width()), max(1.0, frame.height())
    )
    return FrameLayout(projection, ticks, font, caption_above)


def _frame(margins: Margins, recipe: PictureRecipe, title_height: float) -> QRectF:
    # The rim that a window has of its own, a picture has to bring.
    edge = EDGE * recipe.scale
    top = margins.top + title_height + 0.5 * edge
    roomier = Margins(margins.left + 0.5 * edge, top, margins.right, margins.bottom + 0.5 * edge)
    return roomier.frame(recipe.width, recipe.height)
