"""What each view draws and what it leaves out, by pixels, handles and hovering."""

from __future__ import annotations

import numpy as np
import pytest
from hand import THREE_RELUS, Hand
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest

from reluviz.core.activation import Activation
from reluviz.core.network import Network
from reluviz.core.palette import DARK, LIGHT, Palette
from reluviz.core.parameter import OUTPUT_BIAS, Kind, Parameter
from reluviz.core.picture import Order, Picture, Rays
from reluviz.plot.decomposition_plot import DecompositionPlot
from reluviz.plot.partial_sum_item import NO_NEURON, PartialSumItem, sum_lines
from reluviz.plot.projection import Projection
from reluviz.plot.residual_item import residual_alpha
from reluviz.plot.strokes import blended

RAW = Picture(rays=Rays.RAW)
BOTH = pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
W2, B2 = Parameter(Kind.OUTPUT_WEIGHT, 1), Parameter(Kind.HIDDEN_BIAS, 1)
VIEW = Projection(-1.0, 1.0, -10.0, 10.0, 0.0, 0.0, 200.0, 200.0)


def sums(added: int | None = None, **more: object) -> Picture:
    return Picture(rays=Rays.PARTIAL_SUMS, added=added, **more)


def seen(plot: DecompositionPlot) -> QImage:
    return plot.viewport().grab().toImage()


def shows(plot: DecompositionPlot, x: float, y: float, colour: str, reach: int = 1) -> bool:
    """Whether a pixel near a place has nearly this colour."""
    image, at, wanted = seen(plot), plot.pixel_at(x, y), np.array(QColor(colour).getRgb()[:3])
    around = [at + QPoint(dx, dy) for dx in range(-reach, reach + 1) for dy in range(-reach, reach + 1)]
    return any(np.abs(np.array(image.pixelColor(one).getRgb()[:3]) - wanted).max() <= 24 for one in around)


def handles(plot: DecompositionPlot, neurons: int = 3) -> set[str]:
    kinds = (Kind.OUTPUT_WEIGHT, Kind.HIDDEN_BIAS)
    found = {f"{kind.name[0]}{j}" for kind in kinds for j in range(neurons) if plot.handle_pixel(Parameter(kind, j))}
    return found | ({"b0"} if plot.handle_pixel(OUTPUT_BIAS) else set())


def texts(plot: DecompositionPlot) -> list[str]:
    return [entry.text for entry in plot.legend()]


# Raw rays.


@BOTH
def test_raw_rays_are_drawn_before_their_weight_scales_them(plot: DecompositionPlot, palette: Palette) -> None:
    plot.set_palette(palette)
    plot.set_picture(RAW)
    assert shows(plot, 0.5, 0.5, palette.neuron(2))
    assert shows(plot, 0.5, 1.0, palette.neuron(1))
    assert shows(plot, -0.75, 0.0, palette.output), "the output stays"
    plot.set_picture(Picture())
    seen(plot)
    assert shows(plot, 0.5, 2.5, palette.neuron(2))
    assert not shows(plot, 0.5, 0.5, palette.neuron(2))


def test_fitting_brings_raw_rays_into_view(plot: DecompositionPlot) -> None:
    plot.show_network(Network([30.0], [0.0], [0.01], 0.0))
    plot.set_picture(RAW)
    seen(plot)
    assert plot.view_range[1][1] > 4.0
    plot.set_picture(Picture())
    seen(plot)
    assert plot.view_range[1][1] < 2.0


def test_a_view_that_is_the_users_stays_when_other_rays_are_shown(plot: DecompositionPlot) -> None:
    plot.box.setRange(xRange=(-0.5, 0.5), yRange=(-0.3, 0.4), padding=0.0)
    before = plot.view_range
    for picture in (RAW, sums(), sums(order=Order.INDEX)):
        plot.set_picture(picture)
        seen(plot)
        assert plot.view_range == before


def test_raw_rays_have_kinks_to_drag_but_no_ends(plot: DecompositionPlot) -> None:
    assert handles(plot) == {"O0", "O1", "O2", "H0", "H1", "H2", "b0"}
    plot.set_picture(RAW)
    assert handles(plot) == {"H0", "H1", "H2", "b0"}
    assert plot.handle_pixel(B2) == plot.pixel_at(-0.5, 0.0)
    assert plot.corner_pixel(1) is not None


