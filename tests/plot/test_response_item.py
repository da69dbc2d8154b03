"""The strip that says where a neuron is sensitive."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor

from reluviz.core.activation import TANH
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
