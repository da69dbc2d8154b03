"""What a parameter moves is shaded: the band starts at the kink, the halo runs along the output there."""

from __future__ import annotations

import numpy as np
import pytest
from hand import THREE_RELUS
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QImage

from reluviz.core.network import Network
from reluviz.core.palette import DARK, LIGHT, Palette
from reluviz.core.parameter import OUTPUT_BIAS, Kind, Parameter
from reluviz.plot.decomposition_plot import DecompositionPlot
from reluviz.plot.influence_item import part_of

W = [Parameter(Kind.OUTPUT_WEIGHT, j) for j in range(3)]
B2 = Parameter(Kind.HIDDEN_BIAS, 1)
# Empty ground at this height, from edge to edge of the domain.
FREE = -3.3


def picture(plot: DecompositionPlot) -> QImage:
    return plot.viewport().grab().toImage()


def shaded_columns(plot: DecompositionPlot, y: float) -> tuple[int, int] | None:
    """The first and the last pixel of one row that differs from the picture without shading."""
    shown = plot.influence.parameter
    with_it = picture(plot)
    plot.influence.set_parameter(None)
    without = picture(plot)
    plot.influence.set_parameter(shown)
    row = plot.pixel_at(0.0, y).y()
    columns = [x for x in range(with_it.width()) if with_it.pixel(x, row) != without.pixel(x, row)]
    return (columns[0], columns[-1]) if columns else None


@pytest.mark.parametrize(("neuron", "start"), [(0, -1.0), (1, -0.5), (2, 0.0)])
def test_the_band_runs_from_the_kink_to_the_right_edge(plot, neuron, start):
    plot.influence.set_parameter(W[neuron])
    assert plot.influence.interval() == (start, 1.0)
    found = shaded_columns(plot, FREE)
    assert found is not None
    wanted = plot.pixel_at(start, 0.0).x(), plot.pixel_at(1.0, 0.0).x()
    assert found == pytest.approx(wanted, abs=1.5)


def test_the_halo_is_on_the_moved_part_of_the_output_alone(plot):
    plot.influence.set_parameter(W[2])
    halo = QColor.fromRgbF(*(0.3 * np.array(QColor(LIGHT.neuron(2)).getRgbF()[:3]) + 0.7)).getRgb()
    image = picture(plot)
    for x, y, is_shaded in ((0.5, -0.5, True), (0.9, -0.1, True), (-0.25, 0.0, False), (-0.75, 0.0, False)):
        # Between the target's edge and the halo's, along the row.
        rows = [image.pixelColor(plot.pixel_at(x, y) + QPoint(0, dy)).getRgb() for dy in range(3, 12)]
        assert any(np.allclose(row, halo, atol=4) for row in rows) == is_shaded


def test_a_neuron_that_faces_left_shades_what_is_left_of_its_kink(plot):
    plot.show_network(Network([-1.0], [0.25], [1.0]))
    plot.influence.set_parameter(W[0])
    found = shaded_columns(plot, FREE)
    assert found == pytest.approx((plot.pixel_at(-1.0, 0.0).x(), plot.pixel_at(0.25, 0.0).x()), abs=1.5)


def test_b0_shades_everything_and_a_ray_that_is_off_nothing(plot):
    plot.influence.set_parameter(OUTPUT_BIAS)
    assert plot.influence.interval() == (-1.0, 1.0)
    plot.show_network(Network([1.0], [-3.0], [1.0]))
    plot.influence.set_parameter(W[0])
    assert plot.influence.interval() is None
    assert shaded_columns(plot, FREE) is None
    # A neuron that is gone with a smaller network shades nothing either.
    plot.influence.set_parameter(W[2])
    assert shaded_columns(plot, FREE) is None


def test_the_shading_follows_the_kink(plot):
    plot.influence.set_parameter(B2)
    plot.show_network(THREE_RELUS.with_values({B2: -0.25}))
    found = shaded_columns(plot, FREE)
    assert found is not None
    assert found[0] == pytest.approx(plot.pixel_at(0.25, 0.0).x(), abs=1.5)


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_target_and_output_keep_their_colours_and_their_contrast(plot, palette: Palette):
    plot.set_palette(palette)
    plot.show_network(THREE_RELUS.with_values({OUTPUT_BIAS: -2.0}))
    plot.influence.set_parameter(OUTPUT_BIAS)
    image = picture(plot)
    for x, y, colour in ((0.5, -0.5, palette.target), (0.5, -1.5, palette.output)):
        assert image.pixelColor(plot.pixel_at(x, y)).name() == colour
    for neuron in range(8):
        plot.show_network(Network(np.ones(8), np.ones(8), np.full(8, 0.1), -1.0))
        plot.influence.set_parameter(Parameter(Kind.OUTPUT_WEIGHT, neuron))
        image = picture(plot)
        band = image.pixelColor(plot.pixel_at(0.55, FREE))
        assert abs(band.lightness() - QColor(palette.plot).lightness()) < 30
        # Drawn, all the same.
        assert band.name() != palette.plot


def test_the_handles_say_what_is_under_the_mouse(hand):
    said = []
    hand.plot.parameter_hovered.connect(said.append)
    for parameter in (B2, W[2]):
        hand.move(hand.plot.handle_pixel(parameter))
    hand.move(QPoint(2, 2))
    assert said == [B2, W[2], None]


def test_a_part_of_a_polyline_is_cut_where_asked():
    line = np.array([[0.0, 0.0], [1.0, 2.0], [3.0, 0.0]])
    assert part_of(line, 0.5, 2.0).tolist() == [[0.5, 1.0], [1.0, 2.0], [2.0, 1.0]]
    assert part_of(line, 0.0, 3.0).tolist() == line.tolist()
