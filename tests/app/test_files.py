"""Documents as files, in the window: opened, saved, dropped, left with unsaved changes, recovered after a crash."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from app_under_test import AppUnderTest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QMenu, QMessageBox, QWidget
from pytestqt.qtbot import QtBot
from yardstick import times_as_dear

from reluviz.app.background import in_background
from reluviz.app.questions import Answer, Questions
from reluviz.core.network import Network
from reluviz.core.parameter import Kind, Parameter
from reluviz.core.start import Start
from reluviz.document.autosave import left_behind
from reluviz.document.examples import NAMES, load_example
from reluviz.document.storage import load, save
from reluviz.files import atomic_file

ROOT = Path(__file__).resolve().parents[2]
W1 = Parameter(Kind.OUTPUT_WEIGHT, 0)
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
# Three frames are asked for, and measured by the benchmark; here the machine may be busy with other tests.


@pytest.fixture
def open_app(qtbot: QtBot, tmp_path: Path) -> Iterator[Callable[[], AppUnderTest]]:
    apps: list[AppUnderTest] = []

    def open_one() -> AppUnderTest:
        apps.append(AppUnderTest(qtbot, "three-segments", tmp_path / "autosave"))
        return apps[-1]

    yield open_one
    for app in apps:
        app.answers.about_changes = Answer.DISCARD
        app.close()
    assert not [thread.name for thread in threading.enumerate() if thread.name.startswith(("autosave", "files"))]


@pytest.fixture
def app(open_app: Callable[[], AppUnderTest]) -> AppUnderTest:
    return open_app()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A saved document: a hundred steps of the sine."""
    path = tmp_path / "documents" / "mine.reluviz"
    path.parent.mkdir()
    document = load_example("sine-by-5-relus")
    network, _ = document.start.begin(-3.0, 3.0)
    save(replace(document, network=network.with_values({W1: 1 / 3}), step=100, speed=33.0), path)
    return path


def change(app: AppUnderTest, value: float = 2.5) -> None:
    app.window.neurons_panel.parameter_edited.emit(W1, value)


def recent(app: AppUnderTest) -> list[QAction]:
    menu = next(menu for menu in app.window.findChildren(QMenu) if menu.title() == "Open &recent")
    return menu.actions()


# Saving


def test_an_example_is_saved_under_a_name_of_its_own(app: AppUnderTest, tmp_path: Path) -> None:
    path = tmp_path / "mine.reluviz"
    assert app.window.windowTitle() == "Three segments by three ReLUs[*] – reluviz"
    change(app)
    assert app.window.isWindowModified()
    app.answers.saves = [path]
    app.press_key(Qt.Key.Key_S, CONTROL)
    assert app.answers.asked[0].endswith("Three segments by three ReLUs.reluviz")
    assert app.window.windowTitle() == "mine[*] – reluviz"
    assert not app.window.isWindowModified()
    assert "Saved" in app.message
    assert load(path).network[W1] == 2.5  # type: ignore[index]
    change(app, 3.5)
    app.press_key(Qt.Key.Key_S, CONTROL)
    assert len(app.answers.asked) == 1, "its name is known now"
    assert load(path).network[W1] == 3.5  # type: ignore[index]


def test_opened_and_saved_gives_the_same_bytes(app: AppUnderTest, path: Path) -> None:
    before = path.read_bytes()
    app.answers.opens = [path]
    app.press_key(Qt.Key.Key_O, CONTROL)
    app.wait_for(lambda frame: frame.step == 100 and frame.network[W1] == 1 / 3 and frame.loss == frame.loss)
    assert app.window.windowTitle() == "mine[*] – reluviz"
    path.unlink()
    app.press_key(Qt.Key.Key_S, CONTROL)
    assert path.read_bytes() == before
    other = path.with_name("other.reluviz")
    app.answers.saves = [other]
    app.press_key(Qt.Key.Key_S, CONTROL | SHIFT)
    assert other.read_bytes() == before
    assert app.window.windowTitle() == "other[*] – reluviz"


