from __future__ import annotations

import threading
from collections.abc import Callable

import numpy as np
import pytest
from app_under_test import AppUnderTest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from shiboken6 import isValid

from reluviz.core.parameter import OUTPUT_BIAS, Kind, Parameter
from reluviz.core.trainer import Trainer
from reluviz.document.examples import load_example

B1 = Parameter(Kind.HIDDEN_BIAS, 0)
W1 = Parameter(Kind.OUTPUT_WEIGHT, 0)
W3 = Parameter(Kind.OUTPUT_WEIGHT, 2)
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def app(open_app: Callable[[str], AppUnderTest]) -> AppUnderTest:
    return open_app("sine-by-5-relus")


def recipe_network(example: str) -> np.ndarray:
    opened = load_example(example)
    network, random = opened.start.begin(opened.target.low, opened.target.high)
    trainer = Trainer(network, opened.sampling.of(opened.target), opened.settings, random)
    trainer.run(opened.settings.steps or 0)
    return trainer.network.vector


def test_space_trains_the_example_to_the_recipes_end(app: AppUnderTest) -> None:
    app.full_speed()
    app.press_key(Qt.Key.Key_Space)
    app.wait_until(lambda: "Stopped at step" in app.message)
    assert app.frame.step == 1000
    assert np.array_equal(app.frame.network.vector, recipe_network("sine-by-5-relus"))
    assert app.app.document.undo_stack.undoText() == "train 1\u2009000 steps"
    app.wait_until(lambda: app.window.transport.step.text() == "1\u2009000")


def test_space_pauses_too(app: AppUnderTest) -> None:
    app.press_key(Qt.Key.Key_Space)
    app.wait_for(lambda frame: frame.step > 3)
    app.press_key(Qt.Key.Key_Space)
    resting = app.wait_for(lambda frame: not frame.running)
    assert 3 < resting.step < 1000


def test_reset_goes_back_to_the_same_start_and_repeats_the_run(app: AppUnderTest) -> None:
    start = app.frame.network
    app.press_key(Qt.Key.Key_Period, CONTROL)
    first = app.wait_for(lambda frame: frame.step == 100 and not frame.running)
    app.press_key(Qt.Key.Key_R, CONTROL)
    assert app.wait_for(lambda frame: frame.step == 0).network.same_as(start)
    QTest.mouseClick(app.window.transport.steppers[2], Qt.MouseButton.LeftButton)
    assert app.wait_for(lambda frame: frame.step == 100 and not frame.running).network.same_as(first.network)


def test_a_new_initialization_is_another_one_and_undo_brings_the_old_back(app: AppUnderTest) -> None:
    start = app.frame.network
    app.press_key(Qt.Key.Key_R, CONTROL | SHIFT)
    assert not app.frame.network.same_as(start)
    assert app.app.document.state.start.seed == 1235
    app.press_key(Qt.Key.Key_Z, CONTROL)
    assert app.frame.network.same_as(start)


@pytest.mark.parametrize(
    ("parameter", "by"), [(B1, QPoint(60, 0)), (W1, QPoint(0, -50)), (OUTPUT_BIAS, QPoint(0, -80))]
)
def test_a_handle_dragged_at_rest_moves_its_parameter_alone(
    app: AppUnderTest, parameter: Parameter, by: QPoint
) -> None:
    before = app.frame.network
    loss = app.frame.loss
    view = app.window.plot.view_range
    # All kinks start at one place: the selected neuron's is the one to take hold of there.
    app.app.wiring.selection.select(parameter.neuron)
    app.drag(parameter, by)
    after = app.frame.network
    changed = np.flatnonzero(before.vector != after.vector)
    assert changed.tolist() == [parameter.position(5)]
    assert app.window.plot.view_range == view
    app.wait_for(lambda frame: frame.loss != loss)
    assert app.app.document.undo_stack.count() == 1
    app.press_key(Qt.Key.Key_Z, CONTROL)
    assert app.frame.network.same_as(before)
    app.wait_for(lambda frame: frame.loss == pytest.approx(loss))


