from __future__ import annotations

import numpy as np
from hand import THREE_RELUS
from PySide6.QtCore import QPoint

from reluviz.core.network import Network
from reluviz.core.palette import LIGHT
from reluviz.core.parameter import OUTPUT_BIAS
from reluviz.plot.ghost_item import ghost_colour


def ghost_pixels(plot) -> int:
    """How many pixels along the last segment, which the target leaves free, have the ghost's colour."""
    image, colour = plot.viewport().grab().toImage(), ghost_colour(plot.ghost.look)
    found = 0
    for x in np.linspace(0.1, 0.9, 200):
        place = plot.pixel_at(x, -3.0 + x)
        found += any(image.pixelColor(place + QPoint(0, dy)).name() == colour for dy in (-1, 0, 1))
    return found


def test_the_old_output_is_dashed_and_stands_still(plot):
    before = THREE_RELUS.with_values({OUTPUT_BIAS: -3.0})
    assert ghost_pixels(plot) == 0
    plot.ghost.set_network(before)
    shown = ghost_pixels(plot)
    assert 60 < shown < 180, "dashes and gaps"
    plot.show_network(THREE_RELUS.with_values({OUTPUT_BIAS: 2.0}))
    assert ghost_pixels(plot) == shown
    plot.set_font_scale(1.5)
    plot.set_palette(LIGHT)
    assert ghost_pixels(plot) > 60
    plot.ghost.set_network(None)
    assert ghost_pixels(plot) == 0


def test_a_ghost_without_a_finite_place_draws_nothing(plot, qt_messages):
    plot.ghost.set_network(Network([1e300], [0.0], [1e300]))
    assert ghost_pixels(plot) == 0
    assert qt_messages == []