def test_training_an_example_is_no_change_but_training_a_file_is(app: AppUnderTest, tmp_path: Path) -> None:
    app.press_key(Qt.Key.Key_Period)
    app.wait_for(lambda frame: frame.step == 1 and not frame.running)
    app.wait_until(app.app.document.undo_stack.canUndo)
    assert not app.window.isWindowModified()
    app.answers.saves = [tmp_path / "mine.reluviz"]
    app.press_key(Qt.Key.Key_S, CONTROL)
    app.press_key(Qt.Key.Key_Period)
    app.wait_until(app.window.isWindowModified)
    app.wait_until(lambda: app.app.document.undo_stack.count() == 2)
    app.press_key(Qt.Key.Key_Z, CONTROL)
    assert not app.window.isWindowModified()


def test_saving_while_it_trains_goes_on_training(app: AppUnderTest, tmp_path: Path) -> None:
    path = tmp_path / "mine.reluviz"
    app.press_key(Qt.Key.Key_Space)
    app.wait_for(lambda frame: frame.step > 5)
    app.answers.saves = [path]
    app.press_key(Qt.Key.Key_S, CONTROL)
    step = load(path).step
    assert step > 5
    app.wait_for(lambda frame: frame.step > step + 5)
    app.wait_until(app.window.isWindowModified)


def test_saving_in_the_middle_of_a_drag(app: AppUnderTest, tmp_path: Path) -> None:
    path = tmp_path / "mine.reluviz"
    app.answers.saves = [path]
    app.app.wiring.selection.select(0)
    at = app.start_drag(W1, QPoint(0, -30))
    app.press_key(Qt.Key.Key_S, CONTROL)
    assert load(path).network.same_as(app.frame.network)  # type: ignore[union-attr]
    app.release(at)
    assert app.window.isWindowModified()
    app.press_key(Qt.Key.Key_S, CONTROL)
    assert not app.window.isWindowModified()


def test_the_speed_is_saved(app: AppUnderTest, path: Path) -> None:
    app.app.files.open(path)
    app.press_key(Qt.Key.Key_BracketRight)
    app.press_key(Qt.Key.Key_S, CONTROL)
    assert load(path).speed == app.window.transport.speed.speed() != 33.0