def test_a_weight_dragged_in_the_middle_of_training_belongs_to_the_hand(app: AppUnderTest) -> None:
    app.press_key(Qt.Key.Key_Space)
    app.wait_for(lambda frame: frame.step > 20)
    at = app.start_drag(W3, QPoint(0, 40))
    held = app.frame.network[W3]
    step = app.frame.step
    others = app.frame.network.hidden_bias
    later = app.wait_for(lambda frame: frame.step > step + 20)
    assert later.network[W3] == held
    assert not np.array_equal(later.network.hidden_bias, others)
    app.release(at)
    app.wait_for(lambda frame: frame.step > later.step + 5 and frame.network[W3] != held)
    assert "drag w₃" in [app.app.document.undo_stack.text(i) for i in range(app.app.document.undo_stack.count())]


def test_a_corner_of_the_output_is_dragged_and_the_others_stay(open_app: Callable[[str], AppUnderTest]) -> None:
    app = open_app("three-segments")
    before = app.frame.network.vertices(-1.0, 1.0)
    start = app.window.plot.corner_pixel(1)
    assert start is not None
    viewport = app.window.plot.viewport()
    QTest.mouseMove(viewport, start)
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    at = start + QPoint(40, -60)
    for i in range(1, 5):
        app.move(viewport, start + QPoint(10 * i, -15 * i))
    app.release(at)
    after = app.frame.network.vertices(-1.0, 1.0)
    assert np.abs(np.delete(after, 1, axis=0) - np.delete(before, 1, axis=0)).max() < 1e-9
    assert after[1, 0] > before[1, 0] + 0.05
    assert after[1, 1] > before[1, 1] + 0.3
    moved = app.window.plot.corner_pixel(1)
    assert moved is not None
    assert (moved - at).manhattanLength() <= 2
    assert app.app.document.undo_stack.undoText() == "drag corner 1"
    app.press_key(Qt.Key.Key_Z, CONTROL)
    assert np.array_equal(app.frame.network.vertices(-1.0, 1.0), before)


def test_escape_puts_a_dragged_weight_back(app: AppUnderTest) -> None:
    before = app.frame.network
    at = app.start_drag(W1, QPoint(0, -40))
    assert not app.frame.network.same_as(before)
    QTest.keyClick(app.window.plot, Qt.Key.Key_Escape)
    assert app.frame.network.same_as(before)
    app.release(at)
    assert app.frame.network.same_as(before)
    assert app.app.document.undo_stack.count() == 0


def test_dragging_the_background_moves_the_view_and_nothing_else(app: AppUnderTest) -> None:
    before, view = app.frame.network, app.window.plot.view_range
    viewport = app.window.plot.viewport()
    start = QPoint(viewport.width() - 80, viewport.height() - 90)
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    for i in range(6):
        app.move(viewport, start - QPoint(10 * i, 5 * i))
    app.release(start - QPoint(50, 25))
    assert app.window.plot.view_range != view
    assert app.frame.network.same_as(before)
    app.press_key(Qt.Key.Key_F)
    assert np.allclose(app.window.plot.view_range, view)


def test_the_learning_rate_acts_without_a_reset(app: AppUnderTest) -> None:
    app.press_key(Qt.Key.Key_Space)
    app.wait_for(lambda frame: frame.step > 10)
    edit = app.window.training_panel.learning_rate
    edit.setFocus()
    edit.selectAll()
    QTest.keyClicks(edit, "0.002")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    step = app.frame.step
    assert app.app.document.state.settings.learning_rate == 0.002
    assert app.wait_for(lambda frame: frame.step > step).running


def test_more_neurons_keep_those_that_are_there(app: AppUnderTest) -> None:
    app.press_key(Qt.Key.Key_Period, CONTROL)
    trained = app.wait_for(lambda frame: frame.step == 100 and not frame.running).network
    app.window.network_panel.neurons_edited.emit(8)
    grown = app.frame.network
    assert grown.neurons == 8
    assert np.array_equal(grown.output_weight[:5], trained.output_weight)
    app.window.network_panel.neurons_edited.emit(2)
    assert np.array_equal(app.frame.network.hidden_bias, trained.hidden_bias[:2])
    app.press_key(Qt.Key.Key_Space)
    app.wait_for(lambda frame: frame.step > 105 and frame.network.neurons == 2)