def test_a_raw_kink_lies_on_its_ray_whatever_the_activation(plot: DecompositionPlot) -> None:
    hard_tanh = Activation("hardtanh", "hard tanh", 0.0, -1.0, (-1.0, 1.0), (1.0, -1.0))
    plot.show_network(Network([4.0], [0.0], [0.25], activation=hard_tanh))
    plot.set_picture(RAW)
    assert plot.handle_pixel(Parameter(Kind.HIDDEN_BIAS, 0)) == plot.pixel_at(-0.25, -1.0)


def test_a_kink_is_dragged_in_the_raw_view_too(plot: DecompositionPlot, hand: Hand) -> None:
    plot.set_picture(RAW)
    seen(plot)
    start = plot.handle_pixel(B2)
    assert start is not None
    hand.drag(start, plot.pixel_at(-0.3, 0.0), plot.pixel_at(-0.25, 0.0))
    assert hand.network[B2] == pytest.approx(0.25, abs=0.01)


def test_the_legend_says_what_the_thin_lines_are(plot: DecompositionPlot) -> None:
    assert texts(plot)[2] == "scaled rays wⱼ·f(vⱼ·x + bⱼ)"
    plot.set_picture(RAW)
    assert texts(plot)[2] == "raw rays f(vⱼ·x + bⱼ)"
    plot.set_picture(sums())
    assert texts(plot)[2] == "partial sums"
    plot.set_picture(Picture(solo=1))
    assert texts(plot)[2] == "scaled ray 2 alone wⱼ·f(vⱼ·x + bⱼ)"
    plot.set_picture(Picture(hidden=frozenset({0, 1}), output=False, residual=True))
    assert texts(plot)[1:] == ["scaled rays (2 hidden) wⱼ·f(vⱼ·x + bⱼ)", "output above, below target"]


# Single neurons, and the output.


@BOTH
def test_hidden_neurons_are_neither_drawn_nor_found(plot: DecompositionPlot, hand: Hand, palette: Palette) -> None:
    plot.set_palette(palette)
    seen(plot)
    hand.move(plot.pixel_at(0.5, 2.5))
    assert hand.said[-1] == ("hovered", 2)
    hand.move(QPoint(2, 2))
    plot.set_picture(Picture(hidden=frozenset({2})))
    assert not shows(plot, 0.5, 2.5, palette.neuron(2))
    assert shows(plot, -0.3, -1.6, palette.neuron(1))
    assert shows(plot, 0.5, -0.5, palette.output), "the output stays that of the whole network"
    assert handles(plot) == {"O0", "O1", "H0", "H1", "b0"}
    hand.said.clear()
    hand.click(plot.pixel_at(0.5, 2.5))
    assert hand.said == [("selected", None)]


def test_a_solo_draws_one_neuron(plot: DecompositionPlot) -> None:
    plot.set_picture(Picture(solo=1))
    assert shows(plot, -0.3, -1.6, LIGHT.neuron(1))
    assert not shows(plot, 0.5, 2.5, LIGHT.neuron(2))
    assert handles(plot) == {"O1", "H1", "b0"}


def test_a_hidden_neuron_that_is_selected_dims_nothing(plot: DecompositionPlot) -> None:
    plot.set_highlight(2, None)
    plot.set_picture(Picture(hidden=frozenset({2})))
    assert shows(plot, -0.3, -1.6, LIGHT.neuron(1))
    assert not shows(plot, 0.5, 2.5, LIGHT.neuron(2), 3)
    plot.set_picture(Picture())
    assert shows(plot, 0.5, 2.5, LIGHT.neuron(2))
    assert not shows(plot, -0.3, -1.6, LIGHT.neuron(1))


def test_all_neurons_may_be_hidden(plot: DecompositionPlot, qt_messages: list[str]) -> None:
    for rays in Rays:
        plot.set_picture(Picture(rays=rays, hidden=frozenset(range(3))))
        seen(plot)
    plot.set_picture(Picture(hidden=frozenset(range(3))))
    assert handles(plot) == {"b0"}
    assert qt_messages == []


