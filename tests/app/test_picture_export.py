"""Pictures of what the window shows, as files and on the clipboard."""

from __future__ import annotations

import csv
import subprocess
import sys
import threading
from dataclasses import replace

import numpy as np
import pytest
from app_under_test import AppUnderTest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest

from reluviz.cli import main
from reluviz.core.parameter import OUTPUT_BIAS
from reluviz.core.picture_choices import ExportForm, PictureChoices
from reluviz.core.picture_recipe import Part, PictureRecipe, Theme
from reluviz.export import offscreen_plot
from reluviz.files import atomic_file

SMALL = PictureRecipe(320, 240, Theme.DARK, frozenset(Part))


@pytest.fixture
def app(qtbot):
    return AppUnderTest(qtbot)


def export(app: AppUnderTest, choices: PictureChoices) -> None:
    """As a user does: the entry of the menu, the fields, the button."""
    app.window.actions_["export_picture"].trigger()
    dialog = app.window.export_picture_dialog
    assert dialog.isVisible()
    dialog.show_choices(choices)
    QTest.mouseClick(dialog.export_button, Qt.MouseButton.LeftButton)
    assert not dialog.isVisible()
    app.wait_until(lambda: app.app.picture_export.making.job is None)


def test_a_picture_of_the_present_state(app, tmp_path):
    out = tmp_path / "a.png"
    app.answers.exports.append(out)
    export(app, PictureChoices(recipe=SMALL))
    assert app.message == f"Exported: {out}"
    assert app.answers.asked[-1].endswith("A sine by five ReLUs.png")
    image = QImage(str(out))
    assert (image.width(), image.height()) == (320, 240)
    assert image.pixelColor(1, 1).name() == Theme.DARK.palette.plot
    # The same again is the same file, and the next suggestion lies beside it.
    app.answers.exports.append(tmp_path / "b.png")
    export(app, PictureChoices(recipe=SMALL))
    assert (tmp_path / "b.png").read_bytes() == out.read_bytes()
    assert str(tmp_path) in app.answers.asked[-1]
    app.app.document.begin_gesture()
    app.app.document.preview({OUTPUT_BIAS: 2.0})
    app.app.document.finish_gesture("lift")
    app.answers.exports.append(tmp_path / "c.png")
    export(app, PictureChoices(recipe=SMALL))
    assert (tmp_path / "c.png").read_bytes() != out.read_bytes()


@pytest.mark.parametrize("form", list(ExportForm))
def test_every_form(app, tmp_path, form):
    app.window.actions_["step_10"].trigger()
    app.wait_for(lambda frame: frame.step == 10 and len(frame.curve.steps) > 1)
    out = tmp_path / f"a{form.suffix}"
    app.answers.exports.append(out)
    export(app, PictureChoices(form, SMALL))
    begins = {".png": b"\x89PNG", ".svg": b"<?xml", ".pdf": b"%PDF"}
    if form.is_picture:
        assert out.read_bytes().startswith(begins[form.suffix])
        return
    rows = list(csv.DictReader(out.read_text(encoding="utf-8").splitlines()))
    network = app.frame.network
    if form is ExportForm.CURVES:
        x = np.array([float(row["x"]) for row in rows])
        np.testing.assert_array_equal([float(row["output"]) for row in rows], network.output(x))
    elif form is ExportForm.PARAMETERS:
        assert [float(row["w"]) for row in rows[:-1]] == network.output_weight.tolist()
    else:
        assert rows[-1]["step"] == "10"


def test_without_losses_there_is_no_table_of_them(app):
    app.window.actions_["export_picture"].trigger()
    dialog = app.window.export_picture_dialog
    dialog.look.form_choice.setCurrentIndex(dialog.look.form_choice.index_of(ExportForm.LOSSES))
    dialog.look.form_choice.activated.emit(dialog.look.form_choice.currentIndex())
    app.wait_until(lambda: "train first" in dialog.note.text())
    assert not dialog.export_button.isEnabled()


def test_the_preview_follows_fields_and_training(app):
    app.window.actions_["export_picture"].trigger()
    dialog = app.window.export_picture_dialog
    app.wait_until(lambda: not dialog.preview.image.isNull())
    first = dialog.preview.image
    dialog.look.theme_choice.setCurrentIndex(dialog.look.theme_choice.index_of(Theme.DARK))
    dialog.look.theme_choice.activated.emit(dialog.look.theme_choice.currentIndex())
    app.wait_until(lambda: dialog.preview.image.pixelColor(1, 1).name() == Theme.DARK.palette.plot)
    dark = dialog.preview.image
    assert dark.pixelColor(1, 1).name() != first.pixelColor(1, 1).name()
    app.window.actions_["step_100"].trigger()
    app.wait_until(lambda: dialog.preview.image != dark)
    dialog.reject()
    app.wait_for(lambda frame: frame.step == 100)
    seen = dialog.preview.image
    app.window.actions_["step_1"].trigger()
    app.wait_for(lambda frame: frame.step == 101)
    assert dialog.preview.image == seen