def test_a_disk_that_is_full_leaves_the_old_file_and_offers_another_place(
    app: AppUnderTest, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app.app.files.open(path)
    change(app)
    before, whole = path.read_bytes(), os.fsync

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(atomic_file.os, "fsync", full)
    app.press_key(Qt.Key.Key_S, CONTROL)
    assert "mine.reluviz: not saved: no space left on device" in app.message
    assert app.answers.asked[-1].startswith(f"other place: {path}")
    assert path.read_bytes() == before
    assert app.window.isWindowModified()
    app.answers.about_changes = Answer.SAVE
    app.close()
    assert app.window.isVisible(), "what could not be saved keeps the window open"
    monkeypatch.setattr(atomic_file.os, "fsync", whole)
    elsewhere = tmp_path / "elsewhere.reluviz"
    path.unlink()
    path.parent.rmdir()
    app.answers.saves = [elsewhere]
    app.press_key(Qt.Key.Key_S, CONTROL)
    assert load(elsewhere).network[W1] == 2.5  # type: ignore[index]
    assert not app.window.isWindowModified()
    assert app.window.windowTitle() == "elsewhere[*] – reluviz"


# Opening


def test_a_damaged_file_is_named_and_what_is_on_show_stays(app: AppUnderTest, path: Path) -> None:
    change(app)
    state, title = app.app.document.state, app.window.windowTitle()
    path.write_text(path.read_text(encoding="utf-8").replace('"samples": 1024', '"samples": "many"'), encoding="utf-8")
    app.answers.opens = [path]
    app.press_key(Qt.Key.Key_O, CONTROL)
    assert app.message == f"Not opened: {path}: sampling.samples: expected int, got str"
    assert app.app.document.state is state
    assert app.window.windowTitle() == title
    assert app.window.isWindowModified()
    assert not [question for question in app.answers.asked if question.startswith("unsaved")]


def test_cancel_keeps_the_document_that_another_was_to_replace(app: AppUnderTest, path: Path) -> None:
    change(app)
    state = app.app.document.state
    app.answers.about_changes = Answer.CANCEL
    app.app.files.open(path)
    app.press_key(Qt.Key.Key_N, CONTROL)
    app.window.actions_.example_chosen.emit("sine-by-5-relus")
    assert len(app.answers.asked) == 3
    assert app.app.document.state is state
    app.answers.about_changes = Answer.DISCARD
    app.press_key(Qt.Key.Key_N, CONTROL)
    assert app.window.windowTitle() == "Untitled[*] – reluviz"
    assert app.frame.network.neurons == 5
    assert not app.window.isWindowModified()
    assert not app.app.document.undo_stack.canUndo()


def test_an_untouched_example_asks_nothing(app: AppUnderTest) -> None:
    app.press_key(Qt.Key.Key_N, CONTROL)
    app.window.actions_.example_chosen.emit("three-segments")
    app.close()
    assert app.answers.asked == []
    assert not app.window.isVisible()


def drag_over(widget: QWidget, data: QMimeData) -> bool:
    """Whether the window takes what is dragged over one of its parts and dropped there."""
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data, buttons, keys)
    enter.ignore()
    QApplication.sendEvent(widget, enter)
    # Qt takes it to whichever part accepted what entered.
    drop = QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, buttons, keys)
    drop.ignore()
    QApplication.sendEvent(widget, drop)
    return enter.isAccepted() and drop.isAccepted()


def test_a_file_dropped_on_the_window_is_opened(app: AppUnderTest, path: Path, tmp_path: Path) -> None:
    for url in ("https://example.com/mine.reluviz", QUrl.fromLocalFile(str(tmp_path / "picture.png")).toString()):
        other = QMimeData()
        other.setUrls([QUrl(url)])
        assert not drag_over(app.window, other)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    assert drag_over(app.window.plot.viewport(), data), "also above the plot"
    assert app.window.windowTitle() == "mine[*] – reluviz"
    assert app.frame.step == 100


def test_recent_files_are_offered_and_missing_ones_go_with_a_line(
    open_app: Callable[[], AppUnderTest], path: Path
) -> None:
    app = open_app()
    app.app.files.open(path)
    other = path.with_name("a & b.reluviz")
    app.answers.saves = [other]
    app.app.files.save_as()
    assert [Path(action.text()).name for action in recent(app)] == ["a && b.reluviz", "mine.reluviz"]
    app.close()
    app = open_app()
    recent(app)[1].trigger()
    assert app.window.windowTitle() == "mine[*] – reluviz"
    other.unlink()
    recent(app)[1].trigger()
    assert "a & b.reluviz: no such file" in app.message
    assert [Path(action.text()).name for action in recent(app)] == ["mine.reluviz"]
    assert app.window.windowTitle() == "mine[*] – reluviz"


def test_a_document_of_a_thousand_neurons_is_soon_open(app: AppUnderTest, tmp_path: Path) -> None:
    random = np.random.default_rng(1)
    network = Network(random.normal(size=1000), random.normal(size=1000), random.normal(size=1000))
    path = tmp_path / "thousand.reluviz"
    save(replace(load_example("sine-by-100-relus"), network=network, step=1, start=Start(network=network)), path)

    def open_it(_: int) -> None:
        assert app.app.files.open(path)
        assert app.frame.network.same_as(network)

    def show_another(_: int) -> None:
        app.window.actions_.example_chosen.emit("three-segments")
        app.window.grab()

    # Measured: 0.4 of what another example takes until it is painted.
    assert times_as_dear(open_it, show_another) < 4.0