def test_divergence_pauses_at_a_finite_state_and_says_where_and_why(app: AppUnderTest) -> None:
    app.window.training_panel.settings_edited.emit(
        app.app.document.state.settings.__class__(learning_rate=20.0, batch_size=None)
    )
    app.full_speed()
    app.press_key(Qt.Key.Key_Space)
    app.wait_until(lambda: "diverged" in app.message)
    assert app.message.endswith("Lower the learning rate from 20 and reset (Ctrl+R), or go back (Ctrl+PgUp).")
    assert f"step {app.frame.step}" in app.message
    assert np.isfinite(app.frame.loss)
    app.press_key(Qt.Key.Key_R, CONTROL)
    app.wait_for(lambda frame: frame.step == 0 and frame.loss < 100)


def test_hovering_and_selecting_meet_in_table_and_plot(app: AppUnderTest) -> None:
    app.window.plot.neuron_hovered.emit(2)
    app.window.neurons_panel.neuron_selected.emit(4)
    selection = app.app.wiring.selection
    assert (selection.selected, selection.hovered) == (4, 2)
    app.wait_until(lambda: app.window.neurons_panel.table.selectionModel().currentIndex().row() == 4)
    app.window.network_panel.neurons_edited.emit(3)
    assert (selection.selected, selection.hovered) == (None, 2)


def test_all_neurons_dead_is_said_and_does_not_stop_the_window(app: AppUnderTest) -> None:
    for j in range(5):
        app.window.neurons_panel.parameter_edited.emit(Parameter(Kind.HIDDEN_WEIGHT, j), 1.0)
        app.window.neurons_panel.parameter_edited.emit(Parameter(Kind.HIDDEN_BIAS, j), -50.0)
    app.wait_until(lambda: "All neurons are dead" in app.message)
    app.press_key(Qt.Key.Key_Space)
    app.wait_for(lambda frame: frame.step > 5 and frame.network.output_bias != 0.0)


def test_v_zero_and_kinks_on_one_spot_and_far_outside_train_and_paint(app: AppUnderTest) -> None:
    for j, (v, b) in enumerate([(0.0, 1.0), (1.0, -1.0), (2.0, -2.0), (-1.0, 1.0), (1e-3, 1e6)]):
        app.window.neurons_panel.parameter_edited.emit(Parameter(Kind.HIDDEN_WEIGHT, j), v)
        app.window.neurons_panel.parameter_edited.emit(Parameter(Kind.HIDDEN_BIAS, j), b)
    painted = app.window.plot.repaints
    app.press_key(Qt.Key.Key_Period)
    app.wait_until(lambda: app.window.plot.repaints > painted)


def test_fewer_samples_than_a_batch_make_it_the_full_batch(app: AppUnderTest) -> None:
    app.window.target_panel.samples_edited.emit(50)
    assert app.message == "A batch of 100 is more than the 50 samples: full batch now"
    state = app.app.document.state
    assert (state.sampling.samples, state.settings.batch_size) == (50, None)


@pytest.mark.parametrize(
    "example", ["three-segments", "three-segments-blank", "line-by-linear-network", "sine-by-linear-network"]
)
def test_every_small_example_opens_from_the_menu_and_trains(app: AppUnderTest, example: str) -> None:
    app.window.actions_.example_chosen.emit(example)
    app.full_speed()
    app.press_key(Qt.Key.Key_Space)
    app.wait_until(lambda: "Stopped at step" in app.message)
    assert np.array_equal(app.frame.network.vector, recipe_network(example))


def test_closing_while_it_trains_ends_the_worker(app: AppUnderTest) -> None:
    app.full_speed()
    app.press_key(Qt.Key.Key_Space)
    app.wait_for(lambda frame: frame.step > 0)
    app.close()
    assert "training" not in {thread.name for thread in threading.enumerate()}


def test_a_closed_window_is_deleted_while_its_parts_are_whole(app: AppUnderTest) -> None:
    """Left to the garbage collection, Qt would call methods of widgets that have lost their attributes."""
    window, table = app.window, app.window.neurons_panel.table
    app.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not isValid(window)
    assert not isValid(table)
    app.app.close()
    app.app.end()


def test_where_training_runs_out_of_memory_that_is_said_and_it_can_be_tried_again(app, monkeypatch):
    def no_room(*_: object) -> None:
        raise MemoryError

    with monkeypatch.context() as full:
        full.setattr(Trainer, "run", no_room)
        app.press_key(Qt.Key.Key_Space)
        app.wait_until(lambda: "not enough memory. Take fewer samples." in app.message)
        assert not app.app.playback.is_running
    app.press_key(Qt.Key.Key_Space)
    app.wait_for(lambda frame: frame.step > 0)