@pytest.mark.parametrize("picture", [Picture(hidden=frozenset({1})), sums()])
def test_a_handle_in_the_hand_is_put_back_when_it_disappears(
    plot: DecompositionPlot, hand: Hand, picture: Picture
) -> None:
    start = plot.handle_pixel(W2)
    assert start is not None
    hand.move(start)
    hand.press()
    hand.move(start + QPoint(0, -40))
    plot.set_picture(picture)
    assert hand.words() == ["started", "dragged", "cancelled"]
    assert plot.hovered_parameter is None
    hand.move(start + QPoint(0, -80))
    hand.release()
    assert hand.words() == ["started", "dragged", "cancelled"]


@BOTH
def test_without_the_output_its_corners_go_too(plot: DecompositionPlot, palette: Palette) -> None:
    plot.set_palette(palette)
    plot.show_network(THREE_RELUS.with_values({OUTPUT_BIAS: -3.0}))
    assert shows(plot, -0.25, -2.0, palette.output)
    assert plot.corner_pixel(1) is not None
    plot.set_picture(Picture(output=False))
    assert not shows(plot, -0.25, -2.0, palette.output)
    assert not shows(plot, -0.5, -1.0, palette.output, 3)
    assert "network output" not in texts(plot)
    plot.set_picture(Picture())
    assert shows(plot, -0.25, -2.0, palette.output)


def test_what_the_keyboard_had_picked_is_let_go_of_when_it_disappears(plot: DecompositionPlot) -> None:
    said: list[str] = []
    plot.picker.said.connect(said.append)
    plot.set_highlight(1, None)
    for pick, picture in (
        (W2, RAW),
        (B2, Picture(hidden=frozenset({1}))),
        (1, Picture(output=False)),
        (OUTPUT_BIAS, sums()),
    ):
        plot.set_picture(Picture())
        plot.picker.set_pick(pick)
        plot.set_picture(picture)
        assert plot.picker.pick is None
    QTest.keyClick(plot, Qt.Key.Key_0)
    QTest.keyClick(plot, Qt.Key.Key_W)
    assert said == ["b₀ has no handle on this picture", "w₂ has no handle on this picture"]


def test_a_corner_that_is_not_shown_cannot_be_dragged(plot: DecompositionPlot, hand: Hand) -> None:
    at = plot.corner_pixel(1)
    assert at is not None
    dragged: list[object] = []
    plot.corner_drag_started.connect(dragged.append)
    plot.set_picture(Picture(output=False))
    hand.drag(at, at + QPoint(0, 30), at + QPoint(0, 60))
    assert dragged == []


# The residual.


@BOTH
def test_the_residual_has_one_tint_above_and_one_below(plot: DecompositionPlot, palette: Palette) -> None:
    plot.set_palette(palette)
    # Half the target's height: above it where it is below 0, below it where it is above.
    halved = [0.5 * w for w in THREE_RELUS.output_weight]
    plot.show_network(Network(THREE_RELUS.hidden_weight, THREE_RELUS.hidden_bias, halved, -0.5))
    plot.set_picture(Picture(hidden=frozenset(range(3))))
    plot.fit()
    tints = [blended(c, palette.plot, 1.0 - residual_alpha(palette)).name() for c in (palette.over, palette.under)]
    assert not shows(plot, 0.0, -0.75, tints[0])
    plot.set_picture(Picture(hidden=frozenset(range(3)), residual=True))
    assert shows(plot, 0.0, -0.75, tints[0])
    assert shows(plot, -0.5, 0.75, tints[1])
    assert not shows(plot, 0.0, -0.25, tints[0])
    assert not shows(plot, -0.5, 0.25, tints[1])
    assert tints[0] != tints[1]


@BOTH
def test_data_that_stand_alone_have_stems_to_the_output(plot: DecompositionPlot, palette: Palette) -> None:
    plot.set_palette(palette)
    alone = np.array([[-0.5, 2.0], [0.0, np.nan], [0.5, -2.0]])
    plot.set_target(alone, "data")
    plot.set_picture(Picture(hidden=frozenset(range(3)), residual=True))
    seen(plot)
    tints = [
        blended(c, palette.plot, 1.0 - 2.0 * residual_alpha(palette)).name() for c in (palette.over, palette.under)
    ]
    assert shows(plot, 0.5, -1.2, tints[0])
    assert shows(plot, -0.5, 1.5, tints[1])
    assert not shows(plot, 0.0, 0.5, tints[0], 20)