# Closing


def test_cancel_keeps_a_window_with_unsaved_changes_open(app: AppUnderTest) -> None:
    change(app)
    app.answers.about_changes = Answer.CANCEL
    app.close()
    assert app.window.isVisible()
    assert app.answers.asked == ["unsaved Three segments by three ReLUs"]
    app.press_key(Qt.Key.Key_Period)
    app.wait_for(lambda frame: frame.step == 1)
    app.answers.about_changes = Answer.SAVE
    app.close()
    assert app.window.isVisible(), "no file was chosen to save to"


def test_save_closes_when_it_is_saved(app: AppUnderTest, tmp_path: Path) -> None:
    change(app)
    app.answers.about_changes = Answer.SAVE
    app.answers.saves = [tmp_path / "mine.reluviz"]
    app.close()
    assert not app.window.isVisible()
    assert load(tmp_path / "mine.reluviz").network[W1] == 2.5  # type: ignore[index]


# Autosave and recovery


def autosaves(tmp_path: Path) -> list[Path]:
    return sorted((tmp_path / "autosave").glob("*.reluviz"))


def test_changes_are_kept_until_they_are_saved_or_taken_back(app: AppUnderTest, tmp_path: Path) -> None:
    app.app.autosaving.set_interval(10)
    kept = app.app.autosaving.path
    change(app)
    app.wait_until(kept.exists)
    app.wait_until(lambda: load(kept).network is not None)
    app.press_key(Qt.Key.Key_Z, CONTROL)
    app.wait_until(lambda: not kept.exists())
    change(app, 4.5)
    app.wait_until(kept.exists)
    app.app.autosaving.set_interval(3_600_000)
    app.answers.saves = [tmp_path / "mine.reluviz"]
    app.press_key(Qt.Key.Key_S, CONTROL)
    app.wait_until(lambda: not kept.exists())
    app.app.autosaving.set_interval(10)
    change(app, 5.5)
    app.wait_until(kept.exists)
    app.close()
    assert list((tmp_path / "autosave").iterdir()) == []


def test_two_windows_do_not_share_an_autosave(open_app: Callable[[], AppUnderTest], tmp_path: Path) -> None:
    first = open_app()
    change(first, 1.5)
    first.app.autosaving.keep()
    first.wait_until(lambda: len(autosaves(tmp_path)) == 1)
    second = open_app()
    change(second, 2.5)
    second.app.autosaving.keep()
    second.wait_until(lambda: len(autosaves(tmp_path)) == 2)
    assert second.app.recovery.bar.isHidden(), "a living window's document is not offered"
    second.close()
    (left,) = autosaves(tmp_path)
    assert load(left).network[W1] == 1.5  # type: ignore[index]


CRASHING = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from reluviz.app.application import Application
from reluviz.core.parameter import Kind, Parameter
from reluviz.document.storage import load

