"""The picture without a screen: its size, its colours at known places, and that it is always the same."""

from __future__ import annotations

import numpy as np
import pytest
from picture_subjects import falling_curve, frame, hat_network, many_rays, subject
from PySide6.QtGui import QColor, QImage

from reluviz.core.data_target import DataTarget
from reluviz.core.kept import Kept
from reluviz.core.network import Network
from reluviz.core.picture import Picture, Rays
from reluviz.core.picture_recipe import Part, PictureRecipe, Theme
from reluviz.core.recording import Moment, Recording
from reluviz.export.offscreen_plot import OffscreenPlot
from reluviz.export.subject import Subject
from reluviz.plot.kept_item import kept_colour
from reluviz.plot.look import Look

EVERYTHING = frozenset(Part)
VIEW = ((-3.2, 3.2), (-4.0, 9.0))
# Outputs that are level, 7 and 8: nothing else is there.
LEVEL = [Network([0.0], [0.0], [0.0], height) for height in (7.0, 8.0)]
KEPT = Kept(Moment(LEVEL[0], 100, 0.5))
RUN = Recording.of([Moment(LEVEL[0], 0, 2.0), Moment(LEVEL[1], 400, 0.5)])

pytestmark = pytest.mark.usefixtures("qapp")


def plot_of(recipe: PictureRecipe, **changes: object) -> OffscreenPlot:
    plot = OffscreenPlot(recipe, subject(**changes), VIEW)
    plot.show(frame())
    return plot


def pixels(image: QImage) -> np.ndarray:
    """Shape (height, width, 4): blue, green, red, alpha."""
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : image.width() * 4].reshape(image.height(), image.width(), 4).copy()


def colours_at(plot: OffscreenPlot, x: float, y: float) -> set[str]:
    """Those within a pixel above and below a place."""
    across, down = plot.projection.pixel(x, y)
    image = plot.image()
    return {image.pixelColor(round(across), round(down) + by).name() for by in (-1, 0, 1)}


def test_is_exactly_as_large_as_wanted_and_premultiplied():
    for width, height in ((1280, 720), (1081, 333), (40, 30), (1, 1)):
        image = plot_of(PictureRecipe(width, height, parts=EVERYTHING)).image()
        assert (image.width(), image.height()) == (width, height)
        assert image.format() == QImage.Format.Format_ARGB32_Premultiplied


@pytest.mark.parametrize("theme", [Theme.LIGHT, Theme.DARK])
def test_curves_are_where_the_numbers_say(theme):
    palette = theme.palette
    plot = plot_of(PictureRecipe(1280, 720, theme, EVERYTHING - {Part.LOSS}))
    assert palette.output in colours_at(plot, 0.5, 4.0)
    assert palette.neuron(0) in colours_at(plot, 0.3, 2.6)
    assert palette.neuron(1) in colours_at(plot, 2.0, -3.0)
    assert palette.target in colours_at(plot, -np.pi / 2, 3.0)
    # The diamond on the kink of neuron 1.
    assert colours_at(plot, -1.0, 0.0) == {palette.neuron(0)}
    assert colours_at(plot, 2.2, 8.3) == {palette.plot}


def test_parts_can_be_left_out():
    whole = pixels(plot_of(PictureRecipe(1280, 720, parts=EVERYTHING), kept=KEPT).image())
    for part in EVERYTHING - {Part.SAMPLES}:
        without = pixels(plot_of(PictureRecipe(1280, 720, parts=EVERYTHING - {part}), kept=KEPT).image())
        assert (whole != without).any(), part


def has_dashes(plot: OffscreenPlot, height: float) -> bool:
    """Whether a line with gaps runs level at this height, in the colour of what is kept."""
    image, colour = plot.image(), kept_colour(Look(plot.recipe.theme.palette))
    (left, down), (right, _) = (plot.projection.pixel(x, height) for x in (-3.0, -2.0))
    row = [image.pixelColor(x, int(down)).name() for x in range(round(left), round(right))]
    return 0.2 < row.count(colour) / len(row) < 0.9


