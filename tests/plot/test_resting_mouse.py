"""What a resting mouse is over follows what moves under it; the keyboard's pick has the tag."""

from __future__ import annotations

import pytest
from hand import THREE_RELUS, THREE_SEGMENTS, Hand
from PySide6.QtCore import QPoint

from reluviz.core.parameter import OUTPUT_BIAS, Kind, Parameter
from reluviz.core.point_editing import with_point
from reluviz.plot import corner_item, handle_item, points_item
from reluviz.plot.decomposition_plot import DecompositionPlot
from reluviz.plot.value_tag import Tag

W3 = Parameter(Kind.OUTPUT_WEIGHT, 2)
B1 = Parameter(Kind.HIDDEN_BIAS, 0)


@pytest.fixture
def tags(monkeypatch: pytest.MonkeyPatch) -> list[Tag]:
    """The tags painted, the last one last."""
    painted: list[Tag] = []

    def paint(painter: object, projection: object, at: object, tag: Tag, look: object) -> None:
        painted.append(tag)

    for module in (handle_item, corner_item, points_item):
        monkeypatch.setattr(module, "paint_tag", paint)
    return painted


def read_tags(plot: DecompositionPlot, tags: list[Tag]) -> list[str]:
    tags.clear()
    plot.viewport().grab()
    return [tag.text for tag in tags]


def test_a_handle_that_moves_away_is_no_longer_hovered(plot: DecompositionPlot, hand: Hand, tags: list[Tag]) -> None:
    plot.set_highlight(0, None)
    at = plot.handle_pixel(B1)
    assert at is not None
    hand.move(at)
    assert plot.hovered_parameter == B1
    hand.show(THREE_RELUS.with_values({B1: 0.3}))
    assert read_tags(plot, tags) == []
    assert plot.hovered_parameter is None
    hand.show(THREE_RELUS)
    assert read_tags(plot, tags) == ["b₁ = 1.000"]


def test_the_keyboards_pick_has_the_tag(plot: DecompositionPlot, hand: Hand, tags: list[Tag]) -> None:
    plot.set_highlight(2, None)
    at = plot.handle_pixel(W3)
    assert at is not None
    hand.move(at)
    plot.picker.set_pick(OUTPUT_BIAS)
    assert read_tags(plot, tags) == ["b₀ = −1.000"]
    plot.picker.set_pick(2)
    assert read_tags(plot, tags) == ["(0, −1.000)"]
    # What the keyboard moves stays picked when something else comes under the mouse.
    hand.show(THREE_RELUS.with_values({W3: 2.0}))
    read_tags(plot, tags)
    assert plot.picker.pick == 2
    away = plot.handle_pixel(OUTPUT_BIAS)
    assert away is not None
    hand.move(away)
    assert plot.picker.pick is None
    assert "b₀ = −1.000" in read_tags(plot, tags)


def test_nothing_is_looked_for_while_a_button_is_down(plot: DecompositionPlot, hand: Hand) -> None:
    plot.set_highlight(0, None)
    at = plot.handle_pixel(B1)
    assert at is not None
    hand.move(at)
    hand.press()
    hand.show(THREE_RELUS.with_values({B1: 0.3}))
    plot.viewport().grab()
    assert plot.hovered_parameter == B1
    hand.release()


def test_an_inserted_point_has_the_tag(plot: DecompositionPlot, hand: Hand, tags: list[Tag]) -> None:
    plot.points.set_target(THREE_SEGMENTS)
    plot.edit_target(True)
    hand.move(plot.pixel_at(0.0, -1.0))
    hand.move(plot.pixel_at(0.0, -1.0) + QPoint(1, 0))
    assert read_tags(plot, tags) == ["(0, −1.000)"]
    more, added = with_point(THREE_SEGMENTS, -0.25, 0.0)
    plot.points.set_target(more)
    plot.points.select(added)
    read_tags(plot, tags)
    assert [tag.note for tag in tags] == ["point 3 of 5"]
    hand.move(plot.pixel_at(-1.0, -1.0))
    read_tags(plot, tags)
    assert [tag.note for tag in tags] == ["point 1 of 5"]
