"""The plot of one document as a picture, of any size and on any painter, drawn as on screen."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter

from reluviz.core.film import FilmCancelled, GoOn, always
from reluviz.core.frame import Frame
from reluviz.core.history import LossCurve
from reluviz.core.kept import kept_losses, kept_short
from reluviz.core.network import Network
from reluviz.core.notation import count_text, value_text
from reluviz.core.picture import Picture
from reluviz.core.picture_recipe import Part, PictureRecipe
from reluviz.export.curve_layers import CurveLayers
from reluviz.export.frame_layout import EDGE, Header, frame_layout
from reluviz.export.inset_place import inset_box
from reluviz.export.sheet import Sheet
from reluviz.export.subject import Subject
from reluviz.plot.axes import (
    OUTSIDE_SHADE,
    LegendEntry,
    paint_axes,
    paint_legend,
    paint_names,
    plot_font,
    shade_outside,
)
from reluviz.plot.fit import ViewRange
from reluviz.plot.legend import legend_entries
from reluviz.plot.look import Look
from reluviz.plot.loss_inset import LossInset
from reluviz.plot.projection import Projection
from reluviz.plot.strokes import blended

FORMAT = QImage.Format.Format_ARGB32_Premultiplied
# So little is painted within some milliseconds.
_BAND_PIXELS = 500_000
_LEAST_ROWS = 16
# The caption keeps room for so much, so that the legend beside it stays where it is while numbers grow.
_LONGEST_CAPTION = "step 000\u2009000\u2009000   J 0.0000"


class OffscreenPlot:
    """Draws networks with what stays the same around them, the `subject`, as the recipe wants it.

    `view` is the ranges that are shown, for all frames; None brings the first frame into view. `losses` are all that
    the inset has room for, for all frames; None: those of the first frame. It keeps out of the way of `networks`; none:
    of the first frame's. `is_film` says that many frames will be rendered. To be used on any thread, though on one at a
    time; there has to be an application.
    """

    def __init__(
        self,
        recipe: PictureRecipe,
        subject: Subject,
        view: ViewRange | None = None,
        losses: LossCurve | None = None,
        is_film: bool = False,
        networks: Sequence[Network] = (),
    ) -> None:
        self.recipe = recipe
        self.subject = subject
        self._view = view
        self._losses = losses
        self._is_film = is_film
        self._networks = networks
        self._look = Look(recipe.theme.palette, recipe.scale)
        self._thin = max(1, round(recipe.scale))
        self._title = _one_line(subject.title) if recipe.shows(Part.TITLE) else ""
        self._kept = subject.kept if recipe.shows(Part.KEPT) else None
        self._frame: Frame | None = None
        self._picture = subject.picture
        self._caption = ""

    @property
    def view(self) -> ViewRange | None:
        """The ranges of x and y that are shown; None before the first frame, where it is to bring itself into view."""
        return self._view

    @property
    def projection(self) -> Projection:
        """From data to the picture's pixels, inside the frame. Only once a frame is shown."""
        return self._layout.projection

    @property
    def inset(self) -> QRectF | None:
        """Where on the picture the losses are; None where they are not. Only once a frame is shown."""
        return None if self._inset is None else self._inset.box

    def show(self, frame: Frame, picture: Picture | None = None, caption: str | None = None) -> None:
        """What `paint` draws: a network, and the losses up to it.

        `picture` is what is drawn of it instead of the subject's; `caption` what is written instead of step and J.
        """
        picture = picture or self.subject.picture
        if self._frame is None:
            self._set_up(frame, picture)
        self._frame = frame
        self._layers.show_network(frame.network)
        self._layers.show_kept(frame.step)
        if picture != self._picture:
            # The legend says nothing of how much is added.
            same_legend = replace(picture, added=None) == replace(self._picture, added=None)
            self._picture = picture
            self._layers.set_picture(picture)
            if not same_legend:
                self._ground = self._new_ground()
        self._caption = _caption(frame) if caption is None else _one_line(caption)

    def _set_up(self, frame: Frame, picture: Picture) -> None:
        """Find where everything stands, which is the same for all frames from here on."""
        recipe, subject = self.recipe, self.subject
        if self._view is None:
            self._view = subject.fitted_view([frame.network], picture)
        self._layout = frame_layout(recipe, self._view, self._header(picture), subject.names)
        self._layers = CurveLayers(subject, recipe.parts, self._look, self._layout.projection, self._is_film)
        self._layers.set_picture(picture)
        self._picture = picture
        self._ground = self._new_ground()
        self._target = Sheet(self._layout.frame, self._layers.paint_target, self._is_film)
        self._inset, self._inset_ground = self._new_inset(frame)

    def _header(self, picture: Picture) -> Header:
        entries = legend_entries(picture, self.subject.target.label, self._look.palette)
        texts = [entry.short or entry.text for entry in entries]
        if self._kept is not None:
            texts.append(kept_short(self._kept))
        legend = tuple(texts) if self.recipe.shows(Part.LEGEND) else ()
        return Header(bool(self._title), _LONGEST_CAPTION if self.recipe.shows(Part.CAPTION) else "", legend)

    def _new_ground(self) -> Sheet:
        return Sheet(QRectF(0.0, 0.0, self.recipe.width, self.recipe.height), self._paint_ground, self._is_film)

    def _new_inset(self, frame: Frame) -> tuple[LossInset | None, Sheet | None]:
        recipe, networks = self.recipe, self._networks or [frame.network]
        if not recipe.shows(Part.LOSS):
            return None, None
        box = inset_box(self.projection, recipe.scale, self.subject, networks, self._picture, recipe.parts)
        if box is None:
            return None, None
        kept = None if self._kept is None else kept_losses(self._kept)
        inset = LossInset(box, self._losses or frame.curve, self.subject.loss, self._look, kept)
        return (None, None) if inset.is_empty else (inset, Sheet(box, self._paint_inset_ground, self._is_film))

    def image(self, go_on: GoOn = always) -> QImage:
        """The picture of the frame that was shown last, premultiplied, exactly as large as the recipe says.

        Painted band by band, before each of which `go_on` is asked: between two of them other threads have their turn,
        which no call to paint gives them. Raises FilmCancelled, and MemoryError where there is no room for it.
        """
        width, height = self.recipe.width, self.recipe.height
        image = QImage(width, height, FORMAT)
        if image.isNull():
            raise MemoryError("there is not enough memory for a picture of this size")
        bits, bytes_per_line = image.bits(), image.bytesPerLine()
        rows = max(_LEAST_ROWS, math.ceil(_BAND_PIXELS / width))
        for top in range(0, height, rows):
            if not go_on(top / height):
                raise FilmCancelled
            part = bits[top * bytes_per_line : (top + rows) * bytes_per_line]
            # The image's own bits: nothing is copied.
            self._paint_band(QImage(part, width, min(rows, height - top), bytes_per_line, FORMAT), top)
        return image

    def _paint_band(self, band: QImage, top: int) -> None:
        band.fill(Qt.GlobalColor.transparent)
        painter = QPainter(band)
        try:
            painter.translate(0.0, -top)
            self.paint(painter)
        finally:
            painter.end()

    def render(self, image: QImage) -> None:
        """Draw it onto an image of this width and format and at least this height, whatever there was on it."""
        self._shown_frame()
        if self._ground.is_kept:
            # Qt would copy it just as fast, but have all other threads wait.
            ground = np.frombuffer(self._ground.image().constBits(), np.uint8)
            np.copyto(np.frombuffer(image.bits(), np.uint8)[: len(ground)], ground)
        else:
            image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        try:
            if not self._ground.is_kept:
                self._ground.paint(painter)
            self._paint_frame(painter)
        finally:
            painter.end()

    def paint(self, painter: QPainter) -> None:
        """Draw it with its upper left corner at the painter's origin, one pixel being one unit."""
        self._shown_frame()
        # Otherwise a file of shapes would name the program's own letters.
        painter.setFont(plot_font(self.recipe.scale))
        self._ground.paint(painter)
        self._paint_frame(painter)

    def _shown_frame(self) -> Frame:
        if self._frame is None:
            raise ValueError("there is nothing to paint before a frame is shown")
        return self._frame

    def _paint_frame(self, painter: QPainter) -> None:
        """Draw what lies on the ground."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.save()
        painter.setClipRect(self._layout.frame)
        self._layers.paint_below_target(painter)
        self._target.paint(painter)
        self._layers.paint_above_target(painter)
        painter.restore()
        if self._inset is not None and self._inset_ground is not None:
            self._inset_ground.paint(painter)
            self._inset.paint_curve(painter, self._shown_frame().curve)
        if self.recipe.shows(Part.CAPTION):
            self._paint_caption(painter)

    def _paint_ground(self, painter: QPainter) -> None:
        recipe, palette, projection = self.recipe, self._look.palette, self._layout.projection
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if recipe.theme.has_ground:
            painter.fillRect(QRectF(0.0, 0.0, recipe.width, recipe.height), QColor(palette.plot))
            shade = blended(palette.plot, palette.muted, OUTSIDE_SHADE)
        else:
            shade = QColor(palette.muted)
            shade.setAlphaF(OUTSIDE_SHADE)
        shade_outside(painter, projection, self.subject.domain, shade)
        paint_axes(painter, projection, self._layout.ticks, self._look, self._thin)
        rim = 0.4 * EDGE * recipe.scale
        painter.save()
        painter.translate(rim, 0.0)
        within = replace(projection, left=projection.left - rim)
        paint_names(painter, within, self.subject.names, QSizeF(recipe.width, recipe.height - rim), self._look)
        painter.restore()
        if recipe.shows(Part.LEGEND):
            room = 0.0
            if recipe.shows(Part.CAPTION) and not self._layout.caption_above:
                room = QFontMetricsF(plot_font(recipe.scale)).horizontalAdvance(_LONGEST_CAPTION)
            beside = replace(projection, left=projection.left + room, width=max(1.0, projection.width - room))
            paint_legend(painter, beside, self._legend(), self._look)
        if self._title:
            self._paint_title(painter)

    def _legend(self) -> list[LegendEntry]:
        """What is drawn, of what the screen's legend names."""
        shown = self._layers.picture
        named, samples = self._layers.legend()
        entries = list(legend_entries(shown, named, self._look.palette))
        target, others = entries[:1], entries[1:]
        output, others = others[: int(shown.output)], others[int(shown.output) :]
        rays, others = others[:1], others[1:]
        if not self.recipe.shows(Part.TARGET):
            target = []
        if not self.recipe.shows(Part.RAYS):
            rays = []
        return [*target, *samples, *output, *rays, *others, *self._layers.kept_legend()]

    def _paint_title(self, painter: QPainter) -> None:
        frame, font = self._layout.frame, self._layout.title_font
        painter.setFont(font)
        painter.setPen(QColor(self._look.palette.text))
        metrics = QFontMetricsF(font)
        text = metrics.elidedText(self._title, Qt.TextElideMode.ElideRight, frame.width())
        middle = frame.center().x() - metrics.horizontalAdvance(text) / 2.0
        painter.drawText(QPointF(middle, metrics.ascent() + 5.0 * self.recipe.scale), text)

    def _paint_caption(self, painter: QPainter) -> None:
        scale, projection = self.recipe.scale, self._layout.projection
        painter.setFont(plot_font(scale))
        painter.setPen(QColor(self._look.palette.text))
        metrics = QFontMetricsF(painter.font())
        baseline = projection.top - 7.0 * scale - metrics.descent() + 2.0 - self._layout.caption_above
        painter.drawText(QPointF(projection.left, baseline), self._caption)

    def _paint_inset_ground(self, painter: QPainter) -> None:
        assert self._inset is not None
        self._inset.paint_ground(painter, self._thin)


def _caption(frame: Frame) -> str:
    loss = "" if math.isnan(frame.loss) else f"   J {value_text(frame.loss)}"
    return f"step {count_text(frame.step)}{loss}"


def _one_line(text: str) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in text).strip()
