"""The bundle: where the output would go under random changes, and nowhere else."""

from __future__ import annotations

import numpy as np
import pytest
from hand import THREE_RELUS
from PySide6.QtGui import QColor, QImage

from reluviz.core.network import Network
from reluviz.core.palette import LIGHT
from reluviz.core.parameter import OUTPUT_BIAS, Kind, Parameter, all_of_neuron
from reluviz.core.perturbation import Shake
from reluviz.plot.decomposition_plot import DecompositionPlot

W = [Parameter(Kind.OUTPUT_WEIGHT, j) for j in range(3)]


def shake(*parameters: Parameter, size: float = 0.2, seed: int = 1) -> Shake:
    return Shake(frozenset(parameters), size, seed)


def pixels(plot: DecompositionPlot, wanted: Shake | None) -> np.ndarray:
    """The picture as blue, green and red, shape (height, width, 3)."""
    plot.bundle.set_shake(wanted)
    image = plot.viewport().grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    return np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)[..., :3].astype(int)


def drawn(plot: DecompositionPlot, wanted: Shake) -> np.ndarray:
    """Where the picture differs from the one without a bundle, shape (height, width)."""
    return np.asarray(np.any(pixels(plot, wanted) != pixels(plot, None), axis=2))


@pytest.mark.parametrize(("neuron", "kink"), [(0, -1.0), (1, -0.5), (2, 0.0)])
def test_a_weight_moves_only_what_is_right_of_its_kink(plot, neuron, kink):
    columns = np.flatnonzero(drawn(plot, shake(W[neuron])).any(axis=0))
    assert columns.min() >= plot.pixel_at(kink, 0.0).x() - 2
    # The bundle leaves the thick target soon after the kink, and runs to the right edge.
    assert columns.min() < plot.pixel_at(kink + 0.15, 0.0).x()
    assert columns.max() == pytest.approx(plot.pixel_at(1.0, 0.0).x(), abs=2)


def test_it_opens_with_the_size(plot):
    heights = []
    for size in (0.05, 0.1, 0.2):
        rows = np.flatnonzero(drawn(plot, shake(W[2], size=size))[:, plot.pixel_at(0.95, 0.0).x()])
        heights.append(np.ptp(rows))
    assert heights[0] > 20
    assert heights[2] > 1.6 * heights[1] > 2.0 * heights[0]


def test_a_seed_makes_it_and_another_one_makes_another(plot):
    first = pixels(plot, shake(W[2]))
    other = pixels(plot, shake(W[2], seed=2))
    assert (pixels(plot, shake(W[2])) == first).all()
    assert (other != first).any()


def test_it_has_the_neurons_colour_and_lies_behind_target_and_output(plot):
    plain = pixels(plot, None)
    with_it = pixels(plot, shake(W[2], size=0.3))
    blue, green, red = with_it[np.any(with_it != plain, axis=2)].mean(axis=0)
    wanted = QColor(LIGHT.neuron(2))
    assert red > blue > green
    assert (wanted.red(), wanted.blue(), wanted.green()) == tuple(sorted(wanted.getRgb()[:3], reverse=True))
    for x, y in ((0.5, -0.5), (0.9, -0.1)):
        at = plot.pixel_at(x, y)
        assert (with_it[at.y() - 2 : at.y() + 3, at.x()] == plain[at.y() - 2 : at.y() + 3, at.x()]).all()


def test_b0_moves_all_of_it_and_nothing_shaken_draws_nothing(plot):
    columns = np.flatnonzero(drawn(plot, shake(OUTPUT_BIAS)).any(axis=0))
    assert columns.min() == pytest.approx(plot.pixel_at(-1.0, 0.0).x(), abs=2)
    assert columns.max() == pytest.approx(plot.pixel_at(1.0, 0.0).x(), abs=2)
    assert not drawn(plot, Shake(frozenset(), 0.5, 1)).any()
    assert not drawn(plot, shake(Parameter(Kind.OUTPUT_WEIGHT, 7))).any()


def test_it_follows_the_network(plot):
    plot.bundle.set_shake(shake(W[2]))
    before = drawn(plot, shake(W[2]))
    plot.show_network(THREE_RELUS.with_values({Parameter(Kind.HIDDEN_BIAS, 2): -0.5}))
    columns = np.flatnonzero(drawn(plot, shake(W[2])).any(axis=0))
    assert np.flatnonzero(before.any(axis=0)).min() < plot.pixel_at(0.3, 0.0).x()
    assert columns.min() >= plot.pixel_at(0.5, 0.0).x() - 2


def test_large_networks_have_fewer_outputs_so_that_few_segments_are_stroked(plot):
    random = np.random.default_rng(3)
    wanted = shake(OUTPUT_BIAS, size=0.5)
    for neurons in (2, 60, 1000):
        plot.show_network(Network(np.ones(neurons), random.uniform(-1, 1, neurons), random.normal(0, 1.0, neurons)))
        assert drawn(plot, wanted).any()
        plot.bundle.set_shake(wanted)
        assert plot.bundle.projection is not None
        segments = sum(map(len, plot.bundle._found(plot.bundle.projection)))
        assert 10 < segments < 6000


def test_values_beyond_all_bounds_draw_something_or_nothing_but_do_not_fail(plot, qt_messages):
    for value in (1e300, -1e300, 1e-300):
        plot.show_network(Network([value, 1.0], [value, 0.0], [value, 1.0]))
        for parameter in (*all_of_neuron(0), OUTPUT_BIAS):
            pixels(plot, shake(parameter, size=3.0))
    assert qt_messages == []
