"""The frames of a film as pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtGui import QImage, QPainter

from reluviz.core.film import Shot
from reluviz.core.film_recipe import FilmRecipe, What
from reluviz.core.filmed import Filmed, picture_of
from reluviz.core.frame import Frame
from reluviz.core.history import LossCurve
from reluviz.core.network import Network
from reluviz.core.picture_recipe import Part, PictureRecipe
from reluviz.export.offscreen_plot import FORMAT, OffscreenPlot
from reluviz.export.subject import Subject
from reluviz.export.subtitle import Subtitle
from reluviz.plot.fit import ViewRange

# Films with a sentence for every step, which needs a line of its own.
_TOLD = {What.BUILD, What.SUMS}


class FilmPainter:
    """Paints shots, all in the same `view` and with the same axes of the loss; on one thread at a time."""

    def __init__(
        self,
        filmed: Filmed,
        recipe: FilmRecipe,
        subject: Subject,
        view: ViewRange,
        losses: LossCurve,
        look: PictureRecipe | None = None,
        networks: Sequence[Network] = (),
    ) -> None:
        """`look` is what the frames look like instead of how the recipe says; `networks` are some of the film's."""
        self._filmed = filmed
        self._recipe = recipe
        look = self._look = look or recipe.look
        self._subtitle: Subtitle | None = None
        plot = look
        if look.shows(Part.CAPTION) and recipe.what in _TOLD:
            self._subtitle = Subtitle(look.width, look.height, look.scale, look.theme.palette)
            plot = replace(look, height=look.height - self._subtitle.height, parts=look.parts - {Part.CAPTION})
        picture = picture_of(filmed, recipe)
        self._plot = OffscreenPlot(plot, replace(subject, picture=picture), view, losses, True, networks)

    def image(self, shot: Shot) -> QImage:
        """The shot as a new image. Raises MemoryError where there is no room for it."""
        nothing = float("nan")
        frame = Frame(
            shot.network,
            # What has no steps is made of the present state.
            self._filmed.run.step if shot.step is None else shot.step,
            loss=nothing if shot.loss is None else shot.loss,
            validation_loss=shot.validation_loss,
            curve=shot.curve,
        )
        caption = shot.caption if shot.step is None else None
        self._plot.show(frame, picture_of(self._filmed, self._recipe, shot), caption)
        image = QImage(self._look.width, self._look.height, FORMAT)
        if image.isNull():
            raise MemoryError("there is not enough memory for frames of this size")
        self._plot.render(image)
        if self._subtitle is not None:
            painter = QPainter(image)
            try:
                self._subtitle.paint(painter, shot.caption, self._look.theme.has_ground)
            finally:
                painter.end()
        return image
