"""The picture: its pixels, its limits, and what painting costs the interpreter."""

from __future__ import annotations

import gc
import sys

import numpy as np
import pytest
from hand import THREE_RELUS
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QImage

from reluviz.core.activation import IDENTITY
from reluviz.core.network import Network
from reluviz.core.palette import DARK, LIGHT
from reluviz.core.parameter import Kind, Parameter
from reluviz.core.target import FunctionTarget
from reluviz.plot.decomposition_plot import DecompositionPlot
from reluviz.plot.ray_item import MOST_DASHED
from reluviz.plot.strokes import blended


def picture(plot: DecompositionPlot) -> QImage:
    return plot.viewport().grab().toImage()


def shows(image: QImage, at: QPoint, colour: str, reach: int = 1) -> bool:
    """Whether a pixel within `reach` of a place has nearly this colour: thin lines seldom have it exactly."""
    wanted = np.array(QColor(colour).getRgb()[:3])
    around = [QPoint(dx, dy) for dx in range(-reach, reach + 1) for dy in range(-reach, reach + 1)]
    found = [np.array(image.pixelColor(at + step).getRgb()[:3]) for step in around]
    return any(np.abs(one - wanted).max() <= 24 for one in found)


def shows_at(plot: DecompositionPlot, x: float, y: float, colour: str) -> bool:
    return shows(picture(plot), plot.pixel_at(x, y), colour)


def other(network: Network) -> Network:
    return network.with_values({Parameter(Kind.OUTPUT_BIAS): network.output_bias - 3.0})


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_target_output_and_rays_have_their_colours_and_places(plot, palette):
    plot.set_palette(palette)
    plot.show_network(other(THREE_RELUS))
    assert shows_at(plot, -0.75, 0.0, palette.target)
    assert shows_at(plot, -0.25, -3.0, palette.output)
    assert shows_at(plot, 0.3, 1.5, palette.neuron(2))
    assert shows_at(plot, -0.3, -1.6, palette.neuron(1))
    assert shows_at(plot, -0.4, 2.4, palette.neuron(0))
    assert shows_at(plot, 0.5, -2.5, palette.plot)


def test_flat_parts_show_whose_they_are_up_to_each_kink(plot):
    assert shows_at(plot, -0.4, 0.0, LIGHT.neuron(2))
    assert shows_at(plot, -0.62, 0.0, LIGHT.neuron(1))


def test_the_target_shows_on_both_sides_of_an_output_that_covers_it(plot):
    image, place = picture(plot), plot.pixel_at(0.9, -0.1)
    rows = [image.pixelColor(place + QPoint(0, dy)).lightness() for dy in range(-4, 5)]
    middle = image.pixelColor(place)
    assert shows(image, place, LIGHT.output, 0)
    assert min(rows[:4]) < middle.lightness() - 40
    assert min(rows[5:]) < middle.lightness() - 40


def test_the_highlighted_ray_is_thick_and_the_others_step_back(plot):
    place = plot.pixel_at(0.5, 2.5)

    def thickness() -> int:
        image = picture(plot)
        return sum(shows(image, place + QPoint(0, dy), LIGHT.neuron(2), 0) for dy in range(-8, 9))

    before = thickness()
    plot.set_highlight(2, None)
    assert thickness() >= before + 2
    assert not shows_at(plot, -0.3, -1.6, LIGHT.neuron(1))
    plot.set_highlight(None, None)
    assert shows_at(plot, -0.3, -1.6, LIGHT.neuron(1))


def test_a_jump_of_the_target_is_drawn_upright(plot):
    step = FunctionTarget("step", -1.0, 1.0)
    plot.set_target(step.polyline(), step.label)
    plot.show_network(Network([1.0], [-1.0], [1.0], 0.25))
    for height in (0.1, 0.5, 0.9):
        assert shows_at(plot, 0.0, height, LIGHT.target)


def test_a_new_target_and_a_new_domain_come_into_view(plot, qtbot):
    plot.set_domain(-3.0, 3.0)
    target = FunctionTarget("sine")
    plot.set_target(target.polyline(), target.label)
    picture(plot)
    (x_low, x_high), (y_low, y_high) = plot.view_range
    assert x_low < -3.0 < 3.0 < x_high
    assert y_low < 3.0
    assert y_high > 7.0


def test_a_hidden_plot_computes_and_paints_nothing(plot, monkeypatch):
    plot.hide()

    def fail(*_: object) -> None:
        raise AssertionError("computed for a hidden plot")

    before = plot.repaints
    with monkeypatch.context() as patch:
        patch.setattr(Network, "contribution_polylines", fail)
        patch.setattr(Network, "vertices", fail)
        for _ in range(10):
            plot.show_network(other(THREE_RELUS))
    assert plot.repaints == before


