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


def test_the_axis_is_that_of_the_present_part():
    changed = (Break(20, "target"),)
    highest = ceiling(((logs(2.0, 14.0, 1.0, 0.0, -1.0), changed),))
    assert highest == 4.0, "as much again as the present part, three decades at least"
    assert ceiling(((logs(2.0, 14.0, 1.0, -7.0), changed),)) == 9.0
    assert ceiling(((logs(13.0, 14.0, 1.0, -7.0), changed),)) == 1.0, "nothing before is in sight"
    assert ceiling(((logs(3.0, 2.0, 1.0, 0.0, -1.0), changed),)) == math.inf, "all can be seen"
    assert ceiling(((logs(13.0, 14.0), changed),)) == math.inf, "there is no present part"
    assert ceiling(((logs(13.0, 40.0, 1.0, *np.linspace(2.0, 300.0, 200)), changed),)) < 10.0, "it diverges itself"


def test_what_came_before_a_break_may_leave_the_view_without_a_word(loss_plot):
    losses = np.concatenate((np.geomspace(1e13, 1e14, 50), np.geomspace(20.0, 0.1, 50)))
    loss_plot.show_curve(LossCurve(np.arange(100) * 10.0, losses, breaks=(Break(500, "target"),)))
    rows = [y for _, y in places(loss_plot, LIGHT.accent)]
    assert max(rows) - min(rows) > 50
    assert places(loss_plot, LIGHT.warning) == [], "no arrow: this run does not diverge"


def test_of_a_part_that_diverged_before_a_break_nothing_is_said_of_the_present_one(loss_plot):
    losses = np.concatenate((np.geomspace(20.0, 0.1, 50), [1e20, 1e80, 1e190], np.full(20, np.inf)))
    loss_plot.show_curve(LossCurve(np.arange(73) * 10.0, losses, breaks=(Break(530, "target"),)))
    assert places(loss_plot, LIGHT.warning) == []


def test_the_texts_of_a_change_and_of_divergence_stand_apart(loss_plot):
    losses = np.concatenate((np.full(50, 3.0), np.geomspace(20.0, 0.1, 4), [1e20, 1e80, 1e190]))
    loss_plot.show_curve(LossCurve(np.arange(57) * 10.0, losses, breaks=(Break(500, "target"),)))
    assert places(loss_plot, LIGHT.warning) != []
    texts = loss_plot._texts
    assert len(texts) == 3, "the name, the change and the divergence"
    for i, text in enumerate(texts):
        assert not any(text.intersects(other) for other in texts[:i])
