"""What of a document is on its pictures."""

from __future__ import annotations

import numpy as np
import pytest

from reluviz.core.axis_names import AxisNames
from reluviz.core.dataset import Sampling
from reluviz.core.picture import Picture
from reluviz.core.settings import TrainingSettings
from reluviz.core.target import FunctionTarget
from reluviz.document.opened import OpenedDocument
from reluviz.document.state import opened_state
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