def test_recorded_losses_are_written_after_opening_and_up_to_a_moment_that_is_looked_at(app, tmp_path):
    app.app.playback.make_steps(30)
    app.wait_until(lambda: [*app.app.document.timeline.recording.steps][-1:] == [30])
    assert app.app.files._save_to(tmp_path / "run.reluviz")
    app.window.actions_.example_chosen.emit("three-segments")
    assert app.app.files.open(tmp_path / "run.reluviz")
    rows = {}
    for name in ("moment_last", "moment_back"):
        if app.window.actions_[name].isEnabled():
            app.window.actions_[name].trigger()
        app.answers.exports.append(tmp_path / f"{name}.csv")
        export(app, PictureChoices(form=ExportForm.LOSSES))
        rows[name] = (tmp_path / f"{name}.csv").read_text().splitlines()[1:]
    assert len(rows["moment_last"]) == 31
    assert rows["moment_back"] == rows["moment_last"][:-1]
    recorded = tmp_path / "headless.csv"
    assert main(["export", str(tmp_path / "run.reluviz"), str(recorded), "--table", "loss"]) == 0
    assert recorded.read_text().splitlines()[1:] == rows["moment_last"]


def test_choices_are_remembered(app, tmp_path):
    wanted = PictureChoices(ExportForm.SVG, replace(SMALL, magnification=1.5), True)
    app.answers.exports.append(tmp_path / "a.svg")
    export(app, wanted)
    app.window.actions_["export_picture"].trigger()
    assert app.window.export_picture_dialog.choices == wanted


def test_what_is_off_in_the_window_is_off_at_first(app):
    app.window.actions_["output"].trigger()
    app.window.actions_["export_picture"].trigger()
    assert not app.window.export_picture_dialog.look.parts[Part.OUTPUT].isChecked()


