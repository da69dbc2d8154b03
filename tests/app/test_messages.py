"""What the status line says leaves when what it speaks of has changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from app_under_test import AppUnderTest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from reluviz.app.wiring import HINT
from reluviz.core.network import Network
from reluviz.core.parameter import Kind, Parameter
from reluviz.core.target import FunctionTarget
from reluviz.document.storage import load
from reluviz.training.session import TrainingSession

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def app(qtbot: QtBot) -> Iterator[AppUnderTest]:
    app = AppUnderTest(qtbot)
    app.app.wiring.open(app.app.file.snapshot())
    yield app
    app.close()


def later(app: AppUnderTest) -> None:
    """After what was just said."""
    app.wait_until(lambda: not app.window.status_line._is_fresh.isActive())


def test_what_to_look_at_is_said_of_what_was_opened_alone(app: AppUnderTest, tmp_path: Path) -> None:
    opened = app.message
    assert opened.endswith(HINT)
    assert opened.startswith("All kinks start at x = 0")
    app.app.editing.set_target(FunctionTarget("abs"))
    assert app.message == HINT
    app.answers.saves = [tmp_path / "mine.reluviz"]
    assert app.app.files.save()
    assert (load(tmp_path / "mine.reluviz").look_at, load(tmp_path / "mine.reluviz").source) == ("", "")
    app.app.editing.undo()
    app.window.status_line._timer.setInterval(1)
    app.window.status_line._timer.start()
    app.wait_until(lambda: app.message == opened)
    app.app.editing.set_seed(99)
    assert app.message == HINT
    written = app.app.file.snapshot()
    assert written.look_at == ""
    assert written.source


def test_a_refusal_leaves_with_the_next_edit(app: AppUnderTest) -> None:
    app.window.target_panel.refused.emit("validation: '30%' is not a finite number; kept 0")
    later(app)
    app.app.editing.change_sampling({"validation": 0.3})
    assert "not a finite" not in app.message


def test_what_an_edit_has_to_say_stays(app: AppUnderTest) -> None:
    app.window.actions_["add_neuron"].trigger()
    said = app.message
    assert said.startswith("The new neuron has w = 0")
    later(app)
    app.app.playback.make_steps(3)
    app.wait_for(lambda frame: frame.step == 3 and not frame.running)
    app.wait_until(lambda: app.app.document.state.step == 3)
    assert app.message == said, "training a few steps changes nothing of it"
    app.app.editing.undo()
    assert app.message != said


def test_why_training_stopped_leaves_when_it_goes_on(app: AppUnderTest) -> None:
    app.app.editing.set_settings(replace(app.app.document.state.settings, steps=5))
    app.app.playback.set_playing(True)
    app.wait_until(lambda: app.message.startswith("Stopped at step 5"))
    later(app)
    app.app.playback.set_playing(True)
    assert not app.message.startswith("Stopped")


def test_what_is_said_of_a_recorded_moment_leaves_in_the_present(app: AppUnderTest) -> None:
    app.app.playback.make_steps(20)
    app.wait_until(lambda: app.app.document.timeline.recording.steps[-1:].tolist() == [20.0])
    for leave in (
        lambda: app.press_key(Qt.Key.Key_End, CTRL),
        lambda: app.app.playback.set_playing(True),
        lambda: app.app.editing.set_seed(7),
    ):
        app.press_key(Qt.Key.Key_Home, CTRL)
        assert app.message.startswith("This is recorded")
        leave()
        assert not app.message.startswith("This is recorded")
        app.app.playback.set_playing(False)
        app.wait_for(lambda frame: not frame.running)


def test_that_all_neurons_are_dead_is_said_as_long_as_they_are(app: AppUnderTest) -> None:
    app.app.document.edit("dead", network=Network([0.1] * 5, [-9.0] * 5, [1.0] * 5))
    app.wait_until(lambda: "All neurons are dead" in app.message)
    app.app.document.begin_gesture()
    app.app.document.preview({Parameter(Kind.HIDDEN_BIAS, 0): 9.0})
    app.wait_until(lambda: "All neurons are dead" not in app.message)


def test_that_the_kernels_are_prepared_is_said_until_they_are(
    app: AppUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(TrainingSession, "is_compiled", False)
    app.app.playback.set_playing(True)
    assert app.message.startswith("Preparing the kernels")
    app.wait_for(lambda frame: frame.step > 1)
    assert app.message.startswith("Preparing the kernels")
    monkeypatch.undo()
    app.wait_until(lambda: not app.message.startswith("Preparing"))


@pytest.mark.parametrize("by_steps", [False, True])
def test_while_the_kernels_are_prepared_everything_says_so_and_space_gives_it_up(
    app: AppUnderTest, monkeypatch: pytest.MonkeyPatch, by_steps: bool
) -> None:
    window = app.window
    rest = window.loss_plot._invitations
    monkeypatch.setattr(TrainingSession, "is_compiled", False)
    if by_steps:
        app.app.playback.make_steps(1)
    else:
        app.app.playback.set_playing(True)
    later(app)
    window.status_line.outdate()
    assert app.message.startswith("Preparing the kernels")
    assert app.app.playback.is_preparing
    app.app.playback.set_playing(False)
    assert app.message.startswith("Training will not begin by itself")
    assert window.loss_plot._invitations == rest
    assert window.transport.state.text() != "preparing…"
    window.status_line.unsay(app.message)
    assert not app.message.startswith("Preparing"), "it is waited for no longer"


def test_a_loss_plot_without_a_curve_says_that_training_is_about_to_begin(
    app: AppUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = app.window
    assert "Press Space" in window.loss_plot._invitations[0]
    monkeypatch.setattr(TrainingSession, "is_compiled", False)
    app.app.playback.set_playing(True)
    assert window.loss_plot._invitations[0].startswith("Preparing… training begins by itself")
    assert window.transport.state.text() == "preparing…"
    assert "Preparing" in window.transport.play.toolTip()
    monkeypatch.undo()
    app.wait_until(lambda: window.transport.state.text() == "training")
    assert "Press Space" in window.loss_plot._invitations[0]
    assert "Preparing" not in window.transport.play.toolTip()


@pytest.mark.parametrize("key", [Qt.Key.Key_End, Qt.Key.Key_Home, Qt.Key.Key_PageUp])
def test_keys_through_time_work_while_a_number_has_the_focus(app: AppUnderTest, key: Qt.Key) -> None:
    app.app.playback.make_steps(20)
    app.wait_until(lambda: app.app.document.timeline.recording.steps[-1:].tolist() == [20.0])
    if key == Qt.Key.Key_End:
        app.press_key(Qt.Key.Key_Home, CTRL)
    edit = app.window.neurons_panel.output_bias
    edit.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(edit, key, CTRL)
    assert app.frame.step == {Qt.Key.Key_End: 20, Qt.Key.Key_Home: 0, Qt.Key.Key_PageUp: 19}[key]
    assert edit.hasFocus()
    if key == Qt.Key.Key_End:
        # Nothing to go back to: the field's own keys do no harm.
        shown = edit.value()
        QTest.keyClick(edit, key, CTRL)
        assert edit.value() == shown
