"""Names at the axes of the plot."""

import pytest

from reluviz.core.axis_names import AxisNames
from reluviz.core.palette import LIGHT


def ink(plot, x0, y0, x1, y1):
    """How many pixels of a part of the viewport differ from its ground."""
    picture = plot.viewport().grab().toImage()
    return sum(
        picture.pixelColor(x, y).name() != LIGHT.surface
        for x in range(int(x0), int(x1))
        for y in range(int(y0), int(y1))
    )


def test_names_take_room_only_where_they_are(plot):
    bare = plot.box.geometry()
    plot.set_axis_names(AxisNames("time in s"))
    frame = plot.box.geometry()
    assert frame.left() == bare.left()
    assert frame.bottom() < bare.bottom()
    plot.set_axis_names(AxisNames("", "temperature"))
    frame = plot.box.geometry()
    assert frame.left() > bare.left()
    assert frame.bottom() == bare.bottom()
    plot.set_axis_names(AxisNames())
    assert plot.box.geometry() == bare


def test_names_are_written_in_the_middle(plot):
    plot.set_axis_names(AxisNames("time in s", "°C"))
    frame, height = plot.box.geometry(), plot.viewport().height()
    middle = frame.center().x()
    below = (height - 16, height)
    assert ink(plot, middle - 60, below[0], middle + 60, below[1]) > 50
    assert ink(plot, frame.left(), below[0], frame.left() + 200, below[1]) == 0
    assert ink(plot, 0, frame.center().y() - 30, 16, frame.center().y() + 30) > 30
    assert ink(plot, 0, frame.top(), 16, frame.top() + 100) == 0


@pytest.mark.parametrize("size", [(1280, 720), (200, 120), (1, 1)])
def test_the_longest_names_are_cut_to_the_frame(plot, size):
    plot.set_axis_names(AxisNames("W" * 60, "W" * 60))
    plot.resize(*size)
    plot.set_font_scale(2.0)
    plot.grab()
    assert plot.box.geometry().width() >= 1
