"""A sketch that the view does not show says where it is."""

from __future__ import annotations

import numpy as np
import pytest

from reluviz.core.arrays import FloatArray
from reluviz.core.palette import LIGHT
from reluviz.plot.decomposition_plot import DecompositionPlot
from reluviz.plot.out_of_view import excursions
from reluviz.plot.projection import Projection

VIEW = Projection(-1.0, 1.0, -1.0, 1.0, 10.0, 20.0, 200.0, 100.0)
X = np.linspace(-1.0, 1.0, 201)


def line(y: FloatArray, x: FloatArray = X) -> FloatArray:
    return np.column_stack((x, np.broadcast_to(y, x.shape)))


@pytest.mark.parametrize(
    ("polyline", "said"),
    [
        (line(0.9 * X), []),
        (line(1.01 * X), []),
        (line(405.0 + 0.0 * X), [(0, -1, "up to 405")]),
        (line(-3.0 - X), [(0, 1, "down to −4")]),
        (line(1e7 * X), [(0, -1, "up to 1·10⁷"), (0, 1, "down to −1·10⁷")]),
        (line(X, X - 9.0), [(-1, 0, "left of the view")]),
        (line(X, X + 9.0), [(1, 0, "right of the view")]),
        (line(np.where(X > 0.5, 7.0, np.nan)), [(0, -1, "up to 7")]),
        (line(np.nan * X), []),
        (np.zeros((0, 2)), []),
    ],
)
def test_what_is_said_of_a_line(polyline: FloatArray, said: list[tuple[int, int, str]]) -> None:
    assert [(found.across, found.down, found.text) for found in excursions(polyline, VIEW)] == said


def test_the_arrow_is_where_the_line_goes_furthest() -> None:
    (above,) = excursions(line(5.0 * np.exp(-((X - 0.4) ** 2) / 0.01)), VIEW)
    assert above.at == (pytest.approx(10.0 + 140.0, abs=1.5), 20.0)


def accents(plot: DecompositionPlot) -> tuple[FloatArray, FloatArray]:
    """Rows and columns of the plot's pixels in the colour of a sketch."""
    image = plot.viewport().grab().toImage().convertToFormat(plot.viewport().grab().toImage().Format.Format_RGB32)
    pixels = np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), image.bytesPerLine() // 4)
    wanted = int(LIGHT.accent.lstrip("#"), 16)
    rows, columns = np.nonzero((pixels & 0xFFFFFF) == wanted)
    return rows, columns


def test_a_sketch_above_the_view_is_pointed_at(plot: DecompositionPlot) -> None:
    plot.sketch.set_polyline(line(500.0 + X))
    rows, columns = accents(plot)
    projection = plot.sketch.projection
    assert projection is not None
    assert len(rows) > 50
    corner = plot.pixel_at(1.0, projection.y_high)
    assert abs(int(rows.min()) - corner.y()) < 25
    assert abs(int(columns.max()) - corner.x()) < 160
    plot.sketch.set_polyline(None)
    assert len(accents(plot)[0]) == 0
