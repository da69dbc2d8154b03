"""Shift and the end of a ray: the ray turns about its kink."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from reluviz.core.parameter import OUTPUT_BIAS, Kind, Parameter

V3, B3, W3 = (Parameter(kind, 2) for kind in (Kind.HIDDEN_WEIGHT, Kind.HIDDEN_BIAS, Kind.OUTPUT_WEIGHT))
B2 = Parameter(Kind.HIDDEN_BIAS, 1)
SHIFT = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier


def start(hand):
    at = hand.plot.handle_pixel(W3)
    assert at is not None
    hand.move(at + QPoint(2, 1))
    hand.move(at)
    return at


def turns(hand):
    return [entry[1] for entry in hand.said if entry[0] == "turned"]


def test_shift_turns_the_ray_about_its_kink_through_the_hand(hand):
    hand.show(hand.network.with_values({B3: -0.25}))
    kink, w = hand.network.kinks[2], hand.network[W3]
    hand.keys = SHIFT
    at = start(hand)
    hand.press()
    hand.move(at + QPoint(-30, 20))
    hand.move(hand.plot.pixel_at(0.8, 1.1))
    assert hand.network.contributions([0.8])[2, 0] == pytest.approx(1.1, abs=0.02)
    assert hand.network.kinks[2] == pytest.approx(kink)
    assert hand.network[W3] == w
    # The handle is where the hand is.
    assert (hand.plot.handle_pixel(W3) - hand.at).manhattanLength() <= 2
    hand.release()
    assert hand.words() == ["started", "turned", "finished"]
    assert ("started", V3) in hand.said
    assert ("finished", V3) in hand.said


def test_shift_pressed_and_released_during_the_drag_changes_what_it_is(hand):
    at = start(hand)
    hand.press()
    hand.move(at + QPoint(0, 30))
    QTest.keyPress(hand.plot, Qt.Key.Key_Shift)
    assert hand.said[-3:-1] == [("cancelled", W3), ("started", V3)]
    assert hand.said[-1][0] == "turned"
    hand.keys = SHIFT
    hand.move(at + QPoint(0, 50))
    assert hand.said[-1][0] == "turned"
    hand.keys = NONE
    hand.move(at + QPoint(0, 60))
    assert hand.said[-3:-1] == [("cancelled", V3), ("started", W3)]
    assert hand.said[-1][0] == "dragged"
    hand.release()
    assert hand.said[-1] == ("finished", W3)


def test_the_cursor_says_so_before_and_while_it_turns(hand):
    start(hand)
    assert hand.plot.viewport().cursor().shape() is Qt.CursorShape.SizeVerCursor
    QTest.keyPress(hand.plot, Qt.Key.Key_Shift)
    assert hand.plot.viewport().cursor().shape() is Qt.CursorShape.BitmapCursor
    QTest.keyRelease(hand.plot, Qt.Key.Key_Shift, SHIFT)
    assert hand.plot.viewport().cursor().shape() is Qt.CursorShape.SizeVerCursor
    hand.keys = SHIFT
    at = start(hand)
    hand.press()
    hand.move(at + QPoint(0, 20))
    assert hand.plot.viewport().cursor().shape() is Qt.CursorShape.BitmapCursor
    hand.release()


@pytest.mark.parametrize("locked", [V3, B3])
def test_a_locked_weight_or_bias_does_not_turn(hand, locked):
    hand.plot.set_locked({locked})
    before = hand.network
    hand.keys = SHIFT
    at = start(hand)
    assert hand.plot.viewport().cursor().shape() is Qt.CursorShape.ForbiddenCursor
    view = hand.plot.view_range
    hand.press()
    hand.move(at + QPoint(0, 30))
    hand.release()
    assert turns(hand) == []
    assert hand.network.same_as(before)
    assert hand.plot.view_range == view


def test_a_locked_output_weight_can_be_turned_but_not_dragged(hand):
    hand.plot.set_locked({W3})
    hand.keys = SHIFT
    at = start(hand)
    hand.press()
    hand.move(at + QPoint(0, 30))
    assert len(turns(hand)) == 1
    hand.keys = NONE
    hand.move(at + QPoint(0, 40))
    assert hand.values(W3) == []
    hand.release()


def test_escape_breaks_a_turn_off(hand):
    hand.keys = SHIFT
    at = start(hand)
    hand.press()
    hand.move(at + QPoint(0, 30))
    QTest.keyClick(hand.plot, Qt.Key.Key_Escape)
    hand.move(at + QPoint(0, 60))
    hand.release()
    assert hand.words() == ["started", "turned", "cancelled"]


@pytest.mark.parametrize("parameter", [B2, OUTPUT_BIAS])
def test_shift_changes_nothing_for_other_handles(hand, parameter):
    hand.keys = SHIFT
    at = hand.plot.handle_pixel(parameter)
    hand.drag(at, at + QPoint(20, 20), at + QPoint(40, 40))
    assert hand.words() == ["started", "dragged", "finished"]