def test_the_key_opens_the_dialog_and_e_alone_the_residual(app):
    app.press_key(Qt.Key.Key_E)
    assert app.app.document.picture.residual
    assert not app.window.export_picture_dialog.isVisible()
    app.press_key(Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert app.window.export_picture_dialog.isVisible()


def test_cancel_writes_nothing(app, tmp_path):
    app.window.actions_["export_picture"].trigger()
    dialog = app.window.export_picture_dialog
    dialog.show_choices(PictureChoices(recipe=SMALL))
    QTest.mouseClick(dialog.export_button, Qt.MouseButton.LeftButton)
    assert app.answers.asked[-1].startswith("export to")
    assert list(tmp_path.iterdir()) == []
    assert dialog.isVisible(), "it was the place that was not wanted"
    assert dialog.choices == PictureChoices(recipe=SMALL)
    app.wait_until(lambda: not dialog.preview.image.isNull())
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_a_full_disk_and_a_missing_folder_are_one_line(app, tmp_path, monkeypatch):
    app.answers.exports.append(tmp_path / "nowhere" / "a.png")
    export(app, PictureChoices(recipe=SMALL))
    assert app.message.startswith("Not exported: ")
    assert "there is no folder" in app.message
    folder = tmp_path / "pictures"
    folder.mkdir()
    out = folder / "a.pdf"
    out.write_bytes(b"before")

    def write(descriptor, data):
        raise OSError(28, "No space left on device")

    app.answers.exports.append(out)
    with monkeypatch.context() as patch:
        patch.setattr(atomic_file.os, "write", write)
        export(app, PictureChoices(ExportForm.PDF, SMALL))
    assert "the disk is full" in app.message
    assert out.read_bytes() == b"before"
    assert [path.name for path in folder.iterdir()] == ["a.pdf"]


def test_copied_as_a_picture(app):
    app.app.preferences.picture_choices = PictureChoices(recipe=replace(SMALL, theme=Theme.TRANSPARENT))
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    app.press_key(Qt.Key.Key_C, keys)
    app.wait_until(lambda: app.message.startswith("Copied"))
    assert QGuiApplication.clipboard().mimeData().data("image/png").data().startswith(b"\x89PNG")
    image = QGuiApplication.clipboard().image()
    assert (image.width(), image.height()) == (320, 240)
    assert image.pixelColor(1, 1).alpha() == 0
    assert app.message.replace("\u2009", "") == "Copied a picture of 320 × 240 pixels"
    QGuiApplication.clipboard().clear()
    app.window.actions_["export_picture"].trigger()
    QTest.mouseClick(app.window.export_picture_dialog.copy_button, Qt.MouseButton.LeftButton)
    app.wait_until(lambda: QGuiApplication.clipboard().image().width() == 320)


def test_the_window_closes_with_the_dialog_open(app):
    app.window.actions_["export_picture"].trigger()
    app.window.close()
    assert not app.window.export_picture_dialog.isVisible()


def test_no_memory_for_the_picture_is_one_line(app, tmp_path, monkeypatch):
    def image(plot, go_on):
        raise MemoryError("there is not enough memory for a picture of this size")

    monkeypatch.setattr(offscreen_plot.OffscreenPlot, "image", image)
    app.window.actions_["copy_picture"].trigger()
    app.wait_until(lambda: app.app.picture_export.making.job is None)
    assert app.message.startswith("Not copied: there is not enough memory")


class Gate:
    """Holds painting up before each band, until it is opened."""

    def __init__(self, monkeypatch) -> None:
        self._open = threading.Event()
        self.painters: set[threading.Thread] = set()
        paint = offscreen_plot.OffscreenPlot._paint_band

        def waiting(plot, band, top):
            self.painters.add(threading.current_thread())
            assert self._open.wait(60)
            paint(plot, band, top)

        monkeypatch.setattr(offscreen_plot.OffscreenPlot, "_paint_band", waiting)

    def open(self) -> None:
        """Let everything through, to its end."""
        self._open.set()
        for painter in self.painters:
            painter.join()


@pytest.fixture
def gate(monkeypatch):
    gate = Gate(monkeypatch)
    yield gate
    gate.open()


def begin(app: AppUnderTest, out) -> None:
    app.app.preferences.picture_choices = PictureChoices(recipe=SMALL)
    app.answers.exports.append(out)
    app.window.actions_["export_picture"].trigger()
    QTest.mouseClick(app.window.export_picture_dialog.export_button, Qt.MouseButton.LeftButton)


def test_the_window_lives_while_a_picture_is_painted_and_a_click_breaks_it_off(app, tmp_path, gate):
    progress = app.app.picture_export.making.progress
    begin(app, tmp_path / "a.png")
    app.wait_until(progress.isVisible)
    assert "Painting" in progress.label.text()
    assert threading.current_thread() not in gate.painters
    app.window.actions_["step_1"].trigger()
    app.wait_for(lambda frame: frame.step == 1)
    for name in ("copy_picture", "export_picture"):
        app.window.actions_[name].trigger()
        assert "is being exported" in app.message
    assert not app.window.export_picture_dialog.isVisible()
    QTest.mouseClick(progress.cancel_button, Qt.MouseButton.LeftButton)
    assert app.message == "Export cancelled: nothing was written"
    assert progress.isHidden()
    gate.open()
    assert not (tmp_path / "a.png").exists()
    begin(app, tmp_path / "b.png")
    app.wait_until(lambda: app.message == f"Exported: {tmp_path / 'b.png'}")
    assert not QImage(str(tmp_path / "b.png")).isNull()


def test_the_dialog_shows_how_far_copying_is(app, gate):
    QGuiApplication.clipboard().clear()
    app.app.preferences.picture_choices = PictureChoices(recipe=SMALL)
    app.window.actions_["export_picture"].trigger()
    dialog = app.window.export_picture_dialog
    QTest.mouseClick(dialog.copy_button, Qt.MouseButton.LeftButton)
    app.wait_until(dialog.progress.isVisible)
    assert app.app.picture_export.making.progress.isHidden()
    dialog.reject()
    assert app.app.picture_export.making.progress.isVisible()
    QTest.mouseClick(app.app.picture_export.making.progress.cancel_button, Qt.MouseButton.LeftButton)
    gate.open()
    QCoreApplication.processEvents()
    assert QGuiApplication.clipboard().image().isNull()


def test_the_window_closes_in_the_middle(app, tmp_path, gate):
    begin(app, tmp_path / "a.png")
    app.wait_until(app.app.picture_export.making.progress.isVisible)
    app.answers.cancels_export = False
    assert not app.window.close()
    assert app.answers.asked[-1] == "cancel export"
    assert app.app.picture_export.making.job is not None, "it goes on"
    app.answers.cancels_export = True
    assert app.window.close()
    assert app.app.picture_export.making.job is None
    gate.open()
    assert not (tmp_path / "a.png").exists()


def test_an_error_in_the_program_is_said_and_not_lost(app, monkeypatch):
    def image(plot, go_on):
        raise KeyError("nobody expected this")

    monkeypatch.setattr(offscreen_plot.OffscreenPlot, "image", image)
    with app.qtbot.captureExceptions() as raised:
        app.window.actions_["copy_picture"].trigger()
        app.wait_until(lambda: app.app.picture_export.making.job is None and bool(raised))
    assert app.message == "Not copied: an error in the program"
    assert raised[0][0] is KeyError


_COPY_AND_QUIT = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from reluviz.app.application import Application
from reluviz.document.examples import load_example

qt = QApplication(sys.argv)
app = Application(load_example("sine-by-5-relus"))
app.show()
app.window.actions_["copy_picture"].trigger()
watch = QTimer()


def look():
    if app.picture_export.making.job is None:
        print(app.window.status_line.text)
        watch.stop()
        qt.quit()


watch.timeout.connect(look)
watch.start(20)
sys.exit(qt.exec())
"""


def test_the_program_ends_in_peace_with_its_picture_on_the_clipboard():
    command = [sys.executable, "-c", _COPY_AND_QUIT]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=120)
    assert done.stdout.startswith("Copied"), done.stderr
    assert done.returncode == 0
