"""The mark where output and target are furthest apart."""

from __future__ import annotations

import numpy as np
import pytest
from hand import THREE_RELUS, THREE_SEGMENTS, Hand
from PySide6.QtCore import QPoint
from pytestqt.qtbot import QtBot

from reluviz.core.initializer import initialized
from reluviz.core.parameter import OUTPUT_BIAS, Kind, Parameter
from reluviz.core.score import ErrorFinder
from reluviz.plot.decomposition_plot import DecompositionPlot

W2 = Parameter(Kind.OUTPUT_WEIGHT, 1)


@pytest.fixture
def marked(plot: DecompositionPlot) -> DecompositionPlot:
    plot.error_mark.set_target(ErrorFinder(THREE_SEGMENTS))
    plot.error_mark.set_marked(True)
    return plot


def darkest(plot: DecompositionPlot, at: QPoint, across: int, down: int) -> int:
    """The least lightness within so many pixels of a place: lines lie between pixels."""
    image = plot.viewport().grab().toImage()
    places = [at + QPoint(i, j) for i in range(-across, across + 1) for j in range(-down, down + 1)]
    return min(image.pixelColor(place).lightness() for place in places)


def is_mark(plot: DecompositionPlot, x: float, y: float) -> bool:
    """Whether the bracket is there: dark, as nothing else between target and output is."""
    return darkest(plot, plot.pixel_at(x, y), 1, 0) < 60


def test_the_bracket_reaches_from_target_to_output(marked: DecompositionPlot) -> None:
    # With w₂ = −6 the output is 3 too high at the right edge, 0 there in the target.
    network = THREE_RELUS.with_values({W2: -6.0})
    marked.show_network(network)
    marked.fit()
    error = ErrorFinder(THREE_SEGMENTS).find(network)
    assert (error.at_x, error.target_y, error.output_y) == (1.0, 0.0, pytest.approx(3.0))
    for y in (0.3, 1.0, 2.7):
        assert is_mark(marked, 1.0, y)
        assert not is_mark(marked, 0.97, y)
    assert not is_mark(marked, 1.0, 3.4)
    assert not is_mark(marked, 1.0, -0.3)
    for y in (0.0, 3.0):
        cap = marked.pixel_at(1.0, y) + QPoint(-8, 0)
        assert darkest(marked, cap, 0, 1) < 60, "a cap at either end"


def test_it_follows_the_hand_with_every_frame(marked: DecompositionPlot, hand: Hand) -> None:
    for height in (-0.5, 0.25, 1.0):
        hand.show(THREE_RELUS.with_values({OUTPUT_BIAS: height}))
        # All of the output is too high by as much; the left edge is the first such place.
        error = marked.error_mark.error
        assert error is not None
        assert error.largest == pytest.approx(height + 1.0)
        assert is_mark(marked, error.at_x, error.target_y + 0.3 * error.largest)


def test_there_is_none_unless_it_is_asked_for(marked: DecompositionPlot) -> None:
    marked.show_network(THREE_RELUS.with_values({W2: -6.0}))
    assert is_mark(marked, 1.0, 0.4)
    marked.error_mark.set_marked(False)
    assert not is_mark(marked, 1.0, 0.4)


def test_an_exact_fit_and_an_output_out_of_range_have_no_mark(
    marked: DecompositionPlot, qt_messages: list[str]
) -> None:
    def picture() -> bytes:
        image = marked.viewport().grab().toImage()
        return bytes(image.constBits())

    for network in (THREE_RELUS, THREE_RELUS.with_values({W2: 1e300, Parameter(Kind.HIDDEN_WEIGHT, 1): 1e300})):
        marked.show_network(network)
        marked.error_mark.set_marked(True)
        with_mark = picture()
        marked.error_mark.set_marked(False)
        assert picture() == with_mark
    assert qt_messages == []


def test_what_is_out_of_view_is_not_marked_inside_it(marked: DecompositionPlot, qt_messages: list[str]) -> None:
    marked.show_network(THREE_RELUS.with_values({W2: 1e12}))
    marked.box.setRange(xRange=(-1.1, 1.1), yRange=(-2.0, 2.0), padding=0.0)
    assert is_mark(marked, 1.0, 1.5), "the part in view"
    marked.box.setRange(xRange=(-1.1, 1.1), yRange=(-5.0, -4.0), padding=0.0)
    assert not is_mark(marked, 1.0, -4.5)
    marked.box.setRange(xRange=(-1.0, 0.5), yRange=(-2.0, 2.0), padding=0.0)
    assert not is_mark(marked, 0.5, 1.5)
    assert qt_messages == []


def test_the_error_is_sought_once_for_each_network(marked: DecompositionPlot, qtbot: QtBot) -> None:
    marked.show_network(initialized("even", 1000, np.random.RandomState(1), (-1.0, 1.0)))
    first = marked.error_mark.error
    for _ in range(3):
        marked.viewport().repaint()
        assert marked.error_mark.error is first