@pytest.mark.parametrize("theme", [Theme.LIGHT, Theme.DARK])
def test_what_is_kept_lies_under_the_output_and_is_in_the_legend(theme):
    plot = plot_of(PictureRecipe(1280, 720, theme), kept=KEPT)
    assert has_dashes(plot, 7.0)
    assert plot._legend()[-1].text == "kept: step 100, J = 0.5000"
    without = plot_of(PictureRecipe(1280, 720, theme, PictureRecipe().parts - {Part.KEPT}), kept=KEPT)
    assert not has_dashes(without, 7.0)
    assert "kept" not in without._legend()[-1].text


def test_of_a_run_that_is_kept_the_moment_of_the_same_step_is_drawn():
    plot = OffscreenPlot(PictureRecipe(1280, 720), subject(kept=RUN), VIEW)
    for step, drawn, other in ((10, 7.0, 8.0), (390, 8.0, 7.0), (0, 7.0, 8.0)):
        plot.show(frame(step=step))
        assert has_dashes(plot, drawn)
        assert not has_dashes(plot, other)
    assert plot._legend()[-1].text.startswith("kept: step 0, J = 2")


def test_in_a_film_the_legend_of_a_run_that_is_kept_stands_still():
    plot = OffscreenPlot(PictureRecipe(1280, 720), subject(kept=RUN), VIEW, is_film=True)
    for step, drawn in ((10, 7.0), (390, 8.0)):
        plot.show(frame(step=step))
        assert has_dashes(plot, drawn)
        assert plot._legend()[-1].text == "kept run"


def test_the_inset_has_the_losses_of_what_is_kept():
    recipe = PictureRecipe(1280, 720, parts=EVERYTHING)
    grey = QColor(kept_colour(Look(recipe.theme.palette)))
    counts = []
    for kept in (None, KEPT, RUN):
        plot = plot_of(recipe, kept=kept)
        box = plot.inset
        assert box is not None
        left, top, right, bottom = (round(side) for side in (box.left(), box.top(), box.right(), box.bottom()))
        inside = pixels(plot.image())[top:bottom, left:right, :3]
        counts.append(int((inside == (grey.blue(), grey.green(), grey.red())).all(axis=2).sum()))
    assert counts[1] > counts[0] + 15
    assert counts[2] > counts[0] + 100


def test_sums_of_a_film_share_a_ground(monkeypatch):
    made = []
    monkeypatch.setattr(OffscreenPlot, "_paint_ground", lambda plot, painter: made.append(plot))
    plot = OffscreenPlot(PictureRecipe(320, 180), subject(), VIEW, is_film=True)
    image = QImage(320, 180, QImage.Format.Format_ARGB32_Premultiplied)
    for added in (0, 1, 2):
        plot.show(frame(), Picture(rays=Rays.PARTIAL_SUMS, added=added), "sum")
        plot.render(image)
    assert len(made) == 1
    plot.show(frame(), Picture(rays=Rays.RAW), "rays")
    plot.render(image)
    assert len(made) == 2, "the legend says something else"


def test_transparent_ground():
    image = plot_of(PictureRecipe(1280, 720, Theme.TRANSPARENT, EVERYTHING - {Part.LOSS})).image()
    alpha = pixels(image)[..., 3]
    assert alpha[0, 0] == alpha[-1, -1] == 0
    assert (alpha == 255).sum() > 3000
    assert np.mean(alpha == 0) > 0.6
    # On white it is the picture on light ground, but for a rounding.
    white = QImage(image.size(), QImage.Format.Format_ARGB32_Premultiplied)
    white.fill(QColor("white"))
    from PySide6.QtGui import QPainter

    painter = QPainter(white)
    painter.drawImage(0, 0, image)
    painter.end()
    light = pixels(plot_of(PictureRecipe(1280, 720, Theme.LIGHT, EVERYTHING - {Part.LOSS})).image())
    assert np.abs(pixels(white).astype(int) - light).mean() < 0.05