qt = QApplication(sys.argv[:1])
app = Application(load(Path(sys.argv[2])), Path(sys.argv[2]), autosaves=Path(sys.argv[1]))
app.window.neurons_panel.parameter_edited.emit(Parameter(Kind.OUTPUT_WEIGHT, 0), 7.25)
app.autosaving.set_interval(10)
app.show()
sys.exit(qt.exec())
"""


def test_what_a_killed_program_had_not_saved_is_offered_and_restored(
    open_app: Callable[[], AppUnderTest], qtbot: QtBot, tmp_path: Path, path: Path
) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", CRASHING, str(tmp_path / "autosave"), str(path)],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    qtbot.waitUntil(lambda: len(autosaves(tmp_path)) == 1 or process.poll() is not None, timeout=60_000)
    process.send_signal(signal.SIGKILL)
    process.wait(60)
    app = open_app()
    bar = app.app.recovery.bar
    app.wait_until(bar.isVisible)
    assert bar.text.startswith("“mine.reluviz” was not saved")
    assert app.window.windowTitle() == "Three segments by three ReLUs[*] – reluviz", "nothing happens unasked"
    QTest.mouseClick(bar.restore, Qt.MouseButton.LeftButton)
    assert bar.isHidden()
    assert app.frame.network[W1] == 7.25
    assert app.window.windowTitle() == "mine[*] – reluviz"
    assert app.window.isWindowModified()
    app.app.autosaving.keep()
    assert len(autosaves(tmp_path)) == 1, "still kept while it is unsaved"
    app.press_key(Qt.Key.Key_S, CONTROL)
    assert load(path).network[W1] == 7.25  # type: ignore[index]
    app.wait_until(lambda: autosaves(tmp_path) == [])


def test_ended_without_being_asked_it_leaves_its_document_to_the_next_start(
    open_app: Callable[[], AppUnderTest], tmp_path: Path
) -> None:
    app = open_app()
    change(app, 6.5)
    app.app.end()
    assert not app.window.isVisible()
    assert app.answers.asked == []
    (left,) = autosaves(tmp_path)
    assert load(left).network[W1] == 6.5  # type: ignore[index]

    app = open_app()
    app.wait_until(app.app.recovery.bar.isVisible)
    QTest.mouseClick(app.app.recovery.bar.later, Qt.MouseButton.LeftButton)
    assert app.app.recovery.bar.isHidden()
    app.close()
    assert autosaves(tmp_path) == [left]

    app = open_app()
    app.wait_until(app.app.recovery.bar.isVisible)
    change(app)
    app.answers.about_changes = Answer.CANCEL
    QTest.mouseClick(app.app.recovery.bar.restore, Qt.MouseButton.LeftButton)
    assert app.frame.network[W1] == 2.5, "cancelled: what is on show stays"
    assert app.app.recovery.bar.isVisible()
    QTest.mouseClick(app.app.recovery.bar.discard, Qt.MouseButton.LeftButton)
    app.wait_until(lambda: not left.exists())
    assert app.app.recovery.bar.isHidden()


def test_what_is_found_as_the_window_closes_stays_for_the_next_start(
    open_app: Callable[[], AppUnderTest], tmp_path: Path
) -> None:
    app = open_app()
    change(app, 6.5)
    app.app.end()
    app = open_app()
    app.wait_until(app.app.recovery.bar.isVisible)
    app.close()
    (late,) = left_behind(tmp_path / "autosave")
    app.app.autosaving.found.emit([(late, late.read())])
    app = open_app()
    app.wait_until(app.app.recovery.bar.isVisible)


def test_ended_while_a_question_is_open(app: AppUnderTest, tmp_path: Path) -> None:
    change(app, 6.5)
    app.app.files.questions = Questions(app.window)
    QTimer.singleShot(0, app.app.end)
    app.close()
    assert not app.window.isVisible()
    assert len(autosaves(tmp_path)) == 1


def test_an_autosave_that_cannot_be_read_is_said_once(open_app: Callable[[], AppUnderTest], tmp_path: Path) -> None:
    (tmp_path / "autosave").mkdir()
    (tmp_path / "autosave" / "1-a.reluviz").write_text("{")
    app = open_app()
    app.wait_until(lambda: "cannot be read" in app.message)
    assert app.app.recovery.bar.isHidden()
    app.close()
    app = open_app()
    app.app.autosaving.close()
    assert "cannot be read" not in app.message


def test_where_no_autosave_can_be_written_that_is_said_and_work_goes_on(
    open_app: Callable[[], AppUnderTest], tmp_path: Path
) -> None:
    (tmp_path / "autosave").write_text("a file where the folder would be")
    app = open_app()
    app.app.autosaving.set_interval(10)
    change(app)
    app.wait_until(lambda: "Autosave does not work" in app.message)
    app.window.status_line.say("something else")
    change(app, 3.5)
    app.wait_for(lambda frame: frame.network[W1] == 3.5)
    assert app.message == "something else"


# The questions themselves


@pytest.mark.parametrize(
    ("key", "expected"),
    [(Qt.Key.Key_Escape, Answer.CANCEL), (Qt.Key.Key_Return, Answer.SAVE), (Qt.Key.Key_D, Answer.DISCARD)],
)
def test_the_question_about_unsaved_changes(app: AppUnderTest, key: Qt.Key, expected: Answer) -> None:
    shown: list[str] = []

    def answer() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        shown.append(box.text())
        assert sorted(button.text() for button in box.buttons()) == ["&Cancel", "&Discard", "&Save"]
        if key is Qt.Key.Key_D:
            box.button(QMessageBox.StandardButton.Discard).click()
        else:
            QTest.keyClick(box, key)

    QTimer.singleShot(0, answer)
    assert Questions(app.window).unsaved("<b>mine</b>") is expected
    assert shown == ["Save the changes to “<b>mine</b>”?"]


@pytest.mark.parametrize(("key", "expected"), [(Qt.Key.Key_Escape, False), (Qt.Key.Key_Return, True)])
def test_the_offer_of_another_place(app: AppUnderTest, key: Qt.Key, expected: bool) -> None:
    def answer() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        QTest.keyClick(box, key)

    QTimer.singleShot(0, answer)
    assert Questions(app.window).other_place("mine.reluviz: not saved: no space left on device") is expected


@pytest.mark.parametrize(
    ("answer", "expected"), [("Cancel it and close", True), ("Keep exporting", False), (Qt.Key.Key_Escape, False)]
)
def test_the_question_about_a_running_export(app: AppUnderTest, answer: object, expected: bool) -> None:
    seen: list[str] = []

    def reply() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        seen.append(box.text())
        if isinstance(answer, Qt.Key):
            QTest.keyClick(box, answer)
            return
        (button,) = [button for button in box.buttons() if button.text().replace("&", "") == answer]
        button.click()

    QTimer.singleShot(0, reply)
    assert Questions(app.window).may_cancel_export() is expected
    assert seen == ["An export is running."]


def test_the_file_dialogs(app: AppUnderTest, path: Path, tmp_path: Path) -> None:
    def answer(name: str) -> Callable[[], None]:
        def type_name() -> None:
            dialog = QApplication.activeModalWidget()
            assert isinstance(dialog, QFileDialog)
            line = dialog.findChild(QLineEdit, "fileNameEdit")
            line.setText(name)
            dialog.accept() if name else dialog.reject()

        return type_name

    questions = Questions(app.window)
    QTimer.singleShot(0, answer(str(path)))
    assert questions.file_to_open(tmp_path) == path
    QTimer.singleShot(0, answer(""))
    assert questions.file_to_open(tmp_path) is None
    QTimer.singleShot(0, answer(str(tmp_path / "new")))
    assert questions.file_to_save(tmp_path / "suggestion.reluviz") == tmp_path / "new.reluviz"


def test_work_in_the_background_lets_the_window_paint_and_passes_errors_on(qapp: object) -> None:
    painted: list[int] = []
    ticking = QTimer()
    ticking.timeout.connect(lambda: painted.append(1))
    ticking.start(1)
    done = threading.Event()
    QTimer.singleShot(20, done.set)
    assert in_background(lambda: done.wait(60)) is True
    assert painted
    with pytest.raises(ZeroDivisionError):
        in_background(lambda: 1 // 0)


def test_the_examples_stand_together_by_source(app: AppUnderTest) -> None:
    entries = app.window.actions_.examples_menu.actions()
    sections = [entry.text() for entry in entries if entry.isSeparator()]
    assert len(sections) == len(set(sections)) == 4
    assert entries[0].isSeparator()
    assert [entry.data() for entry in entries if not entry.isSeparator()] == list(NAMES)
