"""What of a document is on its pictures."""

from __future__ import annotations

import numpy as np
import pytest
from picture_subjects import frame

from reluviz.core.axis_names import AxisNames
from reluviz.core.dataset import Sampling
from reluviz.core.picture import Picture
from reluviz.core.picture_recipe import PictureRecipe
from reluviz.core.settings import TrainingSettings
from reluviz.core.target import FunctionTarget
from reluviz.document.opened import OpenedDocument
from reluviz.document.state import opened_state
from reluviz.export.offscreen_plot import OffscreenPlot
from reluviz.export.subject import Subject


@pytest.mark.parametrize(("samples", "are_marked"), [(20, True), (2000, False)])
def test_a_file_and_the_window_that_has_it_open_show_the_same(samples, are_marked):
    document = OpenedDocument(
        "Waves", FunctionTarget("sine"), Sampling(samples), settings=TrainingSettings(loss="mae"), axes=AxisNames("t")
    )
    split, picture = document.sampling.split(document.target), Picture(residual=True)
    for pictured in (document, opened_state(document)):
        subject = Subject.of(pictured, picture, "Waves", split)
        assert (subject.samples is split) is are_marked
        assert (subject.title, subject.picture, subject.names) == ("Waves", picture, AxisNames("t"))
        assert subject.loss == "MAE"
        np.testing.assert_array_equal(subject.polyline, document.target.polyline())


def test_samples_that_nobody_knows_yet_are_not_marked():
    document = OpenedDocument("Waves", FunctionTarget("sine"), Sampling(20))
    assert Subject.of(document, document.picture, document.title, None).samples is None


@pytest.mark.parametrize(
    ("samples", "said"), [(20, ""), (2000, ""), (200_000, " (200\u2009000 samples, drawn as a line)")]
)
def test_a_line_that_stands_for_very_many_samples_says_so(qapp, samples, said):
    document = OpenedDocument("Waves", FunctionTarget("sine"), Sampling(samples))
    subject = Subject.of(document, document.picture, "Waves", document.sampling.split(document.target))
    plot = OffscreenPlot(PictureRecipe(1280, 720), subject, ((-3.2, 3.2), (-4.0, 9.0)))
    plot.show(frame())
    assert plot._legend()[0].text == f"target 2·sin(x) + 5{said}"
