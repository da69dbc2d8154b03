"""The loss curve: where it is drawn, what the axes say, and that nothing throws it."""

from __future__ import annotations

import math

import numpy as np
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest

from reluviz.core.history import LossCurve
from reluviz.core.palette import DARK, LIGHT
from reluviz.plot.loss_plot import LossPlot


@pytest.fixture
def loss_plot(qtbot):
    plot = LossPlot()
    qtbot.addWidget(plot)
    plot.resize(600, 200)
    with qtbot.waitExposed(plot):
        plot.show()
    return plot


def curve(losses, stride=10) -> LossCurve:
    losses = np.asarray(losses, dtype=float)
    return LossCurve(np.arange(len(losses)) * float(stride), losses)


def share(plot, colour: str) -> int:
    image = plot.grab().toImage()
    return sum(
        image.pixelColor(x, y).name() == colour for x in range(0, image.width(), 2) for y in range(image.height())
    )


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_a_curve_runs_from_left_to_right(loss_plot, palette):
    loss_plot.set_palette(palette)
    assert share(loss_plot, palette.accent) == 0
    loss_plot.show_curve(curve(np.geomspace(10.0, 1e-3, 200)))
    image = loss_plot.grab().toImage()
    columns = [
        x
        for x in range(image.width())
        if any(image.pixelColor(x, y).name() == palette.accent for y in range(image.height()))
    ]
    assert columns[-1] - columns[0] > 400
    assert max(np.diff(columns)) <= 4


def test_hovering_shows_the_nearest_record(loss_plot):
    loss_plot.show_curve(curve(np.geomspace(10.0, 1e-3, 200)))
    plain = loss_plot.grab().toImage()
    QTest.mouseMove(loss_plot, QPoint(300, 100))
    QTest.mouseMove(loss_plot, QPoint(302, 100))
    assert loss_plot.grab().toImage() != plain


CURVES = {
    "empty": [],
    "one point": [1.0],
    "two equal": [1.0, 1.0],
    "zeros": [0.0, 0.0, 0.0],
    "zero among": [1.0, 0.0, 0.5, 0.0],
    "endless": [1.0, math.inf, math.nan, 2.0],
    "nothing finite": [math.inf, math.nan],
    "from end to end": [1e308, 1e-320, 1e300],
    "long": np.random.default_rng(1).lognormal(size=2048),
}


@pytest.mark.parametrize("losses", CURVES.values(), ids=CURVES.keys())
@pytest.mark.parametrize("size", [(600, 200), (1, 1), (30, 12)])
def test_any_curve_in_any_window_without_a_word(loss_plot, qt_messages, losses, size):
    loss_plot.resize(*size)
    loss_plot.show_curve(curve(losses, 10**9))
    loss_plot.set_font_scale(2.0)
    QTest.mouseMove(loss_plot, QPoint(size[0] // 2, size[1] // 2))
    QTest.mouseMove(loss_plot, QPoint(size[0] // 2 + 1, size[1] // 2))
    loss_plot.grab()
    assert qt_messages == []


def test_the_axis_does_not_tremble_while_the_curve_grows_into_it(loss_plot):
    losses = np.geomspace(10.0, 1e-3, 400)
    seen = set()
    for points in range(20, 400):
        loss_plot.show_curve(curve(losses[:points]))
        seen.add(loss_plot._limits)
    low, high = loss_plot._limits
    assert low <= -3.0
    assert high >= 1.0
    assert len(seen) <= 42
