"""The training panel in the window: undo steps by name, folds that stay, room for it all."""

from __future__ import annotations

from dataclasses import replace

import pytest
from app_under_test import AppUnderTest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from reluviz.app.folding import Folding
from reluviz.app.main_window import MainWindow
from reluviz.core.settings import Plateau
from reluviz.core.target import PointsTarget
from reluviz.panels.batch_fields import BatchFields


@pytest.fixture
def app(qtbot):
    under_test = AppUnderTest(qtbot)
    yield under_test
    under_test.close()


def undo_texts(app: AppUnderTest) -> list[str]:
    stack = app.app.document.undo_stack
    return [stack.text(i) for i in range(stack.count())]


def press(field, key: Qt.Key, times: int = 1) -> None:
    field.setFocus()
    for _ in range(times):
        QTest.keyClick(field, key)


def test_each_change_is_an_undo_step_of_its_name_and_repeated_ones_are_one(app):
    panel = app.window.training_panel
    press(panel.learning_rate, Qt.Key.Key_Up, 3)
    press(panel.optimizer, Qt.Key.Key_End)
    press(panel.learning_rate, Qt.Key.Key_Down)
    press(panel.learning_rate, Qt.Key.Key_Down)
    assert undo_texts(app) == ["learning rate 0.1", "optimizer Adam", "learning rate 0.02"]
    app.app.editing.undo()
    assert app.app.document.state.settings.learning_rate == 0.1
    app.app.editing.undo()
    assert app.app.document.state.settings.optimizer.name == "sgd"
    app.app.editing.undo()
    assert app.app.document.state.settings.learning_rate == 0.01
    assert panel.learning_rate.value() == 0.01


def test_a_change_after_undo_does_not_join_what_was_before(app):
    panel = app.window.training_panel
    press(panel.learning_rate, Qt.Key.Key_Up)
    panel.batches.full_batch.click()
    press(panel.learning_rate, Qt.Key.Key_Up)
    assert undo_texts(app) == ["learning rate 0.02", "full batch", "learning rate 0.05"]


def test_settings_act_on_the_running_training_without_a_reset(app):
    app.window.training_panel.stop.stops.click()
    app.press_key(Qt.Key.Key_Space)
    before = app.wait_for(lambda frame: frame.step > 10)
    press(app.window.training_panel.optimizer, Qt.Key.Key_End)
    after = app.wait_for(lambda frame: frame.step > before.step + 10)
    assert after.running
    assert app.app.document.state.settings.optimizer.name == "adam"


def test_points_need_no_scrolling_either(app):
    app.app.editing.set_target(PointsTarget(((-1.0, 0.0), (0.0, 1.0), (0.5, 2.0), (1.0, 0.0))))
    area = app.window._settings_area
    app.wait_until(app.window.target_panel.points_fold.button.isVisible)
    app.window.grab()
    assert app.window.height() == 800
    assert area.verticalScrollBar().maximum() == 0


def test_folded_the_panel_needs_no_scrolling_and_unfolded_nothing_is_cut(app):
    area, panel = app.window._settings_area, app.window.training_panel
    assert area.verticalScrollBar().maximum() == 0
    for fold in panel.folds:
        fold.button.click()
    app.wait_until(lambda: area.verticalScrollBar().value() > 0)
    assert panel.width() <= area.viewport().width()
    app.wait_until(lambda: not panel.stop.plateau_tolerance.visibleRegion().isEmpty())


def test_folds_stay_as_they_were_left(qtbot, app):
    app.window.training_panel.stop.button.click()
    app.window.training_panel.details.button.click()
    app.window.training_panel.details.button.click()
    window = MainWindow()
    qtbot.addWidget(window)
    Folding(window)
    assert [fold.is_folded for fold in window.training_panel.folds] == [True, True, False]


def show_stopping(app: AppUnderTest, **changes) -> str:
    """Trains from the start with these settings; the message at the end."""
    editing, document = app.app.editing, app.app.document
    settings = replace(document.state.settings, steps=None, window_limit=None, batch_size=None, **changes)
    editing.set_settings(settings)
    app.full_speed()
    app.press_key(Qt.Key.Key_Space)
    app.wait_until(lambda: "Stopped" in app.message)
    return app.message


@pytest.mark.parametrize(
    ("changes", "start", "end"),
    [
        ({"epochs": 7}, "Stopped at step 7, after 7 epochs", ", as set. Space trains on."),
        ({"loss_goal": 1.5}, "Stopped at step ", ": the loss reached 1.5, as set. Space trains on."),
        (
            {"plateau": Plateau(20, 0.9)},
            "Stopped at step ",
            ": the loss has not sunk for 20 steps, as set. Space trains on.",
        ),
    ],
)
def test_it_says_why_it_stopped(app, changes, start, end):
    message = show_stopping(app, **changes)
    assert message.startswith(start)
    assert message.endswith(end)


def test_the_loss_is_named_where_it_is_read_and_drawn(app):
    app.app.editing.set_settings(replace(app.app.document.state.settings, loss="mse"))
    assert app.window.loss_plot.loss == "MSE"
    assert app.window.transport.loss.accessibleName() == "J = MSE"


def test_noise_and_a_split_by_keyboard(app):
    """Marked on the plot, in the loss plot, in the transport, undone by name."""
    fields, document = app.window.target_panel.sampling_fields, app.app.document
    assert not app.window.plot.samples.isVisible()
    press(fields.noise, Qt.Key.Key_Up, 2)
    press(fields.validation, Qt.Key.Key_Up)
    app.wait_until(app.window.plot.samples.isVisible)
    assert undo_texts(app) == ["noise 0.2", "validation 0.5"]
    app.wait_for(lambda frame: frame.validation_loss is not None)
    app.wait_until(app.window.transport.validation_loss.isVisible)
    app.press_key(Qt.Key.Key_Space)
    app.wait_for(lambda frame: len(frame.curve.validation) > 5)
    app.app.editing.undo()
    assert document.state.sampling.validation in (0.0, 0.5)
    app.app.editing.reset()
    while document.undo_stack.canUndo():
        app.app.editing.undo()
    assert document.state.sampling.noise == 0.0
    app.wait_until(lambda: not app.window.plot.samples.isVisible())


def test_a_batch_larger_than_what_is_trained_on_becomes_the_full_batch(app):
    editing, document = app.app.editing, app.app.document
    editing.set_samples(110)
    assert document.state.settings.batch_size == 100
    editing.change_sampling({"validation": 0.5})
    assert app.message == "A batch of 100 is more than the 55 samples: full batch now"
    assert document.state.sampling.validation == 0.5
    assert document.state.settings.batch_size is None
    assert app.window.training_panel.findChild(BatchFields).full_batch.isChecked()
    editing.undo()
    assert (document.state.sampling.validation, document.state.settings.batch_size) == (0.0, 100)
    editing.change_sampling({"validation": 1.0})
    assert app.message == "the validation part must be at least 0 and less than 1, not 1"


def test_few_samples_are_marked(app):
    settings = replace(app.app.document.state.settings, batch_size=None, window_limit=None)
    app.app.editing.set_settings(settings)
    app.app.editing.set_samples(11)
    app.wait_until(app.window.plot.samples.isVisible)
    app.app.editing.set_samples(1000)
    app.wait_until(lambda: not app.window.plot.samples.isVisible())
