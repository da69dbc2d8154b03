"""The marks of samples: dots and rings where they belong, fewer of very many, and the legend that says so."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor

from reluviz.core.data_target import DataTarget
from reluviz.core.dataset import Sampling, Split
from reluviz.core.network import Network
from reluviz.core.palette import DARK, LIGHT
from reluviz.core.target import FunctionTarget
from reluviz.plot.decomposition_plot import DecompositionPlot
from reluviz.plot.sample_item import MOST_DRAWN

TARGET = FunctionTarget("abs", -1.0, 1.0)


@pytest.fixture
def drawing(qtbot):
    drawing = DecompositionPlot()
    qtbot.addWidget(drawing)
    drawing.resize(800, 600)
    drawing.set_domain(-1.0, 1.0)
    drawing.set_target(TARGET.polyline(), "|x|")
    drawing.show_network(Network([1.0], [0.0], [1.0], 0.0))
    with qtbot.waitExposed(drawing):
        drawing.show()
    drawing.grab()
    return drawing


def split_of(samples: int, noise: float = 0.0, validation: float = 0.0) -> Split:
    return Sampling(samples, noise=noise, validation=validation).split(TARGET)


def has_near(image, at, colour: str, reach: int) -> bool:
    """Whether the colour, or nearly that, is within so many pixels."""
    reached = range(-reach, reach + 1)
    return any(is_near(image.pixelColor(at.x() + i, at.y() + j), colour) for i in reached for j in reached)


def is_near(shown: QColor, colour: str) -> bool:
    wanted = QColor(colour)
    away = (shown.red() - wanted.red(), shown.green() - wanted.green(), shown.blue() - wanted.blue())
    return sum(map(abs, away)) < 60


def pixel(drawing, x: float, y: float):
    projection = drawing.samples.projection
    return drawing.viewport_pixel((float(projection.x(x)), float(projection.y(y))))


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_every_held_out_sample_has_its_ring_and_every_other_its_dot(drawing, palette):
    drawing.set_palette(palette)
    split = split_of(20, validation=0.3)
    drawing.set_samples(split)
    image = drawing.viewport().grab().toImage()
    assert split.validation is not None
    for x, y in zip(split.validation.x, split.validation.y, strict=True):
        if abs(x) == 1.0:
            continue  # a handle lies there
        assert has_near(image, pixel(drawing, x, y), palette.validation, 6), (x, y)
    for x, y in zip(split.training.x[1:-1], split.training.y[1:-1], strict=True):
        assert not has_near(image, pixel(drawing, x, y), palette.validation, 1), (x, y)


def test_none_are_drawn_unless_asked_for(drawing):
    plain = drawing.grab().toImage()
    drawing.set_samples(split_of(20))
    assert drawing.grab().toImage() != plain
    drawing.set_samples(None)
    assert drawing.grab().toImage() == plain


def legend(drawing) -> list[str]:
    return [entry.text for entry in drawing.samples.legend()]


def test_the_legend_names_the_marks_and_how_many_are_left_out(drawing):
    assert legend(drawing) == []
    drawing.set_samples(split_of(20))
    assert legend(drawing) == ["samples"]
    drawing.set_samples(split_of(20, validation=0.5))
    assert legend(drawing) == ["samples", "validation"]
    drawing.set_samples(split_of(10 * MOST_DRAWN))
    assert legend(drawing) == ["samples (1 in 10)"]


def test_of_very_many_only_some_are_taken(drawing):
    x = np.linspace(-1.0, 1.0, 2_000_000)
    split = Split(type("Many", (), {"x": x, "y": x, "__len__": lambda self: len(x)})())
    drawing.set_samples(split)
    assert len(drawing.samples._training) == MOST_DRAWN


def test_many_lie_below_the_targets_line_and_few_on_it(drawing):
    drawing.set_samples(split_of(20))
    few = drawing.samples.zValue()
    drawing.set_samples(split_of(900, noise=0.1))
    assert drawing.samples.zValue() < drawing._target.zValue() < few


def test_samples_far_away_throw_nothing(drawing, qt_messages):
    drawing.set_samples(split_of(50, noise=1e8))
    drawing.grab()
    assert qt_messages == []


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("rows", [11, 21])
def test_over_data_both_the_dot_and_its_ring_are_to_be_seen(drawing, palette, rows):
    x = np.linspace(-1.0, 1.0, rows)
    target = DataTarget(x, np.sin(3.0 * x), name="data")
    drawing.set_palette(palette)
    drawing.set_target(target.cloud, target.label)
    drawing.show_network(Network([1.0], [-2.0], [1.0], -0.9))
    split = Sampling(rows, validation=0.3).split(target)
    assert split.validation is not None
    drawing.set_samples(split)
    drawing.fit()
    image = drawing.viewport().grab().toImage()
    inner = [(x, y) for x, y in zip(split.validation.x, split.validation.y, strict=True) if abs(x) < 0.95]
    assert inner
    for x, y in inner:
        at = pixel(drawing, x, y)
        assert is_near(image.pixelColor(at), palette.target), (x, y)
        around = [(round(5.5 * np.cos(turn)), round(5.5 * np.sin(turn))) for turn in np.linspace(0.0, 6.0, 12)]
        ringed = [has_near(image, at + QPoint(i, j), palette.validation, 1) for i, j in around]
        assert sum(ringed) >= 11, (x, y)
