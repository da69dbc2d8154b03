"""Try it yourself: a blank network, a score, hints, the solution, and undo of it all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from app_under_test import AppUnderTest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolBar, QToolButton

from reluviz.core.activation import IDENTITY
from reluviz.core.construct import construct
from reluviz.core.initializer import blank
from reluviz.core.parameter import OUTPUT_BIAS, Kind, Locks, Parameter
from reluviz.core.target import FunctionTarget, PointsTarget

CONTROL = Qt.KeyboardModifier.ControlModifier
W1, B2, W2 = Parameter(Kind.OUTPUT_WEIGHT, 0), Parameter(Kind.HIDDEN_BIAS, 1), Parameter(Kind.OUTPUT_WEIGHT, 1)
EXACT = construct(((-1.0, -1.0), (-0.5, 1.0), (0.0, -1.0), (1.0, 0.0)))


@pytest.fixture
def app(open_app: Callable[[str], AppUnderTest]) -> AppUnderTest:
    """The source's three segments, to be tried."""
    app = open_app("three-segments")
    app.press_key(Qt.Key.Key_T, CONTROL)
    return app


def click(button: object) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def score(app: AppUnderTest) -> str:
    return app.window.challenge_bar.meter.text().replace("\u00a0", " ")


def points(app: AppUnderTest) -> int:
    return int(score(app).split(" ")[0])


def sentence(app: AppUnderTest) -> str:
    return app.window.challenge_bar.sentence.text().replace("\u00a0", " ")


def undo_texts(app: AppUnderTest) -> list[str]:
    stack = app.app.document.undo_stack
    return [stack.text(i) for i in range(stack.index())]


def test_it_begins_with_a_blank_network_as_one_step(open_app: Callable[[str], AppUnderTest]) -> None:
    app = open_app("three-segments")
    document, bar = app.app.document, app.window.challenge_bar
    before = document.state
    document.edit("lock", locks=Locks(frozenset({W1})))
    app.app.playback.set_playing(True)
    app.wait_for(lambda frame: frame.step > 3)
    assert not bar.isVisible()
    app.press_key(Qt.Key.Key_T, CONTROL)
    state = document.state
    assert state.network.same_as(blank(3, -1.0, 1.0))
    assert (state.target, state.step, state.locks) == (before.target, 0, Locks())
    assert state.start.begin(-1.0, 1.0)[0].same_as(state.network), "reset goes back to it"
    app.wait_until(lambda: not app.app.playback.is_running)
    assert bar.isVisible()
    assert bar.budget.value() == 3
    assert score(app) == "0 · no fit yet"
    assert bar.loss.text() == "J 0.1668"
    assert app.window.plot.error_mark.isVisible()
    assert undo_texts(app)[-1] == "try it yourself"
    app.press_key(Qt.Key.Key_Z, CONTROL)
    assert document.state.locks.locked == {W1}
    assert not bar.isVisible(), "without its start there is no challenge"
    assert not app.window.plot.error_mark.isVisible(), "the mark goes as it came"


def test_by_the_toolbar(open_app: Callable[[str], AppUnderTest]) -> None:
    app = open_app("sine-by-100-relus")
    (button,) = (b for b in app.window.findChild(QToolBar).findChildren(QToolButton) if b.text() == "Try it yourself")
    click(button)
    assert app.window.challenge_bar.isVisible()
    assert app.app.document.network.neurons == 8, "as many as a hand can tune"
    assert not app.app.document.network.output_weight.any()


def test_hints_alone_lead_to_100(app: AppUnderTest) -> None:
    bar, seen = app.window.challenge_bar, []
    while bar.hint.isEnabled():
        if len(seen) % 2:
            click(bar.hint)
        else:
            bar.hint.setFocus(Qt.FocusReason.TabFocusReason)
            QTest.keyClick(bar.hint, Qt.Key.Key_Space)
        seen.append((points(app), app.app.wiring.selection.selected))
    assert len(seen) == 6
    assert [selected for _, selected in seen] == [None, 0, 1, 1, 2, 2]
    assert score(app) == "100 · perfect"
    assert sentence(app).endswith("w₃ = 5.000 bends the sum. Perfect, with 6 hints.")
    assert app.app.document.network.same_as(EXACT)
    assert undo_texts(app) == ["try it yourself", *["hint"] * 6]
    for _ in range(6):
        app.press_key(Qt.Key.Key_Z, CONTROL)
    assert app.app.document.network.same_as(blank(3, -1.0, 1.0))
    assert bar.isVisible()
    assert points(app) == 0


