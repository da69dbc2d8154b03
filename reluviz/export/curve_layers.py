"""The layers of the screen's plot, without a screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from PySide6.QtGui import QPainter

from reluviz.core.kept import KEPT_SHORT, kept_at
from reluviz.core.network import Network
from reluviz.core.picture import Picture, Rays
from reluviz.core.picture_recipe import Part
from reluviz.core.recording import Recording
from reluviz.core.score import ErrorFinder
from reluviz.export.kink_marks import paint_kinks
from reluviz.export.subject import Subject
from reluviz.plot.axes import LegendEntry
from reluviz.plot.curve_item import DrawnOutput, DrawnTarget
from reluviz.plot.drawn import Drawn
from reluviz.plot.error_mark_item import DrawnErrorMark
from reluviz.plot.kept_item import DrawnKept
from reluviz.plot.look import Look
from reluviz.plot.partial_sum_item import DrawnSums
from reluviz.plot.projection import Projection
from reluviz.plot.ray_item import DrawnRays
from reluviz.plot.residual_item import DrawnResidual
from reluviz.plot.sample_item import DrawnSamples


class CurveLayers:
    """Everything that is drawn inside the frame of a picture. Made and used on any thread, but on one at a time.

    `is_film` says that many frames will be drawn.
    """

    def __init__(
        self, subject: Subject, parts: frozenset[Part], look: Look, projection: Projection, is_film: bool = False
    ) -> None:
        self._subject = subject
        self._parts = parts
        self._look = look
        self._is_film = is_film
        self._projection = projection
        self._network: Network | None = None
        self._picture = subject.picture
        self._residual = DrawnResidual()
        self._rays = DrawnRays()
        self._target = DrawnTarget()
        self._samples = DrawnSamples()
        self._kept = DrawnKept()
        self._kept_index: int | None = None
        self._sums = DrawnSums()
        self._output = DrawnOutput()
        self._mark = DrawnErrorMark()
        for layer in self._all:
            layer.set_look(look)
            layer.set_projection(projection)
        for moving in (self._residual, self._rays, self._kept, self._sums, self._output):
            moving.set_domain(*subject.domain)
        drawn = subject.polyline if subject.cloud is None else subject.cloud
        self._target.show_target(drawn, subject.target.label)
        self._residual.set_target(subject.polyline)
        self._samples.set_samples(subject.samples if Part.SAMPLES in parts else None)
        self._target.set_sample_count(subject.on_line)
        self._mark.set_target(ErrorFinder(subject.target))
        self.set_picture(subject.picture)

    @property
    def _all(self) -> tuple[Drawn, ...]:
        moving = self._residual, self._rays, self._sums, self._output, self._mark
        return self._target, self._samples, self._kept, *moving

    def legend(self) -> tuple[LegendEntry, Sequence[LegendEntry]]:
        """What target and samples are, and how many of them are drawn."""
        return self._target.legend(), self._samples.legend()

    def kept_legend(self) -> Sequence[LegendEntry]:
        """What is kept to compare with, where it is drawn."""
        return self._kept.legend()

    @property
    def picture(self) -> Picture:
        """What is drawn now."""
        return self._picture

    def set_picture(self, picture: Picture) -> None:
        """What is drawn, as far as the parts allow: they, and not `picture`, say whether the output is."""
        self._picture = picture = replace(picture, output=Part.OUTPUT in self._parts)
        for layer in (self._residual, self._rays, self._sums, self._output):
            layer.set_picture(picture)
        self._mark.set_marked(picture.largest_error)

    def show_network(self, network: Network) -> None:
        if network is not self._network:
            self._network = network
            for layer in (self._residual, self._rays, self._sums, self._output, self._mark):
                layer.show_network(network)

    def show_kept(self, step: int) -> None:
        """What is kept to compare with: of a run, its moment of this step."""
        kept = self._subject.kept
        if kept is None or Part.KEPT not in self._parts:
            return
        index = kept.nearest(step) if isinstance(kept, Recording) else 0
        if index == self._kept_index:
            return
        self._kept_index = index
        shown = kept_at(kept, step)
        # In a film the legend stands still.
        text = f"{KEPT_SHORT} run" if self._is_film and isinstance(kept, Recording) else shown.text
        self._kept.keep(shown.moment.network, text, shown.short)

    def paint_below_target(self, painter: QPainter) -> None:
        """Draw what lies below the target."""
        if self._picture.residual:
            self._residual.draw(painter, self._projection)
        if Part.RAYS in self._parts and self._picture.rays is not Rays.PARTIAL_SUMS:
            self._rays.draw(painter, self._projection)

    def paint_target(self, painter: QPainter) -> None:
        """Draw the target and the samples: they are the same for every network."""
        target: list[Drawn] = [self._target] if Part.TARGET in self._parts else []
        samples: list[Drawn] = [self._samples] if self._samples.is_drawn else []
        for layer in (*samples, *target) if self._samples.is_below else (*target, *samples):
            layer.draw(painter, self._projection)

    def paint_above_target(self, painter: QPainter) -> None:
        """Draw what lies above the target."""
        if self._kept.is_drawn:
            self._kept.draw(painter, self._projection)
        if Part.RAYS in self._parts and self._picture.rays is Rays.PARTIAL_SUMS:
            self._sums.draw(painter, self._projection)
        if self._picture.output:
            self._output.draw(painter, self._projection)
        if self._network is not None and Part.KINKS in self._parts:
            with np.errstate(all="ignore"):
                domain = self._subject.domain
                paint_kinks(painter, self._network, domain, self._picture, self._projection, self._look)
        if self._picture.largest_error:
            self._mark.draw(painter, self._projection)
