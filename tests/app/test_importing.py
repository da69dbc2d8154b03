"""Data from files, drops and the clipboard, through the dialog, to the target."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from app_under_test import AppUnderTest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reluviz.core.data_target import DataTarget
from reluviz.core.parameter import Kind, Parameter
from reluviz.core.target import FunctionTarget, PointsTarget, Target
from reluviz.document.table_bytes import TableError
from reluviz.document.table_reading import ReadingCancelled

CONTROL = Qt.KeyboardModifier.ControlModifier
THERMOMETER = "t_u;t_c\n35,7;0,5\n55,9;14\n58,2;15\noops;1\n81,9;28\n56,3;11\n"


class Importer:
    """The whole program and a file, and the dialog between them."""

    def __init__(self, app: AppUnderTest, folder: Path) -> None:
        self.app = app
        self.window = app.window
        self.dialog = app.window.data_dialog
        self.folder = folder

    @property
    def target(self) -> Target:
        return self.app.app.document.state.target

    @property
    def steps(self) -> list[str]:
        stack = self.app.app.document.undo_stack
        return [stack.text(i) for i in range(stack.index())]

    def file(self, data: bytes | str, name: str = "data.csv") -> Path:
        path = self.folder / name
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return path

    def open(self, path: Path) -> None:
        self.app.answers.data.append(path)
        self.app.press_key(Qt.Key.Key_I, CONTROL)
        self.app.wait_until(self.is_settled)

    def is_settled(self) -> bool:
        return self.dialog.isVisible() and (self.dialog.ok.isEnabled() or self.dialog.problem.isVisible())

    def accept(self) -> None:
        QTest.mouseClick(self.dialog.ok, Qt.MouseButton.LeftButton)
        self.window.activateWindow()
        self.app.wait_until(self.window.isActiveWindow)

    def drop(self, *paths: Path, offered: Qt.DropAction = Qt.DropAction.CopyAction) -> bool:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        at, how = QPointF(300, 300), (data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
        entering = QDragEnterEvent(at.toPoint(), offered, *how)
        moving = QDragMoveEvent(at.toPoint(), offered, *how)
        dropping = QDropEvent(at, offered, *how)
        for event in (entering, moving, dropping):
            if offered & Qt.DropAction.MoveAction:
                event.setDropAction(Qt.DropAction.MoveAction)
            event.setAccepted(False)
            QApplication.sendEvent(self.window, event)
            if not event.isAccepted():
                return False
            assert event.dropAction() is Qt.DropAction.CopyAction
        return True


@pytest.fixture
def importer(qtbot: QtBot, tmp_path: Path) -> Iterator[Importer]:
    app = AppUnderTest(qtbot)
    app.window.activateWindow()
    yield Importer(app, tmp_path)
    app.close()
    assert "table" not in {thread.name for thread in threading.enumerate()}


def test_a_file_becomes_the_target_as_one_undo_step(importer: Importer) -> None:
    importer.open(importer.file(THERMOMETER))
    assert importer.dialog.summary.text().startswith("5 rows, 1 left out:\nline 5: x 'oops' is not a number")
    assert isinstance(importer.target, FunctionTarget)
    importer.accept()
    target = importer.target
    assert isinstance(target, DataTarget)
    assert (target.name, target.x_name, target.y_name) == ("data.csv", "t_u", "t_c")
    assert target.x.tolist() == [35.7, 55.9, 56.3, 58.2, 81.9]
    assert importer.steps == ["import data.csv"]
    assert not importer.dialog.isVisible()
    panel = importer.window.target_panel
    assert panel.function.currentText() == "data.csv"
    assert panel.samples.value() == 5
    importer.app.press_key(Qt.Key.Key_Z, CONTROL)
    assert isinstance(importer.target, FunctionTarget)


def test_a_batch_larger_than_the_data_becomes_the_full_batch(importer: Importer) -> None:
    assert importer.app.app.document.state.settings.batch_size == 100
    importer.open(importer.file(THERMOMETER))
    importer.accept()
    assert importer.app.app.document.state.settings.batch_size is None
    assert "A batch of 100 is more than the 5 samples: full batch now" in importer.app.message
    importer.app.app.playback.make_steps(10)
    importer.app.wait_for(lambda frame: frame.step == 10 and np.isfinite(frame.loss))
    importer.app.press_key(Qt.Key.Key_Z, CONTROL)
    importer.app.press_key(Qt.Key.Key_Z, CONTROL)
    assert importer.app.app.document.state.settings.batch_size == 100


FAR = "x,y\n" + "".join(f"{x},{20 + x % 3}\n" for x in range(101, 121))


def test_an_untouched_network_begins_anew_on_the_domain_of_the_data(importer: Importer) -> None:
    importer.open(importer.file(FAR))
    importer.accept()
    document = importer.app.app.document
    assert (document.state.start.initializer, document.network.neurons) == ("even", 5)
    assert document.network.kinks.tolist() == pytest.approx([101.0, 104.8, 108.6, 112.4, 116.2])
    assert importer.app.message.startswith("Imported 20 rows from data.csv. ")
    assert importer.app.message.endswith(". 5 of 5 kinks lay outside 101 to 120: evenly spaced now")
    assert importer.steps == ["import data.csv"]
    importer.app.press_key(Qt.Key.Key_Z, CONTROL)
    assert document.state.start.initializer == "gaussian"
    assert document.network.kinks.tolist() == [0.0] * 5


def test_of_a_touched_network_it_is_said_where_its_kinks_are(importer: Importer) -> None:
    importer.app.app.editing.set_parameter(Parameter(Kind.HIDDEN_BIAS, 0), 0.25)
    before = importer.app.app.document.network
    importer.open(importer.file(FAR))
    importer.accept()
    assert importer.app.app.document.network.same_as(before)
    assert importer.app.message.endswith(
        ". 5 of 5 kinks lie outside 101 to 120. To begin within, choose the initializer “even kinks”"
    )
    importer.app.app.editing.set_initializer("even")
    importer.app.press_key(Qt.Key.Key_Z, CONTROL)
    importer.app.app.editing.set_target(FunctionTarget("sine"))
    importer.app.app.editing.set_initializer("even")
    importer.app.app.editing.set_parameter(Parameter(Kind.HIDDEN_BIAS, 0), 0.25)
    importer.app.app.editing.set_target(FunctionTarget("sine", 50.0, 60.0))
    assert importer.app.message.endswith("5 of 5 kinks lie outside 50 to 60. Ctrl+Shift+R starts anew")


def test_data_and_output_are_both_in_view_after_the_import(importer: Importer) -> None:
    importer.open(importer.file("".join(f"{x / 2};{20 + x % 4}\n" for x in range(-10, 11))))
    importer.accept()
    plot = importer.window.plot
    plot.grab()
    _, (bottom, top) = plot.view_range
    heights = importer.app.app.document.network.vertices(-5.0, 5.0)[:, 1]
    assert bottom < heights.min()
    assert top > 23.0


def test_rows_that_are_left_out_are_struck_out_in_the_preview(importer: Importer) -> None:
    importer.open(importer.file(THERMOMETER))
    preview = importer.dialog.preview
    struck = [row for row in range(preview.rowCount()) if preview.item(row, 0).font().strikeOut()]
    assert [preview.item(row, 0).text() for row in struck] == ["oops"]
    assert preview.item(struck[0], 1).toolTip() == "Left out: x 'oops' is not a number"
    QTest.keyClick(importer.dialog.delimiter, Qt.Key.Key_Up)
    importer.app.wait_until(importer.is_settled)
    assert not preview.item(0, 0).font().strikeOut()


def test_cancel_keeps_the_target(importer: Importer) -> None:
    importer.open(importer.file(THERMOMETER))
    QTest.keyClick(importer.dialog, Qt.Key.Key_Escape)
    assert not importer.dialog.isVisible()
    assert importer.steps == []


def test_no_file_chosen_is_no_dialog(importer: Importer) -> None:
    importer.app.press_key(Qt.Key.Key_I, CONTROL)
    assert len(importer.app.answers.asked) == 1
    assert not importer.dialog.isVisible()


def test_other_columns_and_signs_are_read_anew(importer: Importer) -> None:
    importer.open(importer.file("a,b,c\n1,2,3\n4,5,7\n"))
    QTest.keyClick(importer.dialog.y_choice, Qt.Key.Key_Down)
    importer.app.wait_until(importer.is_settled)
    QTest.keyClick(importer.dialog.delimiter, Qt.Key.Key_Up)
    importer.app.wait_until(importer.dialog.problem.isVisible)
    assert importer.dialog.problem.text() == "No line has two numbers"
    assert importer.dialog.preview.item(0, 0).text() == "a,b,c"
    QTest.keyClick(importer.dialog.delimiter, Qt.Key.Key_Down)
    importer.app.wait_until(importer.dialog.ok.isEnabled)
    QTest.keyClick(importer.dialog.x_choice, Qt.Key.Key_Down)
    importer.app.wait_until(importer.dialog.ok.isEnabled)
    importer.accept()
    target = importer.target
    assert isinstance(target, DataTarget)
    assert (target.x.tolist(), target.y.tolist()) == ([2.0, 5.0], [1.0, 4.0])


@pytest.mark.parametrize("name", ["data.csv", "DATA.TSV", "data.txt"])
def test_tables_are_dropped_on_the_window(importer: Importer, name: str) -> None:
    path = importer.file("1\t2\n3\t4\n", name)
    assert importer.drop(path)
    importer.app.wait_until(importer.dialog.ok.isEnabled)
    importer.accept()
    assert importer.target.label == name


def test_a_file_is_copied_also_where_it_could_be_moved(importer: Importer) -> None:
    offered = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
    assert importer.drop(importer.file("1,2\n3,4\n"), offered=offered)
    importer.app.wait_until(importer.dialog.ok.isEnabled)


def test_what_cannot_be_dropped_is_refused_in_words(importer: Importer) -> None:
    path = importer.file("1,2\n3,4\n")
    assert not importer.drop(path, path)
    assert importer.app.message.startswith(
        "2 files at once cannot be opened: drop one document (.reluviz) or one table"
    )
    assert not importer.drop(importer.file("", "picture.png"))
    assert importer.app.message.startswith("picture.png is no document and no table: drop one document")
    assert not importer.drop(importer.folder)
    assert importer.app.message.startswith(f"{importer.folder.name[:30]}")
    assert " is a folder: drop one document" in importer.app.message
    assert importer.steps == []


def test_a_copied_table_is_pasted(importer: Importer) -> None:
    QGuiApplication.clipboard().setText("x\ty\n1,5\t2\n2,5\t3\n")
    importer.app.press_key(Qt.Key.Key_V, CONTROL)
    importer.app.wait_until(importer.dialog.ok.isEnabled)
    importer.accept()
    target = importer.target
    assert isinstance(target, DataTarget)
    assert (target.name, target.x.tolist()) == ("pasted data", [1.5, 2.5])


@pytest.mark.parametrize("text", ["", "Dear reader", "1\n2\n3\n"])
def test_without_a_table_on_the_clipboard_a_line_says_so(importer: Importer, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    importer.app.press_key(Qt.Key.Key_V, CONTROL)
    assert importer.app.message.startswith("No data pasted: ")
    assert not importer.dialog.isVisible()
    assert importer.steps == []


def test_in_a_text_field_ctrl_v_pastes_text(importer: Importer) -> None:
    QGuiApplication.clipboard().setText("1 2\n3 4")
    line = importer.window.target_panel.formula.line
    line.setFocus()
    line.selectAll()
    QTest.keyClick(line, Qt.Key.Key_V, CONTROL)
    assert "1 2" in line.text()
    assert not importer.dialog.isVisible()
    QTest.keyClick(line, Qt.Key.Key_Escape)


BAD = {
    "empty": (b"", "Empty"),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)), "Not a text file"),
    "a spreadsheet": (b"PK\x03\x04" + bytes(100), "save it as CSV"),
    "prose": (b"Dear reader,\nthere are 2 numbers here.\n", "No line has two numbers"),
    "header only": (b"x,y\n", "No line has two numbers"),
    "one column": (b"1\n2\n3\n", "Only one column of numbers"),
    "one row": (b"1,2\n", "One row: data need at least 2"),
    "constant x": (b"1,2\n1,3\n1,4\n", "All 3 rows have x = 1"),
    "half of UTF-16": (b"\xff\xfe1\x00,\x002\x00\n", "Not a text in UTF-16"),
    "quotes": (b'"' * 100_001, "No line has two numbers"),
    "too narrow": (b"1,2\n1.0000000000001,3\n", "too narrow"),
}


@pytest.mark.parametrize(("data", "message"), BAD.values(), ids=BAD)
def test_what_cannot_be_imported_is_said_in_the_dialog(importer: Importer, data: bytes, message: str) -> None:
    importer.open(importer.file(data))
    assert message in importer.dialog.problem.text()
    assert "\n" not in importer.dialog.problem.text()
    assert not importer.dialog.ok.isEnabled()
    QTest.keyClick(importer.dialog, Qt.Key.Key_Escape)
    assert isinstance(importer.target, FunctionTarget)
    assert importer.steps == []


def test_a_file_that_vanished(importer: Importer) -> None:
    importer.open(importer.folder / "gone.csv")
    assert importer.dialog.problem.text() == "No such file or directory"


def test_a_second_file_after_a_bad_one(importer: Importer) -> None:
    importer.open(importer.file(b"", "bad.csv"))
    importer.app.app.importing.import_file(importer.file("1 2\n3 4\n"))
    importer.app.wait_until(importer.dialog.ok.isEnabled)
    assert not importer.dialog.problem.isVisible()
    importer.accept()
    assert importer.target.label == "data.csv"


def test_many_rows_are_read_beside_the_window_and_can_be_cancelled(
    importer: Importer, monkeypatch: pytest.MonkeyPatch
) -> None:
    entered, release = threading.Event(), threading.Event()

    def slow_reading(text: str, form: object, go_on: object) -> None:
        entered.set()
        assert callable(go_on)
        while go_on(0.25):
            release.wait(0.02)
        raise ReadingCancelled

    monkeypatch.setattr("reluviz.app.importing.read_table", slow_reading)
    importer.app.app.importing.import_file(importer.file("1,2\n" * 30_000))
    importer.app.wait_until(importer.dialog.progress.isVisible)
    assert entered.is_set()
    assert importer.dialog.progress.value() == 25
    assert not importer.dialog.ok.isEnabled()
    importer.app.app.playback.set_playing(True)
    importer.app.wait_for(lambda frame: frame.step > 10)
    QTest.keyClick(importer.dialog, Qt.Key.Key_Escape)
    importer.app.wait_until(lambda: "table" not in {thread.name for thread in threading.enumerate()})
    assert isinstance(importer.target, FunctionTarget)


def test_closing_the_window_ends_the_reading(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(text: str, form: object, go_on: object) -> None:
        assert callable(go_on)
        while go_on(0.5):
            pass
        raise TableError("never told")

    monkeypatch.setattr("reluviz.app.importing.read_table", endless)
    app = AppUnderTest(qtbot)
    path = tmp_path / "data.csv"
    path.write_text("1,2\n3,4\n")
    app.app.importing.import_file(path)
    app.wait_until(lambda: app.window.data_dialog.preview.rowCount() == 2)
    app.close()
    assert "table" not in {thread.name for thread in threading.enumerate()}


def test_the_document_with_data_is_saved_and_opened_again(importer: Importer) -> None:
    importer.open(importer.file(THERMOMETER))
    importer.accept()
    path = importer.folder / "data.reluviz"
    importer.app.answers.saves.append(path)
    importer.app.press_key(Qt.Key.Key_S, CONTROL)
    saved = importer.target
    importer.window.actions_.example_chosen.emit("three-segments")
    assert isinstance(importer.target, PointsTarget)
    assert importer.app.app.files.open(path)
    assert importer.target == saved
    assert importer.window.target_panel.function.currentText() == "data.csv"