def test_a_hint_says_what_it_does(app: AppUnderTest) -> None:
    click(app.window.challenge_bar.hint)
    assert sentence(app) == "b₀ = −1.000: the output starts at the height of the target's left end."
    app.drag(OUTPUT_BIAS, QPoint(0, -40))
    assert sentence(app).startswith("Put the output on the target")


def test_the_score_is_live_while_the_hand_drags_and_after_undo(app: AppUnderTest) -> None:
    app.app.document.edit("nearly", network=EXACT.with_values({OUTPUT_BIAS: -0.5}))
    before = points(app)
    assert 0 < before < 100
    at = app.start_drag(OUTPUT_BIAS, QPoint(0, 30))
    app.wait_until(lambda: points(app) > before)
    assert app.app.document.held
    app.release(at)
    app.press_key(Qt.Key.Key_Z, CONTROL)
    app.wait_until(lambda: points(app) == before)


def test_the_loss_is_named_where_training_has_another(app: AppUnderTest) -> None:
    assert app.window.challenge_bar.loss.text() == "J 0.1668"
    app.app.editing.set_settings(replace(app.app.document.state.settings, loss="mae"))
    assert app.window.challenge_bar.loss.text() == "½ MSE 0.1668"


def test_by_hand_without_a_hint(app: AppUnderTest) -> None:
    app.app.document.edit("by hand", network=EXACT)
    assert sentence(app) == "Perfect, without a hint."
    assert not app.window.challenge_bar.hint.isEnabled()
    assert not app.window.challenge_bar.reveal.isEnabled(), "it is on show"


def test_training_is_allowed_and_said(app: AppUnderTest) -> None:
    click(app.window.challenge_bar.hint)
    app.app.playback.set_playing(True)
    assert sentence(app) == "The optimizer is at work, and the score follows it."
    app.wait_until(lambda: points(app) > 20)
    click(app.window.challenge_bar.hint)
    app.wait_until(lambda: not app.app.playback.is_running)
    assert undo_texts(app)[-1] == "hint"
    assert undo_texts(app)[-2].startswith("train")


def test_reveal(app: AppUnderTest) -> None:
    bar = app.window.challenge_bar
    bar.reveal.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(bar.reveal, Qt.Key.Key_Space)
    assert app.app.document.network.same_as(EXACT)
    assert score(app) == "solution shown"
    assert sentence(app) == "Revealed: this is the construction. Start over to try again."
    assert undo_texts(app) == ["try it yourself", "reveal"]
    app.press_key(Qt.Key.Key_Z, CONTROL)
    assert points(app) == 0
    assert "Revealed" not in sentence(app)


def test_start_over_and_another_budget(app: AppUnderTest) -> None:
    bar = app.window.challenge_bar
    click(bar.hint)
    click(bar.start_over)
    assert app.app.document.network.same_as(blank(3, -1.0, 1.0))
    bar.budget.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(bar.budget, Qt.Key.Key_Down)
    assert app.app.document.network.same_as(blank(2, -1.0, 1.0))
    assert undo_texts(app) == ["try it yourself", "hint", "start over", "try it yourself with 2 neurons"]
    for _ in range(6):
        click(bar.hint)
    # Three segments by two neurons: the construction on two equal sections, which is no good one.
    assert sentence(app) == "This is the construction: no hint leads further, but training may."
    assert app.app.document.network.output([-1.0, 0.0, 1.0]).tolist() == [-1.0, -1.0, 0.0]
    while app.app.document.network.neurons == 2:
        app.press_key(Qt.Key.Key_Z, CONTROL)
    assert bar.budget.value() == 3
    assert points(app) == 0
    for _ in range(6):
        click(bar.hint)
    assert score(app) == "100 · perfect", "the goal is that of three neurons again"


def test_more_neurons_than_segments(app: AppUnderTest) -> None:
    app.window.network_panel.neurons_edited.emit(5)
    assert app.window.challenge_bar.budget.value() == 5
    click(app.window.challenge_bar.start_over)
    click(app.window.challenge_bar.reveal)
    network = app.app.document.network
    assert network.neurons == 5
    assert np.allclose(network.output([-1.0, -0.5, 0.0, 1.0]), [-1.0, 1.0, -1.0, 0.0])