def test_a_gap_of_the_target_is_not_shaded(plot: DecompositionPlot) -> None:
    plot.set_target(np.array([[-1.0, 3.0], [-0.2, 3.0], [0.0, np.nan], [0.2, 3.0], [1.0, 3.0]]), "gap")
    plot.set_picture(Picture(hidden=frozenset(range(3)), residual=True))
    seen(plot)
    tint = blended(LIGHT.under, LIGHT.plot, 1.0 - residual_alpha(LIGHT)).name()
    assert shows(plot, -0.3, 1.5, tint)
    assert shows(plot, 0.3, 1.5, tint)
    assert not shows(plot, 0.0, 1.5, tint)


def test_an_exact_output_has_no_residual(plot: DecompositionPlot) -> None:
    # Above them stands the legend, which names the residual.
    ground = QRect(plot.pixel_at(-1.0, 3.0), plot.pixel_at(1.0, -2.0))
    usual = seen(plot).copy(ground)
    plot.set_picture(Picture(residual=True))
    assert seen(plot).copy(ground) == usual
    plot.show_network(THREE_RELUS.with_values({OUTPUT_BIAS: 0.0}))
    plot.set_picture(Picture())
    usual = seen(plot).copy(ground)
    plot.set_picture(Picture(residual=True))
    assert seen(plot).copy(ground) != usual


@pytest.mark.parametrize("network", [Network([1e308], [1e308], [1e308], -1e308), Network([1.0], [0.0], [1e300])])
@pytest.mark.parametrize("picture", [Picture(residual=True), RAW, sums(), sums(1), sums(0)])
def test_extremes_are_drawn_without_a_word(
    plot: DecompositionPlot, qt_messages: list[str], network: Network, picture: Picture
) -> None:
    plot.set_picture(picture)
    plot.show_network(network)
    plot.set_target(np.array([[-1.0, np.inf], [0.0, 1e308], [0.0, -1e308], [1.0, np.nan]]), "wild")
    for _ in range(2):
        seen(plot)
        plot.box.scaleBy((1e-3, 1e-3))
    assert qt_messages == []


# Partial sums.


@BOTH
def test_the_newest_ray_is_seen_to_bend_the_sum(plot: DecompositionPlot, palette: Palette) -> None:
    plot.set_palette(palette)
    plot.set_picture(sums(2, output=False))
    assert shows(plot, 0.5, -3.0, palette.neuron(1)), "b₀ + ray 1 + ray 2"
    assert shows(plot, -0.3, 1.8, palette.neuron(0), 6), "what it was before, dashed"
    assert shows(plot, -0.7, -1.0, blended(palette.muted, palette.plot, 0.45).name(), 2), "b₀ alone"
    wedge = blended(palette.neuron(1), palette.plot, 1.0 - 0.28).name()
    assert shows(plot, 0.55, 2.3, wedge)
    assert shows(plot, -0.25, 0.9, wedge)
    assert not shows(plot, -0.72, 1.3, wedge), "nothing is bent left of the kink"
    assert not shows(plot, 0.5, -3.6, wedge)
    assert not shows(plot, 0.5, 2.5, palette.neuron(2)), "rays are not drawn"
    assert handles(plot) == set()


def test_only_the_sum_before_is_dashed(plot: DecompositionPlot) -> None:
    plot.set_picture(sums(2, output=False))
    image = seen(plot)

    def is_whole(slope: float, start: float, colour: str) -> bool:
        places = [plot.pixel_at(x, start + slope * x) for x in np.linspace(0.05, 0.4, 60)]
        wanted = np.array(QColor(colour).getRgb()[:3])
        return all(np.abs(np.array(image.pixelColor(at).getRgb()[:3]) - wanted).max() < 60 for at in places)

    assert is_whole(-4.0, -1.0, LIGHT.neuron(1))
    assert not is_whole(4.0, 3.0, LIGHT.neuron(0))


