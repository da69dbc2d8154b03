"""Looking back, in the whole program: every way to a recorded moment, and what begins from there."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from app_under_test import AppUnderTest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from yardstick import times_as_dear

from reluviz.app.replaying import Replaying
from reluviz.core.activation import RELU, TANH
from reluviz.core.dataset import Sampling
from reluviz.core.history import Break
from reluviz.core.network import Network
from reluviz.core.notation import count_text, value_text
from reluviz.core.parameter import OUTPUT_BIAS, Kind, Locks, Parameter
from reluviz.core.recording import Moment, Recording
from reluviz.core.target import FunctionTarget
from reluviz.core.timeline import Branch, Course, Timeline
from reluviz.plot import timeline_plot

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def app(qtbot: QtBot) -> Iterator[AppUnderTest]:
    app = AppUnderTest(qtbot)
    yield app
    app.close()


def replaying(app: AppUnderTest) -> Replaying:
    return app.app.hand_tuning.replaying


def recording(app: AppUnderTest) -> Recording:
    return app.app.document.timeline.recording


def train(app: AppUnderTest, steps: int) -> Recording:
    """So many steps more; all of them are recorded."""
    last = app.frame.step + steps
    app.app.playback.make_steps(steps)
    app.wait_until(lambda: len(recording(app)) > 0 and recording(app).steps[-1] == last)
    app.wait_for(lambda frame: frame.step == last)
    app.wait_until(lambda: app.window.loss_plot.last_step == last)
    return recording(app)


def scrub(app: AppUnderTest, step: float, release: bool = True) -> None:
    plot = app.window.loss_plot
    projection, _ = plot._layout()
    at = QPoint(round(float(projection.x(step))), plot.height() // 2)
    QTest.mousePress(plot, LEFT, pos=at)
    if release:
        QTest.mouseRelease(plot, LEFT, pos=at)


def assert_shows(app: AppUnderTest, recorded: Recording, step: int) -> None:
    moment = recorded[recorded.nearest(step)]
    assert app.frame.step == moment.step == step
    assert app.frame.network.same_as(moment.network)
    assert app.frame.loss == moment.loss
    assert app.app.document.shows_past


def test_dragging_on_the_loss_goes_to_the_recorded_moments(app: AppUnderTest) -> None:
    recorded = train(app, 100)
    network = app.frame.network
    scrub(app, 40.0, release=False)
    assert abs(app.frame.step - 40) <= 1
    QTest.mouseMove(app.window.loss_plot, QPoint(0, 20))
    assert_shows(app, recorded, 0)
    assert app.window.loss_plot.playhead == 0.0
    assert app.window.timeline_bar.text.toolTip() == "step 0 of 100 — recorded"
    assert app.window.timeline_bar.present.isVisible()
    app.wait_until(lambda: app.window.transport.state.text() == "recorded")
    assert app.window.transport.step.text() == "0"
    QTest.mouseMove(app.window.loss_plot, QPoint(app.window.loss_plot.width(), 20))
    assert not app.app.document.shows_past, "the right edge is the present"
    assert app.frame.network.same_as(network)
    QTest.mouseRelease(app.window.loss_plot, LEFT)
    assert app.window.loss_plot.playhead is None
    assert app.app.document.undo_stack.count() == 1, "the training alone"


def test_going_back_while_it_trains_lets_training_rest(app: AppUnderTest) -> None:
    app.app.playback.set_playing(True)
    app.wait_until(lambda: len(recording(app)) > 5)
    app.press_key(Qt.Key.Key_Home, CTRL)
    assert not app.app.playback.is_running
    assert app.frame.step == 0
    app.wait_until(lambda: recording(app).steps[-1] == app.app.document.present.step)
    app.press_key(Qt.Key.Key_End, CTRL)
    assert app.frame.step == recording(app).steps[-1]
    app.wait_for(lambda frame: not frame.running)
    assert app.app.document.undo_stack.count() == 1, "one undo step, as ever"


def test_keys_step_through_the_moments(app: AppUnderTest) -> None:
    recorded = train(app, 20)
    app.press_key(Qt.Key.Key_PageUp, CTRL)
    assert_shows(app, recorded, 19)
    app.press_key(Qt.Key.Key_PageUp, CTRL)
    assert_shows(app, recorded, 18)
    app.press_key(Qt.Key.Key_PageDown, CTRL)
    assert_shows(app, recorded, 19)
    app.press_key(Qt.Key.Key_PageDown, CTRL)
    assert (app.frame.step, app.app.document.shows_past) == (20, False)
    app.press_key(Qt.Key.Key_PageDown, CTRL)
    assert app.frame.step == 20
    app.press_key(Qt.Key.Key_Home, CTRL)
    assert_shows(app, recorded, 0)
    app.press_key(Qt.Key.Key_PageUp, CTRL)
    assert_shows(app, recorded, 0)
    app.press_key(Qt.Key.Key_End, CTRL)
    assert (app.frame.step, app.app.document.shows_past) == (20, False)


def test_a_press_on_the_present_button_returns(app: AppUnderTest) -> None:
    train(app, 20)
    app.press_key(Qt.Key.Key_Home, CTRL)
    QTest.mouseClick(app.window.timeline_bar.present, LEFT)
    assert (app.frame.step, app.app.document.shows_past) == (20, False)


@pytest.mark.parametrize(("modifier", "first", "last"), [(Qt.KeyboardModifier.NoModifier, 0, 20), (SHIFT, 19, 0)])
def test_replay_forward_and_backward(app: AppUnderTest, modifier: Qt.KeyboardModifier, first: int, last: int) -> None:
    train(app, 20)
    app.window.timeline_bar.speed.setCurrentIndex(app.window.timeline_bar.speed.count() - 1)
    seen: list[int] = []
    app.app.document.frame_changed.connect(lambda: seen.append(app.frame.step))
    app.press_key(Qt.Key.Key_R, modifier)
    app.wait_until(lambda: seen[-1:] == [last])
    app.wait_until(lambda: not app.window.timeline_bar.forward.isChecked())
    assert not app.window.timeline_bar.back.isChecked()
    assert abs(seen[0] - first) <= 9, "a busy machine plays it in large steps"
    assert len(set(seen)) > 5, "moment for moment"
    assert seen == sorted(seen, reverse=last == 0)
    assert app.app.document.shows_past == (last == 0), "forward it ends in the present"


def test_the_chosen_speed_is_the_speed_of_the_replay(app: AppUnderTest, monkeypatch: pytest.MonkeyPatch) -> None:
    train(app, 120)
    now = [100.0]
    monkeypatch.setattr("reluviz.app.replaying.time.monotonic", lambda: now[0])
    app.app.clock.stop()
    for index, factor in ((3, 1.0), (4, 2.0), (1, 0.25)):
        app.window.timeline_bar.speed.setCurrentIndex(index)
        replaying(app).first()
        replaying(app).replay()
        now[0] += 4.0
        app.app.clock.tick.emit()
        assert app.frame.step == round(4.0 * 10.0 * factor), "the whole run in twelve seconds"
        replaying(app).replay()
        now[0] += 4.0
        app.app.clock.tick.emit()
        assert app.frame.step == round(4.0 * 10.0 * factor), "pressed again it stops"


def test_training_from_a_moment_branches_as_one_undo_step(app: AppUnderTest) -> None:
    old = train(app, 30)
    scrub(app, 10.0)
    step = app.frame.step
    network, count = app.frame.network, app.app.document.undo_stack.count()
    QTest.mouseClick(app.window.timeline_bar.train, LEFT)
    app.wait_for(lambda frame: frame.step > step)
    app.app.playback.set_playing(False)
    app.wait_until(lambda: len(app.app.document.timeline.branches) == 2)
    first, second = app.app.document.timeline.branches
    assert list(first.recording.steps) == list(old.steps)
    assert second.recording[step].network.same_as(network)
    assert second.number == app.app.document.timeline.present
    assert app.app.document.undo_stack.text(count) == f"go on from step {step}"
    app.app.document.go_to(count)
    assert app.frame.step == 30


def test_space_trains_from_the_moment_on_show(app: AppUnderTest) -> None:
    train(app, 30)
    app.press_key(Qt.Key.Key_Home, CTRL)
    app.window.plot.setFocus()
    app.press_key(Qt.Key.Key_Period)
    app.wait_for(lambda frame: frame.step == 1)
    assert not app.app.document.shows_past
    app.press_key(Qt.Key.Key_Space)
    app.wait_for(lambda frame: frame.step > 1)
    app.press_key(Qt.Key.Key_Space)


def test_an_edit_begins_from_the_moment_on_show(app: AppUnderTest) -> None:
    train(app, 30)
    count = app.app.document.undo_stack.count()
    app.press_key(Qt.Key.Key_Home, CTRL)
    app.drag(OUTPUT_BIAS, QPoint(0, -40))
    assert app.app.document.undo_stack.count() == count + 1
    assert (app.frame.step, app.app.document.shows_past) == (0, False)
    moved = app.frame.network
    assert moved.output_bias > 0.0
    train(app, 5)
    timeline = app.app.document.timeline
    assert len(timeline.branches) == 2
    assert timeline.recording[0].network.same_as(moved)
    app.window.actions_["undo"].trigger()
    app.window.actions_["undo"].trigger()
    assert app.frame.step == 30


def test_a_drag_that_is_broken_off_leaves_past_and_present(app: AppUnderTest) -> None:
    recorded = train(app, 30)
    present = app.frame.network
    app.press_key(Qt.Key.Key_Home, CTRL)
    at = app.start_drag(OUTPUT_BIAS, QPoint(0, -40))
    QTest.keyClick(app.window.plot, Qt.Key.Key_Escape)
    app.release(at)
    assert_shows(app, recorded, 0)
    app.press_key(Qt.Key.Key_End, CTRL)
    assert app.frame.network.same_as(present)
    train(app, 1)
    assert len(app.app.document.timeline.branches) == 1, "training has not been disturbed"


def test_an_earlier_run_can_be_looked_at_and_discarded(app: AppUnderTest) -> None:
    first = train(app, 30)
    app.window.actions_["reset"].trigger()
    train(app, 10)
    bar = app.window.timeline_bar
    app.wait_until(lambda: len(bar._runs) == 2)
    assert [(run.number, run.is_shown, run.is_present) for run in bar._runs] == [(1, False, False), (2, True, True)]
    bar.run_chosen.emit(1)
    assert_shows(app, first, 30)
    assert bar.text.toolTip() == "run 1, step 30 of 30 — recorded"
    app.wait_until(lambda: app.window.loss_plot.last_step == 30)
    app.press_key(Qt.Key.Key_PageUp, CTRL)
    assert_shows(app, first, 29)
    bar.discard_requested.emit([1])
    assert (app.frame.step, app.app.document.shows_past) == (10, False)
    app.wait_until(lambda: len(app.app.document.timeline.branches) == 1)
    app.wait_until(lambda: app.window.loss_plot.last_step == 10)


def test_going_on_from_the_end_of_an_earlier_run_does_not_branch(app: AppUnderTest) -> None:
    train(app, 30)
    app.window.actions_["reset"].trigger()
    train(app, 10)
    app.window.timeline_bar.run_chosen.emit(1)
    app.app.playback.make_steps(3)
    app.wait_until(lambda: recording(app).steps[-1] == 33)
    assert app.app.document.timeline.present == 1
    assert len(app.app.document.timeline.branches) == 2


def test_runs_of_other_sizes_are_shown_with_locks_and_selection(app: AppUnderTest) -> None:
    train(app, 10)
    app.window.network_panel.neurons_edited.emit(9)
    locked = Locks(frozenset({Parameter(Kind.HIDDEN_BIAS, 8), Parameter(Kind.OUTPUT_WEIGHT, 7)}))
    app.app.document.edit("lock", locks=locked)
    train(app, 10)
    app.app.wiring.selection.select(8)
    app.window.timeline_bar.run_chosen.emit(1)
    assert app.frame.network.neurons == 5
    assert app.app.wiring.selection.selected is None
    for _ in range(2):
        app.qtbot.waitSignal(app.app.clock.numbers_tick).wait()
    app.window.grab()
    app.drag(OUTPUT_BIAS, QPoint(0, -30))
    assert app.app.document.state.network.neurons == 5
    assert app.app.document.state.locks.locked == frozenset()
    train(app, 2)


def test_a_recorded_run_survives_save_and_open(app: AppUnderTest, tmp_path) -> None:
    train(app, 30)
    app.press_key(Qt.Key.Key_Home, CTRL)
    app.app.playback.make_steps(4)
    app.wait_until(lambda: recording(app).steps[-1] == 4)
    before = app.app.document.timeline
    path = tmp_path / "run.reluviz"
    app.answers.files_to_save = [path]
    assert app.app.files._save_to(path)
    app.window.actions_.example_chosen.emit("three-segments")
    assert len(recording(app)) == 0
    assert app.app.files.open(path)
    opened = app.app.document.timeline
    assert [branch.number for branch in opened.branches] == [branch.number for branch in before.branches]
    for one, two in zip(opened.branches, before.branches, strict=True):
        assert list(one.recording.steps) == list(two.recording.steps)
        assert all(a.network.same_as(b.network) for a, b in zip(one.recording, two.recording, strict=True))
    app.wait_until(lambda: app.window.loss_plot.last_step == 4)
    app.press_key(Qt.Key.Key_PageUp, CTRL)
    assert_shows(app, opened.recording, 3)
    app.press_key(Qt.Key.Key_End, CTRL)
    train(app, 3)
    assert len(app.app.document.timeline.branches) == 2, "and goes on"


def test_undone_training_can_still_be_looked_at(app: AppUnderTest) -> None:
    recorded = train(app, 30)
    app.window.actions_["undo"].trigger()
    assert app.frame.step == 0
    app.press_key(Qt.Key.Key_PageDown, CTRL)
    assert_shows(app, recorded, 1)
    app.wait_until(lambda: app.window.loss_plot.last_step == 30)
    app.press_key(Qt.Key.Key_End, CTRL)
    assert (app.frame.step, app.app.document.shows_past) == (0, False)


def test_what_is_said_of_the_past_ends_with_it(app: AppUnderTest) -> None:
    train(app, 30)
    for leave in ("moment_last", "undo"):
        app.press_key(Qt.Key.Key_Home, CTRL)
        assert app.message.startswith("This is recorded.")
        app.window.actions_[leave].trigger()
        assert not app.message.startswith("This is recorded.")


def test_where_there_is_no_loss_to_drag_on_it_says_how_to_look_back(app: AppUnderTest) -> None:
    train(app, 30)
    said = app.window.timeline_bar.text
    app.wait_until(lambda: said.toolTip() == "31 moments recorded: drag on the loss to look back")
    app.window.actions_["reset"].trigger()
    app.wait_until(lambda: said.toolTip() == "31 moments recorded: R plays them again")
    app.press_key(Qt.Key.Key_R)
    assert app.app.document.shows_past


def disturbed(app: AppUnderTest, what: str) -> None:
    """Something else that a user does, with the run being played again."""
    if what == "reset":
        app.press_key(Qt.Key.Key_R, CTRL)
    elif what == "undo":
        app.window.actions_["undo"].trigger()
    elif what == "more neurons":
        app.window.network_panel.neurons_edited.emit(9)
    elif what == "another example":
        app.window.actions_.example_chosen.emit("three-segments")
    elif what == "training":
        app.press_key(Qt.Key.Key_Period)
    else:
        app.drag(OUTPUT_BIAS, QPoint(0, -30))


@pytest.mark.parametrize("hold", ["playing", "the mouse down"])
@pytest.mark.parametrize("what", ["reset", "undo", "more neurons", "another example", "training", "a drag"])
def test_whatever_else_is_done_ends_looking_back(app: AppUnderTest, what: str, hold: str) -> None:
    train(app, 30)
    if hold == "playing":
        app.press_key(Qt.Key.Key_R)
        app.wait_until(lambda: 2 <= app.frame.step < 30)
    else:
        scrub(app, 10.0, release=False)
    assert app.app.document.shows_past
    disturbed(app, what)
    assert not app.app.document.shows_past
    assert app.window.loss_plot.playhead is None
    assert not app.window.timeline_bar.forward.isChecked()
    step = app.frame.step
    app.app.clock.tick.emit()
    assert app.frame.step >= step
    assert not app.app.document.shows_past, "nothing plays on"
    if hold != "playing":
        QTest.mouseMove(app.window.loss_plot, QPoint(20, 20))
        QTest.mouseRelease(app.window.loss_plot, LEFT, pos=QPoint(20, 20))
    app.window.actions_["redo" if what == "undo" else "undo"].trigger()
    app.wait_for(lambda frame: not frame.running)
    app.window.grab()


def test_without_a_recording_nothing_happens(app: AppUnderTest) -> None:
    for name in ("moment_first", "moment_back", "moment_forward", "moment_last", "replay", "train_from_here"):
        assert not app.window.actions_[name].isEnabled() or name == "moment_last"
    scrub(app, 0.5)
    replaying(app).first()
    replaying(app).back()
    replaying(app).go_to_step(3.0)
    replaying(app).replay()
    replaying(app).train_from_here()
    assert app.frame.step == 0
    assert not app.app.document.shows_past
    assert not app.app.playback.is_running


def long_run(moments: int, last: int) -> Timeline:
    random = np.random.default_rng(0)
    steps = np.unique(np.linspace(0, last, moments).round())
    vectors = list(random.normal(size=(len(steps), 16)))
    activation = Network.from_vector(vectors[0]).activation
    run = Recording(
        steps, random.lognormal(size=len(steps)), np.full(len(steps), np.nan), vectors, [activation] * len(steps)
    )
    return Timeline((Branch(1, run, Course(FunctionTarget("sine"), Sampling(), "half_mse")),), 1)


def test_any_moment_of_a_million_steps_is_shown_with_the_next_frame(app: AppUnderTest) -> None:
    app.app.document.set_timeline(long_run(30_000, 1_000_000))
    painted = app.window.plot.repaints
    steps = np.random.default_rng(1).integers(0, 1_000_000, 30).tolist()
    for step in steps:
        replaying(app).go_to_step(float(step))
        assert abs(app.frame.step - step) <= 17
        assert app.app.document.network.same_as(recording(app)[recording(app).nearest(step)].network)
    app.wait_until(lambda: app.window.plot.repaints > painted)

    def paint(_: int) -> None:
        app.window.plot.viewport().repaint()

    # Measured: 0.06 of what it takes to paint it.
    assert times_as_dear(lambda i: replaying(app).go_to_step(float(steps[i])), paint, len(steps)) < 0.5


def fields(app: AppUnderTest) -> tuple[object, ...]:
    """What the settings say of the network."""
    panel = app.window.network_panel
    return panel.neurons.value(), panel.activation.currentText(), panel.initializer.currentText(), panel.seed.value()


def test_the_settings_say_what_the_moment_on_show_was(app: AppUnderTest) -> None:
    train(app, 20)
    app.app.editing.set_activation(TANH)
    train(app, 20)
    app.app.editing.set_neurons(7)
    train(app, 20)
    assert fields(app) == (7, "tanh", "", 1234)
    assert app.window.network_panel.initializer.placeholderText() == "given network"
    scrub(app, 50.0)
    assert fields(app)[:2] == (7, "tanh")
    scrub(app, 30.0)
    assert fields(app) == (5, "tanh", "Gaussian", 1234)
    scrub(app, 10.0)
    assert fields(app) == (5, "ReLU", "Gaussian", 1234)
    assert app.app.document.state.start.activation == TANH, "nothing is changed"
    app.press_key(Qt.Key.Key_End, CTRL)
    assert fields(app)[:2] == (7, "tanh")


def test_what_goes_on_from_a_moment_has_its_start_in_one_undo_step(app: AppUnderTest) -> None:
    first = app.frame.network
    train(app, 20)
    app.app.editing.set_activation(TANH)
    train(app, 20)
    scrub(app, 10.0)
    count = app.app.document.undo_stack.count()
    train(app, 5)
    assert app.app.document.undo_stack.count() == count + 2, "going on, and the training"
    written = app.app.file.snapshot()
    assert written.network is not None
    assert written.start.activation == written.network.activation == RELU
    assert fields(app)[:2] == (5, "ReLU")
    app.press_key(Qt.Key.Key_R, CTRL)
    assert app.frame.step == 0
    assert app.frame.network.same_as(first), "the start of this run"
    for _ in range(3):
        app.app.editing.undo()
    assert fields(app)[1] == "tanh"
    assert app.app.document.state.start.activation == TANH


def test_reset_while_looking_back_repeats_the_run_on_show(app: AppUnderTest) -> None:
    first = app.frame.network
    train(app, 20)
    app.app.editing.new_initialization()
    train(app, 20)
    replaying(app).choose_run(1)
    assert fields(app)[2:] == ("Gaussian", 1234)
    app.press_key(Qt.Key.Key_R, CTRL)
    assert app.frame.network.same_as(first)
    assert fields(app)[2:] == ("Gaussian", 1234)
    app.app.editing.undo()
    assert fields(app)[2:] == ("Gaussian", 1235)


def test_an_edit_of_a_moment_starts_from_its_fields(app: AppUnderTest) -> None:
    train(app, 20)
    app.app.editing.set_neurons(7)
    train(app, 20)
    scrub(app, 10.0)
    app.app.editing.set_activation(TANH)
    assert fields(app)[:2] == (5, "tanh")
    assert (app.app.document.state.start.neurons, app.frame.network.neurons) == (5, 5)
    app.press_key(Qt.Key.Key_R, CTRL)
    assert (app.frame.network.neurons, app.frame.network.activation) == (5, TANH)


def test_the_tag_on_the_loss_and_the_transport_say_the_same(app: AppUnderTest, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(timeline_plot, "paint_tag", lambda painter, projection, at, tag, *rest: told.append(tag.text))
    network, state = app.frame.network, app.app.document.state
    recorded = Recording.of(Moment(network, step, 0.5 if step % 2 else 0.25) for step in range(3001))
    course = Course(state.target, state.sampling, state.settings.loss)
    app.app.document.set_timeline(Timeline((Branch(1, recorded, course),), 1))
    assert set(recorded.curve().losses) == {0.25}, "the curve has not all of it"
    for index in (1001, 1002, 2047):
        replaying(app).go_to_step(index)
        app.wait_until(lambda: app.window.transport.step.text() == count_text(app.frame.step))
        app.wait_until(lambda: app.window.loss_plot.last_step == 3000.0)
        told.clear()
        app.window.loss_plot.grab()
        assert told[-1].endswith(f"J = {app.window.transport.loss.text()}")
        assert app.window.transport.loss.text() == value_text(float(recorded.losses[index]))


@pytest.mark.parametrize("where", ["plot", "window", "loss"])
def test_escape_stops_the_replay_and_leaves_the_moment_on_show(app: AppUnderTest, where: str) -> None:
    train(app, 200)
    app.window.sums_bar.show()
    for forward in (True, False):
        replaying(app).go_to_step(100.0)
        (replaying(app).replay if forward else replaying(app).replay_back)()
        assert app.window.timeline_bar.forward.isChecked() is forward
        asked = {"plot": app.window.plot, "window": app.window, "loss": app.window.loss_plot}[where]
        asked.setFocus()
        QTest.keyClick(asked, Qt.Key.Key_Escape)
        assert not app.window.timeline_bar.forward.isChecked()
        assert not app.window.timeline_bar.back.isChecked()
        assert app.app.document.shows_past


def test_the_runs_say_what_tells_them_apart(app: AppUnderTest) -> None:
    def texts() -> list[str]:
        app.window.timeline_bar.menu.aboutToShow.emit()
        found = [action.text() for action in app.window.timeline_bar.menu.actions()]
        return [text.partition(" · J = ")[0] for text in found if text.startswith("Run")]

    train(app, 20)
    app.app.editing.set_activation(TANH)
    train(app, 20)
    app.app.editing.set_neurons(7)
    train(app, 20)
    wanted = [
        "Run 1 · ReLU, 5 neurons",
        "Run 2 · tanh, 5 neurons · from step 20",
        "Run 3 · tanh, 7 neurons · from step 40",
    ]
    app.wait_until(lambda: texts() == wanted)
    app.app.editing.new_initialization()
    train(app, 20)
    app.wait_until(lambda: texts()[-1] == "Run 4 · tanh, 7 neurons, seed 1\u2009235")
    assert texts()[0] == "Run 1 · ReLU, 5 neurons, seed 1\u2009234"


def test_a_moment_trained_on_something_else_says_so(app: AppUnderTest) -> None:
    train(app, 20)
    app.app.editing.set_target(FunctionTarget("abs"))
    train(app, 20)
    replaying(app).choose_run(1)
    assert app.window.timeline_bar.text.toolTip().endswith("— recorded (other target)")


def test_left_of_the_run_on_show_it_says_where_what_came_before_is(app: AppUnderTest) -> None:
    train(app, 30)
    app.app.document.edit("another target", target=FunctionTarget("line"))
    train(app, 20)
    plot = app.window.loss_plot
    scrub(app, 10.0, release=False)
    assert app.frame.step == 30
    said = "Before step 30 the target was another: choose that run under Runs"
    assert app.message == said
    projection, _ = plot._layout()

    def move(step: float) -> None:
        QTest.mouseMove(plot, QPoint(round(float(projection.x(step))), plot.height() // 2))

    move(40.0)
    assert abs(app.frame.step - 40) <= 1
    assert app.message != said
    move(12.0)
    assert app.message == said
    QTest.mouseRelease(plot, LEFT)
    app.press_key(Qt.Key.Key_End, CTRL)
    assert app.message != said
    app.window.timeline_bar.run_chosen.emit(1)
    app.wait_until(lambda: plot.last_step == 30)
    scrub(app, 10.0)
    assert abs(app.frame.step - 10) <= 1, "as it said"
    assert app.message != said


def test_an_opened_document_keeps_the_losses_from_before_another_target(app: AppUnderTest, tmp_path) -> None:
    train(app, 30)
    path = tmp_path / "run.reluviz"
    assert app.app.files._save_to(path)
    app.window.actions_.example_chosen.emit("three-segments")
    assert app.app.files.open(path)
    app.wait_until(lambda: app.window.loss_plot.last_step == 30)
    train(app, 5)
    app.app.document.edit("another target", target=FunctionTarget("line"))

    def drawn() -> tuple[float, float, tuple[Break, ...]]:
        curve = app.window.loss_plot._curve
        assert curve is not None
        return float(curve.steps[0]), float(curve.steps[-1]), curve.breaks

    app.wait_until(lambda: drawn() == (0.0, 35.0, (Break(35, "target"),)))
    train(app, 10)
    app.wait_until(lambda: drawn() == (0.0, 45.0, (Break(35, "target"),)))
    assert app.app.files._save_to(path)
    app.window.actions_.example_chosen.emit("three-segments")
    assert app.app.files.open(path)
    app.wait_until(lambda: drawn()[:2] == (0.0, 45.0))
    assert [mark.step for mark in drawn()[2]] == [35]