def test_the_same_frame_is_the_same_picture_whatever_was_shown_before():
    recipe = PictureRecipe(800, 450, parts=EVERYTHING)
    fresh, used = (OffscreenPlot(recipe, subject(), VIEW, falling_curve()) for _ in range(2))
    for network in (many_rays(), many_rays(20)):
        used.show(frame(network, 100), Picture(rays=Rays.PARTIAL_SUMS), "something else")
        used.image()
    for plot in (fresh, used):
        plot.show(frame())
    image = QImage(800, 450, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(QColor("red"))
    used.render(image)
    assert (pixels(image) == pixels(fresh.image())).all()


def test_a_view_that_was_found_stays():
    plot = OffscreenPlot(PictureRecipe(640, 360), subject())
    assert plot.view is None
    plot.show(frame(hat_network()))
    view = plot.view
    assert view is not None
    plot.show(frame(many_rays()))
    assert plot.view == view


def test_a_view_fitted_over_a_sequence_shows_all_of_it():
    networks = [hat_network(), many_rays(5)]
    whole = subject().fitted_view(networks)
    for network in networks:
        (left, right), (bottom, top) = subject().fitted_view([network])
        assert whole[0] == (left, right)
        assert whole[1][0] <= bottom + 1e-9
        assert whole[1][1] >= top - 1e-9


def test_the_view_shows_what_the_picture_draws():
    plot = OffscreenPlot(PictureRecipe(640, 360), subject())
    plot.show(frame(), Picture(rays=Rays.RAW))
    raw = plot.view
    assert raw == subject().fitted_view([hat_network()], Picture(rays=Rays.RAW))


def test_nothing_to_paint_before_a_frame():
    with pytest.raises(ValueError, match="before a frame is shown"):
        OffscreenPlot(PictureRecipe(64, 36), subject()).image()


def test_extreme_networks_are_drawn_in_silence():
    big = Network(np.array([1e300, -1e-300, 0.0]), np.array([1e300, 1.0, 0.0]), np.array([1e300, -1e300, 1.0]), 1e300)
    for picture in (Picture(), Picture(rays=Rays.PARTIAL_SUMS), Picture(residual=True, largest_error=True)):
        plot = OffscreenPlot(PictureRecipe(320, 180, parts=EVERYTHING), subject(picture=picture))
        plot.show(frame(big))
        assert not plot.image().isNull()


def test_loss_axes_stay_while_the_curve_grows():
    recipe = PictureRecipe(1280, 720, parts=EVERYTHING - {Part.CAPTION})
    plot = OffscreenPlot(recipe, subject(), VIEW, falling_curve())
    plot.show(frame(step=200))
    early = pixels(plot.image())
    plot.show(frame(step=490))
    late = pixels(plot.image())
    changed = np.argwhere((early != late).any(axis=2))
    box = plot.inset
    assert box is not None
    assert box.left() <= changed[:, 1].min()
    assert changed[:, 1].max() <= box.right()
    assert len(changed) > 100


def test_what_is_too_large_to_be_kept_is_drawn_the_same(monkeypatch):
    from reluviz.export import sheet

    for theme in (Theme.DARK, Theme.TRANSPARENT):
        recipe = PictureRecipe(640, 360, theme, EVERYTHING)
        kept = pixels(plot_of(recipe).image()).astype(int)
        with monkeypatch.context() as patch:
            patch.setattr(sheet, "_MOST_PIXELS", 0)
            direct = pixels(plot_of(recipe).image()).astype(int)
        # Smoothed edges are rounded once instead of twice.
        assert np.abs(kept - direct).max() <= 3


def test_edges_are_smooth():
    palette = Theme.LIGHT.palette
    for part in (Part.TARGET, Part.OUTPUT, Part.RAYS):
        image = plot_of(PictureRecipe(640, 360, parts=frozenset({part}))).image()
        colours = {image.pixelColor(x, y).name() for x in range(40, 620) for y in range(32, 340)}
        assert len(colours) > 20, part
    assert palette.target not in colours


def test_data_are_dots():
    data = DataTarget(np.array([-2.0, 0.0, 2.0]), np.array([-1.0, 4.0, 8.0]), name="three.csv")
    plot = OffscreenPlot(PictureRecipe(1280, 720, parts=frozenset({Part.TARGET})), Subject(data), VIEW)
    plot.show(frame())
    target = Theme.LIGHT.palette.target
    assert colours_at(plot, 0.0, 4.0) == {target}
    assert target not in colours_at(plot, 1.0, 6.0)
