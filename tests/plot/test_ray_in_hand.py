"""While a hand moves one neuron of many, the other rays are copied, and the picture is as if all were drawn."""

from __future__ import annotations

import numpy as np
import pytest
from hand import Hand
from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage

from reluviz.core.arrays import FloatArray
from reluviz.core.network import Network
from reluviz.core.parameter import OUTPUT_BIAS, Kind, Parameter
from reluviz.plot.decomposition_plot import DecompositionPlot
from reluviz.plot.ray_item import same_rays

MANY = 200
CHOSEN = 60
BIAS = Parameter(Kind.HIDDEN_BIAS, CHOSEN)


def many() -> Network:
    random = np.random.default_rng(5)
    v, w = random.normal(size=(2, MANY))
    v[CHOSEN], w[CHOSEN] = 1.0, 0.7
    kinks = random.uniform(-1.0, 1.0, MANY)
    kinks[CHOSEN] = 0.1
    return Network(v, -v * kinks, w / 10, 0.0)


def pixels(plot: DecompositionPlot) -> FloatArray:
    image = plot.viewport().grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    view = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)
    return view[:, : image.width(), :3].astype(np.float64)


@pytest.fixture
def grabbed(hand: Hand) -> QPoint:
    """The hand has taken the chosen neuron's kink; where."""
    hand.show(many())
    hand.plot.fit()
    hand.plot.set_highlight(CHOSEN, None)
    hand.plot.viewport().repaint()
    at = hand.plot.handle_pixel(BIAS)
    assert at is not None
    hand.move(at)
    hand.press()
    hand.move(at + QPoint(3, 0))
    hand.plot.viewport().repaint()
    return at


def test_a_drag_draws_the_other_rays_twice_at_most(hand: Hand, grabbed: QPoint) -> None:
    kept = hand.plot._rays.kept
    before = kept.makings
    for across in range(5, 60, 5):
        hand.move(grabbed + QPoint(across, 0))
        hand.plot.viewport().repaint()
    assert hand.network[BIAS] == pytest.approx(-hand.plot.box.mapSceneToView(grabbed + QPoint(55, 0)).x(), abs=0.01)
    assert kept.makings <= before + 2


def test_the_picture_is_as_if_all_rays_were_drawn(hand: Hand, grabbed: QPoint) -> None:
    for across in (20, 40, 60):
        hand.move(grabbed + QPoint(across, 0))
        hand.plot.viewport().repaint()
    copied = pixels(hand.plot)
    hand.plot._rays.set_in_hand(None)
    drawn = pixels(hand.plot)
    # Where rays lie on the zero line, the order of their colours hangs on all of them.
    zero = hand.plot.pixel_at(0.0, 0.0).y()
    off_zero = np.abs(np.arange(len(drawn)) - zero) > 3
    differs = np.abs(copied - drawn).max(axis=2) > 40
    assert differs[off_zero].mean() < 1e-4


def test_training_meanwhile_is_seen(hand: Hand, grabbed: QPoint) -> None:
    hand.plot.viewport().repaint()
    before = pixels(hand.plot)
    trained = hand.network.vector
    trained[2 * MANY : 3 * MANY] *= 1.3
    hand.show(Network.from_vector(trained))
    assert np.abs(pixels(hand.plot) - before).max(axis=2).astype(bool).mean() > 0.01


def test_let_go_all_rays_are_drawn_again(hand: Hand, grabbed: QPoint) -> None:
    segments = len(hand.plot._rays._current().segments)
    hand.release()
    hand.plot.set_highlight(None, None)
    hand.plot.viewport().repaint()
    assert len(hand.plot._rays._current().segments) > segments


def test_the_output_bias_moves_no_ray() -> None:
    network = many()
    lifted = network.with_values({OUTPUT_BIAS: 3.0})
    moved = network.with_values({BIAS: 3.0})
    assert same_rays(network, lifted)
    assert same_rays(network, moved, CHOSEN)
    assert not same_rays(network, moved)
    assert not same_rays(network, moved, CHOSEN + 1)
    assert not same_rays(network, network.part(range(MANY - 1)))
