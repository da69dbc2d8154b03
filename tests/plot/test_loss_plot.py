"""The loss curve: where it is drawn, what the axes say, and that nothing throws it."""

from __future__ import annotations

import math

import numpy as np
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest

from reluviz.core.history import Break, LossCurve
from reluviz.core.notation import value_text
from reluviz.core.palette import DARK, LIGHT
from reluviz.plot import loss_lines as module_of_lines
from reluviz.plot import loss_plot as module
from reluviz.plot.strokes import blended
from reluviz.plot.value_tag import paint_tag


def curve(losses, stride=10) -> LossCurve:
    losses = np.asarray(losses, dtype=float)
    return LossCurve(np.arange(len(losses)) * float(stride), losses)


def share(plot, colour: str) -> int:
    image = plot.grab().toImage()
    return sum(
        image.pixelColor(x, y).name() == colour for x in range(0, image.width(), 2) for y in range(image.height())
    )


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_a_curve_runs_from_left_to_right(loss_plot, palette):
    loss_plot.set_palette(palette)
    assert share(loss_plot, palette.accent) == 0
    loss_plot.show_curve(curve(np.geomspace(10.0, 1e-3, 200)))
    image = loss_plot.grab().toImage()
    columns = [
        x
        for x in range(image.width())
        if any(image.pixelColor(x, y).name() == palette.accent for y in range(image.height()))
    ]
    assert columns[-1] - columns[0] > 400
    assert max(np.diff(columns)) <= 4


def test_hovering_shows_the_nearest_record(loss_plot):
    loss_plot.show_curve(curve(np.geomspace(10.0, 1e-3, 200)))
    plain = loss_plot.grab().toImage()
    QTest.mouseMove(loss_plot, QPoint(300, 100))
    QTest.mouseMove(loss_plot, QPoint(302, 100))
    assert loss_plot.grab().toImage() != plain


def split_curve(validation) -> LossCurve:
    losses = np.geomspace(10.0, 1e-3, 200)
    return LossCurve(np.arange(200) * 10.0, losses, np.asarray(validation, dtype=float))


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_validation_is_a_second_curve_with_a_legend(loss_plot, palette):
    loss_plot.set_palette(palette)
    loss_plot.show_curve(split_curve([]))
    training = share(loss_plot, palette.accent)
    assert share(loss_plot, palette.validation) == 0
    loss_plot.show_curve(split_curve(np.geomspace(20.0, 0.1, 200)))
    assert share(loss_plot, palette.validation) > 100
    image = loss_plot.grab().toImage()
    row = image.copy(loss_plot._name.box.toRect())
    colours = {row.pixelColor(x, y).name() for x in range(row.width()) for y in range(row.height())}
    assert {palette.accent, palette.validation} <= colours, "the legend shows both"
    loss_plot.show_curve(split_curve([]))
    assert share(loss_plot, palette.validation) == 0
    assert share(loss_plot, palette.accent) == pytest.approx(training, abs=20)


def test_both_curves_lie_within_the_axis(loss_plot):
    loss_plot.show_curve(split_curve(np.full(200, 1e3)))
    low, high = loss_plot._limits
    assert low < -3.0
    assert high > 3.0


def test_the_axis_names_the_loss(loss_plot):
    loss_plot.show_curve(curve(np.geomspace(10.0, 1e-3, 200)))
    plain = loss_plot.grab().toImage()
    loss_plot.set_loss("½ MSE")
    assert loss_plot.grab().toImage() == plain
    loss_plot.set_loss("MAE")
    assert loss_plot.grab().toImage() != plain


@pytest.mark.parametrize("validation", [[], np.geomspace(20.0, 0.1, 200)], ids=["alone", "split"])
def test_the_cross_hair_tells_step_and_losses_and_stays_while_training_goes_on(loss_plot, monkeypatch, validation):
    told = []

    def tell(painter, projection, at, tag, *rest):
        told.append((at, tag.text, tag.note))
        return paint_tag(painter, projection, at, tag, *rest)

    monkeypatch.setattr(module, "paint_tag", tell)
    loss_plot.show_curve(split_curve(validation))
    at = QPoint(300, 100)
    QTest.mouseMove(loss_plot, QPoint(298, 100))
    QTest.mouseMove(loss_plot, at)
    loss_plot.grab()
    (x, _), text, note = told[-1]
    assert abs(x - 300) <= 3, "the nearest record"
    step = int(text.split(":")[0].removeprefix("step ").replace("\u2009", ""))
    index = step // 10
    assert text.endswith(f"J = {value_text(np.geomspace(10.0, 1e-3, 200)[index])}")
    assert note == (f"validation J = {value_text(validation[index])}" if len(validation) else "")
    loss_plot.show_curve(split_curve(np.asarray(validation) * 2))
    loss_plot.grab()
    assert told[-1][1] == text
    doubled = f"validation J = {value_text(2 * validation[index])}" if len(validation) else ""
    assert told[-1][2] == doubled


