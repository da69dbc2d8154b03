"""The small picture of an activation: its curve, and the shade over its sensitive range."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from reluviz.core.activation import ACTIVATIONS, Activation
from reluviz.core.palette import PALETTES, Palette
from reluviz.panels.activation_picture import ActivationPicture

WIDTH, HEIGHT = 240, 80


def picture_of(qtbot: QtBot, activation: Activation, palette: Palette) -> QImage:
    widget = ActivationPicture()
    qtbot.addWidget(widget)
    widget.resize(WIDTH, HEIGHT)
    widget.set_palette(palette)
    widget.show_activation(activation)
    return widget.grab().toImage()


def is_like(colour: QColor, wanted: str) -> bool:
    one, two = colour.getRgb(), QColor(wanted).getRgb()
    assert isinstance(one, tuple)
    assert isinstance(two, tuple)
    return sum(abs(a - b) for a, b in zip(one[:3], two[:3], strict=True)) < 60


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
@pytest.mark.parametrize("activation", ACTIVATIONS.values(), ids=ACTIVATIONS)
def test_the_curve_rises_from_left_to_right(qtbot: QtBot, activation: Activation, palette: Palette) -> None:
    image = picture_of(qtbot, activation, palette)
    rows = {}
    for x in (12, WIDTH - 12):
        hits = [y for y in range(4, HEIGHT - 8) if is_like(image.pixelColor(x, y), palette.accent)]
        assert hits, (activation.name, x)
        rows[x] = min(hits)
    assert rows[WIDTH - 12] < rows[12]


def test_only_the_sensitive_range_is_shaded(qtbot: QtBot) -> None:
    palette = PALETTES["light"]
    image = picture_of(qtbot, ACTIVATIONS["tanh"], palette)
    beside = image.pixelColor(20, 20)
    assert beside == QColor(palette.surface)
    assert image.pixelColor(WIDTH // 2 + 25, 50) != beside
    assert image.pixelColor(WIDTH - 20, 40) == beside
