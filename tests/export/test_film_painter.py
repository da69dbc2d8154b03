"""What is kept to compare with, in the frames of a film."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from film_samples import filmed, rgba, subject_of
from PySide6.QtGui import QColor

from reluviz.core.film import Shot
from reluviz.core.film_recipe import FilmRecipe, What
from reluviz.core.history import LossCurve
from reluviz.core.network import Network
from reluviz.core.picture_recipe import Part, PictureRecipe
from reluviz.core.recording import Moment, Recording
from reluviz.export.film_painter import FilmPainter
from reluviz.plot.kept_item import kept_colour
from reluviz.plot.look import Look

VIEW = ((-1.0, 5.0), (0.0, 10.0))
RUN = Recording.of([Moment(Network([0.0], [0.0], [0.0], height), 100 * i, 1.0) for i, height in enumerate((7.0, 8.0))])
LOOK = PictureRecipe(1280, 720, parts=frozenset({Part.KEPT}))


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize(("what", "step"), [(What.RUN, 10), (What.RUN, 90), (What.SWEEP, None)])
def test_a_run_goes_along_and_where_there_are_no_steps_stands_at_the_present_one(what, step):
    source = filmed()
    heights = []
    for present in (0, 100):
        moved = replace(source, run=replace(source.run, step=present))
        subject = replace(subject_of(moved), kept=RUN)
        painter = FilmPainter(moved, FilmRecipe(what, look=LOOK), subject, VIEW, LossCurve())
        image = rgba(painter.image(Shot(moved.network, step=step)))
        grey = QColor(kept_colour(Look(LOOK.theme.palette)))
        rows = np.nonzero((image[..., :3] == (grey.red(), grey.green(), grey.blue())).all(axis=2).sum(axis=1) > 30)[0]
        assert len(rows) > 0
        heights.append(float(rows.mean()))
    if step is None:
        assert heights[1] < heights[0] - 20, "8 lies above 7"
    else:
        assert heights[0] == heights[1]
        low = 7.0 if step < 50 else 8.0
        assert heights[0] == pytest.approx(painter._plot.projection.y(low), abs=2.0)
