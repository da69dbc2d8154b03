"""Exchanging v and w in the whole program: nothing on the plot moves."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from app_under_test import AppUnderTest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QStyle, QStyleOptionSlider
from pytestqt.qtbot import QtBot

from reluviz.core.activation import HARD_TANH, leaky_relu
from reluviz.core.parameter import Parameter, all_of_neuron
from reluviz.panels.gauge_control import GaugeControl

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier
V2, B2, W2 = all_of_neuron(1)
X = np.linspace(-1.0, 1.0, 101)


@pytest.fixture
def app(qtbot: QtBot) -> Iterator[AppUnderTest]:
    app = AppUnderTest(qtbot, "three-segments")
    app.app.wiring.selection.select(1)
    yield app
    app.close()


@pytest.fixture
def control(app: AppUnderTest) -> GaugeControl:
    return app.window.neurons_panel.gauge


def knob(control: GaugeControl) -> QPoint:
    option = QStyleOptionSlider()
    control.slider.initStyleOption(option)
    part = QStyle.SubControl.SC_SliderHandle
    style = control.slider.style()
    return style.subControlRect(QStyle.ComplexControl.CC_Slider, option, part, control.slider).center()


def test_the_exchange_is_live_exact_and_one_step(app: AppUnderTest, control: GaugeControl) -> None:
    before = app.frame.network
    slider, start = control.slider, knob(control)
    QTest.mousePress(slider, LEFT, NONE, start)
    for step in range(1, 8):
        QTest.mouseMove(slider, start + QPoint(6 * step, 0))
        assert app.frame.network.output(X) == pytest.approx(before.output(X), abs=1e-13)
    held = app.frame.network
    assert held[V2] > 1.2
    assert held[V2] * held[W2] == pytest.approx(-8.0)
    assert held.kinks[1] == pytest.approx(-0.5)
    assert "the plot moves by" in control.text
    assert "v₂ 1.000 → " in control.text
    QTest.mouseRelease(slider, LEFT, NONE, start + QPoint(42, 0))
    assert app.frame.network.same_as(held)
    assert slider.factor == 1.0
    stack = app.app.document.undo_stack
    assert (stack.count(), stack.undoText()) == (1, "exchange v₂ and w₂")
    stack.undo()
    assert app.frame.network.same_as(before)


def test_the_keyboard_doubles_and_says_that_nothing_moved(app: AppUnderTest, control: GaugeControl) -> None:
    QTest.keyPress(control.slider, Qt.Key.Key_PageUp)
    assert app.frame.network.vector[[1, 4, 7]].tolist() == [2.0, 1.0, -4.0]
    QTest.keyRelease(control.slider, Qt.Key.Key_PageUp)
    told = "v₂ 1.000 → 2.000 · w₂ −8.000 → −4.000\nv₂·w₂ = −8.000 stays; the plot moves by 0"
    assert control.text == told
    for _ in range(2):
        app.qtbot.waitSignal(app.app.clock.numbers_tick).wait()
    assert control.text == told
    app.app.wiring.selection.select(2)
    assert control.text == "v₃ = 1.000 · w₃ = 5.000\nv₃·w₃ = 5.000"


def test_escape_takes_an_exchange_back(app: AppUnderTest, control: GaugeControl) -> None:
    before = app.frame.network
    QTest.keyPress(control.slider, Qt.Key.Key_PageUp)
    QTest.keyClick(control.slider, Qt.Key.Key_Escape)
    QTest.keyRelease(control.slider, Qt.Key.Key_PageUp)
    assert app.frame.network.same_as(before)
    assert app.app.document.undo_stack.count() == 0


def test_v_is_made_one(app: AppUnderTest, control: GaugeControl) -> None:
    app.app.editing.set_parameter(V2, -4.0)
    before = app.frame.network
    control.normalize.click()
    network = app.frame.network
    assert (network[V2], network[W2]) == (-1.0, -32.0)
    assert network.output(X) == pytest.approx(before.output(X), abs=1e-13)
    assert app.app.document.undo_stack.undoText() == "exchange v₂ and w₂"
    app.app.editing.set_parameter(V2, 0.0)
    count = app.app.document.undo_stack.count()
    control.normalize.click()
    assert app.message == "v₂ is 0: no factor makes it 1"
    assert app.app.document.undo_stack.count() == count


@pytest.mark.parametrize(("locked", "name"), [(V2, "v₂"), (B2, "b₂"), (W2, "w₂")])
def test_a_lock_disables_it_and_is_named(
    app: AppUnderTest, control: GaugeControl, locked: Parameter, name: str
) -> None:
    app.app.hand_tuning.locking.set_locked((locked,), True)
    app.wait_until(lambda: not control.slider.isEnabled())
    assert control.text == f"v and w cannot be exchanged: {name} is locked"
    app.app.hand_tuning.locking.unlock_all()
    app.wait_until(control.slider.isEnabled)


def test_without_a_neuron_it_says_what_to_do(app: AppUnderTest, control: GaugeControl) -> None:
    app.app.wiring.selection.select(None)
    assert not control.slider.isEnabled()
    assert "Select a neuron" in control.text


def test_undo_in_the_middle_lets_go(app: AppUnderTest, control: GaugeControl) -> None:
    app.app.editing.set_parameter(W2, -6.0)
    QTest.keyPress(control.slider, Qt.Key.Key_PageUp)
    app.app.editing.undo()
    assert app.frame.network[W2] == -8.0
    assert control.slider.factor == 1.0
    QTest.keyRelease(control.slider, Qt.Key.Key_PageUp)
    assert app.frame.network.vector[[1, 7]].tolist() == [1.0, -8.0]
    assert not app.app.document.held


def test_while_training_runs_the_neuron_belongs_to_the_hand(app: AppUnderTest, control: GaugeControl) -> None:
    app.app.editing.set_parameter(W2, -5.0)
    app.press_key(Qt.Key.Key_Space)
    app.wait_for(lambda frame: frame.step > 5)
    QTest.keyPress(control.slider, Qt.Key.Key_PageUp)
    v, step = app.frame.network[V2], app.frame.step
    assert app.wait_for(lambda frame: frame.step > step + 5).network[V2] == v
    QTest.keyRelease(control.slider, Qt.Key.Key_PageUp)
    stack = app.app.document.undo_stack
    assert "exchange v₂ and w₂" in [stack.text(i) for i in range(stack.count())]


def test_an_activation_that_does_not_scale_is_named(app: AppUnderTest, control: GaugeControl) -> None:
    app.app.editing.set_activation(leaky_relu())
    app.wait_until(control.slider.isEnabled)
    app.app.editing.set_activation(HARD_TANH)
    app.wait_until(lambda: not control.slider.isEnabled())
    assert control.text == "v and w cannot be exchanged: hard tanh does not scale with its input"