def test_many_shown_networks_are_one_repaint(plot, qtbot):
    before = plot.repaints
    for number in range(50):
        plot.show_network(THREE_RELUS.with_values({Parameter(Kind.OUTPUT_BIAS): number / 50}))
    qtbot.waitUntil(lambda: plot.repaints > before)
    assert plot.repaints == before + 1


@pytest.mark.parametrize("size", [(1, 1), (2, 500), (500, 2), (40, 30)])
def test_windows_too_small_to_read(plot, qt_messages, size):
    plot.resize(*size)
    for scale in (1.0, 3.0):
        plot.set_font_scale(scale)
        picture(plot)
    plot.fit()
    assert np.isfinite(plot.view_range).all()
    assert qt_messages == []


EXTREMES = {
    "huge weights": Network([1e308, -1e308, 1.0], [1e308, 1.0, -1e308], [1e308, -1e308, 1e308], 1e308),
    "tiny": Network([5e-324, 1e-300], [1e-300, -5e-324], [5e-324, 1e-300], 5e-324),
    "constant": Network([0.0, 0.0], [1.0, -1.0], [1.0, 1.0]),
    "all kinks on one spot": Network(np.ones(20), np.zeros(20), np.ones(20)),
    "far kinks": Network([1.0, 1e-9], [1e12, 1e12], [1.0, -1.0]),
    "lines": Network([1e200, -1.0], [0.0, 1e308], [1e200, 1.0], activation=IDENTITY),
    "many": Network(np.ones(10_000), np.linspace(-1, 1, 10_000), np.full(10_000, 1e-3)),
}


@pytest.mark.parametrize("network", EXTREMES.values(), ids=EXTREMES.keys())
def test_extreme_networks_are_drawn_without_a_word(plot, qt_messages, network):
    plot.show_network(network)
    plot.set_highlight(0, network.neurons - 1)
    plot.fit()
    for _ in range(2):
        picture(plot)
        plot.box.scaleBy((1e-3, 1e-3))
    assert qt_messages == []


@pytest.mark.parametrize("heights", [(1e308, -1e308), (0.0, 0.0), (1e12, 1e12), (np.inf, np.nan)])
def test_extreme_targets_are_drawn_without_a_word(plot, qt_messages, heights):
    plot.set_target(np.column_stack(([-1.0, 1.0], heights)), "x" * 5000)
    plot.fit()
    picture(plot)
    assert np.isfinite(plot.view_range).all()
    assert qt_messages == []


@pytest.mark.parametrize("domain", [(-1e9, 1e9), (1e9 - 1.0, 1e9), (0.0, 1e-9), (-1e-6, 1e6)])
def test_extreme_domains(plot, qt_messages, domain):
    plot.set_domain(*domain)
    plot.set_target(np.array([[domain[0], 0.0], [domain[1], 1.0]]), "line")
    picture(plot)
    (low, high), _ = plot.view_range
    assert low < domain[0] < domain[1] < high
    assert qt_messages == []


@pytest.mark.parametrize("neurons", [MOST_DASHED, MOST_DASHED + 1])
def test_dashes_only_while_they_are_few(plot, neurons):
    weight = np.zeros(neurons)
    weight[8] = 1.0
    plot.show_network(Network(np.ones(neurons), np.ones(neurons), weight, -1.0))
    image = picture(plot)
    places = [plot.pixel_at(x, x + 1.0) for x in np.linspace(0.3, 0.9, 60)]
    along = [shows(image, place, LIGHT.neuron(8)) for place in places]
    assert all(along) == (neurons > MOST_DASHED)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("neurons", [41, 1000])
def test_among_very_many_rays_each_has_its_colour_and_place(plot, palette, neurons):
    weight = np.zeros(neurons)
    weight[3] = 1.0
    plot.set_palette(palette)
    plot.show_network(Network(np.ones(neurons), np.ones(neurons), weight, -1.0))
    image = picture(plot)
    pale = blended(palette.neuron(3), palette.plot, 0.25).name()
    assert all(shows(image, plot.pixel_at(x, x + 1.0), pale) for x in np.linspace(0.3, 0.9, 60))
    assert shows(image, plot.pixel_at(0.5, 2.5), palette.plot)


def test_painting_keeps_its_references_to_none(plot):
    # Small: what is counted are the calls, not the pixels.
    plot.resize(320, 240)
    picture(plot)
    # What earlier tests threw away would go meanwhile, and its references with it.
    gc.collect()
    before = sys.getrefcount(None)
    for number in range(500):
        plot.show_network(THREE_RELUS.with_values({Parameter(Kind.OUTPUT_BIAS): number / 500}))
        plot.viewport().repaint()
    assert plot.repaints >= 500
    # Immortal in newer interpreters, where the count says nothing and cannot fall.
    assert sys.getrefcount(None) > before - 100


def test_the_menu_is_our_own(plot, qtbot):
    assert [action.text() for action in plot._menu.actions()] == ["Fit view"]
    assert not plot.box.menuEnabled()