def test_b0_alone_is_level(plot: DecompositionPlot) -> None:
    plot.set_picture(sums(0, output=False))
    assert all(shows(plot, x, -1.0, LIGHT.muted) for x in (-0.7, -0.25, 0.4, 0.9))
    assert not shows(plot, 0.5, -3.0, LIGHT.neuron(1))


def test_the_output_is_thin_on_the_sums(plot: DecompositionPlot) -> None:
    plot.set_picture(sums())
    assert shows(plot, 0.5, -0.5, LIGHT.output)
    assert shows(plot, 0.5, -0.5, LIGHT.neuron(2), 4), "the newest sum shows beside it"
    plot.set_picture(sums(output=False))
    assert not shows(plot, 0.5, -0.5, LIGHT.output)


def test_all_sums_come_into_view_and_stepping_leaves_it_alone(plot: DecompositionPlot) -> None:
    plot.set_picture(sums())
    seen(plot)
    before = plot.view_range
    assert before[1][0] < -5.0
    for added in (0, 1, 2):
        plot.set_picture(sums(added))
        seen(plot)
        assert plot.view_range == before


def test_a_click_on_a_sum_selects_the_neuron_added_last(plot: DecompositionPlot, hand: Hand) -> None:
    plot.set_picture(sums(2))
    seen(plot)
    for place, neuron in (((0.5, -3.0), 1), ((-0.25, 2.0), 0), ((0.8, -1.0), None), ((0.5, 2.0), None)):
        hand.said.clear()
        hand.click(plot.pixel_at(*place))
        assert hand.said[-1] == ("selected", neuron)
        hand.move(QPoint(2, 2))


def test_the_selected_neurons_sum_stands_out(plot: DecompositionPlot) -> None:
    plot.set_picture(sums(output=False))
    assert not shows(plot, 0.2, 3.8, LIGHT.neuron(0), 0)
    plot.set_highlight(0, None)
    assert shows(plot, 0.2, 3.8, LIGHT.neuron(0))


def lines_of(network: Network, picture: Picture):
    return sum_lines(network, -1.0, 1.0, VIEW, picture)


def test_the_order_is_that_of_the_kinks_or_of_the_numbers() -> None:
    network = Network([1.0, 1.0, 1.0], [0.0, 0.5, 0.9], [1.0, 1.0, 1.0])
    assert lines_of(network, sums(1)).newest.neuron == 2
    assert lines_of(network, sums(1, order=Order.INDEX)).newest.neuron == 0
    first = lines_of(network, sums(1))
    assert first.before is not None
    assert first.before.neuron == NO_NEURON
    assert lines_of(network, sums(0)).before is None


def test_hidden_neurons_sums_are_left_out_but_for_the_newest() -> None:
    lines = lines_of(THREE_RELUS, sums(hidden=frozenset({0, 2})))
    assert set(lines.earlier_neuron.tolist()) == {NO_NEURON}
    assert lines.newest.neuron == 2


@pytest.mark.parametrize(("neurons", "earlier"), [(50, 49), (51, 0)])
def test_past_fifty_neurons_only_the_newest_two_are_drawn(neurons: int, earlier: int) -> None:
    network = Network(np.ones(neurons), np.linspace(1.0, -0.9, neurons), np.full(neurons, 0.01))
    lines = lines_of(network, sums())
    assert len(np.unique(lines.earlier_neuron)) == earlier
    assert (lines.newest.neuron, lines.before.neuron if lines.before else None) == (neurons - 1, neurons - 2)
    expected = VIEW.points(network.vertices(-1.0, 1.0))
    for x, y in expected.tolist():
        assert np.interp(x, *lines.newest.points.T) == pytest.approx(y, abs=0.2)


def test_a_hidden_plot_adds_nothing_up(plot: DecompositionPlot, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise AssertionError("computed though it is not shown")

    monkeypatch.setattr(Network, "partial_sums", fail)
    monkeypatch.setattr(PartialSumItem, "draw", fail)
    plot.show_network(THREE_RELUS.with_values({OUTPUT_BIAS: 1.0}))
    seen(plot)
