"""Data as the target: dots, however many rows there are."""

from __future__ import annotations

import numpy as np
import pytest
from hand import THREE_SEGMENTS
from yardstick import times_as_dear

from reluviz.core.data_target import DataTarget
from reluviz.core.palette import LIGHT


def data(rows, name="data.csv"):
    x = np.linspace(-1.0, 1.0, rows)
    return DataTarget(x, np.sin(9 * x), name=name)


def entry(plot):
    return plot.legend()[0]


def show(plot, target):
    plot.set_target(target.cloud, target.label)
    plot.fit()


def test_every_row_is_a_dot_and_the_legend_says_data(plot):
    show(plot, data(40))
    picture = plot.viewport().grab().toImage()
    for x in (-1.0, 0.02564102564102555, 1.0):
        assert picture.pixelColor(plot.pixel_at(x, float(np.sin(9 * x)))).name() == LIGHT.target
    assert (entry(plot).text, entry(plot).short, entry(plot).mark) == ("data data.csv", "data", "dot")
    plot.set_target(THREE_SEGMENTS.polyline(), THREE_SEGMENTS.label)
    assert entry(plot).text == "target 3 segments"


def test_of_a_million_rows_some_are_drawn_and_it_is_said(plot):
    show(plot, data(1_000_000))
    assert entry(plot).text.startswith("data data.csv (1 point in ")
    assert entry(plot).short.startswith("data (1 in ")
    plot.box.setRange(xRange=(0.0, 0.01), yRange=(-0.2, 0.2), padding=0.0)
    assert entry(plot).text == "data data.csv"
    plot.fit()
    assert "1 point in " in entry(plot).text


def test_a_million_rows_follow_the_view_at_full_rate(plot):
    show(plot, data(1_000_000))
    plot.viewport().repaint()
    x = np.linspace(-1.0, 1.0, 1_000_000)

    def follow(_):
        plot.box.translateBy(x=0.01)
        plot.viewport().repaint()

    # Measured: 2.5 of what it takes to tell the pixel of every row; to draw them, a hundred and more.
    assert times_as_dear(follow, lambda _: (600.0 * x + 640.0).astype(int)) < 12.0


def test_all_heights_come_into_view(plot):
    y = np.zeros(100_000)
    y[77_777] = 50.0
    show(plot, DataTarget(np.linspace(-1, 1, 100_000), y))
    assert plot.view_range[1][1] > 50.0


def test_other_data_bring_another_view(plot):
    show(plot, data(100))
    plot.box.setRange(xRange=(0.0, 0.1), yRange=(0.0, 0.1), padding=0.0)
    same = data(100)
    plot.set_target(same.cloud, same.label)
    plot.grab()
    assert plot.view_range[0][0] < -1.0


@pytest.mark.parametrize("rows", [2, 401, 4001])
def test_any_number_of_rows_is_drawn_in_any_view(plot, rows):
    show(plot, data(rows))
    for view in ((-100.0, 100.0), (5.0, 6.0), (0.0, 1e-5)):
        plot.box.setRange(xRange=view, yRange=(-1.0, 1.0), padding=0.0)
        plot.grab()
