"""A picture or a table that somebody has asked for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage

from reluviz.core.csv_table import check_curves, curves_csv, losses_csv, parameters_csv
from reluviz.core.film import FilmCancelled, GoOn, always
from reluviz.core.frame import Frame
from reluviz.core.history import LossCurve
from reluviz.core.picture_choices import ExportForm, PictureChoices
from reluviz.export.offscreen_plot import OffscreenPlot
from reluviz.export.picture_file import PictureFormat, picture_bytes, png_bytes
from reluviz.export.subject import Subject
from reluviz.files.destination import check_destination, write_destination
from reluviz.plot.fit import ViewRange


@dataclass(frozen=True, eq=False)
class PictureOrder:
    """What is made of a document as it was at one moment, on any thread. `view` None brings everything into view."""

    choices: PictureChoices
    frame: Frame
    subject: Subject
    view: ViewRange | None

    def image(self, go_on: GoOn = always) -> QImage:
        """The picture. Raises FilmCancelled, MemoryError."""
        return self._plot().image(go_on)

    def small_image(self, size: QSize, go_on: GoOn = always) -> QImage:
        """The picture in this size. Raises FilmCancelled, MemoryError."""
        recipe = replace(self.choices.recipe, width=size.width(), height=size.height())
        return replace(self, choices=replace(self.choices, recipe=recipe)).image(go_on)

    def image_and_png(self, go_on: GoOn = always) -> tuple[QImage, bytes]:
        """The picture, and the same as a PNG file. Raises FilmCancelled, MemoryError, OSError."""
        image = self.image(go_on)
        return image, png_bytes(image, self.choices.recipe.dpi, self.subject.title, go_on)

    def data(self, go_on: GoOn = always) -> bytes:
        """The file. Raises FilmCancelled, MemoryError, OSError, and ValueError where there is no such table."""
        form = self.choices.form
        if form.is_picture:
            return picture_bytes(self._plot(), PictureFormat(form.value), go_on)
        problem = self.why_no_table()
        if problem:
            raise ValueError(problem)
        return self.table().encode("utf-8")

    def write(self, path: Path, go_on: GoOn = always) -> None:
        """Write the file, whatever is there. Raises what `data` does, and DestinationError; nothing is written then."""
        check_destination(path, replaces=True)
        data = self.data(go_on)
        if not go_on(1.0):
            raise FilmCancelled
        write_destination(path, data)

    def table(self, rows: int | None = None) -> str:
        """The table, or its first `rows`."""
        form, frame = self.choices.form, self.frame
        if form is ExportForm.PARAMETERS:
            network = frame.network
            shorter = rows is not None and network.neurons > rows
            return parameters_csv(network.part(np.arange(network.neurons)[:rows]) if shorter else network)
        if form is ExportForm.LOSSES:
            curve = frame.curve.latest
            return losses_csv(LossCurve(curve.steps[:rows], curve.losses[:rows], curve.validation[:rows]))
        return curves_csv(frame.network, self.subject.target, rows=rows)

    def why_no_table(self) -> str:
        """Why there is no such table, "" where there is one."""
        if self.choices.form is ExportForm.LOSSES and len(self.frame.curve.latest.steps) < 2:
            return "there is no loss history yet: train first"
        if self.choices.form is ExportForm.CURVES:
            try:
                check_curves(self.frame.network, self.subject.target)
            except ValueError as error:
                return str(error)
        return ""

    def _plot(self) -> OffscreenPlot:
        plot = OffscreenPlot(self.choices.recipe, self.subject, self.view)
        plot.show(self.frame)
        return plot
