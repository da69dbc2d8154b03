"""Which losses are on the axis: of a run that diverged, what came before."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reluviz.core.history import Break, LossCurve
from reluviz.core.palette import DARK, LIGHT
from reluviz.plot.loss_axis import ceiling
from reluviz.plot.loss_plot import LossPlot


def logs(*values: float) -> np.ndarray:
    return np.column_stack((np.arange(len(values)) * 10.0, values))


@given(st.lists(st.floats(-30.0, 15.0), min_size=1, max_size=50))
def test_losses_that_data_may_have_are_all_shown(values):
    assert ceiling(((logs(*values), ()),)) == math.inf


@given(st.lists(st.floats(-5.0, 2.0), min_size=3, max_size=50), st.floats(20.0, 300.0))
def test_of_a_run_that_diverges_all_that_came_before_is_below_the_ceiling(values, end):
    highest = ceiling(((logs(*values, end), ()),))
    assert values[0] < highest <= max(values) + 4.0


def test_a_run_that_diverges_from_its_first_step_keeps_its_start():
    assert ceiling(((logs(1.0, *np.linspace(2.0, 300.0, 200)), ()),)) < 10.0


def test_large_data_are_not_taken_for_divergence():
    assert ceiling(((logs(18.0, 20.0, 25.0), ()),)) == math.inf
    changed = Break(10, "target")
    assert ceiling(((logs(0.0, 19.0, 20.0), (changed,)),)) == math.inf
    assert ceiling(((logs(0.0, 19.0, 20.0), ()),)) < 10.0


@pytest.fixture
def loss_plot(qtbot):
    plot = LossPlot()
    qtbot.addWidget(plot)
    plot.resize(600, 200)
    with qtbot.waitExposed(plot):
        plot.show()
    return plot


def places(plot: LossPlot, colour: str) -> list[tuple[int, int]]:
    image = plot.grab().toImage()
    return [
        (x, y) for y in range(image.height()) for x in range(image.width()) if image.pixelColor(x, y).name() == colour
    ]


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_the_history_stays_in_sight_and_a_mark_says_what_happened(loss_plot, palette):
    loss_plot.set_palette(palette)
    losses = np.concatenate((np.geomspace(20.0, 0.1, 100), [1e20, 1e80, 1e190]))
    loss_plot.show_curve(LossCurve(np.arange(103) * 10.0, losses))
    line = places(loss_plot, palette.accent)
    columns = {x for x, _ in line}
    assert max(columns) - min(columns) > 400
    rows = [y for x, y in line if x < max(columns) - 30]
    assert max(rows) - min(rows) > 40
    marked = places(loss_plot, palette.warning)
    # The arrow, and letters left of it.
    assert max(x for x, _ in marked) - min(x for x, _ in marked) > 80
    loss_plot.show_curve(LossCurve(np.arange(100) * 10.0, losses[:100]))
    assert places(loss_plot, palette.warning) == []