CURVES = {
    "empty": [],
    "one point": [1.0],
    "two equal": [1.0, 1.0],
    "zeros": [0.0, 0.0, 0.0],
    "zero among": [1.0, 0.0, 0.5, 0.0],
    "endless": [1.0, math.inf, math.nan, 2.0],
    "nothing finite": [math.inf, math.nan],
    "from end to end": [1e308, 1e-320, 1e300],
    "long": np.random.default_rng(1).lognormal(size=2048),
}


@pytest.mark.parametrize("losses", CURVES.values(), ids=CURVES.keys())
@pytest.mark.parametrize("size", [(600, 200), (1, 1), (30, 12)])
def test_any_curve_in_any_window_without_a_word(loss_plot, qt_messages, losses, size):
    loss_plot.resize(*size)
    loss_plot.show_curve(curve(losses, 10**9))
    loss_plot.set_font_scale(2.0)
    QTest.mouseMove(loss_plot, QPoint(size[0] // 2, size[1] // 2))
    QTest.mouseMove(loss_plot, QPoint(size[0] // 2 + 1, size[1] // 2))
    loss_plot.grab()
    assert qt_messages == []


def test_the_axis_does_not_tremble_while_the_curve_grows_into_it(loss_plot):
    losses = np.geomspace(10.0, 1e-3, 400)
    seen = set()
    for points in range(20, 400):
        loss_plot.show_curve(curve(losses[:points]))
        seen.add(loss_plot._limits)
    low, high = loss_plot._limits
    assert low <= -3.0
    assert high >= 1.0
    assert len(seen) <= 42


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_what_was_measured_otherwise_is_pale_and_marked(loss_plot, palette):
    loss_plot.set_palette(palette)
    whole = curve(np.full(201, 1.0), 1)
    loss_plot.show_curve(whole)
    plain, unmarked = share(loss_plot, palette.accent), share(loss_plot, palette.muted)
    assert plain > 100
    loss_plot.show_curve(LossCurve(whole.steps, whole.losses, breaks=(Break(100, "target"),)))
    assert share(loss_plot, palette.accent) == pytest.approx(plain / 2, rel=0.1)
    assert share(loss_plot, palette.muted) > unmarked + 20
    pale = blended(palette.accent, palette.plot, module_of_lines._PALE).name()
    assert share(loss_plot, pale) == pytest.approx(plain / 2, rel=0.1)


def test_the_cross_hair_says_what_is_not_to_be_compared(loss_plot, monkeypatch):
    notes = []
    monkeypatch.setattr(module, "paint_tag", lambda painter, projection, at, tag, *rest: notes.append(tag.note))
    whole = split_curve(np.geomspace(20.0, 0.1, 200))
    breaks = (Break(500, "samples"), Break(1000, "target"))
    loss_plot.show_curve(LossCurve(whole.steps, whole.losses, whole.validation, breaks))

    def note_at(x: int) -> str:
        QTest.mouseMove(loss_plot, QPoint(x - 2, 100))
        QTest.mouseMove(loss_plot, QPoint(x, 100))
        loss_plot.grab()
        return notes[-1]

    assert note_at(120).endswith("\nbefore the samples changed")
    assert note_at(250).endswith("\nbefore the target changed")
    assert "before" not in note_at(500)


@pytest.mark.parametrize("size", [(600, 200), (120, 60), (1, 1)])
def test_many_marks_in_any_window(loss_plot, qt_messages, size):
    """A target dragged while training runs changes dozens of times a second."""
    loss_plot.resize(*size)
    whole = curve(np.geomspace(10.0, 1e-3, 200), 1)
    for last in (2, 199, 200):
        breaks = tuple(Break(step, "target") for step in range(1, last))
        loss_plot.show_curve(LossCurve(whole.steps, whole.losses, breaks=breaks))
        loss_plot.grab()
    assert qt_messages == []


def test_in_place_of_a_curve_stands_what_to_do_or_what_is_waited_for(loss_plot):
    inviting = loss_plot.grab().toImage()
    loss_plot.set_waiting(True)
    assert loss_plot.grab().toImage() != inviting
    for width, text in ((500.0, "Preparing… training begins by itself"), (100.0, "Preparing…"), (5.0, "")):
        assert loss_plot._empty_text(loss_plot.font(), width) == text
    loss_plot.set_waiting(False)
    assert loss_plot.grab().toImage() == inviting
