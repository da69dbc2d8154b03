"""Handles by keyboard."""

from __future__ import annotations

import numpy as np
import pytest
from hand import THREE_RELUS
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from reluviz.core.network import Network
from reluviz.core.palette import LIGHT
from reluviz.core.parameter import OUTPUT_BIAS, Kind, Parameter, all_of_neuron

V2, B2, W2 = all_of_neuron(1)
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
EVERYTHING = [
    OUTPUT_BIAS,
    *(Parameter(k, j) for j in range(3) for k in (Kind.HIDDEN_BIAS, Kind.OUTPUT_WEIGHT)),
    0,
    1,
    2,
    3,
]


@pytest.fixture
def told(hand, qtbot):
    """What the plot asks for; and it has the keyboard."""
    heard = []
    hand.plot.picker.nudged.connect(lambda what, values: heard.append((what, values)))
    hand.plot.picker.corner_nudged.connect(lambda *place: heard.append(place))
    hand.plot.picker.said.connect(heard.append)
    hand.plot.neuron_selected.connect(lambda neuron: hand.plot.set_highlight(neuron, None))
    hand.plot.activateWindow()
    hand.plot.setFocus()
    qtbot.waitUntil(hand.plot.hasFocus)
    return heard


def press(hand, key, keys=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(hand.plot, key, keys)


def test_tab_goes_through_all_handles_and_then_out(qtbot, hand, told):
    beside = QWidget()
    qtbot.addWidget(beside)
    layout = QVBoxLayout(beside)
    before, after = QLineEdit(), QLineEdit()
    for widget in (before, hand.plot, after):
        layout.addWidget(widget)
    beside.resize(1280, 800)
    with qtbot.waitExposed(beside):
        beside.show()
    beside.activateWindow()
    hand.plot.setFocus()
    qtbot.waitUntil(hand.plot.hasFocus)
    found = []
    for _ in EVERYTHING:
        press(hand, Qt.Key.Key_Tab)
        found.append(hand.plot.picker.pick)
    assert found == EVERYTHING
    press(hand, Qt.Key.Key_Tab)
    assert after.hasFocus()
    assert hand.plot.picker.pick is None
    hand.plot.setFocus()
    found = []
    for _ in EVERYTHING:
        QTest.keyClick(hand.plot, Qt.Key.Key_Backtab, SHIFT)
        found.append(hand.plot.picker.pick)
    assert found == EVERYTHING[::-1]
    QTest.keyClick(hand.plot, Qt.Key.Key_Backtab, SHIFT)
    assert before.hasFocus()
    hand.plot.setParent(None)


def test_stacked_handles_under_the_mouse_come_first(hand, told):
    hand.show(Network(np.ones(3), np.zeros(3), np.array([1.0, 2.0, 3.0])))
    hand.move(hand.plot.pixel_at(0.0, 0.0))
    press(hand, Qt.Key.Key_Tab)
    assert hand.plot.picker.pick is None
    assert hand.plot.hovered_parameter == Parameter(Kind.HIDDEN_BIAS, 1)


def test_a_picked_handle_is_the_one_at_hand_and_its_neuron_is_selected(hand, told):
    heard = []
    hand.plot.parameter_hovered.connect(heard.append)
    for _ in range(4):
        press(hand, Qt.Key.Key_Tab)
    assert hand.plot.hovered_parameter == B2
    assert heard[-1] == B2
    assert ("selected", 1) in hand.said
    press(hand, Qt.Key.Key_Escape)
    assert hand.plot.hovered_parameter is None
    assert heard[-1] is None


@pytest.mark.parametrize("pick", [B2, V2, OUTPUT_BIAS, 1])
def test_a_ring_shows_what_the_keyboard_is_at(hand, told, pick):
    hand.show(THREE_RELUS.with_values({W2: -3.0}))

    def ringed():
        image = hand.plot.viewport().grab().toImage()
        at = (
            hand.plot.corner_pixel(pick)
            if isinstance(pick, int)
            else hand.plot.handle_pixel(W2 if pick == V2 else pick)
        )
        assert at is not None
        around = [at + QPoint(dx, dy) for dx in range(-20, 21) for dy in range(-20, 21)]
        accent = np.array(QColor(LIGHT.accent).getRgb()[:3])
        colours = [np.array(image.pixelColor(place).getRgb()[:3]) for place in around if image.rect().contains(place)]
        return sum(np.abs(colour - accent).max() <= 16 for colour in colours)

    before = ringed()
    hand.plot.picker.set_pick(pick)
    assert ringed() > before + 20


@pytest.mark.parametrize(("key", "parameter"), [(Qt.Key.Key_V, V2), (Qt.Key.Key_B, B2), (Qt.Key.Key_W, W2)])
def test_letters_choose_a_parameter_of_the_selected_neuron(hand, told, key, parameter):
    press(hand, key)
    assert hand.plot.picker.pick is None
    assert "Select a neuron first" in told[-1]
    hand.plot.set_highlight(1, None)
    press(hand, key)
    assert hand.plot.picker.pick == parameter


def test_zero_chooses_b0(hand, told):
    press(hand, Qt.Key.Key_0)
    assert hand.plot.picker.pick == OUTPUT_BIAS


def test_a_parameter_without_a_handle_says_so(hand, told):
    hand.show(THREE_RELUS.with_values({V2: 0.0}))
    hand.plot.set_highlight(1, None)
    press(hand, Qt.Key.Key_B)
    assert "b₂ has no handle" in told[-1]


def test_arrows_move_a_kink_in_nice_steps(hand, told):
    hand.plot.picker.set_pick(B2)
    for key, keys, place in (
        (Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier, -0.45),
        (Qt.Key.Key_Left, Qt.KeyboardModifier.NoModifier, -0.55),
        (Qt.Key.Key_Right, SHIFT, -0.495),
        (Qt.Key.Key_Right, CONTROL, -0.25),
    ):
        press(hand, key, keys)
        assert told[-1] == (B2, {B2: pytest.approx(-place, abs=1e-15)})
    count = len(told)
    press(hand, Qt.Key.Key_Up)
    assert len(told) == count


def test_arrows_move_heights_in_nice_steps(hand, told):
    # The view is 14 high.
    hand.plot.picker.set_pick(OUTPUT_BIAS)
    press(hand, Qt.Key.Key_Up)
    assert told[-1] == (OUTPUT_BIAS, {OUTPUT_BIAS: -0.8})
    hand.plot.picker.set_pick(W2)
    press(hand, Qt.Key.Key_Down)
    # The ray ends at 1.5·w: steps of w that move its end by about 0.2, on round values of w itself.
    assert told[-1] == (W2, {W2: -8.2})


def test_arrows_turn_a_hidden_weight_about_the_kink(hand, told):
    hand.plot.picker.set_pick(V2)
    press(hand, Qt.Key.Key_Up)
    what, values = told[-1]
    assert what == V2
    turned = hand.network.with_values(values)
    assert turned.kinks[1] == pytest.approx(-0.5)
    assert turned.hidden_weight[1] == 0.98
    assert turned.contributions([1.0])[1, 0] == pytest.approx(-11.76)
    hand.show(THREE_RELUS.with_values({W2: 0.0}))
    press(hand, Qt.Key.Key_Up)
    assert told[-1] == "v does not turn: w₂ is 0"


def test_arrows_move_a_corner_both_ways(hand, told):
    hand.plot.picker.set_pick(1)
    press(hand, Qt.Key.Key_Right)
    assert told[-1] == (1, pytest.approx(-0.45), pytest.approx(1.0))
    press(hand, Qt.Key.Key_Down)
    assert told[-1] == (1, pytest.approx(-0.5), pytest.approx(0.8))
    hand.show(Network([1.0], [2.0], [1.0]))
    hand.plot.picker.set_pick(3)
    press(hand, Qt.Key.Key_Down)
    assert hand.plot.picker.pick is None


def test_arrows_without_a_pick_are_left_to_others(hand, told):
    press(hand, Qt.Key.Key_Left)
    assert told == []


def test_a_click_picks_and_pointing_elsewhere_drops(hand, told):
    hand.click(hand.plot.handle_pixel(B2))
    assert hand.plot.picker.pick == B2
    hand.move(hand.plot.pixel_at(0.8, -4.0))
    assert hand.plot.picker.pick == B2
    hand.move(hand.plot.handle_pixel(OUTPUT_BIAS))
    assert hand.plot.hovered_parameter == OUTPUT_BIAS
    hand.click(hand.plot.handle_pixel(B2))
    hand.click(hand.plot.pixel_at(0.8, -4.0))
    assert hand.plot.picker.pick is None


def test_the_pick_goes_with_the_keyboard(hand, told):
    hand.plot.picker.set_pick(B2)
    hand.plot.clearFocus()
    assert hand.plot.picker.pick is None


def test_a_neuron_that_vanishes_takes_its_pick_along(hand, told):
    hand.plot.picker.set_pick(B2)
    hand.show(Network([1.0], [0.0], [1.0]))
    press(hand, Qt.Key.Key_Right)
    hand.plot.viewport().grab()
    assert told == []