def test_a_lock_is_respected_and_named(app: AppUnderTest) -> None:
    bar = app.window.challenge_bar
    app.app.hand_tuning.locking.set_locked((OUTPUT_BIAS,), True)
    click(bar.hint)
    assert sentence(app) == "b₀ is locked at 0 and would have to be −1.000; unlock it first"
    click(bar.reveal)
    assert app.message == "Not revealed: b₀ is locked at 0 and would have to be −1.000; unlock it first"
    assert app.app.document.network.same_as(blank(3, -1.0, 1.0))
    app.window.actions_["unlock_all"].trigger()
    while bar.hint.isEnabled():
        click(bar.hint)
    assert sentence(app).endswith("Perfect, with 6 hints."), "what a lock prevented was none"


def test_hints_are_for_relus(app: AppUnderTest) -> None:
    app.app.editing.set_activation(IDENTITY)
    click(app.window.challenge_bar.hint)
    assert app.message == "No hint: hints are for ReLUs: choose ReLU as the activation"
    click(app.window.challenge_bar.reveal)
    assert app.app.document.network.same_as(EXACT)
    assert app.app.document.state.start.activation == EXACT.activation


def test_the_goal_follows_the_target(app: AppUnderTest) -> None:
    app.app.document.edit("by hand", network=EXACT)
    app.app.editing.set_target(PointsTarget(((-1.0, 2.0), (0.0, 1.0), (1.0, 2.0))))
    assert points(app) < 100
    bar = app.window.challenge_bar
    while bar.hint.isEnabled():
        click(bar.hint)
    assert np.allclose(app.app.document.network.output([-1.0, 0.0, 1.0]), [2.0, 1.0, 2.0])
    app.app.editing.set_target(FunctionTarget("square", -1.0, 1.0))
    while bar.hint.isEnabled():
        click(bar.hint)
    assert score(app) == "100 · goal reached"
    assert "Goal reached, with " in sentence(app)


def test_another_document_and_another_bar_end_it(app: AppUnderTest) -> None:
    bar = app.window.challenge_bar
    app.window.actions_.example_chosen.emit("sine-by-5-relus")
    assert not bar.isVisible()
    assert not app.app.hand_tuning.challenge.is_open
    app.press_key(Qt.Key.Key_T, CONTROL)
    assert bar.budget.value() == 5
    app.window.actions_["shake"].trigger()
    assert not bar.isVisible()
    assert not app.app.hand_tuning.challenge.is_open
    assert app.window.shake_bar.isVisible()


def test_close_keeps_the_network_and_a_mark_that_was_there(app: AppUnderTest) -> None:
    bar = app.window.challenge_bar
    click(bar.hint)
    network = app.app.document.network
    bar.hint.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(bar.hint, Qt.Key.Key_Escape)
    assert not bar.isVisible()
    assert app.app.document.network is network
    assert not app.window.plot.error_mark.isVisible()
    assert app.window.plot.hasFocus()
    app.press_key(Qt.Key.Key_M)
    app.press_key(Qt.Key.Key_T, CONTROL)
    click(bar.close_)
    assert app.window.plot.error_mark.isVisible()


def test_start_over_while_it_is_open(app: AppUnderTest) -> None:
    click(app.window.challenge_bar.hint)
    click(app.window.challenge_bar.start_over)
    assert undo_texts(app) == ["try it yourself", "hint", "start over"]


def test_what_cannot_be_constructed_is_not_begun(open_app: Callable[[str], AppUnderTest]) -> None:
    app = open_app("three-segments")
    steep = PointsTarget(((0.0, 0.0), (1e-250, 1e100), (1.0, 0.0)))
    app.app.editing.set_target(steep)
    network = app.app.document.network
    app.press_key(Qt.Key.Key_T, CONTROL)
    assert app.message.startswith("Nothing to try: the points are too steep")
    assert app.app.document.network is network
    assert not app.window.challenge_bar.isVisible()


def test_a_target_that_becomes_impossible_ends_it(app: AppUnderTest) -> None:
    app.app.editing.set_target(PointsTarget(((0.0, 0.0), (1e-250, 1e100), (1.0, 0.0))))
    assert app.message.startswith("The challenge ends: the points are too steep")
    assert not app.window.challenge_bar.isVisible()
