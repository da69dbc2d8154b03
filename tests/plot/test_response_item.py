"""The strip that says where a neuron is sensitive, and the marks of kinks without a handle."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor

from reluviz.core.activation import HARD_TANH, TANH
from reluviz.core.handles import further_kinks
from reluviz.core.network import Network
from reluviz.core.palette import LIGHT
from reluviz.core.response import Response
from reluviz.plot.decomposition_plot import DecompositionPlot

NETWORK = Network([6.0, 1.0], [0.0, 0.0], [1.0, 0.5], activation=TANH)


@pytest.fixture
def shown(plot: DecompositionPlot) -> DecompositionPlot:
    plot.show_network(NETWORK)
    plot.set_highlight(None, None)
    return plot


def strip_colour(plot: DecompositionPlot, x: float) -> QColor:
    """In the lowest pixels of the frame, above the words."""
    at = plot.pixel_at(x, plot.view_range[1][0])
    return plot.grab().toImage().pixelColor(at.x(), at.y() - 3)


def test_nothing_without_a_neuron(shown: DecompositionPlot) -> None:
    assert shown.response.stretches() == []


def test_the_selected_neurons_sensitive_range_is_coloured(shown: DecompositionPlot) -> None:
    shown.set_highlight(0, None)
    parts = [(part.low, part.high, part.response) for part in shown.response.stretches()]
    assert parts == [
        (-1.0, -0.5, Response.SATURATED),
        (-0.5, 0.5, Response.SENSITIVE),
        (0.5, 1.0, Response.SATURATED),
    ]
    sensitive, saturated = strip_colour(shown, -0.3), strip_colour(shown, -0.9)
    own = QColor(LIGHT.neuron(0))
    assert abs(sensitive.hue() - own.hue()) < 12
    assert saturated.lightness() > sensitive.lightness() + 15


def test_the_hovered_neuron_comes_first_and_a_network_without_it_shows_none(shown: DecompositionPlot) -> None:
    shown.set_highlight(0, 1)
    assert [part.response for part in shown.response.stretches()] == [Response.SENSITIVE]
    shown.show_network(Network([1.0], [0.0], [1.0], activation=TANH))
    assert shown.response.stretches() == []


def test_while_the_target_is_edited_the_strip_makes_room(shown: DecompositionPlot) -> None:
    shown.set_highlight(0, None)
    shown.edit_target(True)
    assert not shown.response.isVisible()
    shown.edit_target(False)
    assert shown.response.isVisible()


def test_a_hard_tanhs_second_kink_is_marked_in_its_colour(shown: DecompositionPlot) -> None:
    network = Network([4.0], [0.0], [0.5], activation=HARD_TANH)
    assert further_kinks(network, [0], -1.0, 1.0) == [(0, 0.25, 0.5)]
    assert further_kinks(network, [0], -1.0, 0.2) == []
    assert further_kinks(NETWORK, [0, 1], -1.0, 1.0) == []
    shown.show_network(network)
    at = shown.pixel_at(0.25, 0.5)
    image = shown.grab().toImage()
    assert image.pixelColor(at) == QColor(LIGHT.plot)
    rim = [image.pixelColor(at.x() + dx, at.y() + dy) for dx in range(-6, 7) for dy in (-3, 3)]
    own = QColor(LIGHT.neuron(0))
    assert any(abs(colour.red() - own.red()) + abs(colour.blue() - own.blue()) < 40 for colour in rim)
