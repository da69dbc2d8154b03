"""Building the target from ReLUs, at once and step by step."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from app_under_test import AppUnderTest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from reluviz.core.construct import build_steps, construct, corners_of
from reluviz.core.network import Network
from reluviz.core.parameter import Kind, Parameter
from reluviz.core.target import FunctionTarget, PointsTarget

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
W1 = Parameter(Kind.OUTPUT_WEIGHT, 0)


@pytest.fixture
def blank(open_app: Callable[[str], AppUnderTest]) -> AppUnderTest:
    return open_app("three-segments-blank")


def click(button: object) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def is_the_sources(network: Network) -> bool:
    return (
        network.hidden_weight.tolist() == [1.0, 1.0, 1.0]
        and network.hidden_bias.tolist() == [1.0, 0.5, 0.0]
        and network.output_weight.tolist() == [4.0, -8.0, 5.0]
        and network.output_bias == -1.0
    )


def test_the_sources_example_is_built_exactly(blank: AppUnderTest) -> None:
    before = blank.frame.network
    blank.press_key(Qt.Key.Key_B, CONTROL)
    assert is_the_sources(blank.app.document.network)
    assert blank.app.document.state.step == 0
    blank.wait_for(lambda frame: frame.loss < 1e-30)
    assert not blank.window.build_bar.isVisible(), "points leave nothing to ask"
    blank.press_key(Qt.Key.Key_R, CONTROL)
    assert is_the_sources(blank.app.document.network), "it is the start of what follows"
    blank.press_key(Qt.Key.Key_Z, CONTROL)
    blank.press_key(Qt.Key.Key_Z, CONTROL)
    assert blank.frame.network.same_as(before)
    assert blank.app.document.undo_stack.redoText() == "build exactly"


def test_building_while_it_trains_rests_at_step_0(blank: AppUnderTest) -> None:
    blank.press_key(Qt.Key.Key_Space)
    blank.wait_for(lambda frame: frame.step > 3)
    blank.press_key(Qt.Key.Key_B, CONTROL)
    blank.wait_for(lambda frame: frame.step == 0 and not frame.running and frame.loss < 1e-30)
    assert is_the_sources(blank.app.document.network)


def test_each_step_is_shown_with_its_sentence(blank: AppUnderTest) -> None:
    before = blank.frame.network
    bar = blank.window.build_bar
    steps = build_steps(corners_of(blank.app.document.state.target))
    blank.press_key(Qt.Key.Key_B, CONTROL | SHIFT)
    for i, step in enumerate(steps):
        assert bar.isVisible()
        assert blank.app.document.network.same_as(step.network)
        assert bar.sentence.text().replace("\u00a0", " ") == f"{i + 1} of 7: {step.sentence}"
        assert blank.app.wiring.selection.selected == step.neuron
        assert (bar.back.isEnabled(), bar.forward.isEnabled()) == (i > 0, i < 6)
        if i % 2:
            click(bar.forward)
        else:
            blank.press_key(Qt.Key.Key_Right, ALT)
    assert is_the_sources(blank.app.document.network)
    click(bar.back)
    blank.press_key(Qt.Key.Key_Left, ALT)
    assert blank.app.document.network.same_as(steps[4].network)
    click(bar.close_)
    assert not bar.isVisible()
    assert blank.app.document.network.same_as(steps[4].network)
    assert blank.app.document.undo_stack.count() == 1
    blank.press_key(Qt.Key.Key_Z, CONTROL)
    assert blank.frame.network.same_as(before)
    blank.press_key(Qt.Key.Key_Z, CONTROL | SHIFT)
    assert blank.app.document.network.same_as(steps[4].network)


def test_train_from_here(blank: AppUnderTest) -> None:
    blank.press_key(Qt.Key.Key_B, CONTROL | SHIFT)
    for _ in range(4):
        click(blank.window.build_bar.forward)
    start = blank.app.document.network
    click(blank.window.build_bar.train)
    assert not blank.window.build_bar.isVisible()
    blank.wait_for(lambda frame: frame.step > 10)
    blank.press_key(Qt.Key.Key_R, CONTROL)
    assert blank.app.document.network.same_as(start)


def test_escape_in_the_bar_closes_it_and_its_keys_rest_then(blank: AppUnderTest) -> None:
    actions = blank.window.actions_
    assert not actions["build_forward"].isEnabled()
    actions["build_steps"].trigger()
    assert actions["build_forward"].isEnabled()
    blank.window.build_bar.close_.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(blank.window.build_bar.close_, Qt.Key.Key_Escape)
    assert not blank.window.build_bar.isVisible()
    assert not actions["build_forward"].isEnabled()


def test_a_smooth_target_is_built_from_a_chosen_number_of_segments(open_app: Callable[[str], AppUnderTest]) -> None:
    app = open_app("sine-by-5-relus")
    bar = app.window.build_bar
    app.press_key(Qt.Key.Key_B, CONTROL)
    assert bar.segments.isVisible()
    assert bar.segments.value() == 5
    x = np.linspace(-3.0, 3.0, 6)
    assert app.app.document.network.output(x) == pytest.approx(2.0 * np.sin(x) + 5.0)
    bar.segments.setFocus()
    bar.segments.selectAll()
    QTest.keyClicks(bar.segments, "12")
    QTest.keyClick(bar.segments, Qt.Key.Key_Return)
    assert app.app.document.network.same_as(construct(corners_of(app.app.document.state.target, 12)))
    assert app.app.document.state.start.neurons == 12
    app.wait_until(lambda: app.window.neurons_panel.table.model().rowCount() == 12)
    assert [app.app.document.undo_stack.text(i) for i in range(2)] == ["build exactly"] * 2


def test_a_change_by_hand_leaves_the_construction_and_the_next_step_takes_it_up(blank: AppUnderTest) -> None:
    bar = blank.window.build_bar
    blank.press_key(Qt.Key.Key_B, CONTROL | SHIFT)
    blank.press_key(Qt.Key.Key_Right, ALT)
    blank.window.neurons_panel.parameter_edited.emit(W1, 3.0)
    assert bar.sentence.text().startswith("The network has left the construction")
    blank.press_key(Qt.Key.Key_Right, ALT)
    assert bar.sentence.text().startswith("3 of 7")
    stack = blank.app.document.undo_stack
    assert [stack.text(i) for i in range(stack.count())] == [
        "build step by step",
        "set w₁ to 3.000",
        "build step by step",
    ]


def test_training_leaves_the_construction_at_once_and_undo_comes_back_to_it(blank: AppUnderTest) -> None:
    bar = blank.window.build_bar
    blank.press_key(Qt.Key.Key_B, CONTROL | SHIFT)
    blank.press_key(Qt.Key.Key_Right, ALT)
    told = bar.sentence.text()
    assert told.startswith("2 of 7")
    blank.press_key(Qt.Key.Key_Space)
    blank.wait_for(lambda frame: frame.step > 3)
    assert blank.frame.running
    assert bar.sentence.text().startswith("The network has left the construction"), "its numbers are not on show"
    blank.press_key(Qt.Key.Key_Space)
    blank.wait_for(lambda frame: not frame.running)
    blank.press_key(Qt.Key.Key_Z, CONTROL)
    assert bar.sentence.text() == told


def test_a_drag_that_is_taken_back_stays_in_the_construction(blank: AppUnderTest) -> None:
    bar = blank.window.build_bar
    blank.press_key(Qt.Key.Key_B, CONTROL | SHIFT)
    for _ in range(6):
        blank.press_key(Qt.Key.Key_Right, ALT)
    told = bar.sentence.text()
    at = blank.start_drag(W1, QPoint(0, 40))
    assert bar.sentence.text().startswith("The network has left the construction")
    QTest.keyClick(blank.window.plot, Qt.Key.Key_Escape)
    assert bar.sentence.text() == told
    blank.release(at)


def test_another_target_begins_another_construction(blank: AppUnderTest) -> None:
    bar = blank.window.build_bar
    blank.press_key(Qt.Key.Key_B, CONTROL | SHIFT)
    blank.app.editing.set_target(PointsTarget(((-1.0, 2.0), (1.0, 0.0))))
    assert bar.sentence.text().startswith("The target has changed")
    blank.press_key(Qt.Key.Key_Right, ALT)
    assert bar.sentence.text().startswith("1 of 3: b₀\u00a0=\u00a02.000")
    blank.app.editing.set_target(FunctionTarget("square", -1.0, 1.0))
    blank.press_key(Qt.Key.Key_Right, ALT)
    assert bar.segments.isVisible()


def test_another_document_closes_the_bar(blank: AppUnderTest) -> None:
    blank.press_key(Qt.Key.Key_B, CONTROL | SHIFT)
    blank.window.actions_.example_chosen.emit("three-segments")
    blank.wait_until(lambda: not blank.window.build_bar.isVisible())


def test_a_lock_that_the_construction_would_break_is_named(blank: AppUnderTest) -> None:
    blank.window.neurons_panel.locks_edited.emit((W1,), True)
    before = blank.frame.network
    blank.press_key(Qt.Key.Key_B, CONTROL)
    assert blank.frame.network.same_as(before)
    assert blank.message == "Not built: w₁ is locked at 0 and would have to be 4.000; unlock it first"


def test_locks_that_agree_with_the_construction_hold_at_every_step(blank: AppUnderTest) -> None:
    blank.window.actions_["lock_hidden_weights"].trigger()
    blank.window.actions_["lock_hidden_biases"].trigger()
    before = blank.frame.network
    blank.press_key(Qt.Key.Key_B, CONTROL | SHIFT)
    for _ in range(6):
        assert np.array_equal(blank.app.document.network.hidden_bias, before.hidden_bias)
        blank.press_key(Qt.Key.Key_Right, ALT)
    assert is_the_sources(blank.app.document.network)
