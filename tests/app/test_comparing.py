"""Ghosts to compare with: a moment, a whole run, and their losses."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from app_under_test import AppUnderTest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from reluviz.app.questions import Answer
from reluviz.core.kept import Kept
from reluviz.core.notation import value_text
from reluviz.document.autosave import Autosave

NONE = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def app(qtbot: QtBot) -> Iterator[AppUnderTest]:
    app = AppUnderTest(qtbot)
    yield app
    app.answers.about_changes = Answer.DISCARD
    app.close()


def train(app: AppUnderTest, steps: int) -> None:
    last = app.frame.step + steps
    app.app.playback.make_steps(steps)
    app.wait_until(lambda: last in app.app.document.timeline.recording.steps[-1:])
    app.wait_for(lambda frame: frame.step == last)


def legend(app: AppUnderTest) -> list[str]:
    return [entry.text for entry in app.window.plot.legend()]


def test_a_moment_is_kept_until_it_is_discarded(app: AppUnderTest) -> None:
    first = app.frame.loss
    train(app, 10)
    app.press_key(Qt.Key.Key_Home, CTRL)
    kept, loss = app.frame.network, app.frame.loss
    app.press_key(Qt.Key.Key_C)
    app.press_key(Qt.Key.Key_End, CTRL)
    train(app, 10)
    assert app.window.plot.kept.network is kept
    assert app.window.plot.kept.isVisible()
    assert loss == first
    assert legend(app)[-1] == f"kept: step 0, J = {value_text(loss)}"
    assert app.window.loss_plot._ghost_text() == f"kept: J = {value_text(loss)}"
    app.window.actions_["drop_ghost"].trigger()
    assert app.window.plot.kept.network is None
    assert not app.window.plot.kept.isVisible()
    assert not any("kept" in text for text in legend(app))
    assert app.window.loss_plot._ghost_text() == ""
    assert not app.window.actions_["drop_ghost"].isEnabled()


def test_a_run_as_a_ghost_keeps_step_with_what_is_on_show(app: AppUnderTest) -> None:
    train(app, 30)
    run = app.app.document.timeline.recording
    app.press_key(Qt.Key.Key_C, SHIFT)
    app.window.actions_["new_initialization"].trigger()
    train(app, 12)
    assert app.window.plot.kept.network is not None
    assert app.window.plot.kept.network.same_as(run[12].network)
    assert not app.frame.network.same_as(run[12].network)
    app.press_key(Qt.Key.Key_PageUp, CTRL)
    assert app.window.plot.kept.network.same_as(run[11].network)
    app.wait_until(lambda: legend(app)[-1] == f"kept: step 11, J = {value_text(float(run.losses[11]))}")
    train(app, 40)
    assert app.window.plot.kept.network.same_as(run[30].network), "beyond its end it rests there"
    assert len(app.window.loss_plot._ghost) == 31


def test_the_ghost_is_drawn_below_the_output(app: AppUnderTest) -> None:
    train(app, 10)
    viewport = app.window.plot.viewport()
    app.press_key(Qt.Key.Key_Home, CTRL)
    app.press_key(Qt.Key.Key_End, CTRL)
    plain = viewport.grab().toImage()
    app.press_key(Qt.Key.Key_Home, CTRL)
    app.press_key(Qt.Key.Key_C)
    app.press_key(Qt.Key.Key_End, CTRL)
    grey = app.window.plot.kept.colour()
    image = viewport.grab().toImage()
    assert image != plain
    assert (
        sum(image.pixelColor(x, y).name() == grey for x in range(0, image.width()) for y in range(0, image.height()))
        > 20
    )
    assert app.window.plot.kept.zValue() < app.window.plot.ghost.zValue()
    app.window.actions_["output"].trigger()
    assert not app.window.plot.kept.isVisible()
    app.window.actions_["output"].trigger()
    assert app.window.plot.kept.isVisible()


def test_a_kept_moment_is_saved_and_comes_back(app: AppUnderTest, tmp_path: Path) -> None:
    train(app, 10)
    app.press_key(Qt.Key.Key_C)
    kept, loss, path = app.frame.network, app.frame.loss, tmp_path / "compared.reluviz"
    app.answers.saves = [path]
    app.press_key(Qt.Key.Key_S, CTRL)
    app.wait_until(path.exists)
    app.window.actions_.example_chosen.emit("three-segments")
    assert app.window.plot.kept.network is None
    assert app.app.files.open(path)
    assert app.window.plot.kept.network is not None
    assert app.window.plot.kept.network.same_as(kept)
    assert app.window.plot.kept.isVisible()
    assert legend(app)[-1] == f"kept: step 10, J = {value_text(loss)}"
    app.window.actions_["drop_ghost"].trigger()
    assert app.app.file.snapshot().kept is None


def test_the_thermometers_straight_line_is_on_show_from_the_start(qtbot: QtBot) -> None:
    app = AppUnderTest(qtbot, "thermometer-by-13-tanh")
    assert app.window.plot.kept.isVisible()
    assert len(app.window.plot.kept.network.vertices(2.18, 8.19)) == 2
    assert legend(app)[-1] == "straight line: validation J = 2.201"
    assert app.window.loss_plot._ghost_text() == "straight line: validation J = 2.201"
    assert not app.window.isWindowModified()
    app.app.end()


def test_another_document_has_no_ghost(app: AppUnderTest) -> None:
    train(app, 10)
    app.press_key(Qt.Key.Key_C, SHIFT)
    app.window.actions_.example_chosen.emit("three-segments")
    assert app.window.plot.kept.network is None
    assert not app.window.actions_["keep_run"].isEnabled()
    app.window.actions_["keep_run"].trigger()
    assert app.window.plot.kept.network is None


def test_a_kept_run_comes_back_with_the_document(app: AppUnderTest, tmp_path: Path) -> None:
    train(app, 30)
    run = app.app.document.timeline.recording
    app.press_key(Qt.Key.Key_C, SHIFT)
    path = tmp_path / "mine.reluviz"
    app.answers.saves = [path]
    assert app.app.files.save()
    assert not app.window.isWindowModified()
    app.app.files.new()
    assert app.window.plot.kept.network is None
    app.app.files.open(path)
    assert app.window.plot.kept.network is not None
    assert app.window.plot.kept.network.same_as(run[30].network)
    assert len(app.window.loss_plot._ghost) == 31
    app.window.actions_["drop_ghost"].trigger()
    assert app.window.isWindowModified()


@pytest.mark.parametrize("key", ["moment", "run", "branch"])
def test_what_was_kept_or_branched_is_asked_about_and_a_short_training_is_not(app: AppUnderTest, key: str) -> None:
    train(app, 30)
    assert not app.window.isWindowModified()
    if key == "branch":
        app.press_key(Qt.Key.Key_Home, CTRL)
        app.press_key(Qt.Key.Key_PageDown, CTRL)
        assert not app.window.isWindowModified()
        train(app, 5)
    else:
        app.press_key(Qt.Key.Key_C, SHIFT if key == "run" else NONE)
    assert app.window.isWindowModified()
    app.answers.about_changes = Answer.CANCEL
    assert not app.window.close()
    assert [asked.partition(" ")[0] for asked in app.answers.asked] == ["unsaved"]


def test_what_is_kept_survives_a_crash(qtbot: QtBot, tmp_path: Path) -> None:
    app = AppUnderTest(qtbot, autosaves=tmp_path)
    autosaving = app.app.autosaving
    autosaving.set_interval(1)
    app.press_key(Qt.Key.Key_C)
    app.wait_until(autosaving.path.exists)
    train(app, 5)
    app.press_key(Qt.Key.Key_C)

    def kept_step() -> int:
        recovered = Autosave(autosaving.path).read().document.kept
        assert isinstance(recovered, Kept)
        return recovered.moment.step

    app.wait_until(lambda: kept_step() == 5)
    app.window.actions_["drop_ghost"].trigger()
    app.wait_until(lambda: not autosaving.path.exists())
    app.close()


def test_what_is_kept_is_said(app: AppUnderTest) -> None:
    app.press_key(Qt.Key.Key_C)
    assert app.message == "Kept step 0 to compare with"
    train(app, 1200)
    app.press_key(Qt.Key.Key_C)
    assert app.message == "Kept step 1 200 to compare with; Shift+C keeps the whole run"
    app.press_key(Qt.Key.Key_C, SHIFT)
    assert app.message.startswith("Kept the run up to step 1 200 to compare with")
