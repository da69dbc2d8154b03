"""The second diamond of a hard tanh under mouse and keyboard."""

from __future__ import annotations

import pytest
from hand import Hand
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest

from reluviz.core.activation import HARD_TANH
from reluviz.core.network import Network
from reluviz.core.palette import LIGHT
from reluviz.core.parameter import Kind, Locks, Parameter
from reluviz.core.second_kink import second_kink
from reluviz.plot.handle_tag import TagState, second_kink_tag

V, B, W = (Parameter(kind, 0) for kind in (Kind.HIDDEN_WEIGHT, Kind.HIDDEN_BIAS, Kind.OUTPUT_WEIGHT))
RAMP = Network([4.0], [0.0], [1.0], 0.5, HARD_TANH)
DOMAIN = (-1.0, 1.0)


@pytest.fixture
def ramp(hand: Hand) -> Hand:
    hand.show(RAMP)
    return hand


def pixel(hand: Hand, parameter: Parameter) -> QPoint:
    at = hand.plot.handle_pixel(parameter)
    assert at is not None
    return at


def test_it_is_drawn_filled_in_its_neurons_colour(ramp: Hand) -> None:
    at = pixel(ramp, V)
    assert at == ramp.plot.pixel_at(0.25, 1.0)
    assert ramp.plot.grab().toImage().pixelColor(at) == QColor(LIGHT.neuron(0))


def test_dragged_it_moves_alone_and_the_first_kink_and_the_levels_stay(ramp: Hand) -> None:
    start, first = pixel(ramp, V), pixel(ramp, B)
    ramp.drag(start, start + QPoint(20, 5), QPoint(ramp.plot.pixel_at(0.75, 0.0).x(), start.y() + 80))
    assert ramp.words() == ["started", "turned", "finished"]
    assert second_kink(ramp.network, 0) == pytest.approx(0.75, abs=0.004)
    assert pixel(ramp, B) == first
    assert ramp.network.output_weight[0] == 1.0
    assert abs(pixel(ramp, V).y() - start.y()) <= 1
    assert ("started", V) in ramp.said
    assert ("finished", V) in ramp.said


def test_the_cursor_says_that_it_goes_sideways_and_a_lock_that_it_does_not(ramp: Hand) -> None:
    at = pixel(ramp, V)
    ramp.move(at + QPoint(2, 1))
    ramp.move(at)
    assert ramp.plot.viewport().cursor().shape() == Qt.CursorShape.SizeHorCursor
    for parameter in (V, B):
        ramp.plot.set_locked(frozenset({parameter}))
        ramp.move(at + QPoint(2, 1))
        ramp.move(at)
        assert ramp.plot.viewport().cursor().shape() == Qt.CursorShape.ForbiddenCursor
        ramp.drag(at, at + QPoint(40, 0))
        assert "turned" not in ramp.words()


def test_escape_breaks_the_drag_off(ramp: Hand) -> None:
    at = pixel(ramp, V)
    ramp.move(at)
    ramp.press()
    ramp.move(at + QPoint(30, 0))
    QTest.keyClick(ramp.plot, Qt.Key.Key_Escape)
    ramp.release()
    assert ramp.said[-1] == ("cancelled", V)


def test_the_keyboard_goes_through_it_and_moves_it(ramp: Hand) -> None:
    picker, nudges = ramp.plot.picker, []
    picker.nudged.connect(lambda what, values: nudges.append((what, values)))
    assert picker.order()[1:4] == [B, V, W]
    ramp.plot.set_highlight(0, None)
    QTest.keyClick(ramp.plot, Qt.Key.Key_V)
    assert picker.pick == V
    QTest.keyClick(ramp.plot, Qt.Key.Key_Up)
    assert nudges == []
    QTest.keyClick(ramp.plot, Qt.Key.Key_Right)
    what, values = nudges[-1]
    assert what == V
    moved = RAMP.with_values(values)
    assert second_kink(moved, 0) > 0.25
    assert float(moved.kinks[0]) == pytest.approx(-0.25)
    QTest.keyClick(ramp.plot, Qt.Key.Key_Tab)
    assert picker.pick == W


def test_the_tag_says_what_stays_or_why_it_does_not_move() -> None:
    tag = second_kink_tag(RAMP, 0, "red", TagState(DOMAIN, stacked=2))
    assert tag.text == "v₁ = 4.000, b₁ = 0"
    assert tag.note.splitlines() == ["the first kink and the levels stay", "Tab: next of 2"]
    held = second_kink_tag(RAMP, 0, "red", TagState(DOMAIN, held=True, snap="on the grid"))
    assert held.note.splitlines()[0] == "on the grid"
    locked = second_kink_tag(RAMP, 0, "red", TagState(DOMAIN, Locks(frozenset({B}))))
    assert locked.note == "b₁ is locked"


def test_a_hard_tanh_that_leaves_the_view_level_is_held_where_it_is_seen(ramp: Hand) -> None:
    ramp.show(Network([4.0], [0.0], [9.0], 0.0, HARD_TANH))
    at = pixel(ramp, W)
    assert 0 < at.y() < ramp.plot.viewport().height()
